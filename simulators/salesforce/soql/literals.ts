import { soqlError } from "./errors";
import type { FieldModel, Value } from "../model/types";
import { parseDateTime } from "../write/json-values";
import { salesforceDateTime } from "../org/clock";
import { normaliseId } from "../org/ids";

const TYPE_NAMES: Partial<Record<FieldModel["type"], string>> = {
  boolean: "boolean",
  int: "int",
  double: "double",
  currency: "currency",
  date: "date",
  datetime: "dateTime",
};

const LITERALS_OF_TYPE: Partial<Record<FieldModel["type"], readonly string[]>> = {
  boolean: ["BOOLEAN"],
  int: ["INTEGER", "DECIMAL"],
  double: ["INTEGER", "DECIMAL"],
  currency: ["INTEGER", "DECIMAL"],
  date: ["DATE"],
  datetime: ["DATETIME"],
};

/**
 * A literal of a WHERE clause as a value of the field it is compared with.
 * @throws ApiError INVALID_FIELD when quotes or type do not fit the field, INVALID_QUERY_FILTER_OPERATOR for a bad id.
 */
export function readLiteral(field: FieldModel, text: string, literalType: string, query: string): Value {
  if (literalType === "NULL") return null;
  const wanted = LITERALS_OF_TYPE[field.type] ?? ["STRING"];
  if (!wanted.includes(literalType)) throw wrongType(field, text, query);
  switch (literalType) {
    case "STRING":
      return stringValue(field, unescapeSoql(text.slice(1, -1)), query);
    case "BOOLEAN":
      return text.toUpperCase() === "TRUE";
    case "DATE":
      return text;
    case "DATETIME": {
      const moment = parseDateTime(text);
      if (!moment) throw wrongType(field, text, query);
      return salesforceDateTime(moment);
    }
    default:
      return Number(text);
  }
}

function stringValue(field: FieldModel, text: string, query: string): Value {
  if (field.type !== "id" && field.type !== "reference") return text === "" ? null : text;
  const id = normaliseId(text);
  if (id === undefined) {
    throw soqlError("INVALID_QUERY_FILTER_OPERATOR", query, text, `invalid ID field: ${text}`);
  }
  return id;
}

function wrongType(field: FieldModel, text: string, query: string): Error {
  const typeName = TYPE_NAMES[field.type];
  const advice = typeName
    ? `must be of type ${typeName} and should not be enclosed in quotes`
    : "must be of type string and should be enclosed in quotes";
  return soqlError(
    "INVALID_FIELD",
    query,
    text,
    `value of filter criterion for field '${field.name}' ${advice}`,
  );
}

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** Resolves `\n \r \t \b \f \" \' \\`; `\_` and `\%` stay as they are for LIKE. */
export function unescapeSoql(text: string): string {
  return text.replace(/\\(.)/gs, (whole, character: string) => {
    if (character === "_" || character === "%") return whole;
    return ESCAPES[character.toLowerCase()] ?? character;
  });
}
