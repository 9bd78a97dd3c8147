/** What the pages and the API say about counting and re-processing records. Plain JSON; times are ISO texts. */
import type { CensusState } from "@/lib/core/words";

/** What the published version changes, and how taking records through it stands. */
export interface ReprocessStatus {
  /** Counting for the published version; null when nothing was counted for it. */
  readonly census: Census | null;
  /** The latest run; null when there was none. */
  readonly run: ReprocessRun | null;
}

/** Counting the records whose result the published version changes. */
export interface Census {
  readonly id: number;
  readonly versionId: number;
  readonly state: CensusState;
  /** Why it came to nothing. */
  readonly sentence: string | null;
  /** Records there are to look at; null before the first. */
  readonly total: number | null;
  readonly looked: number;
  readonly changed: number;
  /** Of the changed ones: those that no re-processing has come to yet. */
  readonly left: number;
  /** What changes in those; none before all is counted. Null: not told while pages ask again and again. */
  readonly changes: readonly CensusChange[] | null;
  /** They are re-processed as soon as all is counted. */
  readonly thenReprocess: boolean;
  /** The value map that was saved, where that is why it is counted; null where the version is. */
  readonly valueMap: string | null;
}

/** A field that changes, and in how many records. */
export interface CensusChange {
  /** API name, or what else changes (lib/core/census-change.ts). */
  readonly change: string;
  readonly label: string;
  readonly records: number;
}

export interface ReprocessRun {
  readonly id: number;
  readonly versionId: number;
  /** Of the version. */
  readonly number: number;
  readonly state: "running" | "paused" | "done" | "cancelled";
  readonly total: number;
  /** Records that are through: written, or found to hold the result already. */
  readonly through: number;
  /** Written to Salesforce since it began. */
  readonly written: number;
  readonly failed: number;
  /** Why nothing is written just now; null when it goes on. */
  readonly halted: string | null;
  readonly by: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
}
