/**
 * `npm run bench:million`: a backlog of 1,000,000 contacts, stored through the inbox's own `receive` and then drained into
 * an empty simulated org. Prints records/s of every tenth, of the first and the last one beside each other, and the memory
 * of the worker. Takes long; writes bench/reports/million.json. `npm run bench:million -- 50000` drains 50,000. The org runs
 * in a process of its own with a large heap, for it keeps all of them in memory.
 */
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { freePorts } from "../e2e/support/free-port";
import { fillInbox } from "./inbound/fill-inbox";
import { watchMemory } from "./inbound/memory";
import { rounded } from "./inbound/numbers";
import { startProcess } from "./inbound/own-process";
import { startProduct, type Product } from "./inbound/product";
import { getJson } from "./support/stack";

const records = Number(process.argv[2] ?? "1000000");
const tenths = 10;
const lookEveryMs = 200;
const mostWorkerMb = 400;
const orgHeapMb = 12_000;
const statsSchema = z.object({ objects: z.record(z.string(), z.object({ created: z.number() })) });

const [port = 0] = await freePorts(1);
const orgUrl = `http://127.0.0.1:${port}`;
const org = startProcess(
  [
    `--max-old-space-size=${orgHeapMb}`,
    "--import",
    "tsx",
    "simulators/salesforce/main.ts",
    "--port",
    String(port),
  ],
  {},
);
try {
  await untilAnswering(orgUrl);
  const salesforce = {
    loginUrl: orgUrl,
    flow: "client-credentials",
    clientId: "demo-client",
    clientSecret: "env:SALESFORCE_CLIENT_SECRET",
    callsPerMinute: 10_000,
  };
  const product = await startProduct({ individualsAs: "contact", salesforce });
  try {
    await run(product);
  } finally {
    await product.stop();
  }
} finally {
  await org.stop();
}

async function run(product: Product): Promise<void> {
  await product.pause();
  const fillMs = await timed(() => fillInbox(product, { first: 0, records }));
  console.log(`${records} stored at ${perSecond(records, fillMs)} a second; draining`);
  const memory = watchMemory(["worker", "web"], (name) => product.stack.pidOf(name));
  const speeds = await drain(product);
  await product.settled();
  const memoryMb = await memory.peaks();
  memory.stop();
  const [first = NaN, last = NaN] = [speeds[0], speeds.at(-1)];
  const report = {
    at: new Date().toISOString(),
    records,
    storedPerSecond: perSecond(records, fillMs),
    drainedPerSecondByTenth: speeds,
    lastAgainstFirst: rounded(last / first),
    memoryMb,
  };
  writeFileSync("bench/reports/million.json", `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report, null, 2));
  const worker = memoryMb["worker"] ?? Infinity;
  console.log(
    `${worker < mostWorkerMb ? "met    " : "NOT MET"}  under ${mostWorkerMb} MB per worker; it is ${worker}`,
  );
  console.log(
    `${last >= first * 0.9 ? "met    " : "NOT MET"}  no slope: the last ${records / tenths} at ${last} records/s, the first at ${first}`,
  );
}

/** Records a second of each tenth, by what the org has taken. */
async function drain(product: Product): Promise<number[]> {
  const before = await createdIn(orgUrl);
  const speeds: number[] = [];
  let markedAt = performance.now();
  let marked = 0;
  await product.resume();
  while (speeds.length < tenths) {
    await sleep(lookEveryMs);
    const done = (await createdIn(orgUrl)) - before;
    if (done < Math.min(records, (records / tenths) * (speeds.length + 1))) continue;
    const now = performance.now();
    speeds.push(perSecond(done - marked, now - markedAt));
    console.log(`${done} in Salesforce, ${speeds.at(-1)} a second`);
    [marked, markedAt] = [done, now];
  }
  return speeds;
}

async function createdIn(url: string): Promise<number> {
  const { objects } = statsSchema.parse(await getJson(`${url}/__control/stats`));
  return objects["Contact"]?.created ?? 0;
}

async function untilAnswering(url: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(100)) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
  }
  throw new Error("the simulated org did not start");
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function perSecond(count: number, ms: number): number {
  return Math.round((count / ms) * 1_000);
}
