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

/**
 * "just now", "3 minutes ago", "yesterday"; older than 30 days, the date. Of what is `ahead` also "in a moment" and "in 2
 * hours"; nothing else is, whatever the clocks of the reader and of the server say.
 */
export function relativeTime(iso: string, now: Date, ahead = false): string {
  const difference = Math.round((Date.parse(iso) - now.getTime()) / 1000);
  const seconds = ahead ? difference : Math.min(difference, 0);
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
