/** Points in time and calendar days as text. No clock: everything comes from the value and the time zone given. */

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

interface WallTime {
  /** The wall clock read as if it were UTC. */
  readonly wallMs: number;
  /** Minutes east of UTC, null when the text does not say. */
  readonly offsetMinutes: number | null;
  readonly dayOnly: boolean;
}

/** ISO 8601 as S-360 (`…+00:00`, s360.md §2.6) and Salesforce (`…+0000`) write it; null when it is none or no such day. */
function readIso(text: string): WallTime | null {
  const match = isoPattern.exec(text.trim());
  if (!match) return null;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((group) =>
    Number(match[group] ?? 0),
  ) as [number, number, number, number, number, number];
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, day);
  wall.setUTCHours(hour, minute, second);
  const exists = wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59) return null;
  return { wallMs: wall.getTime(), offsetMinutes: readOffset(match[7]), dayOnly: match[4] === undefined };
}

function readOffset(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (text.toUpperCase() === "Z") return 0;
  const digits = text.replace(/\D/g, "").padEnd(4, "0");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return text.startsWith("-") ? -minutes : minutes;
}

/** `YYYY-MM-DDTHH:mm:ss.000Z`, seconds cut. A text without an offset is read in `timeZone`. Null when it is no moment. */
export function toUtcSeconds(text: string, timeZone: string): string | null {
  const read = readIso(text);
  if (!read) return null;
  const utcMs =
    read.offsetMinutes === null
      ? wallToUtc(read.wallMs, timeZone)
      : read.wallMs - read.offsetMinutes * 60_000;
  return new Date(utcMs).toISOString();
}

/** `YYYY-MM-DD`: a day stays as it is, a moment becomes the day it falls on in `timeZone`. Null when it is neither. */
export function toDay(text: string, timeZone: string): string | null {
  const read = readIso(text);
  if (!read) return null;
  if (read.dayOnly || read.offsetMinutes === null) return new Date(read.wallMs).toISOString().slice(0, 10);
  return new Date(utcToWall(read.wallMs - read.offsetMinutes * 60_000, timeZone)).toISOString().slice(0, 10);
}

/** "30 Nov 2026, 10:34:20 CET": a moment as the clocks in `timeZone` show it. */
export function clockTime(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    ...{ day: "numeric", month: "short", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
    ...{ timeZone, timeZoneName: "short" },
  }).format(new Date(iso));
}

/** The midnights before and after a moment, as the clocks in `timeZone` show them. */
export function dayAround(
  nowMs: number,
  timeZone: string,
): { readonly beganMs: number; readonly endsMs: number } {
  const dayMs = 24 * 60 * 60_000;
  const wallMs = Math.floor(utcToWall(nowMs, timeZone) / dayMs) * dayMs;
  return { beganMs: wallToUtc(wallMs, timeZone), endsMs: wallToUtc(wallMs + dayMs, timeZone) };
}

/** Two rounds settle it, also across a change of the clocks. */
function wallToUtc(wallMs: number, timeZone: string): number {
  const first = wallMs - (utcToWall(wallMs, timeZone) - wallMs);
  return wallMs - (utcToWall(first, timeZone) - first);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function utcToWall(utcMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(utcMs)) parts[type] = value;
  const year = parts["era"] === "BC" ? 1 - Number(parts["year"]) : Number(parts["year"]);
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(parts["month"]) - 1, Number(parts["day"]));
  wall.setUTCHours(Number(parts["hour"]), Number(parts["minute"]), Number(parts["second"]));
  return wall.getTime();
}
