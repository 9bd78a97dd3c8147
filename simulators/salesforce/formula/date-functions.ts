import { plain, type FormulaFunction } from "./formula-function";
import { dateOf, dateTimeOf, numberOf, type FormulaValue, type Moment } from "./values";

/** Date functions of the formula reference. TODAY is the user's day; days of a date and time are UTC's. */
export const DATE_FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  TODAY: plain(0, 0, (_, { today }) => dateOf(today)),
  NOW: plain(0, 0, (_, { now }) => ({ kind: "datetime", ms: now.getTime() })),
  DATE: plain(3, 3, ([year, month, day]) => calendarDay(numberOf(year), numberOf(month), numberOf(day))),
  DATEVALUE: plain(1, 1, ([value]) => dateOf(value)),
  DATETIMEVALUE: plain(1, 1, ([value]) => dateTimeOf(value)),
  YEAR: plain(1, 1, ([value]) => part(value, (day) => day.getUTCFullYear())),
  MONTH: plain(1, 1, ([value]) => part(value, (day) => day.getUTCMonth() + 1)),
  DAY: plain(1, 1, ([value]) => part(value, (day) => day.getUTCDate())),
  WEEKDAY: plain(1, 1, ([value]) => part(value, (day) => day.getUTCDay() + 1)),
};

/** A day that the calendar does not have, such as 31 February, gives blank, where Salesforce answers an error. */
function calendarDay(year: number, month: number, day: number): Moment | null {
  const ms = Date.UTC(year, month - 1, day);
  return new Date(ms).getUTCDate() === day && new Date(ms).getUTCMonth() === month - 1
    ? { kind: "date", ms }
    : null;
}

function part(value: FormulaValue | undefined, read: (day: Date) => number): number | null {
  const day = dateOf(value);
  return day && read(new Date(day.ms));
}
