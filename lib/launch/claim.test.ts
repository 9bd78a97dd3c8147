import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claimDataFolder } from "./claim";
import { endProcess, identify, isAlive } from "./process-identity";

let folder: string;
const started: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claim-"));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

const addresses = ["App  http://localhost:3000"];
const stateFile = () => join(folder, "running.json");
const writeState = (state: unknown) => writeFileSync(stateFile(), JSON.stringify(state));

function sleeper(): number {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "ignore" });
  started.push(child);
  return child.pid ?? 0;
}

test("a second start says what is running, where, and how to stop it", async () => {
  writeState({ supervisor: identify(sleeper()), addresses, processes: {} });
  await expect(claimDataFolder(folder, addresses)).rejects.toThrow(
    /running already.*http:\/\/localhost:3000.*kill \d+/s,
  );
});

test("after a release the folder is free again and clean", async () => {
  (await claimDataFolder(folder, addresses)).release();
  expect(readdirSync(folder)).toEqual([]);
  await claimDataFolder(folder, addresses);
});

test("a killed start is no obstacle, and what it left running is stopped", async () => {
  const orphan = identify(sleeper());
  writeState({
    supervisor: { pid: process.pid, startedAt: "another process" },
    addresses,
    processes: { web: orphan },
  });
  const claim = await claimDataFolder(folder, addresses);
  expect(isAlive(orphan)).toBe(false);
  claim.note("web", process.ppid);
  expect(JSON.parse(readFileSync(stateFile(), "utf8"))).toMatchObject({
    supervisor: { pid: process.pid },
    processes: { web: { pid: process.ppid } },
  });
});

test("a process number that was used again is not mistaken for ours", async () => {
  const innocent = identify(sleeper());
  const reused = { ...innocent, startedAt: "1" };
  writeState({ supervisor: reused, addresses, processes: { web: reused } });
  await claimDataFolder(folder, addresses);
  expect(isAlive(innocent)).toBe(true);
});

test("a damaged state file counts as left over", async () => {
  writeFileSync(stateFile(), "{");
  await claimDataFolder(folder, addresses);
});

test("a process that ignores the polite signal is ended by force", async () => {
  const script = "process.on('SIGTERM', () => {}); console.log(1); setTimeout(() => {}, 60000)";
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  started.push(child);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const stubborn = identify(child.pid ?? 0);
  await endProcess(stubborn, 200);
  expect(isAlive(stubborn)).toBe(false);
});
