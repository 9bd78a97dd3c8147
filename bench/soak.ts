/**
 * `npm run soak`: the whole product under kill -9. 5,000 records travel from a simulated venue into a simulated org while
 * worker, web and PostgreSQL are killed at random moments; afterwards every record must be there once, as sent.
 * Writes bench/reports/soak.json. Exit code 1 when anything was lost or doubled.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compareWithOrg, type Comparison } from "./support/compare";
import { makePopulation } from "./support/population";
import { postJson, startStack, type Stack } from "./support/stack";

const kills = Number(process.argv[2] ?? "10");
const records = { people: 3_400, structures: 150, relays: 350, operations: 1_100 };
const quietLimitMs = 5 * 60_000;

interface Kill {
  readonly process: string;
  readonly atMs: number;
}

const folder = mkdtempSync(path.join(os.tmpdir(), "connector-soak-"));
const startedAt = Date.now();
let failed = true;
const stack = await startStack(folder);
try {
  const population = makePopulation(records, 20_260_101);
  await postJson(`${stack.s360}/__control/contacts`, population.contacts);
  await postJson(`${stack.s360}/__control/orders`, population.orders);
  const killed = await killAtRandom(stack, kills);
  const settledMs = await untilQuiet(stack);
  const comparison = await compareWithOrg(stack, population);
  const status = await stack.status();
  const report = { at: new Date().toISOString(), records, kills: killed, settledMs, status, comparison };
  writeFileSync("bench/reports/soak.json", `${JSON.stringify(report, null, 2)}\n`);
  failed = !isClean(comparison);
  console.log(
    `${killed.length} kills, settled after ${(settledMs / 1000).toFixed(0)} s: ${summary(comparison)}`,
  );
} finally {
  await stack.stop();
  if (failed) console.log(`Kept for a look: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

/** The moments are random, the order is not: each of the three dies several times. */
async function killAtRandom({ pidOf }: Stack, times: number): Promise<Kill[]> {
  const done: Kill[] = [];
  for (let i = 0; i < times; i++) {
    await sleep(500 + Math.random() * 3_000);
    const name = ["worker", "web", "database"][i % 3] ?? "worker";
    const pid = await pidOf(name);
    process.kill(pid, "SIGKILL");
    done.push({ process: name, atMs: Date.now() - startedAt });
    console.log(`killed ${name} (${pid}) after ${Date.now() - startedAt} ms`);
  }
  return done;
}

/** Nothing queued at the venue and nothing due in the connector, three looks in a row. */
async function untilQuiet(stack: Stack): Promise<number> {
  const deadline = Date.now() + quietLimitMs;
  for (let quiet = 0; quiet < 3;) {
    if (Date.now() > deadline) throw new Error("the stack did not come to rest");
    await sleep(1_000);
    const venueLeft = await stack.venueBacklog();
    const due = await stack.dueRecords();
    quiet = venueLeft === 0 && due === 0 ? quiet + 1 : 0;
  }
  return Date.now() - startedAt;
}

function isClean(comparison: Comparison): boolean {
  return comparison.missing === 0 && comparison.doubled === 0 && comparison.different === 0;
}

function summary({ expected, missing, doubled, different }: Comparison): string {
  return `${expected} expected, ${missing} missing, ${doubled} doubled, ${different} different`;
}
