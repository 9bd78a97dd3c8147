import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExact } from "./json";
import { writeExact } from "./write-exact";

const longs = new Set(["contactAddressId"]);

describe("writeExact", () => {
  it("writes an id beyond 2^53 as the number it was", () => {
    const text =
      '{"addresses":[{"contactAddressId":90071992547409931},{"contactAddressId":-90071992547409931}]}';
    expect(writeExact(parseExact(text), longs)).toBe(text);
  });

  it.each([
    ["a member that is no id", { contactNumber: "90071992547409931" }],
    ["an id that a number holds", { contactAddressId: "501" }],
    ["an id that is no number", { contactAddressId: "90071992547409931a" }],
    ["an id with leading zeros", { contactAddressId: "00071992547409931" }],
    ["a list of texts", { contactCriteria: [{ values: ["90071992547409931"] }] }],
  ])("leaves text alone: %s", (_, value) => {
    expect(writeExact(value, longs)).toBe(JSON.stringify(value));
  });

  it("leaves out what is undefined", () => {
    expect(writeExact({ a: undefined, b: [undefined], c: null }, longs)).toBe('{"b":[null],"c":null}');
  });

  it("is JSON.stringify for everything else", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(writeExact(value, longs)).toBe(JSON.stringify(value));
      }),
    );
  });
});
