import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { childEnvironment } from "@/lib/platform/config";
import type { Journal } from "./journal";
import { identify, isAlive } from "./process-identity";
import { restartDelayMs, Supervised } from "./supervised";

let folder: string;
let running: Supervised | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "supervised-"));
});
afterEach(async () => {
  await running?.stop();
  rmSync(folder, { recursive: true });
});

function supervise(script: string, environment = () => childEnvironment({})) {
  const file = join(folder, "program.mjs");
  writeFileSync(file, script);
  const lines: string[] = [];
  const pids: number[] = [];
  const journal: Journal = {
    take: (_name, line) => void lines.push(line),
    say: (message) => void lines.push(message),
    show: () => undefined,
  };
  running = new Supervised({ name: "program", args: [file], environment, graceMs: 500 }, journal, (pid) =>
    pids.push(pid),
  );
  running.start();
  const until = async (condition: () => boolean) => {
    for (let waited = 0; !condition() && waited < 10_000; waited += 20) await sleep(20);
    expect(condition()).toBe(true);
  };
  return { process: running, lines, pids, until };
}

const living = (answer: string) =>
  `process.on("SIGTERM", () => { console.log("bye"); process.exit(0); }); console.log(${answer}); setInterval(() => {}, 1000);`;

test("a process that is killed is started again, and its lines are passed on", async () => {
  const { lines, pids, until } = supervise(living('"hello"'));
  await until(() => lines.includes("hello"));
  process.kill(pids[0] ?? 0, "SIGKILL");
  await until(() => lines.filter((line) => line === "hello").length === 2);
  expect(lines).toContain("program ended (SIGKILL); starting it again in 0.25 s");
  expect(pids).toHaveLength(2);
});

test("a stop lets the process finish, and it stays stopped", async () => {
  const { process: supervised, lines, pids, until } = supervise(living('"hello"'));
  await until(() => lines.includes("hello"));
  await supervised.stop();
  expect(lines).toEqual(["hello", "bye"]);
  await sleep(400);
  expect(pids).toHaveLength(1);
});

test("a process that does not stop in its grace is killed", async () => {
  const stubborn = 'process.on("SIGTERM", () => {}); console.log("hello"); setInterval(() => {}, 1000);';
  const { process: supervised, lines, pids, until } = supervise(stubborn);
  await until(() => lines.includes("hello"));
  const identity = identify(pids[0] ?? 0);
  await supervised.stop();
  expect(isAlive(identity)).toBe(false);
});

test("a restart gives the process a fresh environment", async () => {
  let address = "one";
  const {
    process: supervised,
    lines,
    until,
  } = supervise(living("process.env.ADDRESS"), () => childEnvironment({ ADDRESS: address }));
  await until(() => lines.includes("one"));
  address = "two";
  supervised.restart();
  await until(() => lines.includes("two"));
});

test("a restart does not wait for ever for a process that does not stop", async () => {
  const stubborn = 'process.on("SIGTERM", () => {}); console.log("hello"); setInterval(() => {}, 1000);';
  const { process: supervised, lines, until } = supervise(stubborn);
  await until(() => lines.length === 1);
  supervised.restart();
  await until(() => lines.length === 2);
  expect(lines).toEqual(["hello", "hello"]);
});

test("restarts slow down, and after eight in a row become one a minute", () => {
  expect([1, 2, 3, 7, 8].map(restartDelayMs)).toEqual([250, 500, 1000, 10_000, 10_000]);
  expect(restartDelayMs(9)).toBe(60_000);
});

test("a supervised process ends by itself when its supervisor is killed", async () => {
  const file = join(folder, "orphan.mjs");
  writeFileSync(file, "console.log(process.pid); setInterval(() => {}, 1000);");
  const guard = join(import.meta.dirname, "exit-with-parent.js");
  const parentScript = `
    const child = require("node:child_process").spawn(process.execPath, ["--import", ${JSON.stringify(guard)}, ${JSON.stringify(file)}],
      { detached: true, stdio: ["ignore", "inherit", "inherit", "ipc"] });
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["-e", parentScript], { stdio: ["ignore", "pipe", "inherit"] });
  const pid = Number(
    await new Promise((resolve) => parent.stdout.once("data", (data: Buffer) => resolve(data.toString()))),
  );
  const orphan = identify(pid);
  expect(isAlive(orphan)).toBe(true);
  parent.kill("SIGKILL");
  for (let waited = 0; isAlive(orphan) && waited < 5_000; waited += 50) await sleep(50);
  expect(isAlive(orphan)).toBe(false);
});
