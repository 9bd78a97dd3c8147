const MINUTE_MS = 60_000;
const WINDOW_MINUTES = 24 * 60;

/** Counts over the last 24 hours, to the minute, as the daily allowances of Salesforce do. */
export class RollingCount {
  /** Amounts by minute since 1970, oldest first. */
  private readonly minutes = new Map<number, number>();
  private sum = 0;

  add(amount: number, at: Date): void {
    const minute = Math.floor(at.getTime() / MINUTE_MS);
    this.minutes.set(minute, (this.minutes.get(minute) ?? 0) + amount);
    this.sum += amount;
  }

  total(now: Date): number {
    const from = Math.floor(now.getTime() / MINUTE_MS) - WINDOW_MINUTES;
    for (const [minute, amount] of this.minutes) {
      if (minute > from) break;
      this.minutes.delete(minute);
      this.sum -= amount;
    }
    return this.sum;
  }
}
