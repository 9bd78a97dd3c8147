import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { announcedUrl } from "./server";

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

/** How a run ends that never says it is ready. */
async function refusal(...options: string[]) {
  const refused = run("--port", "0", ...options);
  await expect(refused.ready).rejects.toThrow();
  return refused.ended;
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

  it("explains its options when it is asked to", async () => {
    const asked = run("--help");
    expect(await asked.ready).toMatch(/^Usage: salesforce simulator --port N \[options\]\n/);
    expect(await asked.ended).toEqual({ code: 0, errors: "" });
  });

  it.each([
    ["--seed", "9007199254740992", "--seed must be at most 9007199254740991."],
    ["--latency-ms", "86400001", "--latency-ms must be at most 86400000."],
    ["--port", "65536", "--port must be at most 65535."],
    ["--host", "", "--host must not be empty."],
    ["--state", "", "--state must not be empty."],
  ])("refuses %s %s", async (name, value, words) => {
    const { code, errors } = await refusal(name, value);
    expect(errors.split("\n")[0]).toBe(words);
    expect(code).toBe(2);
  });
});

describe("a state file that cannot be written", () => {
  it("ends the program at its start when its folder is not there", async () => {
    const file = join(folder, "nowhere", "org.json");
    const { code, errors } = await refusal("--state", file);
    expect(errors).toContain(
      `The simulated Salesforce org cannot start: the state file ${file} cannot be written (ENOENT`,
    );
    expect(errors.trimEnd().split("\n")).toHaveLength(1);
    expect(code).toBe(1);
  });

  it("ends the program at its start when it is a folder, or lies below a file", async () => {
    const own = join(folder, "taken");
    mkdirSync(own);
    const blocker = join(folder, "blocker");
    writeFileSync(blocker, "");
    for (const [file, reason] of [
      [own, "EISDIR"],
      [join(blocker, "org.json"), "ENOTDIR"],
    ] as const) {
      const { code, errors } = await refusal("--state", file);
      expect(errors).toContain(`cannot be written (${reason}`);
      expect(code).toBe(1);
    }
  });

  it("is told from one that can, which is not there before there is something to keep", async () => {
    const own = join(folder, "empty");
    mkdirSync(own);
    await urlOf(run("--port", "0", "--state", join(own, "org.json")));
    expect(readdirSync(own)).toEqual([]);
  });
});

describe("the URL that is announced", () => {
  it.each([
    ["127.0.0.1", "http://127.0.0.1:4610"],
    ["localhost", "http://localhost:4610"],
    ["::1", "http://[::1]:4610"],
    ["0.0.0.0", "http://127.0.0.1:4610"],
    ["::", "http://[::1]:4610"],
  ])("of a simulator on %s is %s", (host, url) => {
    expect(announcedUrl(host, 4610)).toBe(url);
    expect(new URL(url).port).toBe("4610");
  });
});
