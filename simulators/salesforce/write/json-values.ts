import { unreadableValue } from "./unreadable-value";
import type { FieldModel, Value } from "../model/types";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

const INT = /^[+-]?\d+$/;
const DOUBLE = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The value of one field as it stands in JSON, or the deserialiser's refusal. Scalars of any kind are good for text, and
 * numbers may stand in quotes (REST API guide, "sObject Tree": `"numberOfEmployees" : "100"`); `"true"` is no boolean.
 * Empty text is null for types of text alone.
 * @throws UnreadableValue JSON_PARSER_ERROR
 */
export function readJsonValue(field: FieldModel, raw: unknown, bodyText: string): Value {
  if (raw === null) return null;
  switch (field.type) {
    case "boolean":
      return typeof raw === "boolean" ? raw : refuse("boolean", raw, bodyText);
    case "int": {
      const number = typeof raw === "string" && INT.test(raw.trim()) ? Number(raw) : raw;
      return typeof number === "number" && Number.isInteger(number) ? number : refuse("int", raw, bodyText);
    }
    case "double":
    case "currency":
    case "percent": {
      const number = typeof raw === "string" && DOUBLE.test(raw.trim()) ? Number(raw) : raw;
      return typeof number === "number" ? number : refuse("double", raw, bodyText);
    }
    case "date":
      return (typeof raw === "string" ? dayOf(raw) : undefined) ?? refuse("date", raw, bodyText);
    case "datetime":
      return typeof raw === "string" && isDateTime(raw) ? raw : refuse("datetime", raw, bodyText);
    case "time":
      return typeof raw === "string" && parseTime(raw) !== undefined ? raw : refuse("time", raw, bodyText);
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
      if (typeof raw !== "object" && raw !== undefined) return String(raw);
      return refuse(Array.isArray(raw) ? nameOf(field) : "string", raw, bodyText);
  }
}

/** Fractions of a second are three digits; others are refused (recorded: wadewegner/Force.com-Toolkit-for-NET#127). */
const OTHER_FRACTION = /\.(?!\d{3}\D)/;

/** A date, or the day in UTC of a date and time (recorded: anthonyreilly/NetCoreForce#55); undefined for other text. */
function dayOf(text: string): string | undefined {
  if (isDate(text)) return text;
  return OTHER_FRACTION.test(text) ? undefined : parseDateTime(text)?.toISOString().slice(0, 10);
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

/** Recorded: "Cannot deserialize instance of multipicklist from START_ARRAY value [" (salesforce.stackexchange.com 54882). */
function nameOf({ type }: FieldModel): string {
  return type === "multipicklist" ? type : "string";
}

function refuse(wanted: string, raw: unknown, bodyText: string): never {
  throw unreadableValue(wanted, raw, bodyText);
}
