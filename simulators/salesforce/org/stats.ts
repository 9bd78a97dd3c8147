import { RollingCount } from "./rolling-count";

export interface ObjectStats {
  created: number;
  updated: number;
  deleted: number;
  failed: number;
}

/** What the API did to the org since the last reset: rows that were rolled back are not in it. */
export class Stats {
  apiCalls = 0;
  private readonly recentCalls = new RollingCount();
  private objects = new Map<string, ObjectStats>();

  countCall(at: Date): void {
    this.apiCalls += 1;
    this.recentCalls.add(1, at);
  }

  /** API calls of the last 24 hours. */
  callsOfDay(now: Date): number {
    return this.recentCalls.total(now);
  }

  count(object: string, what: keyof ObjectStats, rows = 1): void {
    const stats = this.objects.get(object) ?? { created: 0, updated: 0, deleted: 0, failed: 0 };
    stats[what] += rows;
    this.objects.set(object, stats);
  }

  snapshot(): { apiCalls: number; objects: Record<string, ObjectStats> } {
    return {
      apiCalls: this.apiCalls,
      objects: Object.fromEntries([...this.objects].map(([name, stats]) => [name, { ...stats }])),
    };
  }

  restore(snapshot: { apiCalls: number; objects: Record<string, ObjectStats> }): void {
    this.apiCalls = snapshot.apiCalls;
    this.objects = new Map(Object.entries(snapshot.objects).map(([name, stats]) => [name, { ...stats }]));
  }
}
