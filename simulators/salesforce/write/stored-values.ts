import { parseDateTime } from "./json-values";
import type { FieldModel, Value } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import { normaliseId } from "../org/ids";

/**
 * The value as the database keeps it: text trimmed, empty text null, line breaks of one kind, numbers rounded half up
 * to their scale, datetimes in UTC to the second, ids in 18 characters (an id that is none stays, to be refused later).
 */
export function storedValue(field: FieldModel, value: Value, lineEnds: "lf" | "crlf"): Value {
  if (value === null) return null;
  if (typeof value === "number") return roundHalfUp(value, field.scale);
  if (typeof value === "boolean") return value;
  const trimmed = value.trim();
  if (trimmed === "") return null;
  if (field.type === "textarea") return withLineEnds(trimmed, lineEnds);
  if (field.type === "reference") return normaliseId(trimmed) ?? trimmed;
  const moment = field.type === "datetime" ? parseDateTime(trimmed) : undefined;
  return moment ? salesforceDateTime(moment) : trimmed;
}

function withLineEnds(text: string, lineEnds: "lf" | "crlf"): string {
  const lines = text.replace(/\r\n?/g, "\n");
  return lineEnds === "crlf" ? lines.replaceAll("\n", "\r\n") : lines;
}

/** Decimal rounding that does not trip over binary fractions: 1.005 at scale 2 is 1.01. */
function roundHalfUp(value: number, scale: number): number {
  const shifted = Math.round(Number(`${Math.abs(value)}e${scale}`));
  const rounded = Number(`${shifted}e-${scale}`);
  return Number.isNaN(rounded) ? value : Math.sign(value) * rounded || 0;
}
