/**
 * How long S-360 waits for its 200: an open loop of 20 payloads of 50 a second. Every latency counts from the moment the
 * payload was planned to go, so that a pause of the product or of this program is in the figures of all it held up. A bare
 * INSERT of the same rows into a table like `event` in the same database goes at the same rate while nothing else goes on, and
 * takes turns with the product, so that the machine's moods meet both.
 */
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { latestEvent, readDelays } from "./delivery";
import { rounded, spreadOf, type Spread } from "./numbers";
import type { Product } from "./product";
import { contact, range } from "./venue";

const payloadsPerSecond = 20;
const periodMs = 1_000 / payloadsPerSecond;
const itemsPerPayload = 50;
/** Whatever has just been started is slow with its first calls: those are not among the figures. */
const warmUpPayloads = 40;

export interface Acknowledgement {
  /** Of each: payloads sent, and their latencies in ms. */
  readonly payloads: number;
  /** The streams rest: what arrives is taken in, and nothing of it is written. */
  readonly receivingMs: Spread;
  /** The worker writes at the same time what arrives, as in production. */
  readonly workingMs: Spread;
  readonly bareInsertMs: Spread;
  /** In bare INSERTs. */
  readonly p99Ratio: { readonly receiving: number; readonly working: number };
  /** Of the last slice of these: from receipt to "in Salesforce", ms; 1,000 new contacts a second are more than it drains. */
  readonly deliveryMs: Spread;
}

export async function measureAcknowledgement(
  product: Product,
  {
    first,
    slices,
    sliceSeconds,
  }: { readonly first: number; readonly slices: number; readonly sliceSeconds: number },
): Promise<Acknowledgement> {
  const payloads = sliceSeconds * payloadsPerSecond;
  let next = first;
  const makePayloads = (): string[] =>
    range(0, payloads).map(() => {
      const items = range(next, itemsPerPayload).map((n) => contact(n));
      next += itemsPerPayload;
      return JSON.stringify(items);
    });
  const bareInsert: number[] = [];
  const receiving: number[] = [];
  const working: number[] = [];
  const door = openDoor(product);
  await prepareTable(product);
  for (const send of [door.post, (body: string) => insert(product, body)])
    await openLoop(makePayloads().slice(0, warmUpPayloads), send);
  await product.settled();
  let ofWorking = 0;
  for (let slice = 0; slice < slices; slice++) {
    bareInsert.push(...(await openLoop(makePayloads(), (body) => insert(product, body))));
    await product.pause();
    receiving.push(...(await openLoop(makePayloads(), door.post)));
    await product.resume();
    await product.settled();
    ofWorking = await latestEvent(product.pool);
    working.push(...(await openLoop(makePayloads(), door.post)));
    await product.settled();
  }
  door.close();
  const bareInsertMs = spreadOf(bareInsert);
  const [receivingMs, workingMs] = [spreadOf(receiving), spreadOf(working)];
  return {
    payloads: bareInsert.length,
    receivingMs,
    workingMs,
    bareInsertMs,
    p99Ratio: {
      receiving: rounded(receivingMs.p99 / bareInsertMs.p99),
      working: rounded(workingMs.p99 / bareInsertMs.p99),
    },
    deliveryMs: await readDelays(product.pool, ofWorking),
  };
}

/** Sends each at its planned moment, whatever became of those before. Returns the latencies in ms. */
async function openLoop(bodies: readonly string[], send: (body: string) => Promise<void>): Promise<number[]> {
  const startedAt = performance.now() + 50;
  return Promise.all(
    bodies.map(async (body, index) => {
      const plannedAt = startedAt + index * periodMs;
      await sleep(plannedAt - performance.now());
      await send(body);
      return performance.now() - plannedAt;
    }),
  );
}

async function prepareTable({ pool }: Product): Promise<void> {
  await pool.query("drop table if exists bench_event");
  await pool.query("create table bench_event (like event including all)");
}

/** The items are taken apart before, as their texts are what is stored. */
async function insert({ pool, connectionId }: Product, body: string): Promise<void> {
  const raws = (JSON.parse(body) as unknown[]).map((item) => JSON.stringify(item));
  await pool.query(
    `insert into bench_event (connection_id, stream, payload_id, position, raw)
    select $1, 'contacts-in', $2, n.position, n.raw from unnest($3::text[]) with ordinality as n (raw, position)`,
    [connectionId, randomUUID(), raws],
  );
}

/** Connections are kept open, as S-360's proxy would; more are opened while answers are late. */
function openDoor({ stack }: Product) {
  const agent = new Agent({ keepAlive: true });
  const url = `${stack.url}/s360/contacts/myvenue`;
  return {
    post: (body: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const bytes = Buffer.from(body);
        const headers = { "content-type": "application/json", "content-length": bytes.byteLength };
        const call = request(url, { method: "POST", headers, agent }, (response) => {
          response.resume();
          response.on("error", reject);
          response.on("end", () => {
            if (response.statusCode === 200) resolve();
            else reject(new Error(`the webhook answered ${response.statusCode}`));
          });
        });
        call.on("error", reject);
        call.end(bytes);
      }),
    close: () => agent.destroy(),
  };
}
