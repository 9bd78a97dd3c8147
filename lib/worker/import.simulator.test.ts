/**
 * A first load as S-360 does it: everything is flagged, and comes through the webhooks at their pace. Whole workers, the
 * simulated org and the simulated venue; the workers are stopped and started anew while the import is paused.
 */
import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { applyConfig } from "@/lib/connections/apply";
import { keyRing } from "@/lib/connections/cipher";
import { parseConnectionFile } from "@/lib/connections/config-file";
import type { ImportChange, ImportStream } from "@/lib/core/imports/words";
import { readImports } from "@/lib/imports/status";
import { changeImport, startImport } from "@/lib/imports/steer";
import { keepPayload } from "@/lib/inbox/keep-payload";
import { openDatabase } from "@/lib/platform/db";
import { person, relay, sale, structure } from "@/lib/sync/test-world";
import { startS360Simulator, type S360Simulator } from "@/simulators/s360/server";
import { startReceiver, type Receiver } from "@/simulators/s360/testing/receiver";
import { startSalesforceSimulator, type RunningSimulator } from "@/simulators/salesforce/server";
import { empty, testDatabase } from "@/testing/database";
import { runLoop } from "./loop";
import { depsOpener, readerOpener } from "./open-deps";
import { openWake } from "./wake";

const database = testDatabase();
const keys = keyRing(randomBytes(32));
const log = pino({ level: "silent" });
const bucketSize = 10;
let org: RunningSimulator;
let door: Receiver;
let s360: S360Simulator;
let connectionId: number;
let stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  org = await startSalesforceSimulator();
});
afterAll(() => org.close());

beforeEach(async () => {
  await empty(database.db);
  await fetch(`${org.url}/__control/reset`, {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json" },
  });
  door = await startReceiver();
  door.answer = async ({ path, text }) => {
    const stream = path.includes("/contacts/") ? "contacts-in" : "orders-in";
    await keepPayload(database.db, { connectionId, stream, body: text, items: bucketSize });
    return 200;
  };
  const hook = { batchSize: 500, bucketSize };
  const settings = { pushTo: door.url, scheduleSeconds: 0, trickleSeconds: 0, contacts: hook, orders: hook };
  s360 = await startS360Simulator({ settings });
  const file = parseConnectionFile(`
    institution: myvenue
    timeZone: Europe/Zurich
    s360: { baseUrl: "${s360.url}" }
    webhooks: { contacts: none, orders: none }
    salesforce: { loginUrl: "${org.url}", flow: client-credentials, clientId: demo-client, clientSecret: env:SECRET, callsPerMinute: 100000 }
    individualsAs: person-account
    contactsOut: { enabled: false }
  `);
  ({ connectionId } = await applyConfig(database.db, keys, file, { SECRET: "demo-secret" }));
});

afterEach(async () => {
  await stopWorkers();
  await s360.close();
  await door.close();
});

/** A worker as its process runs it, with connections of its own. */
function startWorker(): void {
  const opened = openDatabase(database.url, { name: "worker", max: 5 });
  const stopping = new AbortController();
  const wake = openWake(database.url, log);
  const openDeps = depsOpener(opened.db, keys, log);
  const openReader = readerOpener(opened.db, keys, log);
  const { signal } = stopping;
  const running = runLoop({
    ...{ db: opened.db, log, openDeps, openReader, wake, signal },
    mailer: null,
    publicUrl: "http://127.0.0.1",
  });
  stops.push(async () => {
    stopping.abort();
    await running;
    await wake.close();
    await opened.close();
  });
}

async function stopWorkers(): Promise<void> {
  const all = stops;
  stops = [];
  await Promise.all(all.map((stop) => stop()));
}

async function status(stream: ImportStream = "contacts-in") {
  const { current } = await readImports(database.db, connectionId);
  const run = current.find((each) => each.stream === stream);
  if (!run) throw new Error(`no import of ${stream}`);
  return run;
}

async function steer(change: ImportChange, stream?: ImportStream): Promise<void> {
  const { id: importId, revision } = await status(stream);
  expect(await changeImport(database.db, { importId, revision, change, actor: "ada@example.org" })).toEqual({
    outcome: "done",
  });
}

const accounts = async () => {
  const response = await fetch(`${org.url}/__control/records?object=Account`);
  return ((await response.json()) as { records: unknown[] }).records.length;
};
const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 100 });

const created = { creationDate: "2019-03-02T09:15:04.120+00:00" };

test(
  "a first load comes, is looked at, paused across a restart, and ends by itself",
  { timeout: 90_000 },
  async () => {
    for (let number = 1; number <= 60; number++) {
      const key = String(10_000 + number);
      s360.simulator.put("contacts", { contactId: number, ...person(key), ...created });
    }
    s360.simulator.put("contacts", { contactId: 90, ...structure("20001"), ...created });
    s360.simulator.put("contacts", { contactId: 91, ...relay("20002", "20001"), ...created });
    startWorker();
    startWorker();
    const streams = [{ stream: "contacts-in", expected: 62 }] as const;
    await startImport(database.db, {
      connectionId,
      since: "2019-01-01",
      canary: 10,
      streams,
      actor: "ada@example.org",
    });
    await s360.simulator.run();

    await until(async () =>
      expect(await status()).toMatchObject({ isCanaryThrough: true, counts: { received: 62 } }),
    );
    // Two workers have taken turns: ten were written, not one more.
    expect((await status()).counts).toMatchObject({ released: 10, held: 52, ends: { written: 10 } });
    expect(await accounts()).toBe(10);

    // Somebody buys today: nothing of that waits.
    s360.simulator.put("contacts", {
      contactId: 99,
      ...person("30001"),
      creationDate: new Date().toISOString(),
    });
    const today = {
      ...sale(7, undefined),
      contactReference: "10050",
      creationDateTime: new Date().toISOString(),
    };
    s360.simulator.put("orders", today);
    await s360.simulator.run();
    await until(async () => expect(await accounts()).toBe(12));
    expect((await status()).counts.ends.live).toBe(1);

    await steer("pause");
    await steer("approve");
    await stopWorkers();
    startWorker();
    startWorker();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await accounts()).toBe(12);
    expect(await status()).toMatchObject({ state: "paused", counts: { held: 51 } });

    await steer("resume");
    await until(async () =>
      expect((await status()).counts).toMatchObject({ held: 0, going: 0, ends: { written: 61 } }),
    );
    expect((await status()).state).toBe("running");
    await rows(sql`update import_record set arrived_at = now() - interval '1 hour'`);
    await until(async () => expect((await status()).state).toBe("done"));
  },
);

test(
  "S-360 sends a payload again because the answer was lost: nothing comes twice",
  { timeout: 60_000 },
  async () => {
    for (let number = 1; number <= 25; number++) {
      s360.simulator.put("contacts", { contactId: number, ...person(String(10_000 + number)), ...created });
    }
    startWorker();
    const streams = [{ stream: "contacts-in", expected: 25 }] as const;
    await startImport(database.db, {
      connectionId,
      since: "2019-01-01",
      canary: 5,
      streams,
      actor: "ada@example.org",
    });
    const store = door.answer;
    door.answer = async (request, index) => {
      await store(request, index);
      return index === 1 ? 503 : 200;
    };
    await s360.simulator.run();
    await s360.simulator.run();
    await until(async () => expect(await status()).toMatchObject({ isCanaryThrough: true }));
    expect((await status()).counts).toMatchObject({
      received: 25,
      records: 25,
      released: 5,
      ends: { live: 0 },
    });
    await steer("approve");
    await until(async () => expect((await status()).counts.ends.written).toBe(25));
    expect(await accounts()).toBe(25);
  },
);
