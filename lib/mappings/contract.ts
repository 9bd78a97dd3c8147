/** What the pages and the API say about mappings. Plain JSON; times are ISO texts. */
import type { FieldRoom } from "@/lib/core/mapping/fit/fit";
import type { Lengths, SeenValue } from "@/lib/core/mapping/fit/source-value";
import type { CodeRule, MappingDocument, ValueMapEntries } from "@/lib/core/mapping/document";
import type { GoldenDifference, GoldenResult } from "@/lib/core/mapping/golden/golden";
import type { SaleStanding } from "@/lib/core/mapping/sales/sales";
import type { Replacement } from "@/lib/core/mapping/golden/made-up";
import type { When } from "@/lib/core/mapping/evaluation";
import type { PublishingProblem } from "@/lib/core/mapping/publish/publish";
import type { SourceType } from "@/lib/core/mapping/source-model";
import type { CanonicalValue } from "@/lib/core/side";
import type { CensusState, Direction, Kind } from "@/lib/core/words";

export interface MappingSummary {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind;
  readonly direction: Direction;
  /** Target object of the draft; `[p]` stands for the org's prefix. */
  readonly object: string;
  /** What the org calls it; null while it was never asked. */
  readonly objectLabel: string | null;
  /** Null: nothing is published, records of this kind are not written through this mapping. */
  readonly published: VersionSummary | null;
  /** It ran until somebody stopped it; null for one that runs, or never ran. */
  readonly stopped: StoppedVersion | null;
  readonly draft: DraftSummary;
  /** The draft has changes that are not published. */
  readonly draftDiffers: boolean;
}

/** What ran last, and who stopped it when. */
export interface StoppedVersion {
  readonly number: number;
  readonly by: string | null;
  readonly at: string | null;
}

export interface DraftSummary {
  readonly revision: number;
  readonly by: string | null;
  readonly at: string;
}

export interface VersionSummary {
  readonly id: number;
  readonly number: number;
  readonly comment: string;
  readonly by: string;
  readonly at: string;
}

export interface MappingDetail extends MappingSummary {
  readonly connectionId: number;
  /** Why it can be stopped only, not deleted; null when it can be deleted. */
  readonly kept: string | null;
  readonly draftDocument: MappingDocument;
  readonly publishedDocument: MappingDocument | null;
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
}

/** Somebody saved in between. Nothing was changed; the other draft is here to be compared. */
export interface Conflict {
  readonly outcome: "conflict";
  readonly draft: DraftSummary;
  readonly document: MappingDocument;
}

export interface Outpaced {
  readonly outcome: "outpaced";
}

export interface Missing {
  readonly outcome: "missing";
}

export type SaveDraftResult = { readonly outcome: "saved"; readonly revision: number } | Conflict | Missing;

export type PublishResult =
  | {
      readonly outcome: "published";
      readonly versionId: number;
      readonly number: number;
      /** Records that were held and are evaluated again. */
      readonly released: number;
    }
  | { readonly outcome: "unchanged"; readonly number: number }
  | { readonly outcome: "refused"; readonly problems: readonly PublishingProblem[] }
  /** Golden samples get something else than expected; nothing was published. */
  | { readonly outcome: "unexpected"; readonly checks: readonly GoldenCheck[] }
  /** Another version runs than the person had seen; nothing was published. */
  | Outpaced
  | Conflict
  | Missing;

export type CreateMappingResult =
  | { readonly outcome: "created"; readonly name: string }
  | { readonly outcome: "refused"; readonly sentence: string };

export type StopMappingResult = { readonly outcome: "stopped" } | { readonly outcome: "unchanged" } | Missing;

export type DeleteMappingResult =
  | { readonly outcome: "deleted" }
  /** It wrote records, or the connection begins with it. */
  | { readonly outcome: "kept"; readonly sentence: string }
  | Missing;

/** An object that a mapping may write, as the org has it. */
export interface WritableObject {
  readonly name: string;
  readonly label: string;
  readonly custom: boolean;
}

/** A field that can carry S-360's number: an external id that is unique. */
export interface KeyField {
  /** As documents write it. */
  readonly target: string;
  readonly label: string;
}

/** What one line gives on a sample. */
export type PreviewResult =
  | {
      readonly outcome: "value";
      readonly value: CanonicalValue;
      readonly when: When;
      /** The value is the external id of a record of this object. */
      readonly reference: string | null;
    }
  /** Nothing was found and the policies say that the target field is emptied. */
  | { readonly outcome: "cleared"; readonly when: When }
  /** Nothing was found, or the policies say so: the target field stays as it is. */
  | { readonly outcome: "left" }
  | { readonly outcome: "problem"; readonly sentence: string }
  /** There is no sample, the org's fields are not known yet, or the lines above took too long. */
  | { readonly outcome: "not-run"; readonly sentence: string };

export interface PreviewLine {
  /** What stands in the way of publishing the line, whatever the sample. */
  readonly problems: readonly string[];
  readonly result: PreviewResult;
}

export interface MappingPreview {
  /** In the order of the document's lines. */
  readonly lines: readonly PreviewLine[];
  /** Whether the record takes part; null without a record, or without a filter. A sentence where that cannot be told. */
  readonly takesPart: boolean | string | null;
  /** What the sales rules make of the record; null without a record, or for a mapping without such rules. */
  readonly sale: SaleStanding | null;
  /** What stands in the way of publishing the mapping as a whole. */
  readonly problems: readonly WholeProblem[];
  /** Fields that every new record needs; `missing` are those that no line fills, or only one that has a problem. */
  readonly required: { readonly needed: number; readonly missing: readonly string[] };
}

export interface WholeProblem {
  /** The field that no line fills, when that is the problem. */
  readonly target: string | null;
  readonly sentence: string;
}

/** A field of the target object, for choosing. */
export interface TargetField {
  /** API name as a document writes it: with `[p]` in place of the org's package prefix. */
  readonly target: string;
  readonly name: string;
  readonly label: string;
  /** As an admin says it: `text(40)`. */
  readonly type: string;
  readonly isBoolean: boolean;
  /** What it can hold. */
  readonly room: FieldRoom;
  readonly referenceTo: readonly string[];
  /** Salesforce demands it of new records, or the mapping cannot do without it. */
  readonly required: boolean;
  /** Why no line can fill it; null when one can. */
  readonly notWritable: string | null;
}

export interface TargetObject {
  readonly name: string;
  readonly label: string;
  /** When the org was last asked. */
  readonly askedAt: string;
  readonly fields: readonly TargetField[];
}

/** A real record to try a mapping on. */
export interface Sample {
  readonly recordId: number;
  readonly key: string;
  readonly label: string | null;
  readonly updatedAt: string;
  /** What a sale belongs to; null for other kinds. */
  readonly sale: SampleSale | null;
}

export interface SampleSale {
  readonly order: string;
  /** Contact number. */
  readonly buyer: string | null;
  /** "482.00 EUR". */
  readonly amount: string | null;
}

/** Something that the records of a kind hold, or may hold. */
export interface SourceNode {
  /** The name, or what chooses an element of a list: `main`, `authorizationCode=EMAIL`. */
  readonly name: string;
  /** In short form. */
  readonly path: string;
  /** S-360's documentation knows it. */
  readonly documented: boolean;
  /** Of a single value: null for others, or where no record has one. */
  readonly example: string | null;
  /** Of its values; null where no record has one. */
  readonly lengths: Lengths | null;
  /** In how many of the records it is. */
  readonly filled: number;
  readonly type: SourceType | null;
  readonly list: boolean;
  readonly children: readonly SourceNode[];
}

/** What a mapping can read. */
export interface SourceOverview {
  /** How many records were looked at: the latest ones. */
  readonly records: number;
  readonly tree: readonly SourceNode[];
  readonly valueMaps: readonly string[];
  /** Types and states of the orders among them, as S-360 writes them. */
  readonly orderCodes: OrderCodes;
  /** What the values of each value map are. */
  readonly mapped: Readonly<Record<string, SeenValue>>;
}

export interface OrderCodes {
  readonly types: readonly string[];
  readonly states: readonly string[];
}

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
  readonly code: string;
  /** How often a record with it was evaluated. */
  readonly seen: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** The record that brought it last; null when it is gone. */
  readonly record: { readonly id: number; readonly key: string } | null;
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

/** What the published version changes, and how taking records through it stands. */
export interface ReprocessStatus {
  /** Counting for the published version; null when nothing was counted for it. */
  readonly census: Census | null;
  /** The latest run; null when there was none. */
  readonly run: ReprocessRun | null;
}

/** States of a value map that records are compared with: each takes as long as the present one. */
export const mostMapsBefore = 5;

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
  /** They are re-processed as soon as all is counted. */
  readonly thenReprocess: boolean;
  /** The value map whose change is counted; null where a version's is. */
  readonly valueMap: string | null;
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
