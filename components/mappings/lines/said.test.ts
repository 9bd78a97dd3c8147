import { describe, expect, test } from "vitest";
import { saidOf } from "./said";

const town = { expression: "town", result: { outcome: "left" as const } };
const typed = { expression: "zipCode", unread: null, isHalfNamed: false, lastGood: town };
const unread = { text: "addresses(main/town", cells: null };

describe("the source beside a result", () => {
  test("is what the line says, whatever it gave before", () => {
    expect(saidOf(typed)).toEqual({ said: "zipCode", isOlder: false });
    expect(saidOf({ ...typed, lastGood: null })).toEqual({ said: "zipCode", isOlder: false });
  });

  test("is what gave the last good result, while that stands there", () => {
    expect(saidOf({ ...typed, expression: "addr", isHalfNamed: true })).toEqual({
      said: "town",
      isOlder: true,
    });
    expect(saidOf({ ...typed, unread })).toEqual({ said: "town", isOlder: true });
  });

  test("is what the line said before, where nothing was ever good", () => {
    expect(saidOf({ ...typed, unread, lastGood: null })).toEqual({ said: "zipCode", isOlder: true });
  });

  test("is half a name where there is nothing older to show", () => {
    expect(saidOf({ ...typed, expression: "addr", isHalfNamed: true, lastGood: null })).toEqual({
      said: "addr",
      isOlder: false,
    });
  });
});
