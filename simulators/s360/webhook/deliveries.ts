import type { Stream } from "../venue/venue";

export type Verdict = "accepted" | "again" | "abandoned" | "duplicate";

export type Delivery = {
  id: number;
  stream: Stream;
  run: number;
  bucket: number;
  /** 1 to 12; the copy that a duplicate-delivery fault sends has the number of its original. */
  attempt: number;
  keys: string[];
  bytes: number;
  startedAt: string;
  durationMs: number;
  status: number | null;
  outcome: string;
  verdict: Verdict;
};

type Abandoned = {
  stream: Stream;
  bucket: number;
  keys: string[];
  tries: number;
  lastOutcome: string;
  at: string;
};

const kept = 5000;

/** What was sent, newest last, and what was given up. Numbers and outcomes only. */
export class DeliveryLog {
  readonly abandoned: Abandoned[] = [];
  private entries: Delivery[] = [];
  private nextId = 1;

  add(delivery: Omit<Delivery, "id">): Delivery {
    const entry = { id: this.nextId++, ...delivery };
    this.entries.push(entry);
    if (this.entries.length > kept * 1.2) this.entries = this.entries.slice(-kept);
    return entry;
  }

  /** The last `limit` deliveries, newest first, of one stream and of one number when given. */
  latest(limit: number, stream?: Stream, key?: string): Delivery[] {
    return this.entries
      .filter((entry) => stream === undefined || entry.stream === stream)
      .filter((entry) => key === undefined || entry.keys.includes(key))
      .slice(-limit)
      .reverse();
  }

  clear(): void {
    this.entries = [];
    this.abandoned.length = 0;
    this.nextId = 1;
  }
}
