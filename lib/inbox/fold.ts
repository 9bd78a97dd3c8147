/** Folding: events become source state, section by section, in the order they came (design §1, §2.5–2.6). Pure. */
import { isDeepStrictEqual } from "node:util";
import { anonymisedMarksSchema, type AnonymisedMarks } from "@/lib/core/anonymised";
import type { InboundItem, InboundRecord, Portrait, Portray } from "@/lib/core/inbound";
import type { Family, Kind } from "@/lib/core/words";
import { foldInto } from "./anonymised";

export type SourceState = Readonly<Record<string, unknown>>;

export interface LockedRecord {
  readonly id: number;
  readonly family: Family;
  readonly key: string;
  readonly kind: Kind | null;
  readonly latestContactId: string | null;
  readonly parentId: number | null;
  readonly state: SourceState | null;
  /** UTC, to the microsecond, such that later ones sort after earlier ones. */
  readonly updatedAt: string;
}

export interface RecordChange {
  readonly id: number;
  readonly family: Family;
  readonly kind: Kind | null;
  readonly state: SourceState;
  readonly portrait: Portrait;
  readonly latestContactId: string | null;
  readonly parentId: number | null;
  /** Nothing of it was here before. */
  readonly isNew: boolean;
  /**
   * Whether the folded state differs from what was held before; the database keeps members in an order of its own. What
   * changes an order changes what its operations say.
   */
  readonly changed: boolean;
  /** Positions in the call of the items that touched it, ascending: one version each. */
  readonly positions: readonly number[];
}

export function recordKey(record: { family: Family; key: string }): string {
  return `${record.family}:${record.key}`;
}

interface Touch {
  readonly record: InboundRecord;
  readonly positions: number[];
  state: SourceState;
  parent: string | null;
}

function newTouch(record: InboundRecord, state: SourceState): Touch {
  return { record, positions: [], state, parent: null };
}

const usualMarks = anonymisedMarksSchema.parse({});

/** One change per record, however often it occurs in the call. Every record of the items must be among `locked`. */
export function foldItems(
  items: readonly InboundItem[],
  locked: ReadonlyMap<string, LockedRecord>,
  portray: Portray,
  marks: AnonymisedMarks = usualMarks,
): RecordChange[] {
  const touches = new Map<string, Touch>();
  items.forEach((item, position) => {
    for (const record of item.records) {
      const name = recordKey(record);
      const touch = touches.get(name) ?? newTouch(record, locked.get(name)?.state ?? {});
      touches.set(name, touch);
      // A call may hold one record thousands of times: the list grows in place.
      if (touch.positions.at(-1) !== position) touch.positions.push(position);
      touch.state = foldInto(touch.state, record, { marks, portray });
      if (record.parent) touch.parent = recordKey(record.parent);
    }
  });
  const changes = [...touches].map(([name, touch]) => {
    const before = locked.get(name);
    if (!before) throw new Error(`record ${touch.record.family} was not locked`);
    const portrait = portray(touch.record.family, touch.state);
    return {
      id: before.id,
      family: before.family,
      kind: portrait.kind ?? before.kind,
      state: touch.state,
      portrait,
      latestContactId: portrait.contactId ?? before.latestContactId,
      parentId: touch.parent ? (locked.get(touch.parent)?.id ?? null) : before.parentId,
      isNew: before.state === null,
      changed: before.state === null || !isDeepStrictEqual(before.state, touch.state),
      positions: touch.positions,
    };
  });
  const changed = new Set(changes.flatMap((change) => (change.changed ? [change.id] : [])));
  return changes.map((change) => ({
    ...change,
    changed: change.changed || (change.parentId !== null && changed.has(change.parentId)),
  }));
}
