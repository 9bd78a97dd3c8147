import { cpSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findBinaries, recreateLinks } from "./binaries";
import { databaseUrl, findEmbeddedDatabase } from "./find";
import { startEmbeddedPostgres } from "./start";
import { stopEmbeddedPostgres } from "./stop";

const log = { info: () => undefined };
let dataFolder: string;
let folder: string;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "postgres-test-"));
  folder = join(dataFolder, "postgres");
});
afterEach(async () => {
  await stopEmbeddedPostgres(folder);
  rmSync(dataFolder, { recursive: true, force: true });
});

const start = () => startEmbeddedPostgres({ folder, log, fsync: false });

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as unknown[];
  } finally {
    await client.end();
  }
}

test("a new database is there after the start, for those who may read its connection file, until the stop", async () => {
  const server = await start();
  expect(await query(server.url, "select current_database() as name, lower('ÉTÉ') as lower")).toEqual([
    { name: "connector", lower: "été" },
  ]);
  expect(findEmbeddedDatabase(folder)).toBe(server.url);
  expect(databaseUrl({ dataFolder, databaseUrl: undefined })).toBe(server.url);
  expect(statSync(join(folder, "connection.json")).mode & 0o777).toBe(0o600);
  await server.stop();
  await server.exited;
  expect(findEmbeddedDatabase(folder)).toBeNull();
  expect(() => databaseUrl({ dataFolder, databaseUrl: undefined })).toThrow(/npm start, or set DATABASE_URL/);
});

test("a server that still runs is taken over, and its end is noticed", async () => {
  const first = await start();
  const second = await start();
  expect(second).toMatchObject({ pid: first.pid, url: first.url });
  await second.stop();
  await Promise.all([first.exited, second.exited]);
});

test("after kill -9 it starts again on the same port with its data", async () => {
  const killed = await start();
  await query(killed.url, "create table kept as select 42 as answer");
  process.kill(killed.pid, "SIGKILL");
  await killed.exited;
  const again = await start();
  expect(again.url).toBe(killed.url);
  expect(await query(again.url, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("a lock file that names another living program does not block the start", async () => {
  const killed = await start();
  process.kill(killed.pid, "SIGKILL");
  await killed.exited;
  const lockFile = join(folder, "cluster", "postmaster.pid");
  writeFileSync(lockFile, readFileSync(lockFile, "utf8").replace(/^.*/, String(process.ppid)));
  const again = await start();
  expect(again.pid).not.toBe(killed.pid);
});

test("without its connection file the database is not replaced; the message says what to put back", async () => {
  await (await start()).stop();
  rmSync(join(folder, "connection.json"));
  await expect(start()).rejects.toThrow(/connection\.json is missing/);
});

test("links that npm did not make are made, and those that are there stay", () => {
  const root = join(dataFolder, "package");
  cpSync(join(findBinaries().postgres, "../../pg-symlinks.json"), join(root, "native/pg-symlinks.json"));
  cpSync(join(findBinaries().postgres, "../../lib/pkgconfig"), join(root, "native/lib/pkgconfig"), {
    recursive: true,
  });
  recreateLinks(root, "some-package");
  recreateLinks(root, "some-package");
  expect(readlinkSync(join(root, "native/lib/libpq.so.5"))).toBe("libpq.so.5.18");
});

test("a platform without a built-in PostgreSQL is told to set DATABASE_URL", () => {
  expect(() => findBinaries("sunos", "x64")).toThrow(
    /no built-in PostgreSQL for sunos x64.*Set DATABASE_URL/s,
  );
});
