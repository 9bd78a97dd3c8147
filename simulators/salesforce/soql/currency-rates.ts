import type { QueryContext } from "./context";
import type { Row } from "../model/types";

/** What amounts are worth in an org with several currencies: units of each for one of the corporate currency. */
export interface CurrencyRates {
  readonly corporate: string;
  readonly perCorporateUnit: ReadonlyMap<string, number>;
}

/** The rates of the org's active currencies; undefined where the org has one currency only. */
export function currencyRates({ org, schema }: QueryContext): CurrencyRates | undefined {
  const types = schema.shape.multiCurrency ? schema.find("CurrencyType") : undefined;
  if (!types) return undefined;
  const perCorporateUnit = new Map<string, number>();
  let corporate = "";
  for (const row of org.store.table(types).all()) {
    if (row.IsActive === false) continue;
    perCorporateUnit.set(String(row.IsoCode), Number(row.ConversionRate));
    if (row.IsCorporate === true) corporate = String(row.IsoCode);
  }
  return { corporate, perCorporateUnit };
}

/** An amount of a record in another currency; a record without a currency is in the corporate one. */
export function converted(rates: CurrencyRates, amount: number, row: Row, currency: string): number {
  const from = typeof row.CurrencyIsoCode === "string" ? row.CurrencyIsoCode : rates.corporate;
  const { perCorporateUnit } = rates;
  return (amount / (perCorporateUnit.get(from) ?? 1)) * (perCorporateUnit.get(currency) ?? 1);
}
