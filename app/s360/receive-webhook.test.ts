import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connection } from "@/drizzle/schema";
import { keyRing } from "@/lib/connections/cipher";
import { putCredential } from "@/lib/connections/credentials";
import type { WebhookAuth } from "@/lib/core/connection-settings";
import { readRefusedCalls } from "@/lib/inbox/refused-calls";
import { loadConfig } from "@/lib/platform/config";
import { openDatabase, type Database, type OpenDatabase } from "@/lib/platform/db";
import type { WebRuntime } from "@/lib/platform/runtime";
import { insertTestConnection, testSettings } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { GET as getHealth } from "../api/health/route";
import * as contacts from "./contacts/[institution]/route";
import * as orders from "./orders/[institution]/route";

const database = testDatabase();
const encryptionKey = Buffer.alloc(32, 1);
let folder: string;

let live: OpenDatabase;

/** As a web process that has just begun: what its doors were is not known yet. */
function useRuntime({ db: opened, pool }: OpenDatabase, doorPool = pool): void {
  const db = Object.create(opened) as Database;
  const config = loadConfig({ DATA_DIR: folder, MAX_BODY_MB: "1" });
  const runtime: Pick<WebRuntime, "config" | "db" | "door" | "doorPool" | "pool" | "log" | "secrets"> = {
    config,
    db,
    door: db,
    doorPool,
    pool,
    log: pino({ level: "silent" }),
    secrets: { encryptionKey, authSecret: "x".repeat(40) },
  };
  Object.assign(globalThis, { s360WebRuntime: runtime });
}

beforeAll(() => {
  live = openDatabase(database.url, { name: "webhook test" });
});
afterAll(() => live.close());
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "webhook-"));
  await database.db.execute(sql`truncate connection cascade`);
  useRuntime(live);
});
afterEach(async () => {
  Object.assign(globalThis, { s360WebRuntime: undefined });
  await rm(folder, { recursive: true });
});

async function connect(contactsAuth: WebhookAuth = { kind: "none" }, secret?: string): Promise<void> {
  const id = await insertTestConnection(database.db);
  await database.db
    .update(connection)
    .set({ settings: { ...testSettings, webhooks: { contacts: contactsAuth, orders: { kind: "none" } } } });
  if (secret === undefined) return;
  const given = { value: secret, reference: null };
  await putCredential(database.db, keyRing(encryptionKey), id, "webhooks.contacts.secret", given);
}

async function post(
  body: string,
  headers: Record<string, string> = {},
  route = contacts,
  institution = "myvenue",
) {
  const request = new Request(`http://localhost/s360/contacts/${institution}`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  });
  const response = await route.POST(request, { params: Promise.resolve({ institution }) });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

const one = '[{"contactNumber":"1","type":"INDIVIDUAL"}]';
const stored = async () =>
  Number((await database.db.execute(sql`select coalesce(sum(items), 0) as n from payload`)).rows[0]?.["n"]);

describe("a webhook call", () => {
  it("is answered 200 when everything is stored", async () => {
    await connect();
    expect(await post(one)).toMatchObject({ status: 200, body: { received: 1 } });
    expect(await post('{"orderId":1,"operationDatas":[]}', {}, orders)).toMatchObject({ status: 200 });
    expect(await stored()).toBe(2);
  });

  it("is 404 for an institution nobody connected", async () => {
    expect(await post(one)).toMatchObject({ status: 404 });
    expect(await post(one, {}, contacts, "a\0b")).toMatchObject({ status: 404 });
  });

  it.each([["{"], ["null"], ["12"], ['"text"'], [""], ["<xml/>"]])(
    "is 400 when the body is %s",
    async (body) => {
      await connect();
      expect(await post(body)).toMatchObject({ status: 400 });
    },
  );

  it.each([
    ["application/x-www-form-urlencoded", 415],
    ["multipart/form-data; boundary=x", 415],
    ["application/octet-stream", 415],
    ["image/png", 415],
    ["text/plain", 200],
    ["application/vnd.api+json", 200],
  ])("with content type %s is %d", async (type, status) => {
    await connect();
    expect(await post(one, { "content-type": type })).toMatchObject({ status });
  });

  it("is read in the character set it names", async () => {
    await connect();
    const body = Buffer.from('[{"contactNumber":"1","type":"INDIVIDUAL","function":"Müller"}]', "latin1");
    const request = new Request("http://localhost/", {
      method: "POST",
      body,
      headers: { "content-type": "application/json; charset=iso-8859-1" },
    });
    expect(
      (await contacts.POST(request, { params: Promise.resolve({ institution: "myvenue" }) })).status,
    ).toBe(200);
    const rows = await database.db.execute(sql`select body::jsonb->0->>'function' as f from payload`);
    expect(rows.rows).toEqual([{ f: "Müller" }]);
  });

  it("is 413 beyond the limit, declared or not", async () => {
    await connect();
    const big = JSON.stringify([{ contactNumber: "1", type: "INDIVIDUAL", x: "y".repeat(1024 * 1024) }]);
    expect(await post(big)).toMatchObject({ status: 413 });
    expect(await post(one, { "content-length": "99999999" })).toMatchObject({ status: 413 });
    expect(await stored()).toBe(0);
  });

  it("is 415 when it is compressed, and 413 when it brings too many items", async () => {
    await connect();
    expect(await post(one, { "content-encoding": "gzip" })).toMatchObject({ status: 415 });
    expect(await post(`[${"0,".repeat(100_000)}0]`)).toMatchObject({ status: 413 });
  });

  it("is 405 with any other method", () => {
    for (const answer of [contacts.HEAD(), contacts.PUT(), contacts.PATCH(), contacts.DELETE()]) {
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, POST"]);
    }
  });

  it("needs the agreed Basic credentials, and says so with a challenge", async () => {
    await connect({ kind: "basic", username: "s360" }, "pass:wörd");
    const header = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    expect(await post(one, header("s360:pass:wörd"))).toMatchObject({ status: 200 });
    const refused = await post(one, header("s360:pass"));
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([
      401,
      'Basic realm="S-360 webhook"',
    ]);
    expect(await post(one)).toMatchObject({ status: 401 });
  });

  it("needs the agreed key in the header of our choice", async () => {
    await connect({ kind: "api-key", header: "x-venue-key" }, "secret");
    expect(await post(one, { "X-Venue-Key": "secret" })).toMatchObject({ status: 200 });
    expect(await post(one, { "x-api-key": "secret" })).toMatchObject({ status: 401 });
  });

  it("takes a new key at once, and one that was taken back for two seconds at most", async () => {
    await connect({ kind: "api-key", header: "x-key" }, "old");
    expect(await post(one, { "x-key": "old" })).toMatchObject({ status: 200 });
    const [{ id = 0 } = {}] = await database.db.select().from(connection);
    const given = { value: "new", reference: null };
    await putCredential(database.db, keyRing(encryptionKey), id, "webhooks.contacts.secret", given);
    const realNow = Date.now.bind(Date);
    vi.spyOn(Date, "now").mockImplementation(() => realNow() + 2_001);
    expect(await post(one, { "x-key": "old" })).toMatchObject({ status: 401 });
    vi.mocked(Date.now).mockRestore();
    expect(await post(one, { "x-key": "new" })).toMatchObject({ status: 200 });
  });
});

describe("a connection that was deleted a moment ago", () => {
  beforeEach(async () => {
    await connect();
    expect(await post(one)).toMatchObject({ status: 200 });
    await database.db.execute(sql`truncate connection cascade`);
  });

  it("is not there", async () => {
    expect(await post(one)).toMatchObject({ status: 404 });
    expect(await stored()).toBe(0);
  });

  it("and made anew under the same code takes what comes", async () => {
    await connect();
    expect(await post(one)).toMatchObject({ status: 200 });
    expect(await stored()).toBe(1);
  });

  it("and made anew with a secret does not let in what does not show it", async () => {
    await connect({ kind: "api-key", header: "x-key" }, "secret");
    expect(await post(one)).toMatchObject({ status: 401 });
    expect(await stored()).toBe(0);
  });
});

describe("a webhook call that names a number only (V1)", () => {
  const call = async (
    method: "GET" | "POST",
    query: string,
    { route = contacts, headers = {} }: { route?: typeof contacts; headers?: Record<string, string> } = {},
  ) => {
    const request = new Request(`http://localhost/s360/x/myvenue${query}`, { method, headers });
    const response = await route[method](request, { params: Promise.resolve({ institution: "myvenue" }) });
    return { status: response.status, ...((await response.json()) as { detail?: string }) };
  };
  const kept = async () => (await database.db.execute(sql`select body from payload order by id`)).rows;

  it("is kept, by GET and by POST, with every zero of the number", async () => {
    await connect();
    expect(await call("GET", "?contactNumber=0012345")).toMatchObject({ status: 200 });
    expect(await call("POST", "?contactNumber=0012346")).toMatchObject({ status: 200 });
    expect(await post('{"contactNumber":"0012347"}')).toMatchObject({ status: 200 });
    expect(await call("GET", "?orderId=12345678901234567890", { route: orders })).toMatchObject({
      status: 200,
    });
    expect((await kept()).map(({ body }) => body)).toEqual([
      '{"contactNumber":"0012345"}',
      '{"contactNumber":"0012346"}',
      '{"contactNumber":"0012347"}',
      '{"orderId":"12345678901234567890"}',
    ]);
  });

  it.each([
    ["", "A GET must name a contact number"],
    ["?contactnumber=1", "A GET must name a contact number"],
    ["?contactNumber=", "did not fill in"],
    ["?contactNumber=${contactNumber}", "did not fill in"],
    ["?contactNumber={contactNumber}", "did not fill in"],
    ["?contactNumber=1&contactNumber=2", "must name one contact number"],
    ["?contactNumber=1%00", "must name one contact number"],
    [`?contactNumber=${"1".repeat(41)}`, "must name one contact number"],
  ])("is 400 and says why when its address ends with %j", async (query, why) => {
    await connect();
    const answer = await call("GET", query);
    expect([answer.status, answer.detail]).toEqual([400, expect.stringContaining(why)]);
    expect(await kept()).toEqual([]);
  });

  it("names orders by digits alone", async () => {
    await connect();
    expect(await call("GET", "?orderId=12a", { route: orders })).toMatchObject({ status: 400 });
  });

  it("may give the secret in its address, which a call with a body may not", async () => {
    await connect({ kind: "api-key", header: "x-key" }, "s&cret");
    expect(await call("GET", "?contactNumber=1")).toMatchObject({ status: 401 });
    expect(await call("GET", "?contactNumber=1&key=secret")).toMatchObject({ status: 401 });
    expect(await call("GET", "?contactNumber=1&key=s%26cret")).toMatchObject({ status: 200 });
    expect(await call("GET", "?contactNumber=1", { headers: { "x-key": "s&cret" } })).toMatchObject({
      status: 200,
    });
    const url = "http://localhost/s360/contacts/myvenue?key=s%26cret";
    const whole = new Request(url, { method: "POST", body: one });
    const refused = await contacts.POST(whole, { params: Promise.resolve({ institution: "myvenue" }) });
    expect(refused.status).toBe(401);
  });
});

describe("while the database is away", () => {
  it("calls are 503 and kept apart, with the time S-360 gives up; health says why", async () => {
    const gone = openDatabase("postgres://nobody@127.0.0.1:1/none", { name: "gone" });
    useRuntime(gone);
    expect(await post(one)).toMatchObject({ status: 503 });
    expect(await post(one)).toMatchObject({ status: 503 });
    expect(await post('[{"contactNumber":"2"}]')).toMatchObject({ status: 503 });
    const health = await getHealth();
    expect([health.status, await health.json()]).toEqual([
      503,
      { status: "unavailable", reason: "The database cannot be reached." },
    ]);
    await gone.close();
    const calls = await readRefusedCalls(folder);
    expect(calls.map((refused) => refused.tries).sort()).toEqual([1, 2]);
    const call = calls.find((refused) => refused.tries === 2);
    expect(call).toMatchObject({ institution: "myvenue", stream: "contacts-in", status: 503 });
    expect(Date.parse(call?.givesUpAt ?? "") - Date.parse(call?.firstAt ?? "")).toBe(11 * 15 * 60_000);
    useRuntime(live);
    expect((await getHealth()).status).toBe(200);
  });

  it("health says so also where it is away for webhooks only", async () => {
    const gone = openDatabase("postgres://nobody@127.0.0.1:1/none", { name: "gone" });
    useRuntime(live, gone.pool);
    expect((await getHealth()).status).toBe(503);
    await gone.close();
  });
});

describe("while all connections to the database are busy", () => {
  it("a call waits for its turn, and is told what was in its way when none comes", async () => {
    await connect();
    const narrow = openDatabase(database.url, { name: "narrow", max: 1, waitForTurnMs: 300 });
    useRuntime(narrow);
    const busy = await narrow.pool.connect();
    const refused = await post(one);
    expect([refused.status, refused.body.detail]).toEqual([503, expect.stringContaining("busy")]);
    const waiting = post(one);
    await vi.waitFor(() => expect(narrow.pool.waitingCount).toBe(1));
    busy.release();
    expect(await waiting).toMatchObject({ status: 200 });
    await narrow.close();
  });
});
