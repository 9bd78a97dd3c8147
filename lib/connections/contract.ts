/** How a connection is doing, for the Health page and the command line. Plain JSON; times are ISO texts. */
import type { FaultCode } from "@/lib/core/faults";
import type { RecordState, Stream } from "@/lib/core/words";

export interface ConnectionStatus {
  readonly institution: string;
  readonly name: string;
  readonly timeZone: string;
  /** The org as it told us; null until first reached. */
  readonly org: { readonly id: string; readonly name: string; readonly personAccounts: boolean } | null;
  /** Set while Salesforce as a whole refuses work: nothing is written before `until`. */
  readonly blocked: { readonly until: string; readonly code: FaultCode; readonly sentence: string } | null;
  readonly streams: readonly StreamStatus[];
  readonly mappings: readonly PublishedStatus[];
  /** Outward calls today (UTC); the org's own count covers all integrations. */
  readonly calls: readonly CallStatus[];
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
  readonly system: string;
  readonly today: number;
  readonly orgUsed: number | null;
  readonly orgLimit: number | null;
}
