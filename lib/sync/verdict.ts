/** From the results of a record's mappings to the record's new state. Pure. */
import { apartMs, backoffMs } from "@/lib/core/backoff";
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
  /** Whom a waiting record waits for, or whom a sale that was written without its account is linked with later. */
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
  const places = lockedPlaces(results, random);
  return records.map((record) => {
    const verdict = verdictOf(record, byRecord.get(record.id) ?? [], random);
    const locked = verdict.state === "retrying" ? places.get(record.id) : undefined;
    if (!locked) return verdict;
    const { place, siblings, jitter } = locked;
    const retryInMs = backoffMs(record.attempts, jitter) + apartMs(place, siblings.size, record.attempts);
    return { ...verdict, retryInMs };
  });
}

interface LockedPlace {
  readonly place: number;
  /** Those that were locked with it, itself included. */
  readonly siblings: ReadonlySet<number>;
  /** One for all of them, or chance would bring them together again. */
  readonly jitter: number;
}

/** Records whose rows were locked with others of the same parent. */
function lockedPlaces(
  results: readonly LinkResult[],
  random: () => number,
): ReadonlyMap<number, LockedPlace> {
  const byParent = new Map<string, Set<number>>();
  for (const result of results) {
    if (!("lockedBy" in result) || result.lockedBy === undefined) continue;
    const siblings = byParent.get(result.lockedBy) ?? new Set();
    byParent.set(result.lockedBy, siblings.add(result.record.id));
  }
  const places = new Map<number, LockedPlace>();
  for (const siblings of byParent.values()) {
    const jitter = random();
    for (const [place, id] of [...siblings].entries()) places.set(id, { place, siblings, jitter });
  }
  return places;
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
  const linkedLater = results.flatMap((result) => ("agreed" in result ? (result.linkedLater ?? []) : []));
  return { ...plain, state: "idle", awaited: linkedLater, outcome: wrote ? "synced" : outcome };
}
