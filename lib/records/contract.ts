/** What the pages and the API say about records. Plain JSON; times are ISO texts. */
import type { AnonymisedRule } from "@/lib/core/anonymised";
import type { FieldConflict } from "@/lib/core/agreement";
import type { Fault } from "@/lib/core/faults";
import type { SalesSettings } from "@/lib/core/sales-settings";
import type { CanonicalValue } from "@/lib/core/side";
import type {
  AttemptOutcome,
  Direction,
  Family,
  Fate,
  Kind,
  Outcome,
  RecordState,
  Stream,
} from "@/lib/core/words";

/** A list with more behind it. `next` is handed back as it is to get the following page. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** What the list of records is narrowed to; everything left out does not narrow. */
export interface RecordFilter {
  /** Contact number, e-mail, name, order or operation id, Salesforce id. */
  readonly q?: string;
  readonly state?: RecordState;
  readonly stream?: Stream;
  readonly kind?: Kind;
  /** An initial import: those that it brought. */
  readonly imported?: number;
  /** A re-processing: those that it came to and that did not get through. */
  readonly run?: number;
  /** A census: those whose result it found changed, and that no re-processing has come to. */
  readonly census?: number;
  /** Of those: where this field changes, or what else does (lib/core/census-change.ts). */
  readonly change?: string;
}

/** States that "try again" can end. */
export const retryableStates = ["failed", "retrying", "waiting"] as const satisfies readonly RecordState[];
export type RetryableState = (typeof retryableStates)[number];

export interface RecordRow {
  readonly id: number;
  readonly family: Family;
  /** S-360's number: of the contact, the order or the operation. */
  readonly key: string;
  /** Null: others refer to it, S-360 has not sent it yet. */
  readonly kind: Kind | null;
  readonly label: string | null;
  /** The worst of its directions; of an order, the worst of its operations. Null: there is nothing to write. */
  readonly state: RecordState | null;
  readonly fault: Fault | null;
  readonly changedAt: string;
  readonly salesforce: { readonly object: string; readonly id: string } | null;
}

/** Records by where they stand. */
export type StateCounts = Readonly<Record<RecordState, number>>;

/** How many records match, counted up to a limit. */
export interface Matches {
  readonly number: number;
  /** There are more; `number` is where counting stopped. */
  readonly more: boolean;
}

/** An item that ended at the door, wholly or in part. */
export interface EndedItem {
  readonly eventId: number;
  readonly receivedAt: string;
  readonly stream: Stream;
  readonly outcome: Outcome;
  readonly fault: Fault | null;
  /** The connector could not take in its call, and can read it again. */
  readonly setAside: boolean;
  /** The beginning of the item's own text. */
  readonly excerpt: string;
  /** The record its usable part belongs to, such as the order of a broken operation. */
  readonly record: { readonly id: number; readonly family: Family; readonly key: string } | null;
}

export const endedOutcomes = ["failed", "ignored"] as const;
export type EndedOutcome = (typeof endedOutcomes)[number];

/** `set-aside`: failed by a mistake of the connector; such calls can be read again. */
export const endedFilters = [...endedOutcomes, "set-aside"] as const;
export type EndedFilter = (typeof endedFilters)[number];

export interface RawEvent {
  readonly id: number;
  readonly receivedAt: string;
  readonly stream: Stream;
  readonly position: number;
  readonly note: string | null;
  readonly fault: Fault | null;
  readonly raw: string;
}

/** Enough of a record to name it and link to it. */
export interface RecordMention {
  readonly id: number;
  readonly family: Family;
  readonly key: string;
  readonly kind: Kind | null;
  readonly label: string | null;
  readonly state: RecordState | null;
  /** Why it stands there, when it does not get through. */
  readonly fault: Fault | null;
}

/** A short list of what may be many. */
export interface Mentions {
  readonly records: readonly RecordMention[];
  readonly total: number;
}

export interface DirectionStatus {
  readonly direction: Direction;
  readonly stream: Stream;
  readonly state: RecordState;
  readonly fault: Fault | null;
  /** When it is tried next; only of what is pending or retrying. */
  readonly dueAt: string | null;
  readonly attempts: number;
  readonly version: number;
  readonly syncedVersion: number;
  readonly writtenAt: string | null;
  readonly changedAt: string;
  readonly standstill: Standstill;
}

export interface LinkStatus {
  readonly mappingId: number;
  readonly mappingName: string;
  readonly object: string;
  readonly salesforceId: string;
  readonly url: string;
  readonly writtenAt: string;
  /** Since when the record is deleted in Salesforce. */
  readonly goneAt: string | null;
  /** Merged into the record of another number, which alone is written. */
  readonly alias: boolean;
}

/** Why nothing is written although something is due. */
export interface Standstill {
  readonly pausedAt: string | null;
  readonly blocked: { readonly until: string; readonly sentence: string } | null;
}

export interface RecordDetail {
  readonly id: number;
  readonly connectionId: number;
  readonly institution: string;
  readonly family: Family;
  readonly key: string;
  readonly kind: Kind | null;
  readonly label: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** As in the list: the worst of its directions or of its operations. */
  readonly state: RecordState | null;
  /** A worker is writing it at this moment. */
  readonly beingWritten: boolean;
  /** The Bulk job that it is in: since when, and where Salesforce shows it, once it is made there. */
  readonly bulkJob: { readonly since: string; readonly url: string | null } | null;
  readonly directions: readonly DirectionStatus[];
  /** The latest review that waits for a person to decide about it. */
  readonly reviewId: number | null;
  readonly links: readonly LinkStatus[];
  /** The number whose Salesforce record this one was merged into. */
  readonly mergedInto: RecordMention | null;
  /** S-360 merged it, as a person said: the number that is written in its place. */
  readonly mergedInS360: { readonly into: RecordMention; readonly by: string; readonly at: string } | null;
  /** Numbers that S-360 merged into this one, as a person said. */
  readonly formerNumbers: Mentions;
  /** Numbers that were merged into this one's Salesforce record. */
  readonly secondNumbers: Mentions;
  readonly waitsFor: Mentions;
  readonly awaitedBy: Mentions;
  /** Contacts that a sale which was written without them is linked with once they are in Salesforce. */
  readonly linkedLater: Mentions;
  /** Of a sale that names no contact: what the rules say of it. */
  readonly anonymous: SalesSettings["anonymous"] | null;
  /** S-360 anonymised the contact: what the rules say of it. */
  readonly anonymised: AnonymisedRule | null;
  /** Of one that counts as anonymised: S-360 did not say so, but does not know it when asked. */
  readonly unknownToS360: boolean;
  readonly parent: RecordMention | null;
  readonly children: Mentions;
  readonly sourceState: Readonly<Record<string, unknown>> | null;
}

/** One field of one mapping: what S-360 says now against what both sides last agreed on. */
export interface FieldComparison {
  /** API name. */
  readonly field: string;
  readonly label: string;
  /** What the published mapping makes of the source state. `silent`: S-360 says nothing, the field is left alone. */
  readonly now:
    | { readonly told: "value"; readonly value: CanonicalValue }
    | { readonly told: "silent" }
    | { readonly told: "problem"; readonly sentence: string };
  /** As S-360 has it. Undefined: never agreed on. */
  readonly base: CanonicalValue | undefined;
  /** Edits of it in Salesforce go back to S-360. */
  readonly twoWay: boolean;
  /** What Salesforce last told that it holds, or how it keeps what was agreed; undefined while neither is known. Of fields that go both ways. */
  readonly held: CanonicalValue | undefined;
  /** Salesforce holds something else than what was agreed, and S-360 has not got it. */
  readonly changedThere: boolean;
  readonly differs: boolean;
  /** Nothing is to be written, and yet the two do not hold the same: Salesforce keeps a value of its own. */
  readonly keptThere: boolean;
  /** When the mapping writes it; null for a field that the mapping no longer has. */
  readonly when: "always" | "create" | "blank" | null;
}

export interface MappingPreview {
  readonly mappingId: number;
  readonly mappingName: string;
  readonly object: string;
  readonly objectLabel: string;
  readonly linked: boolean;
  /** Merged into the record of another number: nothing of this one is written, so nothing is compared. */
  readonly merged: boolean;
  /** Set when the comparison cannot be made, with what to do. */
  readonly obstacle: string | null;
  /** Why nothing of the record is written though its values are compared; null when it is written. */
  readonly apart: string | null;
  readonly fields: readonly FieldComparison[];
}

export interface RecordPage {
  readonly record: RecordDetail;
  readonly mappings: readonly MappingPreview[];
}

/** One field of one write. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Who changed a Salesforce record, as the change feed told it; `by` is null where it did not say. */
export interface SalesforceChange {
  readonly what: "changed" | "deleted";
  readonly by: string | null;
}

export interface TimelineEvent {
  readonly type: "event";
  readonly id: number;
  readonly at: string;
  readonly stream: Stream;
  readonly version: number;
  /** From 1, of `payloadItems` in the same call. */
  readonly place: number;
  readonly payloadItems: number;
  readonly note: string | null;
  readonly fate: Fate;
  readonly fault: Fault | null;
  /** Null: S-360 sent it. */
  readonly salesforce: SalesforceChange | null;
  /** It told of a merge, which was followed. */
  readonly merged: boolean;
}

export interface TimelineAttempt {
  readonly type: "attempt";
  readonly id: number;
  readonly at: string;
  readonly direction: Direction;
  readonly version: number;
  readonly outcome: AttemptOutcome;
  readonly fault: Fault | null;
  readonly mapping: { readonly id: number; readonly name: string; readonly version: number } | null;
  readonly object: string | null;
  readonly salesforceId: string | null;
  readonly changes: readonly FieldChange[];
  /** Fields that both sides had changed, and whose value stayed. */
  readonly conflicts: readonly FieldConflict[];
  /** Who had changed the record in Salesforce, as far as it is known. */
  readonly changedBy: string | null;
  /** The outward call that carried it, with all its rows. */
  readonly call: { readonly id: string; readonly rows: number } | null;
}

export type TimelineEntry = TimelineEvent | TimelineAttempt;

export type RetryResult =
  /** `running`: a worker has it in its hands already. */
  | { readonly outcome: "due"; readonly records: number; readonly running: boolean }
  | { readonly outcome: "nothing-to-try"; readonly sentence: string };
