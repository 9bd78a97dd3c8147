/** From what an expression found to a value the target field can hold. */
import { canonical, roundToScale } from "../canonical";
import { toDay, toUtcSeconds } from "../moments";
import type { CanonicalValue, FieldDescribe, FieldType } from "../side";
import { limits } from "./expression/limits";
import { MappingSignal, quoted } from "./signal";

/**
 * Undefined and null stand for "nothing found"; of several values the first that is not blank is taken (design §6:
 * "the first of many is taken"), except for multi-picklists: an e-mail is not cleared because the first of two is empty.
 * Throws a MappingSignal for what the field's type cannot hold. Lengths are judged elsewhere.
 */
export function shape(found: unknown, field: FieldDescribe, timeZone: string): CanonicalValue {
  const value = Array.isArray(found) && field.type !== "multipicklist" ? firstOf(found) : found;
  if (value === undefined) return null;
  refuseUnusable(value);
  if (isBlank(value)) return null;
  const convert = conversions[field.type];
  return convert ? convert(value, field, timeZone) : canonical(toText(value), field);
}

type Conversion = (value: unknown, field: FieldDescribe, timeZone: string) => CanonicalValue;

/** Types that do not take every text. */
const conversions: Partial<Record<FieldType, Conversion>> = {
  boolean: toBoolean,
  integer: toNumber,
  number: toNumber,
  date: (value, _field, timeZone) =>
    toDay(String(value), timeZone) ?? invalid(`${quoted(value)} is not a date.`),
  datetime: (value, _field, timeZone) =>
    toUtcSeconds(String(value), timeZone) ?? invalid(`${quoted(value)} is not a date and time.`),
  email: toEmail,
};

function invalid(sentence: string): never {
  throw MappingSignal.hold("invalid_value", sentence);
}

function refuseUnusable(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(refuseUnusable);
  // S-360 sends no such number: the line reckons with what it must not.
  if (typeof value === "number" && !Number.isFinite(value))
    throw MappingSignal.wrongLine("the result is not a number.");
  if (typeof value === "function" || (typeof value === "object" && value !== null)) {
    const sentence = "the line gives a group of values, and a field takes one: name the value inside it.";
    throw MappingSignal.wrongLine(sentence);
  }
  if (typeof value === "string" && value.length > limits.textLength) {
    invalid(`the text is longer than ${limits.textLength} characters.`);
  }
}

function firstOf(list: readonly unknown[]): unknown {
  return list.find((item) => !isBlank(item));
}

function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isBlank);
  return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
}

/** Whole numbers in full, never as 1e+21. */
function toText(value: unknown): string {
  if (Array.isArray(value))
    return value
      .filter((item) => item !== null && item !== undefined)
      .map(toText)
      .join(";");
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value).toString();
  return String(value);
}

function toBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  const text = String(value).trim().toLowerCase();
  if (text === "true") return true;
  if (text === "false") return false;
  return invalid(`true or false is needed, got ${quoted(value)}.`);
}

function toNumber(value: unknown, field: FieldDescribe): number {
  const text = String(value).trim();
  const isNumber = typeof value === "number" || /^[+-]?\d+(\.\d+)?$/.test(text);
  const number = Number(text);
  if (typeof value === "boolean" || !isNumber) return invalid(`${quoted(text)} is not a number.`);
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER)
    return invalid(`${quoted(text)} has too many digits for a number field.`);
  return roundToScale(number, field.type === "integer" ? 0 : field.scale);
}

const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const emailPattern = new RegExp(`^${atom}(?:\\.${atom})*@(?:[a-z0-9-]+\\.)+[a-z][a-z0-9-]*[a-z0-9]$`, "i");

/** Roughly what Salesforce accepts: a plain local part and a domain with a dot. */
function toEmail(value: unknown, field: FieldDescribe): CanonicalValue {
  const text = String(value).trim();
  if (text.length > 320 || !emailPattern.test(text)) return invalid(`E-mail ${quoted(text)} is not valid.`);
  return canonical(text, field);
}
