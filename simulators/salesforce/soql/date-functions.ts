import { dayOf, isoDay, startOfYear } from "./calendar";
import { DAY_MS, type TimeZone } from "./time-zone";
import type { FieldType, Value } from "../model/types";
import { salesforceMs } from "../org/clock";

export interface DateFunction {
  /** Type of what it gives. */
  readonly type: "int" | "date";
  /** Whether it is for datetime fields only. */
  readonly dateTimeOnly: boolean;
  /** @param wallMs date and time as the clock shows them, written as UTC */
  readonly read: (wallMs: number) => number | string;
}

const MONTHS_IN_QUARTER = 3;

function part(read: (date: Date) => number): DateFunction {
  return { type: "int", dateTimeOnly: false, read: (wallMs) => read(new Date(wallMs)) };
}

const MONTH = part((date) => date.getUTCMonth() + 1);
const QUARTER = part((date) => Math.floor(date.getUTCMonth() / MONTHS_IN_QUARTER) + 1);
const YEAR = part((date) => date.getUTCFullYear());

/** SOQL reference, "Date Functions". The fiscal year is the calendar's: this org defines no other. */
const DATE_FUNCTIONS: ReadonlyMap<string, DateFunction> = new Map([
  ["CALENDAR_MONTH", MONTH],
  ["CALENDAR_QUARTER", QUARTER],
  ["CALENDAR_YEAR", YEAR],
  ["FISCAL_MONTH", MONTH],
  ["FISCAL_QUARTER", QUARTER],
  ["FISCAL_YEAR", YEAR],
  ["DAY_IN_MONTH", part((date) => date.getUTCDate())],
  ["DAY_IN_WEEK", part((date) => date.getUTCDay() + 1)],
  ["DAY_IN_YEAR", part(dayInYear)],
  ["WEEK_IN_MONTH", part((date) => Math.ceil(date.getUTCDate() / 7))],
  ["WEEK_IN_YEAR", part((date) => Math.ceil(dayInYear(date) / 7))],
  ["HOUR_IN_DAY", { ...part((date) => date.getUTCHours()), dateTimeOnly: true }],
  ["DAY_ONLY", { type: "date", dateTimeOnly: true, read: (wallMs) => isoDay(wallMs) }],
]);

export function dateFunction(name: string): DateFunction | undefined {
  return DATE_FUNCTIONS.get(name.toUpperCase());
}

/**
 * Applies a date function to the values of a date or datetime field.
 * @param timeZone the user's, for `convertTimezone`; else UTC
 */
export function dateFunctionReader(
  { read }: DateFunction,
  fieldType: FieldType,
  timeZone: TimeZone | undefined,
): (value: Value) => Value {
  return (value) => {
    if (typeof value !== "string") return null;
    if (fieldType === "date") return read(Date.parse(`${value}T00:00:00Z`));
    const momentMs = salesforceMs(value);
    return read(timeZone ? timeZone.wallTime(momentMs) : momentMs);
  };
}

function dayInYear(date: Date): number {
  const day = dayOf(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return Math.round((day - startOfYear(day)) / DAY_MS) + 1;
}
