/** What webhooks V1 named, asked of the simulated S-360. */
import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyConfig } from "@/lib/connections/apply";
import { keyRing } from "@/lib/connections/cipher";
import { parseConnectionFile } from "@/lib/connections/config-file";
import { loadConnection } from "@/lib/connections/load";
import { connectionStatus } from "@/lib/connections/status";
import type { S360Reader } from "@/lib/core/contact-side";
import { FaultError, type Fault } from "@/lib/core/faults";
import type { ImportChange } from "@/lib/core/imports/words";
import { readImports } from "@/lib/imports/status";
import { changeImport, startImport } from "@/lib/imports/steer";
import { turnImports } from "@/lib/imports/turn";
import { keepPayload } from "@/lib/inbox/keep-payload";
import { person, sale } from "@/lib/sync/test-world";
import { startS360Simulator, type S360Simulator } from "@/simulators/s360/server";
import { empty, testDatabase } from "@/testing/database";
import { askForNamed, connectionsWithNamed } from "./named-things";
import { readerOpener } from "./open-deps";
import { takeInAll } from "./take-in";

const database = testDatabase();
const keys = keyRing(randomBytes(32));
const log = pino({ level: "silent" });
const whole = "operator: MYVENUE_CRM, partner: CRM, secret: env:SECRET";
let s360: S360Simulator;
let connectionId: number;

beforeEach(async () => {
  await empty(database.db);
  s360 = await startS360Simulator();
  s360.simulator.put("contacts", { contactId: 10228300000001, ...person("0012345") });
  s360.simulator.put("orders", { ...sale(10000900001, "0012345"), contactReference: "0012345" });
});
afterEach(() => s360.close());

async function connect(s360Settings = whole): Promise<void> {
  const file = parseConnectionFile(`
institution: myvenue
timeZone: Europe/Zurich
s360: { baseUrl: "${s360.url}", ${s360Settings} }
webhooks: { contacts: none, orders: none }
salesforce: { loginUrl: "http://127.0.0.1:2", flow: client-credentials, clientId: id, clientSecret: env:SECRET }
individualsAs: person-account
contactsOut: { enabled: false }
`);
  await applyConfig(database.db, keys, file, { SECRET: "demo-s360-secret" });
  const connection = await loadConnection(database.db, "myvenue");
  if (!connection) throw new Error("the connection was not stored");
  connectionId = connection.id;
}

type StreamIn = "contacts-in" | "orders-in";

/** As the webhook's route keeps it, and taken in. */
async function told(stream: StreamIn, ...items: readonly object[]): Promise<void> {
  const body = JSON.stringify(items);
  await keepPayload(database.db, { connectionId, stream, body, items: items.length });
  await takeInAll({ db: database.db, log }, { connectionId, stream });
}
const contact = (contactNumber: string) => told("contacts-in", { contactNumber });
const order = (orderId: string) => told("orders-in", { orderId });

const ask = (openReader: (id: number) => Promise<S360Reader | null> = readerOpener(database.db, keys, log)) =>
  askForNamed({ db: database.db, log, openReader }, connectionId);
const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;
const known = () =>
  rows(sql`select family, key from record where s360_state is not null order by family, key`);
const due = () => connectionsWithNamed(database.db);
const calls = () => s360.simulator.api.log.counts().byMethod;
const later = () => rows(sql`update named set due_at = now()`);
const ended = () =>
  rows(
    sql`select stream, raw, outcome, fault ->> 'code' as code, fault ->> 'sentence' as says from event where outcome is not null`,
  );

describe("a contact and an order named by number", () => {
  beforeEach(() => connect());

  it("are asked of S-360 and folded in as if the webhook had brought them", async () => {
    await contact("0012345");
    await order("10000900001");
    expect(await known()).toEqual([]);
    expect(await rows(sql`select from event`)).toEqual([]);
    expect(await due()).toEqual([connectionId]);
    await ask();
    expect(await known()).toEqual([
      { family: "contact", key: "0012345" },
      { family: "operation", key: "100009000010" },
      { family: "order", key: "10000900001" },
    ]);
    expect(await rows(sql`select stream, note from event order by stream`)).toEqual([
      { stream: "contacts-in", note: "Asked of S-360, because its webhook named the number only." },
      { stream: "orders-in", note: "Asked of S-360, because its webhook named the number only." },
    ]);
    expect(calls()).toEqual({ getContactData: 1, getOrderDetails: 1 });
    expect(await due()).toEqual([]);
    expect(await rows(sql`select from named`)).toEqual([]);
  });

  it("are asked for once, however often they are named before", async () => {
    await told("contacts-in", { contactNumber: "0012345" }, { contactNumber: "0012345" });
    await contact("0012345");
    await ask();
    expect(calls()).toEqual({ getContactData: 1 });
  });

  it("are asked for once more when they are named while S-360 answers", async () => {
    await contact("0012345");
    const opened = await readerOpener(database.db, keys, log)(connectionId);
    if (!opened) throw new Error("nothing to sign in with");
    let asked = 0;
    await ask(async () => ({
      ...opened,
      read: async (key) => {
        const found = await opened.read(key);
        if (asked++ === 0) await contact("0012345");
        return found;
      },
    }));
    expect(asked).toBe(2);
    expect(await rows(sql`select from named`)).toEqual([]);
  });

  it("stand beside whole ones in one call, and are counted as waiting until they are asked for", async () => {
    await told("contacts-in", { contactNumber: "0012345" }, person("7"), { contactNumber: 8 });
    expect(await known()).toEqual([{ family: "contact", key: "7" }]);
    const status = await connectionStatus(database.db, "myvenue");
    expect(status?.streams.find(({ name }) => name === "contacts-in")?.records.pending).toBe(2);
    expect(await ended()).toMatchObject([{ code: "missing_key" }]);
  });

  it("that S-360 does not know end as failed items that say so, after three tries", async () => {
    await contact("0099");
    await order("1234567890123456789");
    for (let turn = 0; turn < 3; turn++) {
      expect(await ended()).toEqual([]);
      await ask();
      expect(await due()).toEqual([]);
      await later();
    }
    expect(await ended()).toEqual([
      {
        stream: "contacts-in",
        raw: '{"contactNumber":"0099"}',
        outcome: "failed",
        code: "contact_missing",
        says: "S-360 named contact 0099 by its number only. Asked for it, S-360 knows no such contact, 3 times within 3 minutes. Look in S-360 whether it was deleted or merged, and whether the number is spelled as S-360 does.",
      },
      expect.objectContaining({
        raw: '{"orderId":"1234567890123456789"}',
        outcome: "failed",
        code: "order_missing",
        says: expect.stringContaining("knows no such order, 3 times"),
      }),
    ]);
    expect(await rows(sql`select from named`)).toEqual([]);
    await contact("0099");
    expect(await due()).toEqual([connectionId]);
  });

  it("wait while their stream is paused", async () => {
    await contact("0012345");
    await database.db.execute(sql`update stream set paused_at = now() where name = 'contacts-in'`);
    expect(await due()).toEqual([]);
  });

  it("are asked for again by another worker when one dies while it asks", async () => {
    await contact("0012345");
    await expect(ask(async () => ({ read: dies, readOrder: dies }))).rejects.toThrow("killed");
    expect(await due()).toEqual([]);
    await rows(sql`update named set asking_until = now()`);
    expect(await due()).toEqual([connectionId]);
    await ask();
    expect(await known()).toHaveLength(1);
  });
});

const dies = (): Promise<never> => Promise.reject(new Error("killed"));

describe("while S-360", () => {
  it("is away they wait, the try does not count, and they come when the hold is over", async () => {
    await connect();
    await contact("0012345");
    await s360.close();
    await ask();
    expect(await rows(sql`select system, fault ->> 'code' as code from block`)).toEqual([
      { system: "s360", code: "s360_unreachable" },
    ]);
    expect(await due()).toEqual([]);
    expect(await rows(sql`select tries from named`)).toEqual([{ tries: 0 }]);
    s360 = await startS360Simulator();
    s360.simulator.put("contacts", person("0012345"));
    await database.db.execute(sql`
      update connection set settings = jsonb_set(settings, '{s360,baseUrl}', ${JSON.stringify(s360.url)}::jsonb)`);
    await database.db.execute(sql`update block set until = now()`);
    expect(await due()).toEqual([connectionId]);
    await ask();
    expect(await known()).toEqual([{ family: "contact", key: "0012345" }]);
    expect(await rows(sql`select from block`)).toEqual([]);
  });

  it("has no calls left this month they wait", async () => {
    await connect(`${whole}, callsPerMonth: 1`);
    await told("contacts-in", { contactNumber: "0012345" }, { contactNumber: "0012346" });
    await ask();
    expect(await rows(sql`select fault ->> 'code' as code from block`)).toEqual([{ code: "s360_quota" }]);
    expect(calls()).toEqual({ getContactData: 1 });
    expect(await rows(sql`select key, tries from named`)).toEqual([{ key: "0012346", tries: 0 }]);
  });

  it("cannot be signed in to, the connection says what to do", async () => {
    await connect("callsPerMinute: 60");
    await contact("0012345");
    await ask();
    const [block] = await rows(sql`select fault ->> 'code' as code, fault ->> 'sentence' as says from block`);
    expect(block).toMatchObject({ code: "set_up", says: expect.stringContaining("add s360.operator") });
    expect(await rows(sql`select key from named`)).toEqual([{ key: "0012345" }]);
  });

  it("fails on one of them the others come, and it is tried for two days", async () => {
    await connect();
    await told("contacts-in", { contactNumber: "0001" }, { contactNumber: "0012345" });
    const busy: Fault = { code: "s360_busy", sentence: "S-360 failed on this contact." };
    const read = async (key: string) => {
      if (key === "0001") throw new FaultError(busy);
      return person(key);
    };
    for (let turn = 0; turn < 12; turn++) {
      expect(await ended()).toEqual([]);
      await ask(async () => ({ read, readOrder: dies }));
      await later();
    }
    expect(await known()).toEqual([{ family: "contact", key: "0012345" }]);
    expect(await ended()).toMatchObject([{ raw: '{"contactNumber":"0001"}', code: "s360_busy" }]);
  });
});

describe("what is named while an import goes on", () => {
  beforeEach(async () => {
    await connect();
    s360.simulator.put("contacts", {
      ...{ contactId: 10228300000002, ...person("0077") },
      creationDate: "2019-03-02T09:15:04.120+00:00",
    });
  });

  const start = () =>
    startImport(database.db, {
      ...{ connectionId, since: "2020-01-01", canary: 0, actor: "ada@example.org" },
      streams: [{ stream: "contacts-in", expected: null }],
    });
  async function steer(change: ImportChange): Promise<void> {
    const [run] = (await readImports(database.db, connectionId)).current;
    if (!run) throw new Error("no import");
    const { id: importId, revision } = run;
    const given = { importId, revision, change, actor: "ada@example.org" };
    expect(await changeImport(database.db, given)).toEqual({ outcome: "done" });
  }
  const state = async () =>
    (await rows(sql`select state from record_direction where direction = 'in'`)).map((row) => row["state"]);
  const importState = async () => (await rows(sql`select state from import_run`))[0]?.["state"];

  it("and is answered after it was cancelled is held: nothing that it brought is written", async () => {
    await start();
    await contact("0077");
    await steer("cancel");
    await ask();
    expect(await state()).toEqual(["held"]);
  });

  it("keeps a finished import open until it is answered, and belongs to it", async () => {
    await start();
    await contact("0077");
    await steer("finish");
    await turnImports(database.db);
    expect(await importState()).toBe("running");
    await ask();
    expect(await rows(sql`select from import_record`)).toHaveLength(1);
    await turnImports(database.db);
    expect(await state()).toEqual(["pending"]);
    expect(await importState()).toBe("running");
  });

  it("counts from when the call came, not from when it is taken in", async () => {
    await start();
    const body = JSON.stringify([{ contactNumber: "0077" }]);
    await keepPayload(database.db, { connectionId, stream: "contacts-in", body, items: 1 });
    await steer("cancel");
    await takeInAll({ db: database.db, log }, { connectionId, stream: "contacts-in" });
    await ask();
    expect(await state()).toEqual(["held"]);
  });

  it("but was named before it began is not waited for", async () => {
    await contact("0077");
    await start();
    await steer("finish");
    await turnImports(database.db);
    expect(await importState()).toBe("done");
  });

  it("but was named before it began is live", async () => {
    await contact("0077");
    await start();
    await ask();
    expect(await rows(sql`select from import_record`)).toEqual([]);
    expect(await state()).toEqual(["pending"]);
  });

  it("as an order is no matter of an import of contacts", async () => {
    await start();
    await order("10000900001");
    await steer("finish");
    await turnImports(database.db);
    expect(await importState()).toBe("done");
  });
});
