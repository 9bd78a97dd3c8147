const HOUR_MS = 3_600_000;
const KEPT_OFFSETS = 50_000;
export const DAY_MS = 24 * HOUR_MS;

/** The clock of a place. "Wall time" is what it shows, written as if it were UTC, in milliseconds. */
export class TimeZone {
  private static readonly known = new Map<string, TimeZone>();
  private readonly format: Intl.DateTimeFormat;
  private readonly offsetsMs = new Map<number, number>();

  private constructor(readonly name: string) {
    this.format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  /** @param name as `Europe/Zurich`. @throws RangeError for a name that is no time zone */
  static named(name: string): TimeZone {
    let zone = TimeZone.known.get(name);
    if (!zone) {
      zone = new TimeZone(name);
      TimeZone.known.set(name, zone);
    }
    return zone;
  }

  /** What the clock shows at a moment. */
  wallTime(momentMs: number): number {
    return momentMs + this.offsetMs(momentMs);
  }

  /** The moment a day begins here; `dayMs` is the day's midnight as wall time. */
  startOfDay(dayMs: number): number {
    const guess = dayMs - this.offsetMs(dayMs);
    return dayMs - this.offsetMs(guess);
  }

  /** Zones change their offset at full quarters of an hour, so one answer serves for that long. */
  private offsetMs(momentMs: number): number {
    const quarter = Math.floor(momentMs / (HOUR_MS / 4));
    let offset = this.offsetsMs.get(quarter);
    if (offset === undefined) {
      offset = this.readOffset(quarter * (HOUR_MS / 4));
      if (this.offsetsMs.size === KEPT_OFFSETS) this.offsetsMs.clear();
      this.offsetsMs.set(quarter, offset);
    }
    return offset;
  }

  private readOffset(momentMs: number): number {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of this.format.formatToParts(momentMs)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - momentMs;
  }
}
