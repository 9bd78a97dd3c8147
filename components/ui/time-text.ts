/** Times as words, in English and the reader's time zone. Pure but for the zone. */

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const dateAndTime: Intl.DateTimeFormatOptions = {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
};

/** "just now", "in a moment", "3 minutes ago", "in 2 hours", "yesterday"; older than 30 days, the date. */
export function relativeTime(iso: string, now: Date): string {
  const seconds = Math.round((Date.parse(iso) - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size > 30 * 86_400) return time(iso);
  for (const [unit, length] of units) {
    if (size >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  if (size < 10) return seconds > 0 ? "in a moment" : "just now";
  return seconds < 0 ? `${size} seconds ago` : `in ${size} seconds`;
}

/** "22 Nov 2026, 14:03:05" in the reader's time zone. */
export function time(iso: string): string {
  return new Intl.DateTimeFormat("en-GB", dateAndTime).format(new Date(iso));
}

/** The time in the reader's zone, with the zone's name, and in UTC. */
export function fullTime(iso: string): string {
  const here = new Intl.DateTimeFormat("en-GB", { ...dateAndTime, timeZoneName: "short" }).format(
    new Date(iso),
  );
  return `${here} (${shortUtc(iso)})`;
}

/** "2026-11-22 13:03:05 UTC". */
export function shortUtc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
