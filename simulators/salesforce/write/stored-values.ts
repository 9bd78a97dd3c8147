import { parseDateTime, parseTime } from "./json-values";
import type { FieldModel, FieldType, Value } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import { normaliseId } from "../org/ids";

/**
 * The value as the database keeps it: text trimmed, empty text null, line breaks of one kind, numbers rounded half up
 * to their scale, datetimes in UTC to the second, times to the millisecond, ids in 18 characters (an id that is none
 * stays, to be refused later), values of picklists in the spelling of their definition.
 */
export function storedValue(field: FieldModel, value: Value, lineEnds: "lf" | "crlf"): Value {
  if (value === null) return null;
  if (typeof value === "number") return roundHalfUp(value, field.scale);
  if (typeof value === "boolean") return value;
  const trimmed = value.trim();
  if (trimmed === "" || (field.type === "multipicklist" && !/[^;\s]/.test(trimmed))) return null;
  return STORED_TEXTS[field.type]?.(trimmed, field, lineEnds) ?? trimmed;
}

type StoredText = (text: string, field: FieldModel, lineEnds: "lf" | "crlf") => string | undefined;

/** How texts of a type are kept; text of other types, and what is none of its type, stays as it is. */
const STORED_TEXTS: Partial<Record<FieldType, StoredText>> = {
  textarea: (text, _, lineEnds) => withLineEnds(text, lineEnds),
  reference: (text) => normaliseId(text),
  datetime: (text) => {
    const moment = parseDateTime(text);
    return moment && salesforceDateTime(moment);
  },
  time: parseTime,
  picklist: (text, field) => (field.restrictedPicklist ? definedValue(field, text) : text),
  multipicklist: (text, field) => inDefinedOrder(field, text),
};

function definedValue(field: FieldModel, text: string): string | undefined {
  const wanted = text.toLowerCase();
  return field.picklistValues.find(({ value }) => value.toLowerCase() === wanted)?.value;
}

/**
 * Each value once, those of the definition in its order, then the others as given (Salesforce Help, "Multi-Select
 * Picklist Value Ordering Behavior").
 */
function inDefinedOrder(field: FieldModel, text: string): string {
  const given = new Set<string>();
  for (const part of text.split(";")) {
    const value = part.trim();
    if (value !== "") given.add(definedValue(field, value) ?? value);
  }
  const defined = field.picklistValues.map(({ value }) => value).filter((value) => given.has(value));
  const others = [...given].filter((value) => !defined.includes(value));
  return [...defined, ...others].join(";");
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
