/** The documented payloads end to end: inbox, engine, adapter and a simulated org over HTTP. */
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { applyConfig } from "@/lib/connections/apply";
import { keyRing } from "@/lib/connections/cipher";
import { parseConnectionFile } from "@/lib/connections/config-file";
import { receive } from "@/lib/inbox/receive";
import { readContacts, readOrders } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { startSalesforceSimulator, type RunningSimulator } from "@/simulators/salesforce/server";
import { testDatabase } from "@/testing/database";
import { differencesFromOrg, readOrg, type ExpectedRow } from "@/testing/expected-org";
import { drainConnection } from "./drain";
import { depsOpener } from "./open-deps";

const database = testDatabase();
const keys = keyRing(Buffer.alloc(32, 7));
const log = pino({ level: "silent" });
let org: RunningSimulator;
let connectionId: number;

const payload = (name: string) => readFileSync(`e2e/payloads/${name}`, "utf8");
const json = <T>(name: string) => JSON.parse(payload(name)) as T;

beforeAll(async () => {
  org = await startSalesforceSimulator();
});
afterAll(() => org.close());

beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  await control("reset", {});
  await connect("flow: client-credentials, clientId: demo-client, clientSecret: env:SECRET", "demo-secret");
});

async function connect(signIn: string, secret: string): Promise<void> {
  const file = parseConnectionFile(`
    institution: myvenue
    timeZone: Europe/Zurich
    s360: { baseUrl: "http://127.0.0.1:1" }
    webhooks: { contacts: none, orders: none }
    salesforce: { loginUrl: "${org.url}", ${signIn}, apiVersion: "62.0", callsPerMinute: 100000 }
    individualsAs: person-account
  `);
  ({ connectionId } = await applyConfig(database.db, keys, file, { SECRET: secret }));
}

async function control(path: string, body: unknown): Promise<void> {
  const response = await fetch(`${org.url}/__control/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.ok, await response.text()).toBe(true);
}

const postContacts = (text: string) =>
  receive(database.db, {
    connectionId,
    stream: "contacts-in",
    direction: "in",
    items: readContacts(text),
    portray,
  });
const postOrders = (text: string) =>
  receive(database.db, {
    connectionId,
    stream: "orders-in",
    direction: "in",
    items: readOrders(text),
    portray,
  });
const drain = () =>
  drainConnection({
    db: database.db,
    log,
    connectionId,
    direction: "in",
    openDeps: depsOpener(database.db, keys, log),
  });
const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;

interface Call {
  readonly method: string;
  readonly path: string;
  readonly subrequests?: readonly { method: string; url?: string; path?: string; rows?: number }[];
}
const calls = async (): Promise<Call[]> => {
  const answer: unknown = await (await fetch(`${org.url}/__control/calls`)).json();
  return (Array.isArray(answer) ? answer : (answer as { calls: unknown }).calls) as Call[];
};

const expected = () => [
  ...json<ExpectedRow[]>("contacts-50.expected.json"),
  ...json<ExpectedRow[]>("orders-20.expected.json"),
];

/** How each item of the last call ended: the worst of what it touched. */
async function fates(stream: string) {
  return rows(sql`
    select e.position, e.fault->>'sentence' as item_sentence, e.note,
      coalesce(e.outcome, (array_agg(f.fate order by array_position(
        array['failed','review','waiting','retrying','pending','synced','unchanged','superseded','ignored'], f.fate)))[1]) as fate,
      min(f.sentence) as sentence
    from event e
    left join lateral (
      select coalesce(er.outcome, d.state) as fate, d.fault->>'sentence' as sentence
      from event_record er left join record_direction d on d.record_id = er.record_id
      where er.event_id = e.id) f on true
    where e.stream = ${stream}
      and e.payload_id = (select payload_id from event where stream = ${stream} order by id desc limit 1)
    group by e.id order by e.position`);
}

describe("the documented payloads", () => {
  it.each([
    ["contacts, then orders", true],
    ["orders, then contacts", false],
  ])("lead to the expected org, posted as %s; again changes nothing", async (_order, contactsFirst) => {
    const post = async () => {
      if (contactsFirst) await postContacts(payload("contacts-50.json"));
      await postOrders(payload("orders-20.json"));
      if (!contactsFirst) await drain();
      if (!contactsFirst) await postContacts(payload("contacts-50.json"));
      await drain();
    };
    await post();
    expect(await differencesFromOrg(org.url, expected())).toEqual([]);
    const before = (await calls()).length;
    await post();
    await post();
    expect((await calls()).length).toBe(before);
    expect(await differencesFromOrg(org.url, expected())).toEqual([]);
  });

  it("carry 50 contacts in one writing call, relays and structures together", async () => {
    await postContacts(payload("contacts-50.json"));
    await drain();
    const writing = (await calls()).filter((call) => JSON.stringify(call).includes("PATCH"));
    expect(writing).toHaveLength(1);
  });
});

describe("the edge payloads", () => {
  it("end item by item as expected, with a sentence for every failure", async () => {
    await postContacts(payload("contacts-50.json"));
    await postOrders(payload("orders-20.json"));
    await drain();
    await postContacts(payload("contacts-edge.json"));
    await postOrders(payload("orders-edge.json"));
    await drain();
    for (const [stream, file] of [
      ["contacts-in", "contacts-edge"],
      ["orders-in", "orders-edge"],
    ] as const) {
      const want = json<{ index: number; outcome: string }[]>(`${file}.expected.json`);
      const got = await fates(stream);
      expect(got.map((row) => [row["position"], row["fate"]])).toEqual(
        want.map((item) => [item.index, item.outcome]),
      );
      for (const row of got.filter((item) => item["fate"] === "failed")) {
        expect(String(row["item_sentence"] ?? row["sentence"]).length, JSON.stringify(row)).toBeGreaterThan(
          20,
        );
      }
    }
    const contacts = await fates("contacts-in");
    expect(contacts[2]?.["sentence"]).toContain("GB");
    expect(contacts[8]?.["sentence"]).toContain("S-360 contact has no last name");
    expect(contacts[10]?.["sentence"]).toContain("0077777");
    expect(contacts[13]?.["note"]).toContain("NUL");
  });

  it("leave the fields that matter as expected", async () => {
    await postContacts(payload("contacts-50.json"));
    await postContacts(payload("contacts-edge.json"));
    await postOrders(payload("orders-edge.json"));
    await drain();
    const accounts = await readOrg(org.url, "Account");
    const sales = await readOrg(org.url, "SecutixSale__c");
    const wanted = json<{ key?: string; fields?: Record<string, unknown> }[]>("contacts-edge.expected.json");
    for (const { key, fields } of wanted.filter((item) => item.fields)) {
      expect(accounts.find((row) => row["SyncId__c"] === key)).toMatchObject(fields ?? {});
    }
    const orders = json<{ order?: string; fields?: Record<string, unknown> }[]>("orders-edge.expected.json");
    for (const { order, fields } of orders.filter((item) => item.fields)) {
      expect(sales.find((row) => row["SecuTixOrderId__c"] === order)).toMatchObject(fields ?? {});
    }
    const anonymous = sales.find((row) => row["SecuTixOrderId__c"] === "5000001");
    expect(anonymous).toMatchObject({ ContactSTXNumber__c: null, Account__c: null, Contact__c: null });
    expect(accounts.find((row) => row["SyncId__c"] === "0099011")).toMatchObject({
      PersonMailingStreet: "110 rue du Lac",
    });
    expect(sales.find((row) => row["SyncId__c"] === "900719925474099311")).toBeDefined();
  });
});

describe("a connection that signs in by JWT", () => {
  it("writes like any other, and signs in again when its session has expired", async () => {
    const pair = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const username = "integration@myvenue.example";
    await control("clients", { clientId: "jwt-app", publicKeyPem: pair.publicKey, username });
    await connect(
      `flow: jwt, clientId: jwt-app, username: ${username}, privateKey: env:SECRET`,
      pair.privateKey,
    );
    await postContacts(payload("contacts-50.json"));
    await drain();
    await control("faults", { kind: "expire-sessions" });
    await postOrders(payload("orders-20.json"));
    await drain();
    expect(await differencesFromOrg(org.url, expected())).toEqual([]);
  });
});

describe("an org that cannot be reached", () => {
  it("holds the connection, and its records keep their place", async () => {
    await database.db.execute(sql`
      update connection set settings = jsonb_set(settings, '{salesforce,loginUrl}', '"http://127.0.0.1:1"')`);
    await postContacts(payload("contacts-50.json"));
    await drain();
    const [held] = await rows(sql`
      select until > now() as held, fault->>'code' as code,
        (select count(*)::int from record_direction where state = 'pending' and attempts = 0) as pending,
        (select count(*)::int from record where lease_token is not null) as leased
      from block`);
    expect(held).toEqual({ held: true, code: "org_unreachable", pending: 50, leased: 0 });
  });
});

describe("an org with rules of its own", () => {
  it("refuses one row of the payload and takes the other 49 by the same call", async () => {
    await control("validation-rules", {
      object: "Account",
      formula: "SyncId__c = '0012030'",
      message: "This member is locked by the box office.",
    });
    await postContacts(payload("contacts-50.json"));
    await drain();
    const people = [...(await readOrg(org.url, "Account")), ...(await readOrg(org.url, "Contact"))];
    expect(people.filter((row) => row["SyncId__c"])).toHaveLength(49);
    const [failed] = await rows(sql`
      select r.key, d.state, d.fault->>'code' as code, d.fault->>'sentence' as sentence
      from record_direction d join record r on r.id = d.record_id where d.state <> 'idle'`);
    expect(failed).toMatchObject({ key: "0012030", state: "failed", code: "validation_rule" });
    expect(failed?.["sentence"]).toContain("This member is locked by the box office.");
    expect((await calls()).filter((call) => JSON.stringify(call).includes("PATCH"))).toHaveLength(1);
  });
});
