import { z } from "zod";
import { Random } from "../demo/random";
import { apiMethods, saveMethods, type ApiMethod } from "./api-path";

const often = {
  /** How often; null: for as long as the simulator runs. Default 1, with a probability null. */
  times: z.number().int().min(1).max(1_000_000).nullable().optional(),
  /** For a fault that strikes at random: how likely each call is to be struck. */
  probability: z.number().gt(0).max(1).optional(),
};
const method = z.enum(apiMethods).optional();

export const apiFaultSchema = z
  .discriminatedUnion("kind", [
    /** The write is done, then the connection is broken. Only a save that was done can lose its answer. */
    z.strictObject({ kind: z.literal("lost-answer"), method: z.enum(saveMethods).optional(), ...often }),
    /** The connection is broken before anything is done. */
    z.strictObject({ kind: z.literal("broken-before"), method, ...often }),
    /** An answer with this status, nothing is done. */
    z.strictObject({
      kind: z.literal("status"),
      status: z.number().int().min(400).max(599),
      text: z.string().max(1000).default("Ordered by a fault."),
      method,
      ...often,
    }),
    /** The call waits before it is served. */
    z.strictObject({ kind: z.literal("slow"), ms: z.number().int().min(1).max(600_000), method, ...often }),
  ])
  .transform((fault) => ({ ...fault, times: timesOf(fault) }));

export const apiFaultKinds = ["lost-answer", "broken-before", "status", "slow"] as const;
export type ApiFault = z.output<typeof apiFaultSchema>;
type Kind = ApiFault["kind"];

/** Faults of the API side that wait to happen. */
export class ApiFaults {
  private waiting: ApiFault[] = [];
  private random = new Random(1);

  add(fault: ApiFault): void {
    this.waiting.push({ ...fault });
  }

  /** The first fault of this kind that strikes a call of this method, used up once; undefined when none does. */
  take<K extends Kind>(kind: K, called: ApiMethod): Extract<ApiFault, { kind: K }> | undefined {
    const isKind = (fault: ApiFault): fault is Extract<ApiFault, { kind: K }> => fault.kind === kind;
    const due = this.waiting.filter(isKind).find((fault) => this.strikes(fault, called));
    if (typeof due?.times === "number") due.times -= 1;
    this.waiting = this.waiting.filter((fault) => fault.times !== 0);
    return due;
  }

  list(): ApiFault[] {
    return this.waiting.map((fault) => ({ ...fault }));
  }

  restore(faults: readonly ApiFault[]): void {
    this.waiting = faults.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.waiting = [];
    this.random = new Random(1);
  }

  private strikes(fault: ApiFault, called: ApiMethod): boolean {
    if ((fault.method ?? called) !== called) return false;
    return fault.probability === undefined || this.random.chance(fault.probability);
  }
}

function timesOf(fault: { times?: number | null; probability?: number }): number | null {
  if (fault.times !== undefined) return fault.times;
  return fault.probability === undefined ? 1 : null;
}
