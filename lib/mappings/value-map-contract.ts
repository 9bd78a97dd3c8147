/** What the pages and the API say about value maps. Plain JSON; times are ISO texts. */
import type { CodeRule, ValueMapEntries } from "@/lib/core/mapping/document";
import type { Kind } from "@/lib/core/words";
import type { MappingSummary } from "./contract";

/** A line that names a value map. */
export interface ValueMapUse {
  /** The mapping's name in addresses. */
  readonly mapping: string;
  readonly kind: Kind;
  /** Target object of the mapping; `[p]` stands for the org's prefix. */
  readonly object: string;
  /** The line's field; null for the filter, which says what takes part. */
  readonly target: string | null;
  /** It runs; else only the draft says so. */
  readonly published: boolean;
}

export interface ValueMapSummary {
  readonly name: string;
  readonly revision: number;
  readonly codes: number;
  readonly otherwise: ValueMapEntries["otherwise"];
  readonly changed: { readonly by: string | null; readonly at: string };
  readonly uses: readonly ValueMapUse[];
  /** Codes it was asked for and does not list. */
  readonly unseen: number;
}

/** A field that a value map is written to, as the org describes it. */
export interface UsedField {
  /** As the mappings write them. */
  readonly object: string;
  readonly target: string;
  readonly objectLabel: string;
  readonly label: string;
  /** What a picklist lists; empty for other fields. */
  readonly values: readonly string[];
  /** Salesforce refuses every other value. */
  readonly restricted: boolean;
}

/** A code that a value map was asked for and does not list. */
export interface UnseenCode {
  /** A text that is too long for a code is noted shortened (lib/core/mapping/value-maps/long-code.ts). */
  readonly code: string;
  /** How often a record with it was evaluated. */
  readonly seen: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** The record that brought it last; null when it is gone. */
  readonly record: { readonly id: number; readonly key: string } | null;
}

/** How finding the records that a saved value map concerns stands. */
export interface MapCensus {
  /** It was saved, and the records that it concerns were not counted since. */
  readonly uncounted: boolean;
  /** The mappings for which they were counted. */
  readonly counted: readonly MappingSummary[];
}

export interface ValueMapDetail extends ValueMapSummary {
  readonly entries: ValueMapEntries;
}

/** What a person says of a code: the value it stands for (null empties the field), or a rule. */
export type CodeDecision =
  { readonly value: ValueMapEntries["values"][string] } | { readonly rule: CodeRule };

/** A value map as it is stored after a save, and how many records were held and are evaluated again. */
export interface SavedValueMap {
  readonly stored: ValueMapDetail;
  readonly released: number;
  /** Of codes that were decided about: how many somebody else had decided about already. */
  readonly passedOver?: number;
}
