import type { QueryContext } from "./context";
import { converted, currencyRates } from "./currency-rates";
import { notAnswered, plainError, soqlError } from "./errors";
import { fieldExpression, strayFunction, type Expression } from "./expression";
import { formatter } from "./format";
import { innermostPath, type FunctionCall } from "./functions";
import type { Lookup } from "./paths";
import { labelReader } from "./to-label";
import type { Row, Value } from "../model/types";

/** What a function in a SELECT list without aggregates gives, and on which parent it stands. */
export interface SelectedFunction {
  readonly lookups: readonly Lookup[];
  readonly entry: { readonly key: string; readonly read: (row: Row) => unknown };
}

/**
 * toLabel(), FORMAT() and convertCurrency() of a field. Without an alias the value takes the field's place.
 * @throws ApiError MALFORMED_QUERY, INVALID_FIELD
 */
export function selectedFunction(context: QueryContext, call: FunctionCall): SelectedFunction {
  const inner = fieldExpression(context, innermostPath(call), "SELECT");
  const read = valueReader(context, call, inner);
  const { lookups, field } = inner.path;
  return { lookups, entry: { key: call.alias ?? field.name, read } };
}

/** Reads from the row that holds the field itself. */
function valueReader(context: QueryContext, call: FunctionCall, inner: Expression): (row: Row) => Value {
  const { name } = inner.path.field;
  const outer = typeof call.argument === "object" ? call.argument : undefined;
  switch (call.name) {
    case "TOLABEL": {
      if (outer) throw notAnswered("functions within toLabel");
      const labelOf = labelReader(context, inner);
      return (row) => labelOf(row[name] ?? null);
    }
    case "CONVERTCURRENCY":
      if (outer) throw notAnswered("functions within convertCurrency");
      return currencyReader(context, inner);
    case "FORMAT": {
      if (outer && outer.name !== "CONVERTCURRENCY") throw notAnswered(`${outer.name} within FORMAT`);
      const valueOf = outer ? currencyReader(context, inner) : (row: Row) => row[name] ?? null;
      const format = formatter(context, inner);
      const own = outer ? context.user.currency : undefined;
      return (row) => format(valueOf(row), own ?? row.CurrencyIsoCode);
    }
    default:
      throw strayFunction(call, "SELECT");
  }
}

/** The amount in the user's currency (SOQL reference, "convertCurrency()"). */
function currencyReader(context: QueryContext, inner: Expression): (row: Row) => Value {
  const rates = currencyRates(context);
  if (!rates) {
    throw plainError("MALFORMED_QUERY", "convertCurrency() needs an org with multiple currencies.");
  }
  const { name, scale, type } = inner.path.field;
  if (type !== "currency") {
    const reason = `field '${name}' does not support convertCurrency`;
    throw soqlError("INVALID_FIELD", context.source, inner.text, "SELECT", reason);
  }
  const currency = context.user.currency ?? rates.corporate;
  return (row) => {
    const amount = row[name];
    return typeof amount === "number" ? Number(converted(rates, amount, row, currency).toFixed(scale)) : null;
  };
}
