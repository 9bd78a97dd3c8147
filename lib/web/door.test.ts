import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { request as openRequest, type IncomingMessage } from "node:http";
import { connect, type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connection, payload } from "@/drizzle/schema";
import { keyRing } from "@/lib/connections/cipher";
import { putCredential } from "@/lib/connections/credentials";
import type { WebhookAuth } from "@/lib/core/connection-settings";
import { readRefusedCalls } from "@/lib/inbox/refused-calls";
import { loadConfig } from "@/lib/platform/config";
import { insertTestConnection, testSettings } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { openServer } from "./server";

const database = testDatabase();
const encryptionKey = Buffer.alloc(32, 1);
const log = pino({ level: "silent" });
const leftToPages: string[] = [];
const { server, stop } = openServer({
  pages: async ({ method, url }, response) => {
    leftToPages.push(`${method} ${url}`);
    response.end();
  },
  headers: [{ key: "X-Content-Type-Options", value: "nosniff" }],
  log,
});
let folder: string;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "door-"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  Object.assign(globalThis, { s360WebRuntime: undefined });
  await stop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  await insertTestConnection(database.db);
  leftToPages.length = 0;
  Object.assign(globalThis, {
    s360WebRuntime: {
      config: loadConfig({ DATA_DIR: folder, MAX_BODY_MB: "1" }),
      door: Object.create(database.db) as object,
      log,
      secrets: { encryptionKey },
    },
  });
});

const call = (address: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${address}`, init);
const post = (address: string, body: string) =>
  call(address, { method: "POST", body, headers: { "content-type": "application/json" } });
const bodies = async () =>
  (await database.db.select({ body: payload.body }).from(payload)).map(({ body }) => body);

it("a payload is stored as it came before it is answered, under the headers of every answer", async () => {
  const body = '[{"contactNumber":"1","name":"Dvořák"}]';
  const answer = await post("/s360/contacts/myvenue", body);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ received: 1 });
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await bodies()).toEqual([body]);
});

it("a V1 webhook's GET is answered, its number stored", async () => {
  const answer = await call("/s360/orders/myvenue?orderId=12");
  expect(answer.status).toBe(200);
  expect(await bodies()).toEqual(['{"orderId":"12"}']);
});

it("an address is recognised as Next.js would: with a slash at its end, and whatever way it is spelled", async () => {
  for (const place of ["myvenue/", "my%76enue", "%6Dyvenue/"])
    expect((await call(`/s360/contacts/${place}?contactNumber=1`)).status).toBe(200);
  const answer = await call("/s360/contacts/my%20venue?contactNumber=1");
  expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('"my venue"') as string });
  expect((await call("/s360/contacts/my%E0venue?contactNumber=1")).status).toBe(404);
  expect(leftToPages).toEqual([]);
});

it("a refusal says why", async () => {
  const answer = await post("/s360/contacts/elsewhere", "[]");
  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("elsewhere") as string });
  expect((await post("/s360/orders/myvenue", "x".repeat(2_000_000))).status).toBe(413);
});

describe("what a call shows of itself", () => {
  const secret = "pass:wörd";
  const demand = async (contacts: WebhookAuth) => {
    const [{ id = 0 } = {}] = await database.db.select().from(connection);
    const webhooks = { contacts, orders: { kind: "none" as const } };
    await database.db.update(connection).set({ settings: { ...testSettings, webhooks } });
    const given = { value: secret, reference: null };
    await putCredential(database.db, keyRing(encryptionKey), id, "webhooks.contacts.secret", given);
  };
  /** Unlike fetch this can send a header twice. */
  const statusOf = async (headers: Record<string, string | string[]>) => {
    const request = openRequest({ port, path: "/s360/contacts/myvenue", method: "POST", headers });
    // As bytes: Node.js writes a text and the headers before it in one character set.
    request.end(Buffer.from('[{"contactNumber":"1"}]'));
    const [answer] = (await once(request, "response")) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };
  const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

  it("Basic credentials open, and others do not", async () => {
    await demand({ kind: "basic", username: "s360" });
    expect(await statusOf({ authorization: basic(`s360:${secret}`) })).toBe(200);
    expect(await statusOf({ authorization: basic("s360:other") })).toBe(401);
    expect(await statusOf({})).toBe(401);
  });

  it("a key in the header that was agreed opens, and in another it does not", async () => {
    await demand({ kind: "api-key", header: "x-venue-key" });
    const key = Buffer.from(secret, "utf8").toString("latin1");
    expect(await statusOf({ "X-Venue-Key": key })).toBe(200);
    expect(await statusOf({ "x-api-key": key })).toBe(401);
  });

  it("a type that is not JSON is refused", async () => {
    expect(await statusOf({ "content-type": "multipart/form-data; boundary=x" })).toBe(415);
    expect(await statusOf({ "content-encoding": "gzip" })).toBe(415);
  });

  it("of what may stand there once the first counts", async () => {
    await demand({ kind: "basic", username: "s360" });
    const right = basic(`s360:${secret}`);
    expect(await statusOf({ authorization: [right, right] })).toBe(200);
    expect(await statusOf({ authorization: [basic("s360:other"), right] })).toBe(401);
    const json = ["application/json", "multipart/form-data"];
    expect(await statusOf({ authorization: right, "content-type": json })).toBe(200);
  });
});

it("a body of no declared length that is too large is refused, and its connection goes on", async () => {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  const heard: string[] = [];
  socket.on("data", (part: string) => heard.push(part));
  const head = "POST /s360/contacts/myvenue HTTP/1.1\r\nhost: venue\r\n";
  const chunk = `${(100_000).toString(16)}\r\n${"x".repeat(100_000)}\r\n`;
  socket.write(`${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(80)}0\r\n\r\n`);
  socket.write(`${head}content-length: 2\r\n\r\n[]`);
  await vi.waitFor(() => expect(heard.join("")).toMatch(/^HTTP\/1.1 413 [^]*HTTP\/1.1 200 /), 5_000);
  socket.destroy();
});

it.each([
  ["HEAD", "/s360/contacts/myvenue"],
  ["DELETE", "/s360/contacts/myvenue"],
  ["GET", "/s360/contacts/myvenue//?contactNumber=1"],
  ["GET", "/s360/contacts/"],
  ["GET", "/s360/prices/myvenue"],
  ["GET", "/"],
])("what it does not recognise is left to Next.js: %s %s", async (method, address) => {
  await call(address, { method });
  expect(leftToPages).toEqual([`${method} ${address}`]);
});

it("calls that come together are all stored", async () => {
  const numbers = Array.from({ length: 40 }, (_, n) => `[{"contactNumber":"${n}"}]`);
  const answers = await Promise.all(numbers.map((body) => post("/s360/contacts/myvenue", body)));
  expect(answers.map(({ status }) => status)).toEqual(numbers.map(() => 200));
  expect((await bodies()).sort()).toEqual([...numbers].sort());
});

it("a body that breaks off stores nothing, and is noted as that and not as an outage of the database", async () => {
  const socket = connect(port, "127.0.0.1");
  socket.write(
    'POST /s360/contacts/myvenue HTTP/1.1\r\nhost: venue\r\ncontent-length: 100\r\n\r\n[{"contactNumber":"1"},',
  );
  await vi.waitFor(() => expect(socket.bytesWritten).toBeGreaterThan(0));
  socket.resetAndDestroy();
  await vi.waitFor(async () => {
    const [noted] = await readRefusedCalls(folder);
    expect(noted).toMatchObject({ status: 400, reason: expect.stringContaining("broke off") as string });
  });
  expect(await bodies()).toEqual([]);
  expect((await post("/s360/contacts/myvenue", "[]")).status).toBe(200);
});

it("a process that has no database yet answers all the same, and lives on", async () => {
  const { s360WebRuntime: usual } = globalThis as { s360WebRuntime?: object };
  const away = {
    get config(): never {
      throw new Error("No database is running");
    },
  };
  Object.assign(globalThis, { s360WebRuntime: away });
  const answer = await post("/s360/contacts/myvenue", "[]");
  expect([answer.status, answer.headers.get("x-content-type-options")]).toEqual([500, "nosniff"]);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toMatchObject({
    status: 500,
    detail: expect.stringContaining("Send the payload again") as string,
  });
  Object.assign(globalThis, { s360WebRuntime: usual });
  expect((await post("/s360/contacts/myvenue", "[]")).status).toBe(200);
});
