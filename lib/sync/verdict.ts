/** From the results of a record's mappings to the record's new state. Pure. */
import { backoffMs } from "@/lib/core/backoff";
import type { Fault } from "@/lib/core/faults";
import type { Outcome } from "@/lib/core/words";
import type { ClaimedRecord } from "./records";
import type { Awaited, LinkResult } from "./work";

export interface Verdict {
  readonly record: ClaimedRecord;
  /** `untouched`: the connection is held, the record keeps its place. */
  readonly state: "idle" | "failed" | "retrying" | "waiting" | "review" | "ignored" | "untouched";
  /** How the events up to the claimed version ended; null when they have not ended. */
  readonly outcome: Outcome | null;
  readonly fault: Fault | null;
  readonly retryInMs: number;
  readonly awaited: readonly Awaited[];
  readonly wrote: boolean;
}

/** The gravest result of a record decides: one refused mapping is never hidden by another that went well. */
const gravity = ["review", "failed", "waiting", "retrying", "untouched"] as const;

/** One verdict per record; a record without any result is a broken promise and throws. */
export function verdictsOf(
  records: readonly ClaimedRecord[],
  results: readonly LinkResult[],
  random: () => number,
): Verdict[] {
  const byRecord = new Map<number, LinkResult[]>();
  for (const result of results)
    byRecord.set(result.record.id, [...(byRecord.get(result.record.id) ?? []), result]);
  return records.map((record) => verdictOf(record, byRecord.get(record.id) ?? [], random));
}

function verdictOf(record: ClaimedRecord, results: readonly LinkResult[], random: () => number): Verdict {
  if (results.length === 0) throw new Error(`record ${record.id} was claimed but has no result`);
  const wrote = results.some(
    ({ outcome, call }) =>
      ["created", "updated", "merged"].includes(outcome) || (outcome === "adopted" && call !== undefined),
  );
  const plain = { record, wrote, fault: null, retryInMs: 0, awaited: [] };
  for (const state of gravity) {
    const grave = results.find((result) => result.outcome === state);
    if (!grave || !("fault" in grave)) continue;
    const awaited = results.flatMap((result) => (result.outcome === "waiting" ? result.awaited : []));
    const retryInMs = state === "retrying" ? backoffMs(record.attempts, random()) : 0;
    return {
      ...plain,
      state,
      outcome: null,
      fault: grave.fault,
      retryInMs,
      awaited: state === "waiting" ? awaited : [],
    };
  }
  if (results.some((result) => result.outcome === "unreached"))
    return { ...plain, state: "untouched", outcome: null };
  if (results.every((result) => result.outcome === "ignored"))
    return { ...plain, state: "ignored", outcome: "ignored" };
  const outcome = results.every((result) => result.outcome === "echo") ? "echo" : "unchanged";
  return { ...plain, state: "idle", outcome: wrote ? "synced" : outcome };
}
