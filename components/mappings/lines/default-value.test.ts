import { describe, expect, test } from "vitest";
import type { FieldRoom } from "@/lib/core/mapping/fit/fit";
import { inputFor, problemOfDefault } from "./default-value";

const room = (type: FieldRoom["type"], more: Partial<FieldRoom> = {}): FieldRoom => ({
  ...{ label: "Field", type, length: 0, restrictedPicklist: false, picklistValues: [] },
  ...more,
});
const salutation = room("picklist", { picklistValues: ["Mr.", "Mrs."], restrictedPicklist: true });

describe("a default value", () => {
  test.each([
    [room("boolean"), "", "checkbox"],
    [room("date"), "", "date"],
    [room("date"), "2026-01-31", "date"],
    [room("date"), "next week", "text"],
    [room("datetime"), null, "datetime-local"],
    [room("datetime"), "2026-01-31T10:00", "datetime-local"],
    [room("datetime"), "2026-01-31T10:00:00Z", "text"],
    [room("integer"), "5", "decimal"],
    [salutation, "", "picklist"],
    [{ ...salutation, restrictedPicklist: false }, "", "suggested"],
    [room("picklist"), "", "text"],
    [room("text"), "", "text"],
    [null, "", "text"],
  ] as const)("of %j, now %s, is typed as %s", (of, value, input) => {
    expect(inputFor(value, of)).toBe(input);
  });

  test.each([
    [room("date"), "next week", "is not a date"],
    [room("number"), "a few", "is not a number"],
    [room("datetime"), "2026-02-31T10:00", "is not a date and time"],
    [room("email"), "nobody", "is not valid"],
    [room("text", { length: 3 }), "four", "3 characters"],
  ] as const)("of %j that does not fit says so at its input: %s", (of, value, sentence) => {
    expect(problemOfDefault(value, of, "hold")).toContain(sentence);
  });

  test("that fits, is empty, or whose field nobody knows says nothing", () => {
    expect(problemOfDefault("2026-01-31", room("date"), "hold")).toBeUndefined();
    expect(problemOfDefault("", room("date"), "hold")).toBeUndefined();
    expect(problemOfDefault(null, room("number"), "hold")).toBeUndefined();
    expect(problemOfDefault("four", room("text", { length: 3 }), "cut")).toBeUndefined();
    expect(problemOfDefault("anything", null, "hold")).toBeUndefined();
  });
});
