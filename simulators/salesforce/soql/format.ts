import { isNumber } from "./comparable";
import type { QueryContext } from "./context";
import { soqlError } from "./errors";
import type { Compared } from "./literals";
import type { FieldPath } from "./paths";
import { CORPORATE_CURRENCY } from "../model/currencies";
import type { FieldModel, Value } from "../model/types";
import { salesforceMs } from "../org/clock";

/** Formats a value; an amount in the given currency, or in the corporate one. */
export type Formatter = (value: Value, currency?: Value) => Value;

/**
 * FORMAT(): numbers, amounts, dates and datetimes as the user's locale writes them, datetimes in the user's time zone
 * (SOQL reference, "FORMAT()").
 * @throws ApiError INVALID_FIELD for a field of another type
 */
export function formatter(context: QueryContext, inner: Compared & { readonly path: FieldPath }): Formatter {
  const { locale, timeZone } = context.user;
  const { field } = inner.path;
  if (field.type === "currency") return currencyFormatter(locale, field);
  if (isNumber(field.type)) return numberFormatter(locale, field);
  if (field.type === "date") return dateFormatter(locale, { timeZone: "UTC" });
  if (field.type === "datetime") {
    return dateFormatter(locale, { timeZone: timeZone.name, hour: "numeric", minute: "2-digit" });
  }
  const reason = `field '${field.name}' does not support FORMAT`;
  throw soqlError("INVALID_FIELD", context.source, inner.text, inner.clause, reason);
}

function numberFormatter(locale: string, { scale, type }: FieldModel): Formatter {
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: scale,
    maximumFractionDigits: scale,
  });
  const unit = type === "percent" ? "%" : "";
  return (value) => (typeof value === "number" ? plain(format.format(value)) + unit : null);
}

function currencyFormatter(locale: string, { scale }: FieldModel): Formatter {
  const digits = Math.max(scale, 2);
  const formats = new Map<string, Intl.NumberFormat>();
  return (value, currency) => {
    if (typeof value !== "number") return null;
    const code = typeof currency === "string" ? currency : CORPORATE_CURRENCY;
    const format =
      formats.get(code) ??
      new Intl.NumberFormat(locale, {
        style: "currency",
        currency: code,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
    formats.set(code, format);
    return plain(format.format(value));
  };
}

function dateFormatter(locale: string, options: Intl.DateTimeFormatOptions): Formatter {
  const format = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    ...options,
  });
  return (value) => (typeof value === "string" ? plain(format.format(salesforceMs(value))) : null);
}

/** Intl separates with spaces of several widths; Salesforce with plain ones. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, " ");
}
