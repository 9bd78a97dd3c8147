/** What the pages and the API say about mappings. Plain JSON; times are ISO texts. */
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { PublishingProblem } from "@/lib/core/mapping/publish";
import type { Direction, Kind } from "@/lib/core/words";

export interface MappingSummary {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind;
  readonly direction: Direction;
  /** Target object of the draft; `[p]` stands for the org's prefix. */
  readonly object: string;
  /** Null: nothing is published, records of this kind are not written through this mapping. */
  readonly published: VersionSummary | null;
  readonly draft: DraftSummary;
  /** The draft has changes that are not published. */
  readonly draftDiffers: boolean;
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
  | Conflict
  | Missing;
