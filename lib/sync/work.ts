/** What passes through the pipeline: plain values, one kind per step. */
import type { PublishedMapping, PublishedMappings } from "@/lib/core/mapping/published";
import type { CompiledLine, CompiledMapping, EvaluatedField } from "@/lib/core/mapping/evaluation";
import type { LoadingSide } from "@/lib/core/bulk";
import type { Agreed, FieldConflict, HeldRow } from "@/lib/core/agreement";
import type { AnonymisedMarks } from "@/lib/core/anonymised";
import type { Rules } from "@/lib/core/connection-settings";
import type { MatchingSettings } from "@/lib/core/matching/settings";
import type { SalesSettings } from "@/lib/core/sales-settings";
import type { Contact, ContactSide } from "@/lib/core/contact-side";
import type { Fault } from "@/lib/core/faults";
import type { Portrait, Portray } from "@/lib/core/inbound";
import type { Owner } from "@/lib/core/reconcile";
import type { ReviewSubject } from "@/lib/core/reviews";
import type { CanonicalFields, FieldDescribe, FoundRow, WriteRow } from "@/lib/core/side";
import type { Direction, Family } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import type { ClaimedRecord, LinkRow } from "./records";

export interface SyncSettings {
  readonly timeZone: string;
  readonly selected: (section: string) => boolean;
  readonly recordTypes: { readonly person?: string; readonly business?: string };
  /** Whose value stays when both sides changed a field, where its line does not say. */
  readonly conflictOwner: Owner;
  readonly rules: Rules;
  /** By which rules a contact is matched with what the org has already. */
  readonly matching: MatchingSettings;
  /** What becomes of sales whose contact Salesforce does not get, or that name none. */
  readonly sales: SalesSettings;
  readonly markCriterion: string;
  /** How S-360 tells that it anonymised a contact. */
  readonly anonymised: AnonymisedMarks;
  /** More due records of a kind than this go through Bulk jobs; 0: none do. */
  readonly bulkFrom: number;
  /** How long S-360 may go on sending what it made up before a change: its tries of one payload. */
  readonly staleMs: number;
}

/** Everything the pipeline needs, handed in: it opens nothing itself. */
export interface SyncDeps {
  readonly db: Database;
  readonly side: LoadingSide;
  /** S-360's contact service; null while the way back is not set up. */
  readonly contacts: ContactSide | null;
  /** What is told of a record from its source state. */
  readonly portray: Portray;
  readonly published: PublishedMappings;
  readonly settings: SyncSettings;
  readonly log: Logger;
  /** 0 ≤ x < 1, for the jitter of backoffs. */
  readonly random: () => number;
  /** Where the records of a large backlog are put instead of being written at once; absent: all are written at once. */
  readonly bulk?: Parking;
  /** It is only wanted what would become of the works: nothing is noted ahead of a write. */
  readonly tellsOnly?: boolean;
}

/** Gathers rows of a large backlog for a Bulk job. */
export interface Parking {
  /** Whether a record belongs to such a backlog. */
  readonly wants: (record: ClaimedRecord) => boolean;
  /** Takes the rows over, records and all; gives the rowIds of those that were taken. */
  readonly park: (writes: readonly PlannedWrite[]) => Promise<ReadonlySet<string>>;
}

/**
 * A row on its way, with all that is to be noted when it has arrived, or was refused. Plain values only: it may have to be
 * kept in the database meanwhile.
 */
export interface PlannedWrite {
  readonly row: WriteRow;
  readonly record: ClaimedRecord;
  readonly mapping: MappingName;
  readonly before: CanonicalFields;
  readonly conflicts: readonly FieldConflict[];
  readonly effects: Effects | null;
  /** What is listed beside it once it is there. */
  readonly duplicates: Effects["duplicates"] | null;
  /** What both sides agree on once it is written. */
  readonly agreed: Agreed;
  /** The Salesforce record that it is linked to. */
  readonly linkedTo: string | null;
  /** The org's record was found by a matching rule, now or in a try whose answer was lost. */
  readonly matched: boolean;
  /** The records that its fields refer to. */
  readonly references: readonly PlannedReference[];
  /** The Salesforce record that saving it locks as well. */
  readonly parent: string | null;
  /** Whom a sale that is written without its account is linked with once they are there. */
  readonly linkedLater: readonly Awaited[];
  /** The Account that a sale which names no contact stands under. */
  readonly placeholder: string | null;
}

export interface PlannedReference extends RecordName {
  readonly target: string;
  /** The object that it is to be. */
  readonly object: string;
}

/** A published mapping made ready for this org. */
export interface ReadyMapping {
  readonly published: PublishedMapping;
  readonly compiled: CompiledMapping;
  readonly describe: ReadonlyMap<string, FieldDescribe>;
  /** The lines that also go back to S-360, by target field. */
  readonly back: ReadonlyMap<string, CompiledLine>;
  /** Lower ranks are written earlier, so that references may point to them. */
  readonly rank: number;
}

export interface RecordName {
  readonly family: Family;
  readonly key: string;
}

/** A record that is waited for, and how many links it had when we looked: one more since then ends the waiting. */
export interface Awaited extends RecordName {
  readonly linksSeen: number;
}

/** One record to be written through one mapping. */
export interface LinkWork {
  /** Unique within the batch. */
  readonly rowId: string;
  readonly record: ClaimedRecord;
  readonly mapping: ReadyMapping;
  readonly key: string;
  readonly fields: readonly EvaluatedField[];
  /** What Salesforce does not have is not created. */
  readonly marksOnly: boolean;
  /** S-360 has anonymised it: its fields are emptied, whoever filled them. */
  readonly blanks?: true;
  /** What becomes of it where Salesforce has it by its Sync ID, though it is not linked. It is matched with nobody. */
  readonly ifThere?: (found: FoundRow) => LinkWork | LinkResult;
  readonly link: LinkRow | null;
  /** By target field: whose link the field refers to. */
  readonly awaits: ReadonlyMap<string, RecordName>;
  /** Of a sale that is written without its account: whom it is linked with once they are there. */
  readonly linkedLater?: readonly Awaited[];
  /** Of a sale that names no contact: the Account it stands under, as the settings name it. */
  readonly placeholder?: string;
}

/** Of a mapping, what is noted with the results that it led to. */
export interface MappingName {
  readonly published: Pick<PublishedMapping, "mappingId" | "versionId">;
  readonly compiled: Pick<CompiledMapping, "object" | "keyField">;
}

interface Tried {
  readonly record: ClaimedRecord;
  readonly mapping: MappingName | null;
  readonly before?: CanonicalFields;
  readonly after?: CanonicalFields;
  /** Fields that both sides had changed. */
  readonly conflicts?: readonly FieldConflict[];
  readonly effects?: Effects;
  readonly call?: { readonly callId: string; readonly rows: number };
}

/** What a result does beyond its own link. */
export interface Effects {
  /** What S-360 says of the contact now: folded into its source state, or put in its place. */
  readonly folds?: { readonly contact: Contact; readonly portrait: Portrait; readonly instead?: true };
  /** What Salesforce was found to hold. */
  readonly holds?: HeldRow;
  /** Directions in which the record is due again. */
  readonly again?: readonly Direction[];
  /** Where its Salesforce record went. */
  readonly moved?: { readonly salesforceId: string; readonly key: string; readonly head: boolean };
  /** Whether its Salesforce record is gone. */
  readonly gone?: boolean;
  /** Salesforce records that it refers to and that are gone. */
  readonly lost?: readonly string[];
  /** What the deletion of its Salesforce record means is settled. */
  readonly fated?: boolean;
  /** What may be the same, listed without holding anything back. */
  readonly duplicates?: { readonly sentence: string; readonly subject: ReviewSubject };
  /** The number S-360 gave to what was created there. */
  readonly number?: string;
  /** What someone is told, without anything to decide. */
  readonly told?: {
    readonly sentence: string;
    readonly happened: NonNullable<ReviewSubject["happened"]>;
    readonly fields?: readonly string[];
    readonly contactId?: string | null;
  };
}

/** How one link work ended. */
export type LinkResult =
  | (Tried & {
      readonly outcome: "created" | "updated" | "adopted" | "unchanged" | "echo" | "ignored";
      readonly mapping: MappingName;
      readonly salesforceId: string;
      readonly key: string;
      readonly agreed: Agreed;
      readonly linkedLater?: readonly Awaited[];
    })
  | (Tried & {
      readonly outcome: "failed" | "retrying" | "untouched";
      readonly fault: Fault;
      /** Of a row that was locked: the record that it belongs to. */
      readonly lockedBy?: string;
    })
  | (Tried & { readonly outcome: "review"; readonly fault: Fault; readonly subject?: ReviewSubject })
  | (Tried & { readonly outcome: "merged"; readonly mapping: MappingName; readonly salesforceId: string })
  | (Tried & { readonly outcome: "waiting"; readonly fault: Fault; readonly awaited: readonly Awaited[] })
  | (Tried & { readonly outcome: "ignored" })
  /** Its turn has not come: it keeps its place. */
  | (Tried & { readonly outcome: "unreached" });

export function nameText(name: RecordName): string {
  return `${name.family}:${name.key}`;
}
