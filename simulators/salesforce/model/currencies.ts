import { picklist, picklistValue } from "./field-builders";
import type { FieldModel, ObjectModel } from "./types";

export interface CurrencyModel {
  readonly code: string;
  readonly name: string;
  /** How many of this currency one unit of the corporate currency buys. */
  readonly rate: number;
  readonly decimalPlaces: number;
}

/** What one unit of everything else is converted to and from. */
export const CORPORATE_CURRENCY = "CHF";

/** Active currencies of an org with several. */
export const CURRENCIES: readonly CurrencyModel[] = [
  { code: "CHF", name: "Swiss Franc", rate: 1, decimalPlaces: 2 },
  { code: "EUR", name: "Euro", rate: 1.05, decimalPlaces: 2 },
  { code: "GBP", name: "British Pound", rate: 0.9, decimalPlaces: 2 },
  { code: "USD", name: "U.S. Dollar", rate: 1.15, decimalPlaces: 2 },
];

const CURRENCY_LABELS: Readonly<Record<string, string>> = {
  Account: "Account Currency",
  Contact: "Contact Currency",
  Opportunity: "Opportunity Currency",
  Product2: "Product Currency",
};
const VALUES = CURRENCIES.map(({ code, name }) =>
  picklistValue(code, name, { isDefault: code === CORPORATE_CURRENCY }),
);

/** `CurrencyIsoCode` or `DefaultCurrencyIsoCode`: three letters, restricted to the active currencies. */
export function currencyCode(name: string, label: string): FieldModel {
  return picklist(name, label, 3, VALUES, { restrictedPicklist: true, permissionable: false });
}

/** The object as an org with several currencies has it: with CurrencyIsoCode, before its owner or its dates. */
export function withCurrency(model: ObjectModel): ObjectModel {
  const label = CURRENCY_LABELS[model.name] ?? "Currency ISO Code";
  const next = model.custom ? ["CreatedDate"] : ["OwnerId", "CreatedDate"];
  const before = model.fields.findIndex((field) => next.includes(field.name));
  return { ...model, fields: model.fields.toSpliced(before, 0, currencyCode("CurrencyIsoCode", label)) };
}
