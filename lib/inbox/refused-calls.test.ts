import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { noteRefusal, readRefusedCalls } from "./refused-calls";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "refused-"));
});
afterEach(() => rm(folder, { recursive: true }));

const refusal = {
  institution: "myvenue",
  stream: "contacts-in",
  status: 503,
  reason: "The database is away.",
};

it("groups the tries of one payload and says when S-360 gives up", async () => {
  const first = new Date("2026-01-10T10:00:00Z");
  const second = new Date("2026-01-10T10:15:00Z");
  await noteRefusal(folder, { ...refusal, bodyText: "[1]", scheduleMinutes: 15 }, first);
  await noteRefusal(folder, { ...refusal, bodyText: "[2]", scheduleMinutes: 15 }, first);
  await noteRefusal(folder, { ...refusal, bodyText: "[1]", scheduleMinutes: 15 }, second);
  const calls = await readRefusedCalls(folder, 7, second);
  expect(calls.map((call) => [call.tries, call.firstAt, call.lastAt, call.givesUpAt])).toEqual([
    [2, first.toISOString(), second.toISOString(), "2026-01-10T12:45:00.000Z"],
    [1, first.toISOString(), first.toISOString(), "2026-01-10T12:45:00.000Z"],
  ]);
});

it("passes over a line that a crash cut short, and old ones", async () => {
  await noteRefusal(folder, refusal, new Date("2026-01-01T00:00:00Z"));
  await appendFile(path.join(folder, "refused-calls-503.jsonl"), '{"at":"2026-\n');
  await noteRefusal(folder, refusal, new Date("2026-01-10T00:00:00Z"));
  expect(await readRefusedCalls(folder, 7, new Date("2026-01-10T01:00:00Z"))).toHaveLength(1);
});

it("lists calls for unknown institutions as one, after all others", async () => {
  for (let i = 0; i < 30; i++)
    await noteRefusal(folder, { ...refusal, institution: `spam${i}`, status: 404 });
  await noteRefusal(folder, refusal);
  await noteRefusal(folder, { ...refusal, institution: "spam", status: 404 });
  expect((await readRefusedCalls(folder)).map((call) => [call.status, call.tries])).toEqual([
    [503, 1],
    [404, 31],
  ]);
});

it("keeps every refusal when many come at once and the file is full", async () => {
  await writeFile(path.join(folder, "refused-calls-503.jsonl"), `${"x".repeat(1_000_001)}\n`);
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => noteRefusal(folder, { ...refusal, bodyText: String(i) })),
  );
  expect(await readRefusedCalls(folder)).toHaveLength(20);
});

it("also when they come through two bundles of one process", async () => {
  const again = "./refused-calls?again";
  const twin = (await import(again)) as { noteRefusal: typeof noteRefusal };
  expect(twin.noteRefusal).not.toBe(noteRefusal);
  await writeFile(path.join(folder, "refused-calls-503.jsonl"), `${"x".repeat(1_000_001)}\n`);
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      (i % 2 ? twin.noteRefusal : noteRefusal)(folder, { ...refusal, bodyText: String(i) }),
    ),
  );
  expect(await readRefusedCalls(folder)).toHaveLength(20);
});

it("has nothing to tell before anything was refused", async () => {
  expect(await readRefusedCalls(folder)).toEqual([]);
});
