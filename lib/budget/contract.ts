/** Calls to Salesforce and who may spend them, for the Health page and the command line. Plain JSON; times are ISO texts. */
import type { DailyCalls } from "@/lib/core/budget/grant";
import type { Lane, Stream } from "@/lib/core/words";

/** What is granted, as it is stored. */
export interface StoredGrant {
  /** A number, or a share such as `50%`. */
  readonly dailyCalls: DailyCalls;
  /** A save that names another than the stored one is refused. */
  readonly revision: string;
}

export interface BudgetStatus extends StoredGrant {
  /** In calls; null while a share was granted and the org's limit is not known. */
  readonly granted: number | null;
  /** What the org allows in 24 hours; null before it was heard. */
  readonly limit: number | null;
  /** Calls of the last 24 hours. */
  readonly ours: number;
  readonly others: number;
  /** When the org last said how much was used. */
  readonly heardAt: string | null;
  /** The connector's calls of the whole day, if it goes on as in the last three hours. */
  readonly byMidnight: number;
  /** Lanes that are open now and give way before midnight if it goes on so. */
  readonly givesWay: readonly { readonly lane: Lane; readonly at: string }[];
  /** Lanes that give way now. */
  readonly closed: readonly ClosedLane[];
  /** Records that wait for calls, by stream. */
  readonly waiting: Readonly<Record<Stream, number>>;
}

export interface ClosedLane {
  readonly lane: Lane;
  /** Null: it is not known. */
  readonly opensAt: string | null;
  /** Records that are due and wait for calls. */
  readonly records: number;
}

export type GrantCallsResult =
  | { readonly outcome: "saved"; readonly stored: StoredGrant }
  /** Somebody saved in between. Nothing was changed. */
  | { readonly outcome: "conflict"; readonly stored: StoredGrant }
  | { readonly outcome: "missing" };
