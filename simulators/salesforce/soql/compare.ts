import type { Condition } from "@jetstreamapp/soql-parser-js";
import { soqlError } from "./errors";
import { likeMatcher } from "./like";
import { readLiteral, unescapeSoql } from "./literals";
import type { FieldModel, Value } from "../model/types";
import { normaliseId } from "../org/ids";

export interface Comparison {
  test: (value: Value) => boolean;
  /** For `=` and IN without null: the values, so that an index can be asked. */
  keys: Value[] | undefined;
}

type FieldCondition = Extract<Condition, { field: string }>;

/**
 * One comparison of a WHERE clause. Text compares without case unless the field is case-sensitive; `!=` and NOT IN
 * are true of null, `<` and its kin are not.
 */
export function comparison(
  condition: FieldCondition,
  field: FieldModel,
  context: { query: string },
): Comparison {
  const { query } = context;
  const { operator } = condition;
  if (operator === "LIKE") return { test: likeTest(condition, field, query), keys: undefined };
  const texts = Array.isArray(condition.value) ? condition.value : [condition.value];
  const types = Array.isArray(condition.literalType) ? condition.literalType : [condition.literalType];
  const values = texts.map((text, position) => literal(field, text, types[position] ?? types[0], query));
  if (operator === "=" || operator === "IN") {
    const keys = new Set(values.map((value) => comparable(field, value)));
    return {
      test: (value) => keys.has(comparable(field, value)),
      keys: values.includes(null) ? undefined : values,
    };
  }
  if (operator === "!=" || operator === "NOT IN") {
    const keys = new Set(values.map((value) => comparable(field, value)));
    return { test: (value) => !keys.has(comparable(field, value)), keys: undefined };
  }
  const bound = comparable(field, values[0] ?? null);
  return { test: (value) => isOrdered(operator, comparable(field, value), bound, query), keys: undefined };
}

function literal(field: FieldModel, text: string, literalType: string | undefined, query: string): Value {
  if (literalType === undefined || literalType.startsWith("DATE_")) {
    throw soqlError("MALFORMED_QUERY", query, text, "The simulated org does not answer date literals.");
  }
  return readLiteral(field, text, literalType, query);
}

/** The form in which two values of a field are equal or ordered. */
export function comparable(field: FieldModel, value: Value): Value {
  if (typeof value !== "string" || field.caseSensitive) return value;
  if (field.type === "id" || field.type === "reference") return normaliseId(value) ?? value;
  return value.toLowerCase();
}

function isOrdered(operator: string, value: Value, bound: Value, query: string): boolean {
  if (value === null || bound === null) return false;
  switch (operator) {
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    case ">":
      return value > bound;
    case ">=":
      return value >= bound;
    default:
      throw soqlError("MALFORMED_QUERY", query, operator, `The simulated org does not answer ${operator}.`);
  }
}

function likeTest(condition: FieldCondition, field: FieldModel, query: string): (value: Value) => boolean {
  const { value } = condition;
  if (
    typeof value !== "string" ||
    !value.startsWith("'") ||
    readLiteral(field, value, "STRING", query) === null
  ) {
    throw soqlError("INVALID_FIELD", query, String(value), "LIKE needs a text between quotes");
  }
  const matches = likeMatcher(unescapeSoql(value.slice(1, -1)));
  return (stored) => typeof stored === "string" && matches(stored);
}
