/** What the pages and the API say about comparisons of drafts. Plain JSON; times are ISO texts. */
import type { MappingDocument } from "@/lib/core/mapping/document";
import type {
  ComparisonFate,
  ComparisonFinding,
  ComparisonKind,
  ComparisonSummary,
} from "@/lib/core/mapping/comparison";

/** How many of the latest records can be compared at once, and how many are unless somebody chooses. */
export const mostCompared = 5_000;
export const usuallyCompared = 500;

export interface ComparisonRun {
  readonly id: number;
  /** What was tried, and the published version it was compared with. */
  readonly document: MappingDocument;
  readonly versionId: number | null;
  readonly wanted: number;
  readonly total: number;
  readonly done: number;
  readonly fresh: boolean;
  /** When Salesforce last told what people changed there; null when it never did, or was asked. */
  readonly knownAt: string | null;
  /** `lost`: the process it ran in was stopped. */
  readonly state: "running" | "done" | "stopped" | "failed" | "lost";
  /** Why it came to nothing, or not to all. */
  readonly sentence: string | null;
  /** Of the records that were compared; null while it runs, or when it came to nothing. */
  readonly summary: ComparisonSummary | null;
  readonly by: string;
  readonly startedAt: string;
}

/** What a comparison would cost, told before it is begun. */
export interface ComparisonCosts {
  /** Records of the kind there are, and of them how many would be compared. */
  readonly records: number;
  readonly compared: number;
  /** Calls to Salesforce if it is asked what it holds. */
  readonly calls: number;
}

export interface ComparisonRow extends ComparisonFinding {
  readonly position: number;
  readonly recordId: number;
  readonly key: string;
  readonly label: string | null;
}

export interface ComparisonPage {
  readonly rows: readonly ComparisonRow[];
  /** Where the next page begins; null on the last one. */
  readonly next: number | null;
}

/** The records behind a number. */
export type ComparisonNumber =
  { readonly fate: ComparisonFate } | { readonly field: string; readonly kind: ComparisonKind | "unchanged" };
