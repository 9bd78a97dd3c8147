import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openJournal, readable } from "./journal";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function open() {
  const shown: string[] = [];
  const journal = openJournal(folder, { write: (text) => void shown.push(text) });
  const kept = () =>
    readdirSync(folder).flatMap((name) =>
      readFileSync(join(folder, name), "utf8")
        .trim()
        .split("\n")
        .map((l) => JSON.parse(l) as unknown),
    );
  return { journal, shown, kept };
}

test("a JSON line is shown as time, process, message and details, and kept whole", () => {
  const { journal, shown, kept } = open();
  const line = {
    level: "info",
    time: "2026-11-22T12:03:04.000Z",
    name: "w",
    pid: 7,
    created: 49,
    msg: "batch written",
  };
  journal.take("worker", JSON.stringify(line));
  expect(shown[0]).toMatch(/^\d\d:\d\d:04 worker {5}batch written {2}created=49\n$/);
  expect(kept()).toEqual([{ ...line, name: "worker" }]);
});

test("plain text from a process is taken as it is, without colours and empty lines", () => {
  const { journal, shown, kept } = open();
  journal.take("web", "\u001b[32mReady\u001b[39m in 122ms");
  journal.take("web", "   ");
  journal.take("web", "{ not json");
  expect(shown.map((line) => line.slice(9))).toEqual([
    "web        Ready in 122ms\n",
    "web        { not json\n",
  ]);
  expect(kept()).toMatchObject([
    { name: "web", level: "info", msg: "Ready in 122ms" },
    { msg: "{ not json" },
  ]);
});

test("an error is shown in one line with its cause", () => {
  const err = {
    message: "Failed query: select 1\nmore",
    cause: { message: "connection refused" },
    stack: "at x",
  };
  const line = readable(
    { time: "2026-11-22T12:03:04Z", name: "worker", level: "error", msg: "drain failed", err },
    false,
  );
  expect(line).toContain("drain failed  (Failed query: select 1: connection refused)");
  expect(line).not.toContain("\n");
});

test("colour is for terminals only", () => {
  const entry = { time: "2026-11-22T12:03:04Z", name: "worker", level: "error", msg: "no" };
  expect(readable(entry, true)).toContain("\u001b[31m");
  expect(readable(entry, false)).not.toContain("\u001b[");
});

test("files of more than fourteen days are removed", () => {
  for (let day = 10; day < 30; day++) writeFileSync(join(folder, `connector-2026-01-${day}.log`), "{}");
  open();
  expect(readdirSync(folder)).toHaveLength(14);
  expect(readdirSync(folder)).toContain("connector-2026-01-29.log");
});
