/**
 * `npm run bench:bulk`: a backlog through Bulk jobs beside the same backlog through calls of 1,000, new records and linked
 * ones. Calls and records a second, the org waits 100 ms before each answer. Writes bench/reports/bulk.json;
 * `npm run bench:bulk -- 30000` takes 30,000.
 */
import { writeFileSync } from "node:fs";
import { contacts, operations, throughProduct, type Measured } from "./inbound/backlog";
import { watchMemory } from "./inbound/memory";
import { startProduct } from "./inbound/product";

const records = Number(process.argv[2] ?? "10000");
const latencyMs = 100;

interface Line {
  readonly how: "calls" | "Bulk jobs";
  readonly what: "contacts" | "operations";
  readonly records: "new" | "linked";
  readonly measured: Measured;
}

const lines: Line[] = [];
const memoryMb: Record<string, number> = {};
for (const how of ["calls", "Bulk jobs"] as const) {
  const product = await startProduct({ salesforce: { bulkFrom: how === "calls" ? "off" : 2_000 } });
  const memory = watchMemory(["worker"], (name) => product.stack.pidOf(name));
  try {
    await product.org.setLatency(latencyMs);
    for (const kind of [contacts, operations]) {
      const what = kind === contacts ? "contacts" : "operations";
      console.log(`${how}: ${what}`);
      const { created, changed } = await throughProduct(product, kind, { first: 0, records, rounds: 1 });
      lines.push({ how, what, records: "new", measured: created });
      lines.push({ how, what, records: "linked", measured: changed });
    }
    memoryMb[how] = (await memory.peaks())["worker"] ?? NaN;
  } finally {
    memory.stop();
    await product.stop();
  }
}
console.table(
  lines.map(({ measured, ...line }) => ({
    ...{ how: line.how, what: line.what, records: line.records },
    calls: Object.values(measured.calls).reduce((sum, calls) => sum + calls, 0),
    "calls per 1,000": measured.callsPer1000,
    "records/s": measured.recordsPerSecond,
    seconds: measured.ms / 1_000,
  })),
);
console.log("Most memory of the worker, MB", memoryMb);
const report = { at: new Date().toISOString(), records, latencyMs, lines, memoryMb };
writeFileSync("bench/reports/bulk.json", `${JSON.stringify(report, null, 2)}\n`);
