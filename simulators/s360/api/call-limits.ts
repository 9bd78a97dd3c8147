import { z } from "zod";

const windowMs = 60_000;

export const limitsSnapshot = z.object({
  /** Arrivals of the last minute, in epoch milliseconds. */
  recent: z.array(z.number()),
  month: z.string(),
  thisMonth: z.number().int().min(0),
});

type LimitsSnapshot = z.infer<typeof limitsSnapshot>;
type Limits = { callsPerMinute: number; callsPerMonth: number };

/** Counts the institution's calls, all endpoints together: in any 60 seconds and in the calendar month (UTC). */
export class CallLimits {
  private used: LimitsSnapshot = { recent: [], month: "", thisMonth: 0 };

  /** Counts a call, or names the limit that refuses it. A refused call is not counted. 0 is no limit. */
  take(now: Date, { callsPerMinute, callsPerMonth }: Limits): "minute" | "month" | null {
    this.forgetBefore(now);
    if (callsPerMonth > 0 && this.used.thisMonth >= callsPerMonth) return "month";
    if (callsPerMinute > 0 && this.used.recent.length >= callsPerMinute) return "minute";
    this.used.recent.push(now.getTime());
    this.used.thisMonth += 1;
    return null;
  }

  /** Counts a POST of the venue's own into the month. */
  takePost(now: Date): void {
    this.forgetBefore(now);
    this.used.thisMonth += 1;
  }

  use(now: Date): { lastMinute: number; month: string; thisMonth: number } {
    this.forgetBefore(now);
    const { recent, month, thisMonth } = this.used;
    return { lastMinute: recent.length, month, thisMonth };
  }

  snapshot(): LimitsSnapshot {
    return { ...this.used, recent: [...this.used.recent] };
  }

  restore(snapshot: LimitsSnapshot): void {
    this.used = { ...snapshot, recent: [...snapshot.recent] };
  }

  clear(): void {
    this.used = { recent: [], month: "", thisMonth: 0 };
  }

  private forgetBefore(now: Date): void {
    const from = now.getTime() - windowMs;
    this.used.recent = this.used.recent.filter((at) => at > from);
    const month = now.toISOString().slice(0, 7);
    if (month !== this.used.month) Object.assign(this.used, { month, thisMonth: 0 });
  }
}
