/** Reviews: what only a person can settle. What each choice means is in `review-table.ts`. */
import type { FieldConflict } from "./agreement";
import type { DuplicateFinding } from "./duplicates";
import type { FaultCode } from "./faults";
import type { CanonicalValue } from "./side";
import type { Direction } from "./words";

export const reviewKinds = [
  "mass_change",
  "bounce",
  "clone",
  "copied_lookup",
  "merge_unclear",
  "restored",
  "deleted_in_salesforce",
  "create_in_s360",
  "create_unanswered",
  "ambiguous",
  "rule",
  "anonymised",
  "kind_changed",
  "number_reused",
  "shared_record",
  "duplicate_rule",
  "several_matches",
  "possible_duplicate",
  "consistency_check",
  "calls_short",
  "trouble",
  "told",
] as const;
export type ReviewKind = (typeof reviewKinds)[number];

/** What a record that is in review by a fault is told as on the Reviews page. */
export const reviewKindByFault: Readonly<Partial<Record<FaultCode, ReviewKind>>> = {
  mass_change: "mass_change",
  bounce: "bounce",
  clone: "clone",
  merge_unclear: "merge_unclear",
  deleted_in_salesforce: "deleted_in_salesforce",
  create_in_s360: "create_in_s360",
  create_unanswered: "create_unanswered",
  ambiguous: "ambiguous",
  by_rule: "rule",
  anonymised: "anonymised",
  kind_changed: "kind_changed",
  number_reused: "number_reused",
  shared_record: "shared_record",
  duplicate_rule: "duplicate_rule",
  several_matches: "several_matches",
};

/** `open`: waits for a person. `deciding`: decided, and being carried out. */
export type ReviewState = "open" | "deciding" | "closed";

export const reviewChoices = [
  "start",
  "start-tonight",
  "pause",
  "resume",
  "drop",
  "send",
  "keep",
  "clear-copy",
  "unlink",
  "relink",
  "same-person",
  "create",
  "pass",
  "adopt",
  "dismiss",
] as const;
export type ReviewChoice = (typeof reviewChoices)[number];

/** A Salesforce record that a contact of S-360 may be. */
export interface ReviewCandidate {
  readonly id: string;
  /** What it holds, of the fields by which it was found and of the names. */
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly s360: CanonicalValue;
    readonly salesforce: CanonicalValue;
  }[];
  /** Why it is not taken unasked though it is the only one. */
  readonly doubt?: string;
}

/** What a review is about, for the page: ids, field names and values; it is erased with the record. */
export interface ReviewSubject {
  readonly direction?: Direction;
  readonly object?: string;
  readonly salesforceId?: string;
  /** The record that this one was copied from or merged into. */
  readonly otherId?: string;
  /** Of a clone: all records that carry the Sync ID of another, the one of `salesforceId` first. */
  readonly copies?: readonly string[];
  /** Of several matches, and of a possible duplicate: the first of them. */
  readonly candidates?: readonly ReviewCandidate[];
  /** The mapping by which they fit, or that wrote what a duplicate rule stopped; of what is linked already, none. */
  readonly mappingId?: number;
  /** How many there are. */
  readonly candidateCount?: number;
  /** The Salesforce record that a person has chosen. */
  readonly chosenId?: string;
  readonly fields?: readonly string[];
  /** Of what someone is told: what had happened in the system that the direction comes from. */
  readonly happened?: "created" | "changed" | "deleted";
  /** Of a contact that only S-360 has: its technical id there, as a number may be given to somebody else. */
  readonly contactId?: string | null;
  /** Of a contact that counts as anonymised: S-360 did not say so, but knows it no more. */
  readonly concluded?: boolean;
  readonly conflicts?: readonly FieldConflict[];
  /** Of what a duplicate rule stopped: what it found; absent where the org did not tell. */
  readonly duplicates?: DuplicateFinding;
  /** By user: how many of the records they changed. */
  readonly by?: readonly { readonly name: string; readonly records: number }[];
  /** By target field: in how many records it changed. */
  readonly changes?: readonly { readonly field: string; readonly records: number }[];
  readonly paused?: boolean;
  readonly pausedBy?: string;
  /** Until when records decided on are not sent yet. */
  readonly startAt?: string;
  readonly since?: string;
  /** Why what was decided is not carried out yet; it is tried again. */
  readonly trouble?: string;
  /** When it is tried again; until then it is in some worker's hands, or nobody's. */
  readonly retryAt?: string;
  /** How a mass change ended, in records. */
  readonly ended?: { readonly sent: number; readonly failed: number };
}

/** The copies that a clone review is about. */
export function copiesOf({ copies, salesforceId }: ReviewSubject): readonly string[] {
  return copies ?? (salesforceId === undefined ? [] : [salesforceId]);
}

/** The Salesforce records that a person may say it is. */
export function choosableIds({
  kind,
  subject,
}: {
  readonly kind: ReviewKind;
  readonly subject: ReviewSubject;
}): readonly string[] {
  if (kind === "several_matches") return (subject.candidates ?? []).map(({ id }) => id);
  if (kind !== "duplicate_rule" || subject.mappingId === undefined) return [];
  // A rule may find leads for a contact: it cannot become one of those.
  const matches = subject.duplicates?.matches ?? [];
  return matches.flatMap(({ object, id }) => (object === subject.object ? [id] : []));
}
