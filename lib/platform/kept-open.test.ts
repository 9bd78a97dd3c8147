import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { testDatabase } from "@/testing/database";
import { openDatabase, type OpenDatabase } from "./db";
import { keepOpen } from "./kept-open";

const database = testDatabase();
const flows: { near: Socket; far: Socket }[] = [];
let between: Server;
let opened: OpenDatabase;
let letGo: () => void;

/** As behind a firewall: connections go through here. */
beforeEach(async () => {
  const { hostname, port } = new URL(database.url);
  between = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) socket.on("error", () => undefined);
    near.pipe(far).pipe(near);
    flows.push({ near, far });
  }).listen(0, "127.0.0.1");
  await once(between, "listening");
  const url = new URL(database.url);
  url.host = `127.0.0.1:${(between.address() as AddressInfo).port}`;
  opened = openDatabase(url.href, { name: "kept", min: 4, max: 4, queryTimeoutMs: 10_000 });
  letGo = keepOpen(opened.pool, { everyMs: 100, answerWithinMs: 200 });
  await expect.poll(() => opened.pool.idleCount).toBe(4);
});
afterEach(async () => {
  letGo();
  await opened.close();
  for (const { near, far } of flows.splice(0)) [near, far].forEach((socket) => socket.destroy());
  between.close();
});

/** It forgets what goes through it, and says so to neither end. */
function forgetFlows(): void {
  for (const { near, far } of flows) {
    near.unpipe().resume();
    far.unpipe().resume();
  }
}

it("connections that died unnoticed are found before a call finds them", async () => {
  const died = [...flows];
  forgetFlows();
  await expect.poll(() => died.every(({ near }) => near.destroyed || near.readableEnded)).toBe(true);
  await expect.poll(() => opened.pool.idleCount).toBe(4);
  const since = performance.now();
  for (let asked = 0; asked < 8; asked++) await opened.pool.query("select 1");
  expect(performance.now() - since).toBeLessThan(1_000);
});

it("all are opened again after the database was restarted", async () => {
  for (const { near } of flows) near.resetAndDestroy();
  await expect.poll(() => flows.length).toBe(8);
  await expect.poll(() => opened.pool.idleCount).toBe(4);
});

it("a connection that is in use is left alone", async () => {
  const client = await opened.pool.connect();
  const { rows } = await client.query("select pg_sleep(0.5), 7 as found");
  client.release();
  expect(rows).toEqual([{ pg_sleep: "", found: 7 }]);
  expect(flows).toHaveLength(4);
});
