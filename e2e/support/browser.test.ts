import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findBrowser } from "./browser";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "browser-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

test("a browser named in the environment comes first", () => {
  const named = program("mine", "exit 0");
  program("chromium", "exit 0");
  expect(findBrowser({ PLAYWRIGHT_CHROMIUM_PATH: named, PATH: folder })).toEqual({ executablePath: named });
});

test("a named browser that does not exist is an error, not a reason to take another", () => {
  expect(() => findBrowser({ PLAYWRIGHT_CHROMIUM_PATH: join(folder, "none"), PATH: folder })).toThrow(
    /no such file/,
  );
});
