/**
 * A draft against what Salesforce holds: what would become of each record, and how many there are of each sort. What is
 * written is for the engine to say (decide.ts, reconcile.ts); here its answers for two documents are compared. Pure.
 */
import { sameValue } from "../canonical";
import type { FieldConflict } from "../agreement";
import type { CanonicalFields, CanonicalValue, FieldDescribe } from "../side";

/** What the engine would do with a record through one document. */
export type Told =
  | {
      readonly outcome: "created" | "updated" | "unchanged";
      /** What would be sent: only what changes, as far as the engine knows. */
      readonly after: CanonicalFields;
      readonly conflicts: readonly FieldConflict[];
    }
  /** It becomes a record of the org that fits by the matching rules; `before`: what that one holds. */
  | {
      readonly outcome: "adopted";
      readonly id: string;
      readonly before: CanonicalFields;
      readonly after: CanonicalFields;
      readonly conflicts: readonly FieldConflict[];
    }
  /** `failed` needs a correction, `held` a person, `waiting` another record; `left` is kept from Salesforce for good. */
  | { readonly outcome: "failed" | "held" | "waiting" | "left"; readonly sentence: string };

/** What would become of a field. */
export const comparisonKinds = ["changed", "filled", "cleared", "unknown", "kept"] as const;
/**
 * `cleared`: Salesforce loses a value. `unknown`: it is written, and nobody knows what Salesforce holds there.
 * `kept`: both sides changed it, and Salesforce's value stays.
 */
export type ComparisonKind = (typeof comparisonKinds)[number];

export interface ComparisonChange {
  readonly field: string;
  readonly label: string;
  readonly kind: ComparisonKind;
  readonly before: CanonicalValue;
  readonly after: CanonicalValue;
  /** The values are points in time. */
  readonly moment?: true;
}

export const comparisonFates = [
  "changes",
  "created",
  "adopted",
  "fails",
  "held",
  "leaves",
  "waits",
  "anyway",
  "left",
  "unchanged",
] as const;
/**
 * `anyway`: it changes or fails as well without the draft. `leaves`: the draft leaves it out, and the published version
 * does not. `left`: it is not written, with the draft or without.
 */
export type ComparisonFate = (typeof comparisonFates)[number];

/** Of these records it is known what would become of each field. */
export const fatesOfFields = ["changes", "unchanged"] as const satisfies readonly ComparisonFate[];

/** What a comparison found for one record. */
export interface ComparisonFinding {
  readonly fate: ComparisonFate;
  /** Why it is not written, or what it is adopted with. */
  readonly sentence: string | null;
  readonly changes: readonly ComparisonChange[];
}

export interface FieldCounts extends Readonly<Record<ComparisonKind, number>> {
  readonly field: string;
  readonly label: string;
}

export interface ComparisonSummary {
  readonly records: number;
  readonly fates: Readonly<Record<ComparisonFate, number>>;
  /** Records that fail or are held through the published version, and not through the draft. */
  readonly cured: number;
  /** Fields of which something would become, in the order they were met. */
  readonly fields: readonly FieldCounts[];
}

export interface Compared {
  readonly draft: Told;
  /** Through the published version; null when none is. */
  readonly published: Told | null;
  /** What Salesforce holds of a field; undefined when nobody knows. */
  readonly holds: (field: string) => CanonicalValue | undefined;
  readonly describe: ReadonlyMap<string, FieldDescribe>;
}

/** What the draft would make of one record. */
export function compareRecord(compared: Compared): ComparisonFinding {
  const { draft, published } = compared;
  if (!("after" in draft)) return stopped(draft, published);
  const changes = changesOf(compared);
  const plain = { sentence: null, changes };
  if (draft.outcome === "created") return { fate: "created", ...plain };
  if (draft.outcome === "adopted") {
    const sentence = `It would become the Salesforce record ${draft.id}, which has no Sync ID and fits by the matching rules.`;
    return { fate: "adopted", sentence, changes };
  }
  if (changes.some(({ kind }) => kind !== "kept")) return { fate: "changes", ...plain };
  return { fate: isNewsAnyway(compared) ? "anyway" : "unchanged", ...plain };
}

/** It failed or was held before, and would not any more. */
export function isCured({ draft, published }: Pick<Compared, "draft" | "published">): boolean {
  return "after" in draft && isHindered(published);
}

function isHindered(told: Told | null): boolean {
  return told?.outcome === "failed" || told?.outcome === "held";
}

function stopped(draft: Exclude<Told, { after: unknown }>, published: Told | null): ComparisonFinding {
  const plain = { sentence: draft.sentence, changes: [] };
  if (draft.outcome === "left")
    return { fate: published && published.outcome !== "left" ? "leaves" : "left", ...plain };
  if (draft.outcome === "waiting") return { fate: "waits", ...plain };
  if (isHindered(published)) return { fate: "anyway", ...plain };
  return { fate: draft.outcome === "failed" ? "fails" : "held", ...plain };
}

function changesOf(compared: Compared): ComparisonChange[] {
  const { draft, describe, holds } = compared;
  if (!("after" in draft)) return [];
  const written = Object.entries(draft.after).flatMap(([name, after]): ComparisonChange[] => {
    const field = describe.get(name);
    if (!field || isWrittenAnyway(compared, field, after)) return [];
    const before = beforeOf(draft, name, holds);
    const kind = kindOf(before, after, field);
    return kind === null ? [] : [{ ...named(field), kind, before: before ?? null, after }];
  });
  const kept = draft.conflicts.flatMap((conflict): ComparisonChange[] => {
    const field = describe.get(conflict.field);
    if (!field || conflict.winner !== "salesforce" || isKeptAnyway(compared, conflict.field)) return [];
    const { salesforce, s360 } = conflict;
    return [{ ...named(field), kind: "kept", before: salesforce, after: s360 }];
  });
  return [...written, ...kept];
}

function beforeOf(
  draft: Extract<Told, { after: unknown }>,
  field: string,
  holds: Compared["holds"],
): CanonicalValue | undefined {
  if (draft.outcome === "created") return null;
  return draft.outcome === "adopted" ? (draft.before[field] ?? null) : holds(field);
}

function named({ name, label, type }: FieldDescribe): Pick<ComparisonChange, "field" | "label" | "moment"> {
  return { field: name, label, ...(type === "datetime" && { moment: true }) };
}

/** Null where Salesforce holds the value already. */
function kindOf(
  before: CanonicalValue | undefined,
  after: CanonicalValue,
  field: FieldDescribe,
): ComparisonKind | null {
  if (before === undefined) return "unknown";
  if (sameValue(before, after, field)) return null;
  if (before === null) return "filled";
  return after === null ? "cleared" : "changed";
}

/**
 * News of S-360 that is not written yet: the published version would write the same. A record that is new, or new to the
 * connector, is so either way.
 */
function isWrittenAnyway(
  { draft, published }: Compared,
  field: FieldDescribe,
  after: CanonicalValue,
): boolean {
  if (isFirst(draft) || !published || !("after" in published)) return false;
  return Object.hasOwn(published.after, field.name) && sameValue(published.after[field.name], after, field);
}

function isKeptAnyway({ published }: Compared, field: string): boolean {
  if (!published || !("after" in published)) return false;
  return published.conflicts.some((conflict) => conflict.field === field && conflict.winner === "salesforce");
}

function isNewsAnyway({ draft, describe, holds }: Compared): boolean {
  if (!("after" in draft)) return false;
  return Object.entries(draft.after).some(([name, after]) => {
    const field = describe.get(name);
    return field !== undefined && kindOf(holds(name), after, field) !== null;
  });
}

/** Nothing is linked yet. */
function isFirst({ outcome }: Told): boolean {
  return outcome === "created" || outcome === "adopted";
}

/** Records of which a field would stay as it is. */
export function unchangedOf(
  { fates }: ComparisonSummary,
  { changed, filled, cleared, unknown, kept }: FieldCounts,
): number {
  return fates.changes + fates.unchanged - changed - filled - cleared - unknown - kept;
}

/** Counts over findings as they come. */
export class ComparisonTally {
  #records = 0;
  #cured = 0;
  readonly #fates = new Map<ComparisonFate, number>();
  readonly #fields = new Map<string, { label: string; counts: Map<ComparisonKind, number> }>();

  add({ fate, changes }: ComparisonFinding, cured: boolean): void {
    this.#records++;
    if (cured) this.#cured++;
    this.#fates.set(fate, (this.#fates.get(fate) ?? 0) + 1);
    // What a record starts with is no change of a field.
    if (fate === "created" || fate === "adopted") return;
    for (const { field, label, kind } of changes) {
      const known = this.#fields.get(field) ?? { label, counts: new Map<ComparisonKind, number>() };
      known.counts.set(kind, (known.counts.get(kind) ?? 0) + 1);
      this.#fields.set(field, known);
    }
  }

  summary(): ComparisonSummary {
    const fields = [...this.#fields].map(([field, { label, counts }]) => {
      const [changed, filled, cleared, unknown, kept] = comparisonKinds.map((kind) => counts.get(kind) ?? 0);
      return {
        field,
        label,
        changed: changed ?? 0,
        filled: filled ?? 0,
        cleared: cleared ?? 0,
        unknown: unknown ?? 0,
        kept: kept ?? 0,
      };
    });
    const of = (fate: ComparisonFate) => this.#fates.get(fate) ?? 0;
    return {
      records: this.#records,
      fates: {
        changes: of("changes"),
        created: of("created"),
        adopted: of("adopted"),
        fails: of("fails"),
        held: of("held"),
        leaves: of("leaves"),
        waits: of("waits"),
        anyway: of("anyway"),
        left: of("left"),
        unchanged: of("unchanged"),
      },
      cured: this.#cured,
      fields,
    };
  }
}
