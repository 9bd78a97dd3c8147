/**
 * The form in which values are compared, so that what we wrote is recognised when it comes back (design: no loops).
 * Blank is null, line ends are LF, numbers have the field's scale, moments whole seconds in UTC.
 */
import { toDay, toUtcSeconds } from "./moments";
import { storableText } from "./storable";
import type { CanonicalValue, FieldDescribe, FieldType } from "./side";

type Shape = Pick<FieldDescribe, "type" | "scale">;

/** Never throws: a value that does not fit its field's type is compared as the trimmed text it is. */
export function canonical(value: unknown, field: Shape): CanonicalValue {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return canonical(value.join(";"), field);
  if (typeof value === "number") return canonicalNumber(value, field);
  if (typeof value === "boolean") return value;
  const text = storableText(String(value)).replace(/\r\n?/g, "\n").trim();
  if (text === "") return null;
  const form = textForms[field.type];
  return form ? form(text, field) : text;
}

/**
 * Whether two values mean the same to the field: phones by their digits, e-mail addresses without case (Salesforce keeps
 * them as given), everything else by its canonical form.
 */
export function sameValue(a: unknown, b: unknown, field: Shape): boolean {
  const left = canonical(a, field);
  const right = canonical(b, field);
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (field.type === "email") return String(left).toLowerCase() === String(right).toLowerCase();
  if (field.type !== "phone") return false;
  const digits = digitsOf(left);
  return digits !== "" && digits === digitsOf(right);
}

/** Half away from zero on the decimal digits, as Salesforce rounds; not on the binary fraction. */
export function roundToScale(value: number, scale: number): number {
  const text = String(Math.abs(value));
  if (text.includes("e") || !Number.isFinite(value)) return value;
  const rounded = Number(`${Math.round(Number(`${text}e${scale}`))}e-${scale}`);
  if (!Number.isFinite(rounded)) return value;
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}

function canonicalNumber(value: number, field: Shape): CanonicalValue {
  if (field.type === "number" || field.type === "integer") return roundToScale(value, field.scale);
  return Number.isFinite(value) ? String(value) : null;
}

type TextForm = (text: string, field: Shape) => CanonicalValue;

const numberForm: TextForm = (text, { scale }) =>
  /^[+-]?\d{1,15}(\.\d+)?$/.test(text) ? roundToScale(Number(text), scale) : text;

/** Types whose texts have a form of their own; of all others the text is compared as it is. */
const textForms: Partial<Record<FieldType, TextForm>> = {
  boolean: (text) => (/^true$/i.test(text) ? true : /^false$/i.test(text) ? false : text),
  integer: numberForm,
  number: numberForm,
  date: (text) => toDay(text, "UTC") ?? text,
  datetime: (text) => toUtcSeconds(text, "UTC") ?? text,
  multipicklist: canonicalChoices,
};

function canonicalChoices(text: string): string | null {
  const choices = text.split(";").map((choice) => choice.trim());
  const sorted = [...new Set(choices.filter((choice) => choice !== ""))].sort();
  return sorted.length === 0 ? null : sorted.join(";");
}

/** "+41 79 …" and "0041 79 …" are one number. */
function digitsOf(value: string | number | boolean): string {
  return String(value).replace(/\D/g, "").replace(/^00/, "");
}
