import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fingerprintSources } from "./fingerprint";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fingerprint-"));
  mkdirSync(join(root, "app/api"), { recursive: true });
  writeFileSync(join(root, "app/api/route.ts"), "one");
  writeFileSync(join(root, "package.json"), "{}");
});
afterEach(() => rmSync(root, { recursive: true }));

test("a changed, renamed or new source changes it; a test, a note and a time do not", () => {
  const first = fingerprintSources(root);
  writeFileSync(join(root, "app/api/route.test.ts"), "test");
  writeFileSync(join(root, "README.md"), "note");
  utimesSync(join(root, "package.json"), 1, 1);
  expect(fingerprintSources(root)).toBe(first);

  writeFileSync(join(root, "app/api/route.ts"), "two");
  const changed = fingerprintSources(root);
  mkdirSync(join(root, "lib"));
  writeFileSync(join(root, "lib/new.ts"), "");
  expect(new Set([first, changed, fingerprintSources(root)]).size).toBe(3);
});
