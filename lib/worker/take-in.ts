/** Calls that S-360 made are taken into the inbox: read, stored as events and folded into records. */
import type { InboundItem } from "@/lib/core/inbound";
import { hasBacklog, takeIn, type Arrivals, type StreamIn } from "@/lib/inbox/take-in";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import { rest } from "@/lib/platform/rest";
import { readContacts, readOrders } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";

const readers: Readonly<Record<StreamIn, (body: string) => InboundItem[]>> = {
  "contacts-in": readContacts,
  "orders-in": readOrders,
};

interface TakeInAllInput {
  readonly db: Database;
  readonly log: Logger;
  readonly signal?: AbortSignal;
}

/** S-360 sends a run of its schedule in many small calls. Taken in together they cost little more than one does alone. */
const gatherMs = 200;

/** Takes in everything that a stream has kept. Throws what stood in the way. */
export async function takeInAll({ db, log, signal }: TakeInAllInput, arrivals: Arrivals): Promise<void> {
  while (!signal?.aborted) {
    const receipt = await takeIn({ db, ...arrivals, read: readers[arrivals.stream], portray });
    if (receipt === null) return;
    log.info({ ...arrivals, ...receipt }, "taken in");
    if (!(await hasBacklog(db, arrivals, gatherMs))) await rest(gatherMs, signal);
  }
}
