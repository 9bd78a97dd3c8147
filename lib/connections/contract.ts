/** How a connection is doing, for the Health page and the command line. Plain JSON; times are ISO texts. */
import type { BudgetStatus } from "@/lib/budget/contract";
import type { BulkState } from "@/lib/core/bulk";
import type { RuleSettings } from "@/lib/core/connection-settings";
import type { FaultCode } from "@/lib/core/faults";
import type { FieldDescribe } from "@/lib/core/side";
import type { ContactKind, RecordState, Stream, System } from "@/lib/core/words";

export interface ConnectionStatus {
  readonly institution: string;
  readonly name: string;
  readonly timeZone: string;
  /** The org as it told us; null until first reached. */
  readonly org: { readonly id: string; readonly name: string; readonly personAccounts: boolean } | null;
  /** Systems that refuse work as a whole: nothing is written to them before `until`. */
  readonly blocked: readonly BlockedStatus[];
  /** Large backlogs that are on their way, oldest first. */
  readonly bulkJobs: readonly BulkJobStatus[];
  readonly streams: readonly StreamStatus[];
  readonly mappings: readonly PublishedStatus[];
  /** Calls to Salesforce today (UTC), if there were any. */
  readonly calls: readonly CallStatus[];
  readonly budget: BudgetStatus;
  readonly s360Calls: S360CallStatus;
  readonly feed: FeedStatus;
}

export interface BlockedStatus {
  readonly system: System;
  readonly until: string;
  readonly code: FaultCode;
  readonly sentence: string;
}

export interface BulkJobStatus {
  readonly id: number;
  readonly object: string;
  readonly state: BulkState;
  readonly rows: number;
  /** As Salesforce last told; some of them may have been refused. */
  readonly processed: number;
  readonly failed: number;
  readonly since: string;
  /** The job in Salesforce's Setup; null before it is made there. */
  readonly url: string | null;
  /** Why it does not go on, or why Salesforce refused it. */
  readonly sentence: string | null;
}

export interface StreamStatus {
  readonly name: Stream;
  readonly paused: { readonly at: string; readonly by: string | null } | null;
  readonly lastReceivedAt: string | null;
  readonly lastWrittenAt: string | null;
  /** Records by where they stand; `idle` is in step. */
  readonly records: Readonly<Record<RecordState, number>>;
  /** How long the longest-waiting due record has been due; null when nothing is due. */
  readonly oldestDueSeconds: number | null;
  /** Items of the last seven days that ended at the door and touch no record. */
  readonly unusableItems: number;
  readonly ignoredItems: number;
}

export interface PublishedStatus {
  readonly name: string;
  /** Null: this mapping does not run. */
  readonly version: number | null;
  readonly publishedAt: string | null;
}

export interface CallStatus {
  readonly system: "salesforce";
  readonly today: number;
}

/** Calls to S-360 by this connector alone; days and months are UTC. */
export interface S360CallStatus {
  readonly today: number;
  readonly month: number;
  /** Null: no limit. */
  readonly perMonth: number | null;
  /** Calls of the whole month if it goes on as it began. */
  readonly forecast: number;
  /** The last day of this month, `2026-11-30`. */
  readonly monthEnds: string;
  /** The pace in force. */
  readonly perMinute: number;
  /** A temporary pace, and until when. */
  readonly boost: { readonly perMinute: number; readonly until: string } | null;
  /** How far S-360's clock is ahead of ours; null before it was seen. */
  readonly clockSkewMs: number | null;
}

/** Reading what people changed in Salesforce, so that it can go back to S-360. */
export interface FeedStatus {
  /** Switched on, and everything is known that calls to S-360 need. */
  readonly setUp: boolean;
  readonly enabled: boolean;
  /** What is missing in the connection's file, such as `s360.secret`. */
  readonly missing: readonly string[];
  readonly pollSeconds: number;
  /** Null: never polled. */
  readonly lastPolledAt: string | null;
  readonly dueAt: string | null;
  /** Rows of the last poll: read, of them changed, and of them with no contact of S-360. */
  readonly lastRows: number;
  readonly lastChanges: number;
  readonly lastStrangers: number;
  /** Why the last poll came to nothing. */
  readonly fault: { readonly code: FaultCode; readonly sentence: string } | null;
}

/** The rules of a connection as they are stored. */
export interface StoredRules {
  /** A digest of the settings; a save that names another than the stored one is refused. */
  readonly revision: string;
  readonly settings: RuleSettings;
  /** Who changed the connection's settings last; null while nobody did. */
  readonly changed: { readonly by: string; readonly at: string } | null;
}

/** What the Rules page shows besides. */
export interface RulesDetail extends StoredRules {
  readonly institution: string;
  readonly name: string;
  /** What the connection's file must give before anything goes back, such as `s360.secret`. */
  readonly missing: readonly string[];
  /** By kind, what a condition can read of the Salesforce record; null while the org was never asked. */
  readonly fields: Readonly<Record<ContactKind, readonly string[] | null>>;
  /** By kind and mapping: the fields that its lines fill; null while the org was never asked. */
  readonly filled: Readonly<Record<ContactKind, readonly (readonly FieldDescribe[])[] | null>>;
  /** The connector knows a mail server. */
  readonly mailSetUp: boolean;
}

export type SaveRulesResult =
  /** `changed`: what differs from before, such as `rules.out.individual.create`. */
  | { readonly outcome: "saved"; readonly changed: readonly string[] }
  /** Somebody saved in between. Nothing was changed; what is stored is here to be compared. */
  | { readonly outcome: "conflict"; readonly stored: StoredRules }
  | { readonly outcome: "missing" };
