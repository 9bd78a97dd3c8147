/** The whole product under measurement: web, worker and PostgreSQL as `npm start` runs them, between the simulators. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { postText, type ConnectionParts } from "../../e2e/support/connector";
import { setPaused } from "../../lib/connections/pause";
import { openDatabase, type Database } from "../../lib/platform/db";
import { startStack, type Stack } from "../support/stack";
import { Org } from "./org";
import { contact, order, range } from "./venue";

export type Webhook = "contacts" | "orders";

const institution = "myvenue";
const inbound = ["contacts-in", "orders-in"] as const;
const restLimitMs = 30 * 60_000;
const lookEveryMs = 50;
/** Of the warm-up; what is measured has other numbers. */
const warmUpFirst = 99_000_000;
const warmUpRecords = 500;

export interface Product {
  readonly stack: Stack;
  readonly org: Org;
  readonly db: Database;
  readonly pool: Pool;
  readonly connectionId: number;
  /** What arrives is stored and not written. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** One call of S-360. */
  post(webhook: Webhook, body: string): Promise<void>;
  /** Resolves when what was posted has become records. */
  takenIn(): Promise<void>;
  /** Resolves when everything that arrived is in Salesforce. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts it with one connection, of which `parts` says more than the least, and lets it see 500 contacts and orders. Bulk
 * jobs are switched off unless `parts` says otherwise: they are measured apart.
 */
export async function startProduct({ salesforce, ...parts }: ConnectionParts): Promise<Product> {
  const stack = await startStack({ ...parts, salesforce: { bulkFrom: "off", ...salesforce } });
  const { db, pool, close } = openDatabase(stack.databaseUrl(), { name: "bench", min: 4, max: 20 });
  const all = async (paused: boolean): Promise<void> => {
    for (const stream of inbound) await setPaused(db, { institution, stream, paused, actor: "bench" });
  };
  const found = await pool.query<{ id: string }>("select id from connection where institution = $1", [
    institution,
  ]);
  const connectionId = Number(found.rows[0]?.id);
  const product: Product = {
    stack,
    db,
    pool,
    org: new Org(stack.salesforceUrl),
    connectionId,
    pause: () => all(true),
    resume: () => all(false),
    async post(webhook, body) {
      const answer = await postText(`${stack.url}/s360/${webhook}/${institution}`, body);
      if (answer.status !== 200) throw new Error(`${webhook}: ${answer.status} ${answer.body}`);
    },
    takenIn: () => untilEmpty(pool, "select from payload limit 1"),
    settled: () => untilSettled(pool, connectionId),
    async stop() {
      await close();
      await stack.stop();
    },
  };
  await warmUp(product);
  return product;
}

async function warmUp(product: Product): Promise<void> {
  const numbers = range(warmUpFirst, warmUpRecords);
  for (const round of [0, 1]) {
    await product.post("contacts", JSON.stringify(numbers.map((n) => contact(n, round))));
    await product.post("orders", JSON.stringify(numbers.map((n) => order(n, round))));
    await product.settled();
  }
}

/** The question goes by an index, for it is asked while the product is measured. */
async function untilSettled(pool: Pool, connectionId: number): Promise<void> {
  await untilEmpty(
    pool,
    `(select from payload limit 1)
    union all (
      select from record_direction
      where connection_id = ${connectionId} and stream = any('{contacts-in,orders-in}') and state in ('pending', 'retrying', 'waiting')
      limit 1)`,
  );
  await refuseStopped(pool);
}

async function untilEmpty(pool: Pool, left: string): Promise<void> {
  for (const deadline = Date.now() + restLimitMs; Date.now() < deadline; await sleep(lookEveryMs))
    if ((await pool.query(left)).rowCount === 0) return;
  throw new Error(`records were not written within ${restLimitMs / 60_000} minutes`);
}

/** A record that stopped costs nothing more: figures with such records in them would flatter. */
async function refuseStopped(pool: Pool): Promise<void> {
  const stopped = await pool.query(`
    select record_id, state, fault from record_direction
    where direction = 'in' and state not in ('idle', 'pending', 'retrying', 'waiting') limit 3`);
  if (stopped.rows.length > 0) throw new Error(`records stopped: ${JSON.stringify(stopped.rows)}`);
}
