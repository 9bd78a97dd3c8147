const WINDOW_MS = 24 * 3_600_000;

/** Counts over the last 24 hours, as the daily allowances of Salesforce do. */
export class RollingCount {
  private entries: { at: number; amount: number }[] = [];

  add(amount: number, at: Date): void {
    this.entries.push({ at: at.getTime(), amount });
  }

  total(now: Date): number {
    const from = now.getTime() - WINDOW_MS;
    this.entries = this.entries.filter(({ at }) => at > from);
    return this.entries.reduce((sum, { amount }) => sum + amount, 0);
  }
}
