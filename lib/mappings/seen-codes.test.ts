import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sourceModel } from "@/lib/core/mapping/source-model";
import { seenCodes } from "./seen-codes";

const contacts = JSON.parse(readFileSync("e2e/payloads/contacts-50.json", "utf8")) as unknown[];

test("codes of real records by their place, and no names or addresses", () => {
  const codes = seenCodes(contacts, sourceModel("individual"));
  expect(codes["authorizations/authorizationCode"]).toEqual(["EMAIL", "SMS", "POST"]);
  expect(codes["type"]).toContain("STRUCTURE");
  expect(Object.keys(codes)).not.toContain("individualContact/individualLastName");
  expect(Object.keys(codes)).not.toContain("communicationMeans/email");
});

test("what has too many values is no list of codes; anything is taken", () => {
  const many = Array.from({ length: 500 }, (_, n) => ({
    accessCode: `c${n}`,
    list: [null, 5, { kind: "A" }],
  }));
  expect(seenCodes([...many, null, 7, "x", [], { __proto__: null }], [])).toEqual({ "list/kind": ["A"] });
});
