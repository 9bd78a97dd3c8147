/** What the page and the API say about initial imports. Plain JSON; times are ISO texts. */
import type { Estimate } from "@/lib/core/imports/estimate";
import type { ImportEnd, ImportState, ImportStream } from "@/lib/core/imports/words";
import type { AttemptOutcome } from "@/lib/core/words";
import type { FieldChange, RecordMention } from "@/lib/records/contract";

export interface ImportRun {
  readonly id: number;
  readonly stream: ImportStream;
  readonly state: ImportState;
  readonly revision: number;
  /** As agreed with SecuTix: what was changed since this day is sent. */
  readonly since: string;
  readonly expected: number | null;
  readonly canary: number;
  readonly canaryStep: number;
  readonly approvedAt: string | null;
  readonly approvedBy: string | null;
  readonly startedBy: string;
  readonly startedAt: string;
  /** Nothing that arrives later belongs to it. */
  readonly closedAt: string | null;
  readonly endedAt: string | null;
}

export interface ImportCounts {
  /** Contacts or orders that came, and of them those that were here before and say nothing new. */
  readonly received: number;
  readonly known: number;
  /** Contacts or operations of it that are to be written. */
  readonly records: number;
  /** Of the records: not come to yet, on their way, and how the others stand by now. */
  readonly held: number;
  readonly going: number;
  readonly ends: Readonly<Record<ImportEnd, number>>;
  /** Brought by it and let out so far: what the canary counts. */
  readonly released: number;
}

export interface ImportStatus extends ImportRun {
  readonly counts: ImportCounts;
  readonly estimate: Estimate;
  /** Why nothing is written although it goes on; null when nothing is in the way. */
  readonly halted: string | null;
  /** All of the canary is through, as far as it goes without a person. */
  readonly isCanaryThrough: boolean;
}

export interface Imports {
  /** The latest of each stream. */
  readonly current: readonly ImportStatus[];
  readonly earlier: readonly ImportRun[];
}

/** A record of the canary, and what was written of it. */
export interface CanaryRecord extends RecordMention {
  readonly links: readonly { readonly object: string; readonly salesforceId: string; readonly url: string }[];
  readonly attempts: readonly {
    readonly id: number;
    readonly outcome: AttemptOutcome;
    readonly object: string | null;
    readonly changes: readonly FieldChange[];
  }[];
  readonly reviewId: number | null;
}

export interface Canary {
  readonly records: readonly CanaryRecord[];
  /** Labels by `Object.Field`. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface FaultCount {
  readonly code: string;
  readonly number: number;
  /** As one of the records says it. */
  readonly sentence: string;
}

export interface NotWritten extends RecordMention {
  /** As the import left it; what was mended since is not listed. */
  readonly why: string;
}

export interface ImportReport {
  readonly run: ImportStatus;
  readonly minutes: number;
  readonly perMinute: number | null;
  readonly faults: readonly FaultCount[];
  /** The first of those that are not in Salesforce, with the reason. */
  readonly notWritten: readonly NotWritten[];
  readonly notWrittenTotal: number;
}

export type StartResult =
  | { readonly outcome: "started" }
  /** An import of the stream takes what arrives already. */
  | { readonly outcome: "open"; readonly stream: ImportStream };

export type ChangeResult =
  | { readonly outcome: "done" }
  /** Somebody else changed it in between. */
  | { readonly outcome: "moved-on" }
  /** It does not stand so that this could be done. */
  | { readonly outcome: "refused"; readonly sentence: string };
