import type { QueryContext } from "./context";
import { dateFunction, dateFunctionReader } from "./date-functions";
import { notAnswered, plainError, soqlError } from "./errors";
import { innermostPath, isAggregate, type FunctionCall } from "./functions";
import type { Compared } from "./literals";
import { pathReader, resolvePath, type FieldPath } from "./paths";
import type { Clause } from "./source";
import { labelReader } from "./to-label";
import type { FieldType, Row, Value } from "../model/types";

/** A field, or a function of one, that has a value in every row. */
export interface Expression extends Compared {
  /** By this GROUP BY, SELECT and ORDER BY recognise each other: `calendar_year(createddate)`. */
  readonly key: string;
  readonly path: FieldPath;
  /** In upper case; undefined for a plain field. */
  readonly functionName: string | undefined;
  readonly valueOf: (row: Row) => Value;
}

/** @throws ApiError INVALID_FIELD, MALFORMED_QUERY */
export function fieldExpression(context: QueryContext, text: string, clause: Clause): Expression {
  const path = resolvePath(context, text, clause);
  const { field } = path;
  return {
    key: path.name.toLowerCase(),
    path,
    functionName: undefined,
    type: field.type,
    caseSensitive: field.caseSensitive,
    fieldName: field.name,
    text,
    clause,
    valueOf: pathReader(context, path),
  };
}

/** A date function or toLabel. @throws ApiError INVALID_FIELD, MALFORMED_QUERY */
export function functionExpression(context: QueryContext, call: FunctionCall, clause: Clause): Expression {
  if (call.name === "TOLABEL") return labelExpression(context, call, clause);
  const date = dateFunction(call.name);
  if (!date) throw strayFunction(call, clause);
  const { argument } = call;
  const converts = typeof argument === "object" && argument.name === "CONVERTTIMEZONE";
  if (typeof argument === "object" && !converts) throw notAnswered(`${argument.name} within ${call.name}`);
  const inner = fieldExpression(context, innermostPath(call), clause);
  const fits = inner.type === "datetime" || (inner.type === "date" && !date.dateTimeOnly && !converts);
  if (!fits) {
    throw soqlError(
      "INVALID_FIELD",
      context.source,
      inner.text,
      clause,
      `field '${inner.fieldName}' can not be used with the date function ${call.name}`,
    );
  }
  const read = dateFunctionReader(date, inner.type, converts ? context.user.timeZone : undefined);
  const key = converts ? `${call.name}(converttimezone(${inner.key}))` : `${call.name}(${inner.key})`;
  return derived(inner, key, call.name, date.type, (row) => read(inner.valueOf(row)));
}

/** For a function that does not stand where it may. */
export function strayFunction(call: FunctionCall, clause: Clause): Error {
  const { name } = call;
  if (isAggregate(call)) return plainError("MALFORMED_QUERY", `unexpected token: '${name}'`);
  return name === "CONVERTTIMEZONE"
    ? plainError("MALFORMED_QUERY", "convertTimezone can only be used inside a date function.")
    : notAnswered(`${name} in ${clause}`);
}

function labelExpression(context: QueryContext, call: FunctionCall, clause: Clause): Expression {
  if (typeof call.argument !== "string") throw notAnswered("functions within toLabel");
  const inner = fieldExpression(context, call.argument, clause);
  const read = labelReader(context, inner);
  return derived(inner, `tolabel(${inner.key})`, call.name, "string", (row) => read(inner.valueOf(row)));
}

function derived(
  inner: Expression,
  key: string,
  functionName: string,
  type: FieldType,
  valueOf: (row: Row) => Value,
): Expression {
  return { ...inner, key: key.toLowerCase(), functionName, type, caseSensitive: false, valueOf };
}
