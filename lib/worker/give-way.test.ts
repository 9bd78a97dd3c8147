import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { expect, test, vi } from "vitest";
import { openDatabase } from "@/lib/platform/db";
import { createLogger } from "@/lib/platform/log";
import { testDatabase } from "@/testing/database";
import { connectionsGiveWay, giveWay, niceness, sessionGivesWay } from "./give-way";

const database = testDatabase();
const log = createLogger("test", "silent");

function expectToGiveWay(pid: number): void {
  const threads = existsSync(`/proc/${pid}/task`) ? readdirSync(`/proc/${pid}/task`).map(Number) : [pid];
  expect(new Set(threads.map((thread) => getPriority(thread)))).toEqual(new Set([niceness]));
  const session = `/proc/${pid}/autogroup`;
  if (existsSync(session)) expect(readFileSync(session, "utf8")).toContain(`nice ${niceness}`);
}

test("a process gives way, and its session", async () => {
  // A session of its own: this one is not to give way.
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], {
    detached: true,
    stdio: "ignore",
  });
  await once(child, "spawn");
  try {
    await giveWay(child.pid ?? 0, log);
    expectToGiveWay(child.pid ?? 0);
  } finally {
    child.kill("SIGKILL");
  }
});

test("one that has ended is nobody's trouble", async () => {
  const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
  await once(child, "exit");
  await giveWay(child.pid ?? 0, log);
});

test("what the database does for a pool gives way; what it does for others does not", async () => {
  const [ours, other] = ["ours", "other"].map((name) => openDatabase(database.url, { name }));
  const pidOf = async (opened = ours) =>
    (await opened?.pool.query<{ pid: number }>("select pg_backend_pid() as pid"))?.rows[0]?.pid ?? 0;
  try {
    if (ours) connectionsGiveWay(ours.pool, log);
    const pid = await pidOf(ours);
    await vi.waitFor(() => expectToGiveWay(pid), { timeout: 5_000 });
    expect(getPriority(await pidOf(other))).toBe(0);
  } finally {
    await Promise.all([ours?.close(), other?.close()]);
  }
});

test("is said again to a system that does not listen yet, and not for ever", async () => {
  const busy = Object.assign(new Error("busy"), { code: "EAGAIN" });
  const write = vi.fn().mockImplementationOnce(() => {
    throw busy;
  });
  await sessionGivesWay(write);
  expect(write).toHaveBeenCalledTimes(2);
  const denied = Object.assign(new Error("denied"), { code: "EACCES" });
  await expect(
    sessionGivesWay(() => {
      throw denied;
    }),
  ).rejects.toBe(denied);
});
