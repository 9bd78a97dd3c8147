/**
 * `npm run bench:workers`: two workers against one where the org is the bottleneck: it waits two seconds before each answer,
 * which is little for an org with triggers and 1,000 records to save. (At 300 ms the machine is the bottleneck, if it has two
 * processors for everything: one worker keeps both busy, for it evaluates a batch while another is at the org.) 20,000
 * contacts are drained when they are new and once more when they changed, by one worker and then by two: twenty batches, of
 * which each worker has two under way, so that the last ones do not decide. Writes bench/reports/workers.json;
 * `npm run bench:workers -- 4000` takes 4,000.
 */
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fillInbox } from "./inbound/fill-inbox";
import { rounded } from "./inbound/numbers";
import { startProcess } from "./inbound/own-process";
import { startProduct, type Product } from "./inbound/product";

const records = Number(process.argv[2] ?? "20000");
const latencyMs = 2_000;
const goal = 1.7;

interface Speeds {
  readonly created: number;
  readonly changed: number;
}

const product = await startProduct({});
try {
  await product.org.setLatency(latencyMs);
  const one = await drain(product, 0);
  const second = startProcess(["--enable-source-maps", ".build/worker.mjs"], {
    ...product.stack.settings,
    DATABASE_URL: product.stack.databaseUrl(),
    NODE_ENV: "production",
  });
  let two: Speeds;
  try {
    await untilListening(product, 2);
    two = await drain(product, records);
  } finally {
    await second.stop();
  }
  const ratio = {
    created: rounded(two.created / one.created),
    changed: rounded(two.changed / one.changed),
  };
  const report = { at: new Date().toISOString(), records, latencyMs, recordsPerSecond: { one, two }, ratio };
  writeFileSync("bench/reports/workers.json", `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report, null, 2));
  for (const kind of ["created", "changed"] as const) {
    const met = ratio[kind] >= goal;
    console.log(`${met ? "met    " : "NOT MET"}  two workers ≥ ${goal} × one, ${kind}; it is ${ratio[kind]}`);
  }
} finally {
  await product.stop();
}

/** Records a second, new and changed. */
async function drain(product: Product, first: number): Promise<Speeds> {
  const speed = async (round: number): Promise<number> => {
    await product.pause();
    await fillInbox(product, { first, records, round });
    const startedAt = performance.now();
    await product.resume();
    await product.settled();
    return Math.round((records / (performance.now() - startedAt)) * 1_000);
  };
  return { created: await speed(0), changed: await speed(1) };
}

async function untilListening({ pool }: Product, workers: number): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(100)) {
    const found = await pool.query(
      "select from pg_stat_activity where application_name = 's360-worker-wake'",
    );
    if ((found.rowCount ?? 0) >= workers) return;
  }
  throw new Error("the second worker did not start");
}
