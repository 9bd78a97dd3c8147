/** A value that a line writes in place of another: how it is typed, and whether its field takes it. Pure. */
import type { FieldRoom } from "@/lib/core/mapping/fit/fit";
import type { MappingLine } from "@/lib/core/mapping/document";
import { whyItDoesNotFit } from "@/lib/core/mapping/publish/constants";
import type { FieldDescribe } from "@/lib/core/side";

export type Default = string | number | boolean | null;

export type DefaultInput =
  "checkbox" | "picklist" | "suggested" | "date" | "datetime-local" | "decimal" | "text";

/** Without a field nobody knows what it takes: anything can be typed. */
export function inputFor(value: Default, room: FieldRoom | null): DefaultInput {
  const type = room?.type;
  const hasValues = (room?.picklistValues.length ?? 0) > 0;
  if (type === "boolean") return "checkbox";
  if (type === "integer" || type === "number") return "decimal";
  if (type === "picklist" && hasValues) return room?.restrictedPicklist ? "picklist" : "suggested";
  if (type === "multipicklist" && hasValues) return "suggested";
  // The browser's own inputs show only what is a day or a moment.
  if (type === "date" && (isBlank(value) || dayForm.test(String(value)))) return "date";
  if (type === "datetime" && (isBlank(value) || momentForm.test(String(value)))) return "datetime-local";
  return "text";
}

const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const momentForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

function isBlank(value: Default): boolean {
  return value === null || String(value).trim() === "";
}

/** Why the field does not take the value, as it is told when the mapping is published; undefined where it does. */
export function problemOfDefault(
  value: Default,
  room: FieldRoom | null,
  tooLong: MappingLine["tooLong"],
): string | undefined {
  if (room === null || isBlank(value)) return undefined;
  const why = whyItDoesNotFit(value as Exclude<Default, null>, describeOf(room), {
    mayBeCut: tooLong === "cut",
  });
  return why === null ? undefined : why.charAt(0).toUpperCase() + why.slice(1);
}

function describeOf(room: FieldRoom): FieldDescribe {
  return {
    ...{ name: room.label, scale: 8, createable: true, updateable: true, nillable: true },
    ...{ defaultedOnCreate: false, externalId: false, unique: false, custom: false },
    ...{ referenceTo: [], relationshipName: null },
    ...room,
  };
}
