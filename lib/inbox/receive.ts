/**
 * From items to records: each item becomes an event, is folded into the source state of its records and marks them for
 * writing, in one transaction.
 */
import { randomUUID } from "node:crypto";
import type { Direction, Stream } from "@/lib/core/words";
import type { InboundItem, InboundRecord, Portray } from "@/lib/core/inbound";
import { isRefusedData, transact, type Database, type Queryable, type Transaction } from "@/lib/platform/db";
import { marksOf } from "./anonymised";
import { insertEvents, type ArrivedItem } from "./events";
import { arrivalsOf, importsOf, noteImported } from "./imports";
import { foldItems, recordKey, type LockedRecord, type RecordChange } from "./fold";
import {
  bumpDirections,
  insertEventRecords,
  insertSuperseded,
  lockRecords,
  readOtherChildren,
  storeRecords,
} from "./sql";
import { withoutPassed, type ReadItems } from "./passed";
import { noteReceipt } from "./streams";

export interface Receipt {
  readonly items: number;
  /** Items that ended here: unusable, or nothing to write. */
  readonly ended: number;
  readonly records: number;
}

export interface CallReceipt extends Receipt {
  readonly payloadId: string;
}

export interface Asked {
  /** What came by itself since then is newer than the answer. Null: nothing was known, so that whatever is known came since. */
  readonly since: string | null;
}

export interface Inbox {
  readonly connectionId: number;
  readonly stream: Stream;
  readonly direction: Direction;
  readonly portray: Portray;
  /**
   * S-360 was asked for it, of the connector's own accord: it belongs to no import, what came by itself is newer, and what
   * says nothing new leaves no trace.
   */
  readonly asked?: Asked;
  /**
   * What came of the same records later may have been folded already: it is newer. What it told is read by this, which reads
   * the items of the stream.
   */
  readonly mayBePassed?: ReadItems;
  /** When S-360 told of what was asked of it now: that says which import it belongs to. Null or absent: with these items. */
  readonly toldAt?: string | null;
}

/**
 * Takes in the items of one call, in the order they came. Throws when the database cannot take them: nothing is stored then,
 * nor when `andThen` throws, which goes on in the same transaction.
 */
export async function receive(
  db: Database,
  { items, ...inbox }: Inbox & { readonly items: readonly InboundItem[] },
  andThen?: (tx: Queryable) => Promise<void>,
): Promise<CallReceipt> {
  const payloadId = randomUUID();
  const arrived = items.map((item, position) => ({ item, payloadId, position, receivedAt: null }));
  const receipt = await transact(db, async (tx) => {
    const stored = await storeOrHalve(tx, inbox, arrived);
    await andThen?.(tx);
    return stored;
  });
  return { payloadId, ...receipt };
}

/**
 * Stores items in their order. Should the database refuse what one of them holds, they are halved until that one is alone:
 * it is kept as a failed event, and its neighbours are stored as they are.
 */
export async function storeOrHalve(
  tx: Transaction,
  inbox: Inbox,
  arrived: readonly ArrivedItem[],
): Promise<Receipt> {
  const [first] = arrived;
  if (!first) return { items: 0, ended: 0, records: 0 };
  try {
    return await tx.transaction((part) => store(part, inbox, arrived));
  } catch (error) {
    if (!isRefusedData(error)) throw error;
    if (arrived.length === 1) return store(tx, inbox, [{ ...first, item: keptAsItCame(first.item) }]);
    const middle = Math.ceil(arrived.length / 2);
    const front = await storeOrHalve(tx, inbox, arrived.slice(0, middle));
    const back = await storeOrHalve(tx, inbox, arrived.slice(middle));
    return {
      items: front.items + back.items,
      ended: front.ended + back.ended,
      records: front.records + back.records,
    };
  }
}

function keptAsItCame({ raw, note }: InboundItem): InboundItem {
  const sentence =
    "The item holds something the connector's database cannot store. It was kept as it came; correct it in S-360 and send it again.";
  return { raw, note, records: [], fault: { code: "unusable_item", sentence } };
}

async function store(tx: Queryable, inbox: Inbox, arrived: readonly ArrivedItem[]): Promise<Receipt> {
  const { connectionId, direction, stream, portray, asked, toldAt } = inbox;
  const { items: brought, superseded: passed } = inbox.mayBePassed
    ? await withoutPassed(tx, connectionId, arrived, inbox.mayBePassed)
    : { items: arrived.map(({ item }) => item), superseded: [] };
  const locked = await lockRecords(tx, connectionId, brought);
  const late = asked ? whatCameSince(asked, brought, locked) : [];
  const items = late.length === 0 ? brought : brought.map((item) => without(item, late));
  const changes = foldItems(items, locked, portray, await marksOf(tx, connectionId));
  if (asked && changes.length > 0 && late.length === 0 && changes.every(({ changed }) => !changed))
    return { items: items.length, ended: 0, records: 0 };
  await storeRecords(tx, changes);
  const others = await siblings(tx, changes);
  const touched = [...changes, ...others];
  const kept = withSomethingToWrite(items, others);
  const eventIds = await insertEvents(
    tx,
    inbox,
    arrived.map((one, index) => ({ ...one, item: kept[index] ?? one.item })),
  );
  const cameAt = arrived.map((one) => toldAt ?? one.receivedAt);
  const imports = asked ? null : await importsOf(tx, inbox, cameAt);
  const arrivals = imports ? await arrivalsOf(tx, imports, touched) : undefined;
  const versions = await bumpDirections(tx, { ...inbox, arrivals }, touched);
  await insertEventRecords(tx, direction, eventIds, touched, versions);
  const superseded = [...late, ...passed];
  if (superseded.length > 0) await insertSuperseded(tx, direction, eventIds, superseded);
  if (imports && arrivals) await noteImported(tx, imports, touched, arrivals);
  await noteReceipt(tx, connectionId, stream);
  return {
    items: items.length,
    ended: kept.filter((item) => item.fault !== null).length,
    records: changes.length,
  };
}

interface LateRecord {
  readonly id: number;
  readonly position: number;
  readonly record: InboundRecord;
}

/** Records of the items that came by themselves while S-360 was asked for them. */
function whatCameSince(
  { since }: Asked,
  items: readonly InboundItem[],
  locked: ReadonlyMap<string, LockedRecord>,
): readonly LateRecord[] {
  return items.flatMap(({ records }, position) =>
    records.flatMap((record) => {
      const known = locked.get(recordKey(record));
      const cameSince = known && known.state !== null && (since === null || known.updatedAt > since);
      return cameSince ? [{ id: known.id, position, record }] : [];
    }),
  );
}

function without(item: InboundItem, late: readonly LateRecord[]): InboundItem {
  const left = new Set(late.map(({ record }) => record));
  return { ...item, records: item.records.filter((record) => !left.has(record)) };
}

/** An order that says it has no operations changes those it had: its event ends with them. */
function withSomethingToWrite(
  items: readonly InboundItem[],
  others: readonly RecordChange[],
): readonly InboundItem[] {
  const touching = new Set(others.flatMap(({ positions }) => positions));
  return items.map((item, position) =>
    item.fault?.code === "nothing_to_write" && touching.has(position) ? { ...item, fault: null } : item,
  );
}

/** A changed order changes what its operations say, also of those that this call did not bring. */
async function siblings(
  tx: Parameters<typeof readOtherChildren>[0],
  changes: readonly RecordChange[],
): Promise<RecordChange[]> {
  const parents = changes.filter((change) => change.family === "order" && change.changed);
  if (parents.length === 0) return [];
  return readOtherChildren(tx, parents, changes);
}
