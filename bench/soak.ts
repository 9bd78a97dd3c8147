/**
 * `npm run soak:in`: the whole product under kill -9. 10,000 records travel from a simulated venue into a simulated org
 * while worker, web and PostgreSQL are killed at random moments; afterwards every record must be there once, as sent,
 * and every item that came in must have ended. Writes bench/reports/soak.json; exit code 1 when anything was lost or
 * doubled. `npm run soak:in -- 5` kills five times; `npm run soak:in -- 20 bulk` lets every backlog of 200 go through Bulk
 * jobs (bench/reports/soak-bulk.json).
 */
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { compareWithOrg, type Comparison } from "./support/compare";
import { kill } from "./support/kill";
import { makePopulation } from "./support/population";
import { getJson, postJson, startStack, type Stack } from "./support/stack";

const kills = Number(process.argv[2] ?? "20");
const isBulk = process.argv[3] === "bulk";
const victims = isBulk ? ["worker", "worker", "database"] : ["worker", "web", "database"];
const sizes = { people: 6_800, structures: 300, relays: 700, operations: 2_200 };
const restLimitMs = 12 * 60_000;

interface Kill {
  readonly process: string;
  readonly atMs: number;
}

const stack = await startStack({ salesforce: { bulkFrom: isBulk ? 200 : "off" } });
const startedAt = Date.now();
try {
  const population = makePopulation(sizes, 20_260_101);
  // Slow enough to be killed in the middle, and a venue that does not give up while it is.
  await postJson(`${stack.salesforceUrl}/__control/faults`, { kind: "latency", ms: 300 });
  if (isBulk) {
    await postJson(`${stack.salesforceUrl}/__control/faults`, { kind: "bulk-slow", ms: 5_000, times: 1_000 });
  }
  await postJson(`${stack.s360Url}/__control/settings`, {
    scheduleSeconds: 2,
    batchSize: 500,
    bucketSize: 50,
    tries: 1_000,
  });
  await postJson(`${stack.s360Url}/__control/contacts`, population.contacts);
  await postJson(`${stack.s360Url}/__control/orders`, population.orders);
  const killed = await killAtRandom(stack);
  const restMs = await untilAtRest(stack);
  const comparison = await compareWithOrg(stack.salesforceUrl, population);
  const states = await stack.query(
    "select stream, state, count(*)::int as records from record_direction group by 1, 2 order by 1, 2",
  );
  const calls = await stack.query("select sum(calls)::int as calls from api_usage");
  const report = {
    at: new Date().toISOString(),
    sizes,
    kills: killed,
    restMs,
    states,
    calls: calls[0],
    ...(isBulk && { bulkJobs: await bulkJobs(stack) }),
    comparison,
  };
  writeFileSync(`bench/reports/soak${isBulk ? "-bulk" : ""}.json`, `${JSON.stringify(report, null, 2)}\n`);
  console.log(
    `${killed.length} kills, at rest after ${(restMs / 1000).toFixed(0)} s: ${summary(comparison)}`,
  );
  if (!isClean(comparison)) process.exitCode = 1;
} finally {
  await stack.stop();
}

/** The moments are random, the order is not: each of the three dies several times. */
async function killAtRandom({ pidOf }: Stack): Promise<Kill[]> {
  const done: Kill[] = [];
  while (done.length < kills) {
    await sleep(300 + Math.random() * 2_500);
    const name = victims[done.length % 3] ?? "worker";
    const pid = pidOf(name);
    if (pid === null || !kill(pid)) continue;
    done.push({ process: name, atMs: Date.now() - startedAt });
    console.log(`killed ${name} (${pid}) after ${Date.now() - startedAt} ms`);
  }
  return done;
}

/** Nothing queued at the venue and nothing due in the connector, three looks in a row. */
async function untilAtRest(stack: Stack): Promise<number> {
  const deadline = Date.now() + restLimitMs;
  for (let quiet = 0; quiet < 3;) {
    if (Date.now() > deadline) throw new Error("the stack did not come to rest");
    await sleep(1_000);
    quiet = (await stack.venueBacklog()) === 0 && (await unfinished(stack)) === 0 ? quiet + 1 : 0;
  }
  return Date.now() - startedAt;
}

async function unfinished(stack: Stack): Promise<number> {
  try {
    const rows = await stack.query(
      "select (select count(*) from record_direction where state <> 'idle') + (select count(*) from payload) as n",
    );
    return Number(rows[0]?.["n"]);
  } catch (error) {
    console.log(`the database is not back yet: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

/** Jobs that the org was asked for, by what became of them. */
async function bulkJobs({ salesforceUrl }: Stack): Promise<Record<string, number>> {
  const { calls } = (await getJson(`${salesforceUrl}/__control/calls`)) as {
    calls: { method: string; path: string }[];
  };
  const count = (method: string, path: RegExp) =>
    calls.filter((call) => call.method === method && path.test(call.path)).length;
  return {
    made: count("POST", /\/jobs\/ingest$/),
    uploaded: count("PUT", /\/batches$/),
    resultsRead: count("GET", /\/successfulResults$/),
  };
}

function isClean({ missing, doubled, different, strangers }: Comparison): boolean {
  return missing + doubled + different + strangers === 0;
}

function summary({ expected, missing, doubled, different, strangers }: Comparison): string {
  return `${expected} expected, ${missing} missing, ${doubled} doubled, ${different} different, ${strangers} strangers`;
}
