/**
 * `npm run bench:counting`: how fast the records are counted that a new version of a mapping changes, beside how fast the
 * same records were written to begin with. 10,000 people are pushed and written; then a version that writes first names in
 * capitals is published, and the count it begins is watched. Writes bench/reports/counting.json. `npm run bench:counting --
 * 2000` takes 2,000 people.
 */
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { makePopulation } from "./support/population";
import { postJson, startStack } from "./support/stack";

const people = Number(process.argv[2] ?? "10000");
const itemsPerPost = 500;
const limitMs = 10 * 60_000;

const stack = await startStack();
try {
  const { contacts } = makePopulation({ people, structures: 0, relays: 0, operations: 0 }, 20_260_102);
  for (let start = 0; start < contacts.length; start += itemsPerPost)
    await postJson(`${stack.url}/s360/contacts/myvenue`, contacts.slice(start, start + itemsPerPost));
  await until("every person is written", async () => (await unfinished()) === 0);
  const writtenMs = await durationMs("select min(at) as began, max(at) as ended from attempt");

  const capitals = "$uppercase(individualContact.individualFirstName)";
  await stack.apply({
    mappings: { individual: { lines: { FirstName: { expression: capitals, twoWay: false } } } },
  });
  await until("the count is done", async () => (await counted())["state"] === "done");
  const { looked, changed } = await counted();
  const countedMs = await durationMs(
    "select started_at as began, ended_at as ended from census order by id desc limit 1",
  );

  const report = {
    at: new Date().toISOString(),
    people,
    written: { ms: writtenMs, recordsPerSecond: perSecond(people, writtenMs) },
    counted: { looked, changed, ms: countedMs, recordsPerSecond: perSecond(Number(looked), countedMs) },
    ratio: rounded(writtenMs / countedMs),
  };
  writeFileSync("bench/reports/counting.json", `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report, null, 2));
  if (looked !== people || changed !== people) process.exitCode = 1;
} finally {
  await stack.stop();
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not after ${limitMs / 60_000} minutes: ${what}`);
    await sleep(200);
  }
}

async function unfinished(): Promise<number> {
  const [row] = await stack.query(`
    select ${people} - count(*)::int as n from record_direction where direction = 'in' and state = 'idle'`);
  return Number(row?.["n"]);
}

async function counted(): Promise<Record<string, unknown>> {
  const [row] = await stack.query("select state, looked, changed from census order by id desc limit 1");
  return row ?? {};
}

async function durationMs(statement: string): Promise<number> {
  const [row] = await stack.query(
    `select extract(epoch from ended - began) * 1000 as ms from (${statement}) as times`,
  );
  return Math.round(Number(row?.["ms"]));
}

function perSecond(records: number, ms: number): number {
  return Math.round((records / ms) * 1_000);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
