import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "salesforce-simulator-"));
const started: ChildProcess[] = [];

afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

interface Run {
  child: ChildProcess;
  ready: Promise<string>;
  ended: Promise<{ code: number | null; errors: string }>;
}

function run(...options: string[]): Run {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, ...options]);
  started.push(child);
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    child.once("exit", () => reject(new Error(errors)));
  });
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, errors }));
  });
  return { child, ready, ended };
}

async function urlOf(simulator: Run): Promise<string> {
  const line = await simulator.ready;
  expect(line).toMatch(
    /^Simulated Salesforce org ready: \{"listening":\d+,"url":"http:\/\/127\.0\.0\.1:\d+"\}\n$/,
  );
  return (JSON.parse(line.slice(line.indexOf("{"))) as { url: string }).url;
}

const records = async (url: string) =>
  ((await (await fetch(`${url}/__control/records?object=Contact`)).json()) as { count: number }).count;

describe("the simulator as a program", () => {
  it("says when it is ready, keeps its org in a file, and stops on SIGTERM", async () => {
    const options = ["--port", "0", "--state", join(folder, "org.json"), "--person-accounts", "off"];
    const first = run(...options);
    const url = await urlOf(first);
    await fetch(`${url}/__control/records`, {
      method: "POST",
      body: JSON.stringify({ object: "Contact", records: [{ LastName: "Kept", SyncId__c: "1" }] }),
    });
    expect(await records(url)).toBe(1);
    first.child.kill("SIGTERM");
    expect((await first.ended).code).toBe(0);
    const second = run(...options);
    expect(await records(await urlOf(second))).toBe(1);
    second.child.kill("SIGINT");
    expect((await second.ended).code).toBe(0);
  });

  it("starts an org of the shape that its switches say, which its file keeps", async () => {
    const file = join(folder, "shape.json");
    const switches = [
      "--multi-currency",
      "on",
      "--state-country-picklists",
      "on",
      "--secutix-package",
      "off",
    ];
    const first = run("--port", "0", "--state", file, ...switches);
    const shapeOf = async (url: string): Promise<unknown> => (await fetch(`${url}/__control/org`)).json();
    const shape = {
      personAccounts: true,
      prefix: "",
      secutixPackage: false,
      multiCurrency: true,
      stateCountryPicklists: true,
    };
    expect(await shapeOf(await urlOf(first))).toEqual(shape);
    first.child.kill("SIGTERM");
    await first.ended;
    const second = run("--port", "0", "--state", file);
    expect(await shapeOf(await urlOf(second))).toEqual(shape);
  });

  it("says that the port is taken", async () => {
    const first = run("--port", "0");
    const { port } = new URL(await urlOf(first));
    const second = run("--port", port);
    await expect(second.ready).rejects.toThrow("the port is taken");
    expect((await second.ended).code).toBe(1);
  });

  it("explains its options when it is called wrongly", async () => {
    const wrong = run("--port", "0", "--person-accounts", "maybe");
    await expect(wrong.ready).rejects.toThrow("--person-accounts must be one of on, off.");
    expect((await wrong.ended).code).toBe(2);
  });
});
