import { DAY_MS } from "./time-zone";

/** Days are written as the milliseconds of their midnight in UTC, whatever the time zone they are meant in. */

export function dayOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month, day);
}

export function startOfWeek(dayMs: number, firstDayOfWeek: number): number {
  const past = (new Date(dayMs).getUTCDay() - firstDayOfWeek + 7) % 7;
  return dayMs - past * DAY_MS;
}

/** The first day of the month so many months later. */
export function startOfMonth(dayMs: number, monthsLater = 0): number {
  const date = new Date(dayMs);
  return dayOf(date.getUTCFullYear(), date.getUTCMonth() + monthsLater, 1);
}

export function startOfQuarter(dayMs: number, quartersLater = 0): number {
  const date = new Date(dayMs);
  const month = Math.floor(date.getUTCMonth() / 3) * 3;
  return dayOf(date.getUTCFullYear(), month + quartersLater * 3, 1);
}

export function startOfYear(dayMs: number, yearsLater = 0): number {
  return dayOf(new Date(dayMs).getUTCFullYear() + yearsLater, 0, 1);
}

/** `2026-11-22`. */
export function isoDay(dayMs: number): string {
  return new Date(dayMs).toISOString().slice(0, 10);
}
