export interface ThrottleLimits {
  readonly windowSeconds: number;
  /** Tries for one e-mail address within the window; a sign-in that works starts afresh. */
  readonly perEmail: number;
  /** Tries for all addresses together within the window. */
  readonly altogether: number;
}

const limits: ThrottleLimits = { windowSeconds: 60, perEmail: 5, altogether: 60 };

/**
 * Slows down guessing of passwords. Counts by e-mail and not by network address, so it holds when all people arrive
 * through one proxy, and no header can get around it. Lives in the memory of the one web process.
 */
export class SignInThrottle {
  readonly #limits: ThrottleLimits;
  readonly #now: () => number;
  /** When the tries of the running window were made, by e-mail. */
  readonly #tries = new Map<string, number[]>();

  constructor(given: ThrottleLimits = limits, now: () => number = Date.now) {
    this.#limits = given;
    this.#now = now;
  }

  /** Counts a try. Returns 0 when it may be made, else after how many seconds the next one may. */
  take(email: string): number {
    this.#dropOld();
    const name = email.trim().toLowerCase();
    const mine = this.#tries.get(name) ?? [];
    const all = [...this.#tries.values()].flat().sort((a, b) => a - b);
    const wait = Math.max(this.#wait(mine, this.#limits.perEmail), this.#wait(all, this.#limits.altogether));
    if (wait === 0) this.#tries.set(name, [...mine, this.#now()]);
    return wait;
  }

  /** The tries for an address count no more: it was its owner. */
  forget(email: string): void {
    this.#tries.delete(email.trim().toLowerCase());
  }

  #wait(tries: readonly number[], max: number): number {
    const oldest = tries.at(-max);
    if (oldest === undefined) return 0;
    return Math.max(1, Math.ceil((oldest + this.#limits.windowSeconds * 1000 - this.#now()) / 1000));
  }

  #dropOld(): void {
    const since = this.#now() - this.#limits.windowSeconds * 1000;
    for (const [name, tries] of this.#tries) {
      const recent = tries.filter((at) => at > since);
      if (recent.length === 0) this.#tries.delete(name);
      else this.#tries.set(name, recent);
    }
  }
}
