import { TimeZone } from "./time-zone";
import type { Schema } from "../model/schema";
import type { Org } from "../org/org";

/** Of the user who asks: what dates, sorting and formats depend on. */
export interface UserSettings {
  readonly userId: string;
  readonly timeZone: TimeZone;
  /** As BCP 47, `fr-CH`. */
  readonly locale: string;
  /** 0 for Sunday, 1 for Monday. */
  readonly firstDayOfWeek: number;
  /** The user's own currency, where the org has several. */
  readonly currency: string | undefined;
}

/** Countries of the locales whose week starts on Sunday (Unicode CLDR, weekData); elsewhere on Monday. */
const SUNDAY_COUNTRIES = new Set([
  "US",
  "CA",
  "MX",
  "BR",
  "JP",
  "KR",
  "IL",
  "IN",
  "TW",
  "HK",
  "ZA",
  "AU",
  "TH",
]);

export function userSettings(org: Org, schema: Schema, userId: string): UserSettings {
  const users = schema.find("User");
  const row = users && org.store.table(users).get(userId);
  const locale = String(row?.LocaleSidKey ?? "en_US").replaceAll("_", "-");
  const country = locale.split("-")[1] ?? "";
  return {
    userId,
    timeZone: TimeZone.named(String(row?.TimeZoneSidKey ?? "GMT")),
    locale,
    firstDayOfWeek: SUNDAY_COUNTRIES.has(country) ? 0 : 1,
    currency: typeof row?.DefaultCurrencyIsoCode === "string" ? row.DefaultCurrencyIsoCode : undefined,
  };
}
