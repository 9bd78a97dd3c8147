import { comparison, type ValueCondition } from "./compare";
import type { Predicate } from "./compiled-where";
import type { Comparing } from "./conditions";
import type { QueryContext } from "./context";
import { converted, currencyRates } from "./currency-rates";
import { notAnswered, plainError, soqlError } from "./errors";
import type { Expression } from "./expression";
import { parentRow } from "./paths";

/** Whether a condition compares with an amount such as `USD5000`. */
export function isCurrencyLiteral(condition: Comparing): condition is ValueCondition {
  const { literalType } = condition;
  const types = Array.isArray(literalType) ? literalType : [literalType];
  return types.some((type) => type?.endsWith("_WITH_CURRENCY_PREFIX"));
}

/**
 * Compares amounts at their worth (SOQL reference, "convertCurrency()": `WHERE Amount > USD5000`).
 * @throws ApiError INVALID_FIELD for a field without currency, MALFORMED_QUERY for a currency the org does not have
 */
export function currencyComparison(
  context: QueryContext,
  expression: Expression,
  condition: ValueCondition,
): Predicate {
  const rates = currencyRates(context);
  const { value } = condition;
  if (typeof value !== "string") throw notAnswered("lists of amounts with a currency");
  const code = value.slice(0, 3).toUpperCase();
  if (!rates?.perCorporateUnit.has(code)) {
    throw plainError("MALFORMED_QUERY", `Invalid currency code: ${code}`);
  }
  if (expression.type !== "currency") {
    const reason = `field '${expression.fieldName}' can not be compared with an amount of a currency`;
    throw soqlError("INVALID_FIELD", context.source, expression.text, "WHERE", reason);
  }
  const { test } = comparison(context, expression, {
    field: expression.text,
    operator: condition.operator,
    value: value.slice(3),
    literalType: "DECIMAL",
  });
  const { lookups } = expression.path;
  return (row) => {
    const owner = parentRow(context, row, lookups);
    const amount = expression.valueOf(row);
    return test(owner && typeof amount === "number" ? converted(rates, amount, owner, code) : amount);
  };
}
