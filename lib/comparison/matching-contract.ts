/** What trying matching rules brings, for the Rules page and the API. Plain JSON. */
import type { ReviewCandidate } from "@/lib/core/reviews";

/** Records that are looked at: as many as one question to Salesforce is good for. */
export const mostTried = 200;

/**
 * What would become of a contact. `adopted`: by a rule. `unsure`: several fit, or one that is not surely it. `taken`: only
 * a record of somebody else fits, so that a new one is made and the two are listed. `keyed`: Salesforce has it by its Sync
 * ID. `unjudged`: no rule is asked about it as it stands. Of contacts that are linked already: `duplicate`, where a record
 * besides their own fits, and `alone`.
 */
export const matchingOutcomes = [
  "adopted",
  "unsure",
  "taken",
  "new",
  "keyed",
  "unjudged",
  "duplicate",
  "alone",
] as const;
export type MatchingOutcome = (typeof matchingOutcomes)[number];

export interface MatchingCandidate extends ReviewCandidate {
  readonly url: string;
}

export interface TriedRecord {
  readonly recordId: number;
  readonly key: string;
  readonly label: string | null;
  readonly outcome: MatchingOutcome;
  /** By which rule: its place in the list, from 1; null where none decided. */
  readonly rule: number | null;
  readonly sentence: string | null;
  /** The first of them, where there are many. */
  readonly candidates: readonly MatchingCandidate[];
  readonly candidateCount: number;
}

/** What one mapping of the kind would make of the contacts. */
export interface MatchingFound {
  readonly mappingId: number;
  readonly name: string;
  readonly object: string;
  readonly counts: Readonly<Record<MatchingOutcome, number>>;
  /** Of the adopted: how many by which rule. */
  readonly byRule: readonly { readonly rule: number; readonly count: number }[];
  readonly rows: readonly TriedRecord[];
}

export interface MatchingTry {
  /** Contacts that were looked at, the latest ones. */
  readonly records: number;
  /** Of them: linked already, taken because too few are not. */
  readonly linked: number;
  /** There was no time for the others. */
  readonly leftOut: number;
  readonly found: readonly MatchingFound[];
}
