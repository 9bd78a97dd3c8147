/** How many records to evaluate before the next look at the clock: one at first, more where they are quick. */
export class Pace {
  #next = 1;

  constructor(
    private readonly most: number,
    /** What a part may take. */
    private readonly partMs: number,
  ) {}

  get next(): number {
    return this.#next;
  }

  /** As many as fit the time at the pace of those before, at most twice as many. */
  took(records: number, ms: number): void {
    const fit = Math.floor((records * this.partMs) / Math.max(ms, 0.001));
    this.#next = Math.max(1, Math.min(fit, this.#next * 2, this.most));
  }
}
