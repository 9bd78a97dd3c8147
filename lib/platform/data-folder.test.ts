import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadConfig } from "./config";
import { readIfPresent, readOrCreatePrivateFile, writePrivateFile } from "./data-folder";
import { openSecrets } from "./secrets-file";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "data-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;

test("a private file can be read by its owner only and leaves no draft behind", () => {
  writePrivateFile(join(folder, "deep", "a"), "one");
  writePrivateFile(join(folder, "deep", "a"), "two");
  expect(readIfPresent(join(folder, "deep", "a"))).toBe("two");
  expect(modeOf(join(folder, "deep", "a"))).toBe(0o600);
  expect(modeOf(join(folder, "deep"))).toBe(0o700);
  expect(readdirSync(join(folder, "deep"))).toEqual(["a"]);
});

test("a file is created once and read afterwards", () => {
  const path = join(folder, "key");
  expect(readOrCreatePrivateFile(path, () => "first")).toBe("first");
  expect(readOrCreatePrivateFile(path, () => "second")).toBe("first");
  expect(modeOf(path)).toBe(0o600);
});

test("whoever loses the race to create a file returns the winner's text", () => {
  const path = join(folder, "key");
  const text = readOrCreatePrivateFile(path, () => {
    writePrivateFile(path, "winner");
    return "loser";
  });
  expect(text).toBe("winner");
  expect(readdirSync(folder)).toEqual(["key"]);
});

test("secrets are made at the first start and stay the same", () => {
  const config = loadConfig({ DATA_DIR: folder });
  const first = openSecrets(config);
  expect(first.encryptionKey).toHaveLength(32);
  expect(openSecrets(config)).toEqual(first);
  expect(modeOf(join(folder, "encryption.key"))).toBe(0o600);
});

test("a secret from the environment wins and no file is made for it", () => {
  const key = Buffer.alloc(32, 1);
  const config = loadConfig({
    DATA_DIR: folder,
    ENCRYPTION_KEY: key.toString("base64"),
    AUTH_SECRET: "s".repeat(32),
  });
  expect(openSecrets(config)).toEqual({ encryptionKey: key, authSecret: "s".repeat(32) });
  expect(readdirSync(folder)).toEqual([]);
});

test("a damaged key file is named and not replaced", () => {
  writeFileSync(join(folder, "encryption.key"), "short");
  expect(() => openSecrets(loadConfig({ DATA_DIR: folder }))).toThrow(
    /encryption\.key does not hold 32 bytes/,
  );
});
