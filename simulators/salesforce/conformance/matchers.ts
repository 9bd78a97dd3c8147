import { expect } from "vitest";
import { z } from "zod";
import type { Json } from "./case";

const ID_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** What `{"$any": …}` can stand for. */
const KINDS: Record<string, () => unknown> = {
  id18: () => matching("an 18-character id", isLongId),
  datetime: () => expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
  date: () => expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  text: () => expect.stringMatching(/[^]/),
  string: () => expect.any(String),
  number: () => expect.any(Number),
  boolean: () => expect.any(Boolean),
  array: () => expect.any(Array),
  object: () => matching("an object", (value) => typeof value === "object" && value !== null),
  json: () => matching("anything", () => true),
};

/**
 * Turns the expected body of a case into what vitest's `toEqual` compares with: `{"$any": kind}`, `{"$regex": …}`,
 * `{"$includes": part}`, `{"$unordered": […]}`, `{"$oneOf": […]}`, `{"$absent": true}`, `{"$atLeast": n}`, `{"$each": …}`,
 * `{"$length": n}`; everything else must be equal.
 * @throws Error for a matcher that does not exist
 */
export function expectation(value: Json): unknown {
  if (Array.isArray(value)) return value.map(expectation);
  if (typeof value !== "object" || value === null) return value;
  const [name] = Object.keys(value);
  if (name?.startsWith("$")) return matcher(name, value[name] ?? null);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expectation(each)]));
}

function matcher(name: string, value: Json): unknown {
  switch (name) {
    case "$any":
      return kind(String(value));
    case "$regex":
      return expect.stringMatching(new RegExp(String(value)));
    case "$includes":
      return includes(value);
    case "$unordered":
      return unordered(asArray(value));
    case "$oneOf":
      return matching(`one of ${JSON.stringify(value)}`, (actual) =>
        asArray(value).some((each) => isEqual(actual, each)),
      );
    case "$absent":
      return undefined;
    case "$atLeast":
      return matching(`at least ${String(value)}`, (actual) => Number(actual) >= Number(value));
    case "$length":
      return matching(
        `${String(value)} of them`,
        (actual) => Array.isArray(actual) && actual.length === value,
      );
    case "$each":
      return matching(
        `each like ${JSON.stringify(value)}`,
        (actual) => Array.isArray(actual) && actual.every((item) => isEqual(item, value)),
      );
    default:
      throw new Error(`There is no matcher ${name}.`);
  }
}

function kind(name: string): unknown {
  const [base = "", prefix] = name.split(":");
  const make = KINDS[base];
  if (!make) throw new Error(`There is no {"$any": "${name}"}.`);
  if (prefix === undefined) return make();
  return matching(
    `${name}`,
    (actual) => isLongId(actual) && typeof actual === "string" && actual.startsWith(prefix),
  );
}

function includes(value: Json): unknown {
  if (Array.isArray(value)) return expect.arrayContaining(value.map(expectation));
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value).map(([key, each]) => [key, expectation(each)]);
    return expect.objectContaining(Object.fromEntries(parts) as Record<string, unknown>);
  }
  return expect.stringContaining(String(value));
}

function unordered(items: readonly Json[]): unknown {
  return matching(`in any order ${JSON.stringify(items)}`, (actual) => {
    if (!Array.isArray(actual) || actual.length !== items.length) return false;
    const left: unknown[] = [...(actual as unknown[])];
    return items.every((item) => {
      const found = left.findIndex((candidate) => isEqual(candidate, item));
      if (found >= 0) left.splice(found, 1);
      return found >= 0;
    });
  });
}

function isEqual(actual: unknown, expected: Json): boolean {
  try {
    expect(actual).toEqual(expectation(expected));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "AssertionError") return false;
    throw error;
  }
}

/** @param said what a failure shows in place of the value */
function matching(said: string, test: (value: unknown) => boolean): unknown {
  return expect.schemaMatching(z.any().refine(test, said).describe(said));
}

function asArray(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${JSON.stringify(value)} is no array.`);
}

/** Whether the last three characters say which of the first fifteen are capitals (Salesforce's 18-character ids). */
function isLongId(value: unknown): boolean {
  if (typeof value !== "string" || !/^[A-Za-z0-9]{18}$/.test(value)) return false;
  const suffix = [0, 5, 10].map((start) => {
    const letters = [...value.slice(start, start + 5)];
    const bits = letters.reduce((sum, letter, bit) => sum + (/[A-Z]/.test(letter) ? 2 ** bit : 0), 0);
    return ID_SUFFIX[bits] ?? "";
  });
  return value.endsWith(suffix.join(""));
}
