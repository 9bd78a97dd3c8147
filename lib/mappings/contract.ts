/** What the pages and the API say about mappings. Plain JSON; times are ISO texts. */
import type { FieldRoom } from "@/lib/core/mapping/fit/fit";
import type { Lengths, SeenValue } from "@/lib/core/mapping/fit/source-value";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { SaleStanding } from "@/lib/core/mapping/sales/sales";
import type { When } from "@/lib/core/mapping/evaluation";
import type { PublishingProblem } from "@/lib/core/mapping/publish/publish";
import type { SourceType } from "@/lib/core/mapping/source-model";
import type { CanonicalValue } from "@/lib/core/side";
import type { Direction, Kind } from "@/lib/core/words";
import type { GoldenCheck } from "./golden-contract";

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
  /** Before that a worker may still be writing through it: it was stopped a moment before. Null when it can be deleted now. */
  readonly deletableAt: string | null;
  readonly draftDocument: MappingDocument;
  readonly publishedDocument: MappingDocument | null;
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
}

/** A field that only versions after a restored one filled. */
export interface LeftField {
  /** As documents write it. */
  readonly target: string;
  /** Records that hold what was written there, of those that were looked at. */
  readonly records: number;
}

export interface LeftBehind {
  readonly fields: readonly LeftField[];
  /** How many records were looked at, where there are more; null: all of them. */
  readonly lookedAt: number | null;
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
      /** A moment as the clocks at the venue show it; null for other values. */
      readonly clock: string | null;
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

/** Of the latest records: how many were tried, and what the filter says of them. */
export interface FilterCount {
  readonly records: number;
  readonly taking: number;
  /** Of so many it cannot be told. */
  readonly failing: number;
  /** Why, of the first of these. */
  readonly problem: string | null;
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
  /** The org's package prefix. */
  readonly prefix: string;
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
  /** In short form; as an expression where a name on the way cannot be written in it. */
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
  /** Codes by the names that lead to them: `authorizations/authorizationCode`. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
  /** What the values of each value map are. */
  readonly mapped: Readonly<Record<string, SeenValue>>;
}

export interface OrderCodes {
  readonly types: readonly string[];
  readonly states: readonly string[];
}
