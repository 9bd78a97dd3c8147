import { describe, expect, test } from "vitest";
import { boundExpression } from "@/lib/core/mapping/bounded-expression";
import { sourcePaths } from "./source-paths";

const context = { valueMaps: {}, timeZone: "UTC" };

async function read(path: string, source: unknown): Promise<unknown> {
  const compiled = boundExpression(path);
  if (!compiled.ok) throw new Error(compiled.problems[0]?.sentence);
  const value = await compiled.bounded.run(source, context);
  return Array.isArray(value) ? (value as unknown[])[0] : value;
}

const contact = {
  contactNumber: "0012030",
  function: null,
  individualContact: { individualFirstName: "Edna", "middle name": "M.", and: 1, "odd`key": 2 },
  addresses: [
    { main: true, street2: null, town: "Köln", zipCode: "50667" },
    { main: false, street2: "c/o", town: "Bern", zipCode: "3000" },
  ],
  authorizations: [
    { authorizationCode: "EMAIL", allowed: true },
    { authorizationCode: "SMS", allowed: false },
  ],
  indicators: [],
};

describe("the paths of a source", () => {
  const paths = sourcePaths(contact);
  const texts = paths.map(({ path }) => path);

  test("name every value once, elements with a code one by one", () => {
    expect(texts).toEqual([
      "contactNumber",
      "function",
      "individualContact.individualFirstName",
      "individualContact.`middle name`",
      "individualContact.`and`",
      "addresses.main",
      "addresses.street2",
      "addresses.town",
      "addresses.zipCode",
      'authorizations[authorizationCode="EMAIL"].authorizationCode',
      'authorizations[authorizationCode="EMAIL"].allowed',
      'authorizations[authorizationCode="SMS"].authorizationCode',
      'authorizations[authorizationCode="SMS"].allowed',
    ]);
  });

  test("are expressions that give the example", async () => {
    for (const { path, example } of paths.filter(({ path: each }) => each !== "addresses.street2")) {
      expect([path, JSON.stringify(await read(path, contact))]).toEqual([path, example]);
    }
  });

  test("prefer an example that says something, and cut long ones", () => {
    expect(paths.find(({ path }) => path === "addresses.street2")?.example).toBe('"c/o"');
    expect(sourcePaths({ note: "x".repeat(500) })[0]?.example).toHaveLength(60);
  });

  test("end somewhere, however large or deep the source", () => {
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key${index}`, index]));
    const deep = JSON.parse('{"a":'.repeat(500) + "1" + "}".repeat(500)) as unknown;
    expect(sourcePaths(wide)).toHaveLength(400);
    expect(sourcePaths(deep)).toEqual([]);
  });
});
