import { ApiError } from "../http/errors";
import type { FieldModel, Value } from "../model/types";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * The value of one field as it stands in JSON, or the deserialiser's refusal. JSON types are taken literally: a number
 * in quotes is not a number, `"true"` is not a boolean. Scalars of any kind are good for text.
 * @throws ApiError JSON_PARSER_ERROR
 */
export function readJsonValue(field: FieldModel, raw: unknown, bodyText: string): Value {
  if (raw === null) return null;
  switch (field.type) {
    case "boolean":
      if (typeof raw === "boolean") return raw;
      throw refusal("boolean", raw, bodyText);
    case "int":
      if (typeof raw === "number" && Number.isInteger(raw)) return raw;
      throw refusal("int", raw, bodyText);
    case "double":
    case "currency":
    case "percent":
      if (typeof raw === "number") return raw;
      throw refusal("double", raw, bodyText);
    case "date":
      if (typeof raw === "string" && (raw.trim() === "" || isDate(raw))) return raw;
      throw refusal("date", raw, bodyText);
    case "datetime":
      if (typeof raw === "string" && (raw.trim() === "" || isDateTime(raw))) return raw;
      throw refusal("datetime", raw, bodyText);
    case "time":
      if (typeof raw === "string" && (raw.trim() === "" || parseTime(raw) !== undefined)) return raw;
      throw refusal("time", raw, bodyText);
    case "address":
      return null;
    case "id":
    case "reference":
    case "string":
    case "picklist":
    case "multipicklist":
    case "combobox":
    case "textarea":
    case "email":
    case "phone":
    case "url":
      if (typeof raw === "object" || raw === undefined) throw refusal("string", raw, bodyText);
      return String(raw);
  }
}

export function isDate(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && sameDay(text);
}

/** JavaScript reads 31 February as 3 March; Salesforce refuses it. */
function sameDay(text: string): boolean {
  return new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

export function isDateTime(text: string): boolean {
  return parseDateTime(text) !== undefined;
}

/** A date and time with its zone; undefined when the text is none. */
export function parseDateTime(text: string): Date | undefined {
  const match = DATE_TIME.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  const zone = match[2].length === 5 ? `${match[2].slice(0, 3)}:${match[2].slice(3)}` : match[2];
  const moment = new Date(`${match[1]}${zone}`);
  return Number.isNaN(moment.getTime()) || !isDate(text.slice(0, 10)) ? undefined : moment;
}

const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?Z?$/;

/** A time of day as the database keeps it, `10:15:00.000Z`; undefined when the text is none. */
export function parseTime(text: string): string | undefined {
  const match = TIME.exec(text.trim());
  if (!match) return undefined;
  const [, hours = "", minutes = "", seconds = "00", fraction = ""] = match;
  return `${hours}:${minutes}:${seconds}.${fraction.padEnd(3, "0")}Z`;
}

function refusal(wanted: string, raw: unknown, bodyText: string): ApiError {
  return new ApiError(
    400,
    "JSON_PARSER_ERROR",
    `Cannot deserialize instance of ${wanted} from ${tokenOf(raw)} or request may be missing a required field at ${locationOf(raw, bodyText)}`,
  );
}

/** The name that Salesforce's JSON reader has for the token, and its text. */
function tokenOf(raw: unknown): string {
  if (Array.isArray(raw)) return "START_ARRAY value [";
  if (typeof raw === "object") return "START_OBJECT value {";
  if (typeof raw === "boolean") return `VALUE_${raw ? "TRUE" : "FALSE"} value ${raw}`;
  if (typeof raw === "number") {
    return `VALUE_NUMBER_${Number.isInteger(raw) ? "INT" : "FLOAT"} value ${raw}`;
  }
  return `VALUE_STRING value ${String(raw)}`;
}

function locationOf(raw: unknown, bodyText: string): string {
  const token = Array.isArray(raw) ? "[" : typeof raw === "object" ? "{" : JSON.stringify(raw);
  const offset = Math.max(0, bodyText.indexOf(token, 1));
  const before = bodyText.slice(0, offset).split("\n");
  return `[line:${before.length}, column:${(before.at(-1)?.length ?? 0) + 1}]`;
}
