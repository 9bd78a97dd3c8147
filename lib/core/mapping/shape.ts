/** From what an expression found to a value the target field can hold. */
import { canonical, roundToScale } from "../canonical";
import { toDay, toUtcSeconds } from "../moments";
import type { CanonicalValue, FieldDescribe } from "../side";
import { limits } from "./limits";
import { MappingSignal } from "./signal";

/**
 * Undefined and null stand for "nothing found"; of several values the first is taken, except for multi-picklists.
 * Throws a MappingSignal for what the field's type cannot hold. Lengths are judged elsewhere.
 */
export function shape(found: unknown, field: FieldDescribe, timeZone: string): CanonicalValue {
  const value = Array.isArray(found) && field.type !== "multipicklist" ? (found as unknown[])[0] : found;
  if (value === undefined || value === null) return null;
  refuseUnusable(value);
  if (isBlank(value)) return null;
  switch (field.type) {
    case "boolean":
      return toBoolean(value);
    case "integer":
    case "number":
      return toNumber(value, field);
    case "date":
      return toDay(String(value), timeZone) ?? invalid(`"${String(value)}" is not a date.`);
    case "datetime":
      return toUtcSeconds(String(value), timeZone) ?? invalid(`"${String(value)}" is not a date and time.`);
    case "email":
      return toEmail(value, field);
    default:
      return canonical(toText(value), field);
  }
}

function invalid(sentence: string): never {
  throw MappingSignal.hold("invalid_value", sentence);
}

function refuseUnusable(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(refuseUnusable);
  if (typeof value === "number" && !Number.isFinite(value)) invalid("the result is not a number.");
  if (typeof value === "function" || (typeof value === "object" && value !== null)) {
    invalid("the expression gives a group of values, and a field takes one: name the value inside it.");
  }
  if (typeof value === "string" && value.length > limits.textLength) {
    invalid(`the text is longer than ${limits.textLength} characters.`);
  }
}

function isBlank(value: unknown): boolean {
  if (Array.isArray(value))
    return value.every((item) => item === null || item === undefined || isBlank(item));
  return typeof value === "string" && value.trim() === "";
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
  return invalid(`true or false is needed, got "${String(value)}".`);
}

function toNumber(value: unknown, field: FieldDescribe): number {
  const text = String(value).trim();
  const isNumber = typeof value === "number" || /^[+-]?\d+(\.\d+)?$/.test(text);
  const number = Number(text);
  if (typeof value === "boolean" || !isNumber) return invalid(`"${text}" is not a number.`);
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER)
    return invalid(`${text} has too many digits for a number field.`);
  return roundToScale(number, field.type === "integer" ? 0 : field.scale);
}

const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const emailPattern = new RegExp(`^${atom}(?:\\.${atom})*@(?:[a-z0-9-]+\\.)+[a-z][a-z0-9-]*[a-z0-9]$`, "i");

/** Roughly what Salesforce accepts: a plain local part and a domain with a dot. */
function toEmail(value: unknown, field: FieldDescribe): CanonicalValue {
  const text = String(value).trim();
  if (text.length > 320 || !emailPattern.test(text)) return invalid(`E-mail "${text}" is not valid.`);
  return canonical(text, field);
}
