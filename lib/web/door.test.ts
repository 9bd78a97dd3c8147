import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { payload } from "@/drizzle/schema";
import { readRefusedCalls } from "@/lib/inbox/refused-calls";
import { loadConfig } from "@/lib/platform/config";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { openDoor } from "./door";

const database = testDatabase();
const log = pino({ level: "silent" });
const door = openDoor(log, [{ key: "X-Content-Type-Options", value: "nosniff" }]);
const leftToPages: string[] = [];
let folder: string;
let server: Server;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "door-"));
  server = createServer((request, response) => {
    const webhook = door.webhookOf(request);
    if (webhook) return void door.answer(webhook, request, response);
    leftToPages.push(`${request.method} ${request.url}`);
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  Object.assign(globalThis, { s360WebRuntime: undefined });
  server.close();
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
      secrets: { encryptionKey: Buffer.alloc(32, 1) },
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

it("a refusal says why", async () => {
  const answer = await post("/s360/contacts/elsewhere", "[]");
  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("elsewhere") as string });
  expect((await post("/s360/orders/myvenue", "x".repeat(2_000_000))).status).toBe(413);
});

it.each([
  ["HEAD", "/s360/contacts/myvenue"],
  ["DELETE", "/s360/contacts/myvenue"],
  ["GET", "/s360/contacts/myvenue/?contactNumber=1"],
  ["GET", "/s360/contacts/my%20venue"],
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
  expect((await post("/s360/contacts/myvenue", "[]")).status).toBe(500);
  Object.assign(globalThis, { s360WebRuntime: usual });
  expect((await post("/s360/contacts/myvenue", "[]")).status).toBe(200);
});
