/** What passes through the pipeline: plain values, one kind per step. */
import type { PublishedMapping, PublishedMappings } from "@/lib/core/mapping/published";
import type { CompiledMapping, EvaluatedField } from "@/lib/core/mapping/evaluation";
import type { Fault } from "@/lib/core/faults";
import type { CanonicalFields, FieldDescribe, Side } from "@/lib/core/side";
import type { Family } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import type { ClaimedRecord, LinkRow } from "./records";

export interface SyncSettings {
  readonly timeZone: string;
  readonly selected: (section: string) => boolean;
  readonly recordTypes: { readonly person?: string; readonly business?: string };
}

/** Everything the pipeline needs, handed in: it opens nothing itself. */
export interface SyncDeps {
  readonly db: Database;
  readonly side: Side;
  readonly published: PublishedMappings;
  readonly settings: SyncSettings;
  readonly log: Logger;
  /** 0 ≤ x < 1, for the jitter of backoffs. */
  readonly random: () => number;
}

/** A published mapping made ready for this org. */
export interface ReadyMapping {
  readonly published: PublishedMapping;
  readonly compiled: CompiledMapping;
  readonly describe: ReadonlyMap<string, FieldDescribe>;
  /** Lower ranks are written earlier, so that references may point to them. */
  readonly rank: number;
}

export interface RecordName {
  readonly family: Family;
  readonly key: string;
}

/** A record that is waited for, and how many links it had when we looked: one more since then ends the waiting. */
export interface Awaited extends RecordName {
  readonly linksSeen: number;
}

/** One record to be written through one mapping. */
export interface LinkWork {
  /** Unique within the batch. */
  readonly rowId: string;
  readonly record: ClaimedRecord;
  readonly mapping: ReadyMapping;
  readonly key: string;
  readonly fields: readonly EvaluatedField[];
  readonly link: LinkRow | null;
  /** By target field: whose link the field refers to. */
  readonly awaits: ReadonlyMap<string, RecordName>;
}

interface Tried {
  readonly record: ClaimedRecord;
  readonly mapping: ReadyMapping | null;
  readonly before?: CanonicalFields;
  readonly after?: CanonicalFields;
  readonly call?: { readonly callId: string; readonly rows: number };
}

/** How one link work ended. */
export type LinkResult =
  | (Tried & {
      readonly outcome: "created" | "updated" | "adopted" | "unchanged";
      readonly mapping: ReadyMapping;
      readonly salesforceId: string;
      readonly key: string;
      readonly base: CanonicalFields;
    })
  | (Tried & { readonly outcome: "failed" | "retrying" | "review" | "untouched"; readonly fault: Fault })
  | (Tried & { readonly outcome: "waiting"; readonly fault: Fault; readonly awaited: readonly Awaited[] })
  | (Tried & { readonly outcome: "ignored" });

export function nameText(name: RecordName): string {
  return `${name.family}:${name.key}`;
}
