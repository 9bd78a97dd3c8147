import { isId, isNumber, type Comparable } from "./comparable";
import type { QueryContext } from "./context";
import { literalRange, type LiteralRange } from "./date-literals";
import { plainError, soqlError } from "./errors";
import { unescapeSoql } from "./quoted-text";
import type { Clause } from "./source";
import type { FieldType, Value } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import { normaliseId } from "../org/ids";
import { isDate, parseDateTime } from "../write/json-values";

/** What a condition compares: a field or a function of one, and where it stands in the query. */
export interface Compared extends Comparable {
  /** The field's name, for messages. */
  readonly fieldName: string;
  /** As the query writes it. */
  readonly text: string;
  readonly clause: Clause;
}

const MAX_STRING_CHARACTERS = 4000;

const TYPE_NAMES: Partial<Record<FieldType, string>> = {
  boolean: "boolean",
  int: "int",
  double: "double",
  currency: "double",
  percent: "double",
  date: "date",
  datetime: "dateTime",
  time: "time",
};

/**
 * A literal of a condition as a value of what it is compared with; a date literal gives a range.
 * @throws ApiError INVALID_FIELD when quotes or type do not fit, INVALID_QUERY_FILTER_OPERATOR for a bad id
 */
export function readLiteral(
  context: QueryContext,
  compared: Compared,
  text: string,
  literalType: string | undefined,
): Value | LiteralRange {
  const { type } = compared;
  switch (literalType) {
    case "NULL":
      return type === "boolean" ? false : null;
    case "STRING":
      if (TYPE_NAMES[type]) break;
      return stringValue(context, compared, unescapeSoql(text.slice(1, -1)));
    case "BOOLEAN":
      if (type !== "boolean") break;
      return text.toUpperCase() === "TRUE";
    case "INTEGER":
    case "DECIMAL":
      if (!isNumber(type)) break;
      return Number(text);
    case "DATE":
      if (type !== "date") break;
      if (!isDate(text)) throw plainError("MALFORMED_QUERY", `Invalid date: ${text}`);
      return text;
    case "DATETIME":
      if (type !== "datetime") break;
      return momentValue(text);
    case "DATE_LITERAL":
    case "DATE_N_LITERAL":
      return rangeValue(context, compared, text);
    case undefined:
      break;
  }
  throw wrongType(context, compared);
}

export function isRange(value: Value | LiteralRange): value is LiteralRange {
  return typeof value === "object" && value !== null;
}

function rangeValue(context: QueryContext, compared: Compared, text: string): LiteralRange {
  const { type } = compared;
  const range = type === "date" || type === "datetime" ? literalRange(context, text, type) : undefined;
  if (!range) throw wrongType(context, compared);
  return range;
}

function momentValue(text: string): string {
  const moment = parseDateTime(text.toUpperCase());
  const hours = Number(/[+-](\d{2}):?\d{2}$/.exec(text)?.[1] ?? 0);
  if (!moment || hours > 23) throw plainError("MALFORMED_QUERY", `Invalid datetime: ${text}`);
  return salesforceDateTime(moment);
}

function stringValue(context: QueryContext, compared: Compared, text: string): Value {
  if (text.length > MAX_STRING_CHARACTERS) {
    throw soqlError(
      "MALFORMED_QUERY",
      context.source,
      compared.text,
      compared.clause,
      `A string in a WHERE clause cannot be longer than ${String(MAX_STRING_CHARACTERS)} characters.`,
    );
  }
  if (text === "") return null;
  if (!isId(compared.type)) return text;
  const id = normaliseId(text);
  if (id === undefined) {
    throw soqlError(
      "INVALID_QUERY_FILTER_OPERATOR",
      context.source,
      compared.text,
      compared.clause,
      `invalid ID field: ${text}`,
    );
  }
  return id;
}

function wrongType({ source }: QueryContext, { type, fieldName, text, clause }: Compared): Error {
  const typeName = TYPE_NAMES[type];
  const advice = typeName
    ? `must be of type ${typeName} and should not be enclosed in quotes`
    : "must be of type string and should be enclosed in quotes";
  const reason = `value of filter criterion for field '${fieldName}' ${advice}`;
  return soqlError("INVALID_FIELD", source, text, clause, reason);
}
