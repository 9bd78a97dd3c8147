import { expect, test } from "vitest";
import { closest } from "./closest";

const known = ["town", "main", "authorizationCode", "allowed"];

test.each([
  ["twon", "town"],
  ["mian", "main"],
  ["authorisationCode", "authorizationCode"],
  ["AUTHORIZATIONCODE", "authorizationCode"],
  ["allow", "allowed"],
  ["x", null],
  ["main address", null],
  ["", null],
])("%s was most likely meant as %s", (word, meant) => {
  expect(closest(word, known)).toBe(meant);
});
