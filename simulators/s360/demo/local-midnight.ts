const zurich = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Zurich",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
  hourCycle: "h23",
});

/**
 * Midnight in Zurich of a calendar day, in S-360's notation (UTC, milliseconds, numeric offset): birthdays and
 * business dates travel as a local midnight, so the day before may be written.
 */
export function localMidnight(year: number, month: number, day: number): string {
  const wanted = Date.UTC(year, month - 1, day);
  let instant = wanted;
  for (let round = 0; round < 2; round += 1) instant = wanted - offsetMs(instant);
  return s360Instant(new Date(instant));
}

/** An instant in S-360's notation. */
export function s360Instant(date: Date): string {
  return date.toISOString().replace("Z", "+00:00");
}

function offsetMs(instant: number): number {
  const part = Object.fromEntries(
    zurich.formatToParts(new Date(instant)).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}
