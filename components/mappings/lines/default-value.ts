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
  switch (room?.type) {
    case "boolean":
      return "checkbox";
    case "picklist":
      if (room.picklistValues.length === 0) return "text";
      return room.restrictedPicklist ? "picklist" : "suggested";
    case "multipicklist":
      return room.picklistValues.length === 0 ? "text" : "suggested";
    // The browser's own inputs show only what is a day or a moment.
    case "date":
      return isBlank(value) || dayForm.test(String(value)) ? "date" : "text";
    case "datetime":
      return isBlank(value) || momentForm.test(String(value)) ? "datetime-local" : "text";
    case "integer":
    case "number":
      return "decimal";
    default:
      return "text";
  }
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
