/**
 * The durable door: everything a call brought is stored, folded into source state and marked for writing in one
 * transaction. Only after it has committed may the caller answer 200 (design §2.1).
 */
import { randomUUID } from "node:crypto";
import type { Direction, Stream } from "@/lib/core/words";
import type { InboundItem, Portray } from "@/lib/core/inbound";
import { transact, type Database } from "@/lib/platform/db";
import { foldItems, type RecordChange } from "./fold";
import {
  bumpDirections,
  insertEvents,
  insertEventRecords,
  lockRecords,
  noteReceipt,
  readOtherChildren,
  storeRecords,
} from "./sql";

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
}

/**
 * Stores the items of one call in the order they came. Throws when the database cannot take them; then nothing is
 * stored and the sender must be told to try again.
 */
export async function receive(db: Database, input: InboxInput): Promise<Receipt> {
  const payloadId = randomUUID();
  if (input.items.length === 0) return { payloadId, items: 0, ended: 0, records: 0 };
  return transact(db, async (tx) => {
    const eventIds = await insertEvents(tx, { ...input, payloadId });
    const locked = await lockRecords(tx, input.connectionId, input.items);
    const changes = foldItems(input.items, locked, input.portray);
    await storeRecords(tx, changes);
    const touched = [...changes, ...(await siblings(tx, changes))];
    const versions = await bumpDirections(tx, input, touched);
    await insertEventRecords(tx, input.direction, eventIds, touched, versions);
    await noteReceipt(tx, input.connectionId, input.stream);
    return {
      payloadId,
      items: input.items.length,
      ended: input.items.filter((item) => item.fault !== null).length,
      records: changes.length,
    };
  });
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
