import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { readCommandLine } from "./command-line";
import { startS360Simulator } from "./server";

const main = new URL("main.ts", import.meta.url).pathname;
const base = ["--port", "0", "--push-to", "http://127.0.0.1:1"];

function launch(args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", main, ...args]);
  const output = { out: "", error: "" };
  child.stdout.on("data", (data: Buffer) => (output.out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output.error += data.toString()));
  return { child, output, closed: once(child, "close") };
}

describe("the command line", () => {
  it("reads every option", () => {
    const more = [
      "--institution",
      "opera",
      "--batch-size",
      "9",
      "--bucket-size",
      "3",
      "--schedule-minutes",
      "2",
    ];
    const auth = [
      "--contacts-auth",
      "basic:u:p",
      "--orders-auth",
      "apikey:x:y",
      "--seed",
      "4",
      "--state",
      "f.json",
    ];
    expect(readCommandLine([...base, ...more, ...auth])).toEqual({
      port: 0,
      institution: "opera",
      demo: false,
      seed: 4,
      stateFile: "f.json",
      settings: {
        pushTo: "http://127.0.0.1:1",
        scheduleMinutes: 2,
        batchSize: 9,
        bucketSize: 3,
        contacts: { auth: "basic:u:p" },
        orders: { auth: "apikey:x:y" },
      },
    });
  });

  it("gives the demo venue its own rhythm unless told otherwise", () => {
    expect(readCommandLine([...base, "--demo"])).toMatchObject({
      demo: true,
      settings: { scheduleSeconds: 10, batchSize: 500, bucketSize: 50, trickleSeconds: 20 },
    });
    expect(
      readCommandLine([...base, "--demo", "--trickle-seconds", "0", "--schedule-seconds", "3"]),
    ).toMatchObject({
      settings: { scheduleSeconds: 3, trickleSeconds: 0 },
    });
  });

  it("sets credentials and limits of the API, with a monthly quota for the demo", () => {
    const apiOf = (...args: string[]) => readCommandLine([...base, ...args]);
    expect(apiOf("--api-operator", "OPERA_CRM", "--api-partner", "P", "--api-secret", "s")).toMatchObject({
      settings: { api: { operator: "OPERA_CRM", partner: "P", secret: "s" } },
    });
    expect(apiOf("--demo")).toMatchObject({ settings: { api: { callsPerMonth: 10_000 } } });
    expect(apiOf("--demo", "--calls-per-month", "0", "--calls-per-minute", "1000")).toMatchObject({
      settings: { api: { callsPerMonth: 0, callsPerMinute: 1000 } },
    });
  });

  it.each([
    [["--port", "1"], "--push-to is missing"],
    [["--push-to", "http://x"], "--port is missing"],
    [[...base, "--batch-size", "many"], "--batch-size needs a whole number"],
    [[...base, "--schedule-seconds", "1", "--schedule-minutes", "1"], "not both"],
    [[...base, "--colour", "red"], "--colour"],
  ])("refuses %j", (args, reason) => {
    expect(() => readCommandLine(args)).toThrow(reason);
  });
});

describe("the process", () => {
  it("prints one readable line when ready and stops cleanly on SIGTERM", async () => {
    const { child, output, closed } = launch([...base, "--demo"]);
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    expect((await closed)[0]).toBe(0);
    expect(output.out).toMatch(
      /^S-360 simulator ready at http:\/\/127\.0\.0\.1:\d+: institution myvenue, 200 people/,
    );
    expect(output.error).toBe("");
  });

  it("says that its port is taken, or what setting is wrong, and exits with 1", async () => {
    const other = await startS360Simulator();
    const taken = launch(["--port", String(other.port), "--push-to", "http://127.0.0.1:1"]);
    const wrong = launch([...base, "--contacts-auth", "bearer:x"]);
    expect((await taken.closed)[0]).toBe(1);
    expect(taken.output.error).toContain(`port ${other.port} is taken`);
    expect((await wrong.closed)[0]).toBe(1);
    expect(wrong.output.error).toContain("contacts.auth: Authentication is none");
    await other.close();
  });
});
