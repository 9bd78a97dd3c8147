import type { Condition } from "@jetstreamapp/soql-parser-js";
import { choices, fold, foldChoices, isText } from "./comparable";
import type { QueryContext } from "./context";
import type { LiteralRange } from "./date-literals";
import { plainError, soqlError } from "./errors";
import { likeMatcher } from "./like";
import { isRange, readLiteral, type Compared } from "./literals";
import type { Value } from "../model/types";

export interface Comparison {
  readonly test: (value: Value) => boolean;
  /** For `=` and IN without null: the values, so that an index can be asked. */
  readonly keys: readonly Value[] | undefined;
}

export type ValueCondition = Exclude<Condition, { openParen: number; operator?: undefined }>;
type Test = (value: Value) => boolean;

/**
 * One comparison with literals. Text compares without case unless the field is case-sensitive; `!=` and NOT IN are true
 * of null, `<` and its kin are not.
 * @throws ApiError INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR, MALFORMED_QUERY
 */
export function comparison(context: QueryContext, compared: Compared, condition: ValueCondition): Comparison {
  const operator = condition.operator.toUpperCase();
  if (operator === "LIKE") return { test: likeTest(context, compared, condition), keys: undefined };
  const values = literalsOf(context, compared, condition);
  switch (operator) {
    case "=":
    case "IN":
      return equality(compared, values);
    case "!=":
    case "<>":
    case "NOT IN":
      return { test: negated(equality(compared, values).test), keys: undefined };
    case "INCLUDES":
      return { test: includesTest(context, compared, values), keys: undefined };
    case "EXCLUDES":
      return { test: negated(includesTest(context, compared, values)), keys: undefined };
    default:
      return { test: orderedTest(context, compared, operator, values[0] ?? null), keys: undefined };
  }
}

function literalsOf(context: QueryContext, compared: Compared, condition: ValueCondition) {
  const { value, literalType } = condition;
  const texts = Array.isArray(value) ? value : [value];
  const types = Array.isArray(literalType) ? literalType : [literalType];
  return texts.map((text, at) => readLiteral(context, compared, text, types[at] ?? types[0]));
}

function negated(test: Test): Test {
  return (value) => !test(value);
}

function equality(compared: Compared, values: readonly (Value | LiteralRange)[]): Comparison {
  const ranges = values.filter(isRange);
  const single = values.filter((value): value is Value => !isRange(value));
  const folded = compared.type === "multipicklist" ? foldChoices : fold(compared);
  const keys = new Set(single.map(folded));
  const [only] = keys;
  const isKey: Test =
    keys.size === 1 ? (value) => folded(value) === only : (value) => keys.has(folded(value));
  if (ranges.length > 0) {
    return {
      test: (value) => isKey(value) || ranges.some((range) => isWithin(value, range)),
      keys: undefined,
    };
  }
  return { test: isKey, keys: single.includes(null) ? undefined : single };
}

function isWithin(value: Value, { from, to }: LiteralRange): boolean {
  return value !== null && value >= from && value < to;
}

const ORDERED_TESTS: Readonly<
  Record<string, (value: Exclude<Value, null>, bound: Exclude<Value, null>) => boolean>
> = {
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};
/** A range compares by its first day for `<` and `>=`, by the day after its last for the others. */
const BY_RANGE_END: Readonly<Record<string, string>> = { "<=": "<", ">": ">=" };

function orderedTest(
  context: QueryContext,
  compared: Compared,
  operator: string,
  literal: Value | LiteralRange,
): Test {
  if (compared.type === "boolean" || compared.type === "multipicklist") throw badOperator(context, compared);
  const byEnd = isRange(literal) ? BY_RANGE_END[operator] : undefined;
  const isOrdered = ORDERED_TESTS[byEnd ?? operator];
  if (!isOrdered) throw badOperator(context, compared);
  const folded = fold(compared);
  const bound = isRange(literal) ? (byEnd ? literal.to : literal.from) : folded(literal);
  if (bound === null) return () => false;
  return (value) => {
    const own = folded(value);
    return own !== null && isOrdered(own, bound);
  };
}

function includesTest(
  context: QueryContext,
  compared: Compared,
  values: readonly (Value | LiteralRange)[],
): Test {
  if (compared.type !== "multipicklist") throw badOperator(context, compared);
  const groups = values.filter((value) => typeof value === "string").map(choices);
  return (value) => {
    if (typeof value !== "string") return false;
    const chosen = choices(value);
    return groups.some((group) => group.every((choice) => chosen.includes(choice)));
  };
}

function likeTest(context: QueryContext, compared: Compared, condition: ValueCondition): Test {
  const { value, literalType } = condition;
  if (!isText(compared.type) || compared.type === "multipicklist") throw badOperator(context, compared);
  if (Array.isArray(value)) throw plainError("MALFORMED_QUERY", "unexpected token: '('");
  if (literalType === "NULL") throw plainError("MALFORMED_QUERY", `unexpected token: '${value}'`);
  readLiteral(context, compared, value, Array.isArray(literalType) ? literalType[0] : literalType);
  const matches = likeMatcher(value.slice(1, -1));
  return (stored) => typeof stored === "string" && matches(stored);
}

function badOperator({ source }: QueryContext, { type, text, clause }: Compared): Error {
  const kind = type === "reference" ? "id" : type;
  return soqlError(
    "INVALID_QUERY_FILTER_OPERATOR",
    source,
    text,
    clause,
    `invalid operator on ${kind} field`,
  );
}
