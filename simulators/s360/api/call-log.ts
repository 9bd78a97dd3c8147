import { z } from "zod";

const kept = 1000;
const saved = 100;
const count = z.number().int().min(0);

const apiCall = z.object({
  id: count,
  /** By the venue's clock. */
  at: z.string(),
  method: z.string(),
  contactNumber: z.string().nullable(),
  /** Of calls of the order service. Files from before there was one have none. */
  orderId: z.string().nullable().default(null),
  /** Null: the connection was broken instead of an answer. */
  status: z.number().int().nullable(),
  /** `success`, a business error's code, or why the call was refused. */
  outcome: z.string(),
});

/** Why calls are refused: over a limit, for their token, or for their form (address, method, content type, JSON). */
const refusals = z.object({ minute: count, month: count, token: count, request: count });

export const callLogSnapshot = z.object({
  total: count,
  byMethod: z.record(z.string(), count),
  refused: refusals,
  calls: z.array(apiCall),
});

export type ApiCall = z.infer<typeof apiCall>;
export type Refusal = keyof z.infer<typeof refusals>;
type Snapshot = z.infer<typeof callLogSnapshot>;

/** The calls that came in, newest last, and how many there were. Numbers and outcomes only, no bodies. */
export class CallLog {
  private log: Snapshot = empty();

  add(call: Omit<ApiCall, "id">, refusal: Refusal | null): void {
    this.log.total += 1;
    this.log.byMethod[call.method] = (this.log.byMethod[call.method] ?? 0) + 1;
    if (refusal !== null) this.log.refused[refusal] += 1;
    this.log.calls.push({ id: this.log.total, ...call });
    if (this.log.calls.length > kept * 1.2) this.log.calls = this.log.calls.slice(-kept);
  }

  /** The last `limit` calls, newest first, of one method and of one contact or order when given. */
  latest(limit: number, method?: string, key?: string): ApiCall[] {
    return this.log.calls
      .filter((call) => method === undefined || call.method === method)
      .filter(({ contactNumber, orderId }) => key === undefined || key === contactNumber || key === orderId)
      .slice(-limit)
      .reverse();
  }

  counts() {
    const { total, byMethod, refused } = this.log;
    const all = Object.values(refused).reduce((sum, each) => sum + each, 0);
    return { total, byMethod: { ...byMethod }, refused: all, refusedBy: { ...refused } };
  }

  snapshot(): Snapshot {
    return { ...this.log, calls: this.log.calls.slice(-saved) };
  }

  restore(snapshot: Snapshot): void {
    this.log = structuredClone(snapshot);
  }

  clear(): void {
    this.log = empty();
  }
}

function empty(): Snapshot {
  return { total: 0, byMethod: {}, refused: { minute: 0, month: 0, token: 0, request: 0 }, calls: [] };
}
