/** What the pages and the API say about golden samples. Plain JSON; times are ISO texts. */
import type { GoldenDifference, GoldenResult } from "@/lib/core/mapping/golden/golden";
import type { Replacement } from "@/lib/core/mapping/golden/made-up";

/** Golden samples a mapping can have: they are all tried while somebody waits. */
export const mostGolden = 20;

/** A made-up record with the result that a mapping is to give for it. */
export interface GoldenSample {
  readonly id: number;
  readonly name: string;
  readonly source: unknown;
  readonly expected: GoldenResult;
  readonly revision: number;
  readonly by: string;
  readonly at: string;
}

export type GoldenChange =
  { readonly what: "rename"; readonly name: string } | { readonly what: "remove" | "put-back" };

/** A sample through a document. Without sentences it is as expected. */
export interface GoldenCheck {
  readonly id: number;
  readonly name: string;
  readonly revision: number;
  readonly sentences: readonly string[];
  /** Field by field, the same; empty also where it could not be tried. */
  readonly differences: readonly GoldenDifference[];
}

export interface GoldenChecks {
  readonly checks: readonly GoldenCheck[];
  /** What could not be compared, and why; null where all was. */
  readonly notCompared: string | null;
}

/** Expectations stored, and the fields whose value was replaced because it may be somebody's. */
export interface GoldenExpected {
  readonly revision: number;
  readonly replaced: readonly string[];
}

/** A record to be kept: what it was, what would be kept instead, and what the mapping gives for it. */
export interface GoldenProposal {
  readonly name: string;
  readonly source: unknown;
  readonly replacements: readonly Replacement[];
  readonly expected: GoldenResult;
}
