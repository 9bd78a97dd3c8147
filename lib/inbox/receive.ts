/**
 * The durable door: everything a call brought is stored, folded into source state and marked for writing in one
 * transaction. Only after it has committed may the caller answer 200 (design §2.1).
 */
import { randomUUID } from "node:crypto";
import type { Direction, Stream } from "@/lib/core/words";
import type { InboundItem, Portray } from "@/lib/core/inbound";
import { isRefusedData, transact, type Database } from "@/lib/platform/db";
import { arrivalsOf, importsOf, noteImported } from "./imports";
import { foldItems, type RecordChange } from "./fold";
import {
  bumpDirections,
  insertEvents,
  insertEventRecords,
  lockRecords,
  readOtherChildren,
  storeRecords,
} from "./sql";
import { noteReceipt } from "./streams";

export interface Receipt {
  readonly payloadId: string;
  readonly items: number;
  /** Items that ended here: unusable, or nothing to write. */
  readonly ended: number;
  readonly records: number;
}

export interface InboxInput {
  readonly connectionId: number;
  readonly stream: Stream;
  readonly direction: Direction;
  readonly items: readonly InboundItem[];
  readonly portray: Portray;
  /** S-360 was asked for it, because it is needed now: it belongs to no import. */
  readonly asked?: boolean;
}

/**
 * Stores the items of one call in the order they came. Should the database refuse what one item holds, the call is halved
 * until that item is alone: it is kept as a failed event, and its neighbours are stored as they are. Throws when the
 * database cannot take them; then the sender must be told to try again (what was stored already does no harm twice).
 */
export async function receive(db: Database, input: InboxInput): Promise<Receipt> {
  const payloadId = randomUUID();
  const nothing = { payloadId, items: 0, ended: 0, records: 0 };
  return input.items.length === 0 ? nothing : storeOrHalve(db, { ...input, payloadId, firstPosition: 0 });
}

interface Part extends InboxInput {
  readonly payloadId: string;
  /** Position in the call of the part's first item. */
  readonly firstPosition: number;
}

async function storeOrHalve(db: Database, part: Part): Promise<Receipt> {
  try {
    return await store(db, part);
  } catch (error) {
    if (!isRefusedData(error)) throw error;
    const [first, ...others] = part.items;
    if (!first) throw error;
    if (others.length === 0) return store(db, { ...part, items: [keptAsItCame(first)] });
    const middle = Math.ceil(part.items.length / 2);
    const front = await storeOrHalve(db, { ...part, items: part.items.slice(0, middle) });
    const back = await storeOrHalve(db, {
      ...part,
      items: part.items.slice(middle),
      firstPosition: part.firstPosition + middle,
    });
    return {
      payloadId: part.payloadId,
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

async function store(db: Database, input: Part): Promise<Receipt> {
  return transact(db, async (tx) => {
    const locked = await lockRecords(tx, input.connectionId, input.items);
    const changes = foldItems(input.items, locked, input.portray);
    await storeRecords(tx, changes);
    const others = await siblings(tx, changes);
    const touched = [...changes, ...others];
    const items = withSomethingToWrite(input.items, others);
    const eventIds = await insertEvents(tx, { ...input, items });
    const imports = input.asked ? null : await importsOf(tx, input.connectionId, input.stream);
    const arrivals = imports ? await arrivalsOf(tx, imports, touched) : undefined;
    const versions = await bumpDirections(tx, { ...input, arrivals }, touched);
    await insertEventRecords(tx, input.direction, eventIds, touched, versions);
    if (imports && arrivals) await noteImported(tx, imports, touched, arrivals);
    await noteReceipt(tx, input.connectionId, input.stream);
    return {
      payloadId: input.payloadId,
      items: input.items.length,
      ended: items.filter((item) => item.fault !== null).length,
      records: changes.length,
    };
  });
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
