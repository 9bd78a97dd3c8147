import { z } from "zod";
import type { Stream } from "../venue/venue";

export const faultKinds = ["duplicate-delivery", "ignore-200"] as const;

export const faultSchema = z.strictObject({
  /** duplicate-delivery: a payload is sent twice in a row. ignore-200: a 200 is taken for lost, so it is re-sent. */
  kind: z.enum(faultKinds),
  times: z.number().int().min(1).max(1_000_000).default(1),
  stream: z.enum(["contacts", "orders"]).optional(),
});

type Fault = z.infer<typeof faultSchema>;

/** Faults that wait to happen. */
export class Faults {
  private waiting: Fault[] = [];

  add(fault: Fault): void {
    this.waiting.push({ ...fault });
  }

  /** True when a fault of this kind is due for the stream; uses it up once. */
  take(kind: Fault["kind"], stream: Stream): boolean {
    const due = this.waiting.find((fault) => fault.kind === kind && (fault.stream ?? stream) === stream);
    if (due === undefined) return false;
    due.times -= 1;
    this.waiting = this.waiting.filter((fault) => fault.times > 0);
    return true;
  }

  list(): readonly Fault[] {
    return this.waiting;
  }

  clear(): void {
    this.waiting = [];
  }
}
