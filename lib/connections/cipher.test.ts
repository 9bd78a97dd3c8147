import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keyRing, seal, unseal, UnreadableSecretError } from "./cipher";

const key = randomBytes(32);
const keys = keyRing(key);
const place = ["credential", "cipher_text", 7, "s360.secret"];

test("what was sealed opens to the same text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const wellFormed = text.toWellFormed();
      expect(unseal(keys, place, seal(keys, place, wellFormed))).toBe(wellFormed);
    }),
  );
});

test("a sealed text has the format v1:keyId:iv:ciphertext:tag and never repeats", () => {
  const sealed = seal(keys, place, "secret");
  expect(sealed).toMatch(/^v1:[\w-]{8}:[\w-]{16}:[\w-]+:[\w-]{22}$/);
  expect(sealed).toContain(`:${keys.current.id}:`);
  expect(seal(keys, place, "secret")).not.toBe(sealed);
});

test("a sealed text opens at its own place only", () => {
  const sealed = seal(keys, place, "secret");
  for (const other of [
    ["credential", "cipher_text", 8, "s360.secret"],
    ["credential", "cipher_text", 7, "salesforce.clientSecret"],
  ]) {
    expect(() => unseal(keys, other, sealed)).toThrow(UnreadableSecretError);
  }
});

test("after a change of key the older key still opens what it sealed, and the new one seals", () => {
  const sealed = seal(keys, place, "secret");
  const renewed = keyRing(randomBytes(32), [key]);
  expect(unseal(renewed, place, sealed)).toBe("secret");
  expect(seal(renewed, place, "secret")).toContain(`:${renewed.current.id}:`);
});

test("without its key, with any character changed, or in another format it does not open", () => {
  const sealed = seal(keys, place, "secret");
  expect(() => unseal(keyRing(randomBytes(32)), place, sealed)).toThrow("a key that is not at hand");
  const [version, id, iv, cipherText = "", tag] = sealed.split(":");
  const changed = cipherText.startsWith("A") ? `B${cipherText.slice(1)}` : `A${cipherText.slice(1)}`;
  expect(() => unseal(keys, place, [version, id, iv, changed, tag].join(":"))).toThrow("changed or moved");
  for (const text of [
    "",
    "secret",
    "v2:a:b:c:d",
    `${version}:${id}:${iv}:${cipherText}`,
    `${version}:${id}:${iv}:${cipherText}:AA`,
  ]) {
    expect(() => unseal(keys, place, text)).toThrow(UnreadableSecretError);
  }
});
