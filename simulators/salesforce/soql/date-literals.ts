import { isoDay, startOfMonth, startOfQuarter, startOfWeek, startOfYear } from "./calendar";
import type { QueryContext } from "./context";
import { DAY_MS } from "./time-zone";
import { salesforceDateTime } from "../org/clock";

/** The values a date literal stands for: from the first, up to and without the second. */
export interface LiteralRange {
  readonly from: string;
  readonly to: string;
}

/** Days from the first, up to and without the second; `now` when the literal ends with the current second. */
interface Days {
  readonly from: number;
  readonly to: number;
  readonly endsNow?: boolean;
}

type Shift = (dayMs: number, unitsLater: number) => number;

/** The first day of a period so many periods later. A fiscal year is the calendar's: this org defines no other. */
function shifts(firstDayOfWeek: number): ReadonlyMap<string, Shift> {
  return new Map<string, Shift>([
    ["DAY", (day, later) => day + later * DAY_MS],
    ["WEEK", (day, later) => startOfWeek(day, firstDayOfWeek) + later * 7 * DAY_MS],
    ["MONTH", startOfMonth],
    ["QUARTER", startOfQuarter],
    ["YEAR", startOfYear],
  ]);
}

/**
 * The range of a date literal (SOQL reference, "Date Formats and Date Literals"), in the user's time zone and week.
 * @param literal as `LAST_N_DAYS:3`, in any case
 * @returns undefined when the literal is none; dates for a date field, moments in UTC for a datetime field
 */
export function literalRange(
  context: Pick<QueryContext, "user" | "now">,
  literal: string,
  type: "date" | "datetime",
): LiteralRange | undefined {
  const { timeZone, firstDayOfWeek } = context.user;
  const nowMs = context.now.getTime();
  const today = Math.floor(timeZone.wallTime(nowMs) / DAY_MS) * DAY_MS;
  const days = daysOf(literal.toUpperCase(), today, shifts(firstDayOfWeek));
  if (!days) return undefined;
  if (type === "date") return { from: isoDay(days.from), to: isoDay(days.to) };
  const to = days.endsNow ? nowMs + 1000 : timeZone.startOfDay(days.to);
  return {
    from: salesforceDateTime(new Date(timeZone.startOfDay(days.from))),
    to: salesforceDateTime(new Date(to)),
  };
}

function daysOf(literal: string, today: number, units: ReadonlyMap<string, Shift>): Days | undefined {
  const day = units.get("DAY");
  if (!day) return undefined;
  const from = (later: number): Days => ({ from: day(today, later), to: day(today, later + 1) });
  if (literal === "TODAY") return from(0);
  if (literal === "YESTERDAY") return from(-1);
  if (literal === "TOMORROW") return from(1);
  const [name = "", count = "1"] = literal.replace(/_90_DAYS$/, "_N_DAYS:90").split(":");
  const match = /^(?:(THIS|LAST|NEXT|N)_)(N_)?(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S?(_AGO)?$/.exec(name);
  const unit = match?.[3];
  const shift = unit === undefined ? undefined : units.get(unit);
  if (!match || !shift) return undefined;
  const n = Number(count);
  if (match[4]) return { from: shift(today, -n), to: shift(today, 1 - n) };
  if (match[1] === "THIS") return { from: shift(today, 0), to: shift(today, 1) };
  if (match[1] === "NEXT") return { from: shift(today, 1), to: shift(today, n + 1) };
  // The last n days include today; the last n of anything longer end before the current one.
  return unit === "DAY"
    ? { from: shift(today, -n), to: shift(today, 1), endsNow: true }
    : { from: shift(today, -n), to: shift(today, 0) };
}
