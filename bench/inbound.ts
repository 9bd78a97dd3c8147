/**
 * `npm run bench`: what S-360 → Salesforce costs and how fast it is, beside scripts that only write: jsforce with one
 * upsert per record, and jsforce with arrays of 200. Everything is measured in one run on one machine, so ratios count, not
 * seconds. Prints tables and the goals line by line, and writes bench/reports/inbound.json. `-- --quick` is a small run
 * (bench/reports/inbound-quick.json), `-- --latency 100 --records 1000` chooses the size.
 */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { signingIn, type ConnectionParts } from "../e2e/support/connector";
import { measureAcknowledgement } from "./inbound/acknowledge";
import { contacts, operations, throughProduct, throughScript, type Span } from "./inbound/backlog";
import { runCycles } from "./inbound/cycle";
import { goalsOf } from "./inbound/goals";
import { watchMemory, type Peaks } from "./inbound/memory";
import { readOptions } from "./inbound/options";
import { printReport } from "./inbound/print";
import { startProduct, type Product } from "./inbound/product";
import type { BacklogLine, CyclesOf, Fields, Figures } from "./inbound/report";
import { openScript } from "./inbound/scripts";

const options = readOptions(process.argv.slice(2));
const cycleLatencyMs = 100;
/** Numbers of the acknowledgement's contacts begin here, far from the others. */
const doorFirst = 10_000_000;

/** Asked once a day, the org is not asked for edits while it is measured. */
const goingBack: ConnectionParts = {
  s360: { ...signingIn, callsPerMinute: 1_000, callsPerMonth: 0 },
  contactsOut: { pollSeconds: 86_400, massLimit: 1_000_000 },
};

let nextNumber = 0;
function numbers(count: number): number {
  const first = nextNumber;
  nextNumber += count;
  return first;
}

const backlogs: BacklogLine[] = [];
const oneWay = await withProduct({}, async (product) => {
  for (const latencyMs of options.latencies) await compareBacklogs(product, latencyMs);
  const cycles = await cyclesOf(product);
  say("acknowledgement");
  const acknowledgement = await measureAcknowledgement(product, { ...options, first: doorFirst });
  return { cycles, acknowledgement };
});
const twoWay = await withProduct(goingBack, async (product) => {
  for (const latencyMs of options.latencies) await ownBacklog(product, latencyMs, "two-way");
  return { cycles: await cyclesOf(product) };
});

const figures: Figures = {
  at: new Date().toISOString(),
  options,
  machine: { cores: availableParallelism(), node: process.version },
  backlogs,
  cycles: { "one-way": oneWay.result.cycles, "two-way": twoWay.result.cycles },
  acknowledgement: oneWay.result.acknowledgement,
  memoryMb: mostOf(oneWay.peaks, twoWay.peaks),
};
const goals = goalsOf(figures);
printReport(figures, goals);
const file = `bench/reports/inbound${options.quick ? "-quick" : ""}.json`;
writeFileSync(file, `${JSON.stringify({ ...figures, goals }, null, 2)}\n`);
console.log(`\nWritten to ${file}`);

async function withProduct<T>(
  parts: ConnectionParts,
  work: (product: Product) => Promise<T>,
): Promise<{ readonly result: T; readonly peaks: Peaks }> {
  say("starting the product");
  const product = await startProduct(parts);
  const memory = watchMemory(["web", "worker"], (name) => product.stack.pidOf(name));
  try {
    const result = await work(product);
    return { result, peaks: await memory.peaks() };
  } finally {
    memory.stop();
    await product.stop();
  }
}

async function compareBacklogs(product: Product, latencyMs: number): Promise<void> {
  const { org } = product;
  await org.setLatency(0);
  const script = await openScript(org.url);
  await ownBacklog(product, latencyMs, "one-way");
  const { records, rounds, single } = options;
  const fields = "one-way" as const;
  const arrays: Span = { first: numbers(records), records, rounds };
  const singles: Span = { first: numbers(single), records: single, rounds: 1 };
  for (const kind of [contacts, operations]) {
    const line = { latencyMs, fields, what: kind === contacts ? "contacts" : "operations" } as const;
    say(`${latencyMs} ms, ${line.what}: jsforce`);
    const inArrays = await throughScript(org, script, script.inArrays, kind, arrays);
    backlogs.push({ ...line, who: "jsforce arrays of 200", ...inArrays });
    const oneByOne = await throughScript(org, script, script.oneByOne, kind, singles);
    backlogs.push({ ...line, who: "jsforce one by one", ...oneByOne });
  }
  await org.setLatency(0);
}

/** Contacts, then the sales they bought; of these no field goes both ways. */
async function ownBacklog(product: Product, latencyMs: number, fields: Fields): Promise<void> {
  await product.org.setLatency(latencyMs);
  const span: Span = { first: numbers(options.records), records: options.records, rounds: options.rounds };
  for (const kind of fields === "one-way" ? [contacts, operations] : [contacts]) {
    const what = kind === contacts ? "contacts" : "operations";
    say(`${latencyMs} ms, ${what}: connector, ${fields}`);
    backlogs.push({
      latencyMs,
      fields,
      what,
      who: "connector",
      ...(await throughProduct(product, kind, span)),
    });
  }
}

async function cyclesOf(product: Product): Promise<CyclesOf> {
  say("cycles");
  await product.org.setLatency(cycleLatencyMs);
  const times = options.cycles;
  const run = (known: boolean) => runCycles(product, { first: numbers(500 * times), times, known });
  const [created, known] = [await run(false), await run(true)];
  return { created, known };
}

function mostOf(...all: readonly Peaks[]): Peaks {
  const names = new Set(all.flatMap((peaks) => Object.keys(peaks)));
  return Object.fromEntries(
    [...names].map((name) => [name, Math.max(...all.map((peaks) => peaks[name] ?? 0))]),
  );
}

function say(what: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${what}`);
}
