import { describe, expect, test } from "vitest";
import { loadConfig } from "@/lib/platform/config";
import { checkShared, planOf } from "./plan";

describe("what a start brings up", () => {
  test.each([
    [[], { demo: true, web: true, workers: 1 }],
    [["--no-demo"], { demo: false, web: true, workers: 1 }],
    [["--no-demo", "--only", "web"], { demo: false, web: true, workers: 0 }],
    [["--no-demo", "--only", "worker", "--workers", "3"], { demo: false, web: false, workers: 3 }],
    [["--workers", "2"], { demo: true, web: true, workers: 2 }],
  ])("%j", (args, plan) => expect(planOf(args)).toEqual(plan));

  test("is told as help when asked", () => expect(planOf(["--help"])).toBeNull());

  test.each([
    [["--no-demo", "--only", "mail"], /web or worker/],
    [["--only", "web"], /--no-demo/],
    [["--no-demo", "--only", "web", "--workers", "2"], /does not go/],
    [["--workers", "0"], /from 1 to 16/],
    [["--workers", "many"], /from 1 to 16/],
    [["--nonsense"], /nonsense/],
  ])("is refused with a sentence: %j", (args, sentence) => expect(() => planOf(args)).toThrow(sentence));
});

describe("a machine that runs a part only", () => {
  const worker = { demo: false, web: false, workers: 1 };
  const shared = {
    DATABASE_URL: "postgres://db.example/connector",
    ENCRYPTION_KEY: Buffer.alloc(32).toString("base64"),
    AUTH_SECRET: "x".repeat(32),
    PUBLIC_URL: "https://connector.venue.example",
  };

  test("needs the database, the keys and the address of the others", () => {
    expect(() => checkShared(worker, loadConfig({}))).toThrow(
      /DATABASE_URL, ENCRYPTION_KEY, AUTH_SECRET, PUBLIC_URL/,
    );
    expect(() => checkShared(worker, loadConfig({ ...shared, PUBLIC_URL: "" }))).toThrow(/Set PUBLIC_URL to/);
    expect(() => checkShared(worker, loadConfig({ ...shared, AUTH_SECRET: "" }))).toThrow(
      /Set AUTH_SECRET to/,
    );
    expect(() => checkShared(worker, loadConfig(shared))).not.toThrow();
  });

  test("alone has what it needs", () => {
    expect(() => checkShared({ ...worker, web: true }, loadConfig({}))).not.toThrow();
  });
});
