import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical, roundToScale, sameValue } from "./canonical";
import { testField } from "./mapping/test-describe";

const text = testField("Title", "text", 80);
const area = testField("Street", "textarea", 255);
const amount = testField("Amount", "number", 0, { scale: 2 });
const moment = testField("At", "datetime");
const day = testField("Birthdate", "date");
const choices = testField("Genres", "multipicklist");
const email = testField("Email", "email", 80);
const phone = testField("Phone", "phone", 40);
const box = testField("OptOut", "boolean");

describe("the canonical form", () => {
  it("trims texts and turns blank into null", () => {
    expect(canonical("  Ada ", text)).toBe("Ada");
    expect(canonical(" \n ", text)).toBeNull();
    expect(canonical(undefined, text)).toBeNull();
  });

  it("has one kind of line end", () => {
    expect(canonical("12 rue du Lac\r\nBat. B\rx", area)).toBe("12 rue du Lac\nBat. B\nx");
  });

  it("rounds numbers to the field's scale on their decimal digits", () => {
    expect(canonical(12.345, amount)).toBe(12.35);
    expect(canonical(1.005, amount)).toBe(1.01);
    expect(canonical(-1.005, amount)).toBe(-1.01);
    expect(canonical("482.0", amount)).toBe(482);
    expect(Object.is(roundToScale(-0.001, 2), 0)).toBe(true);
  });

  it("keeps the digits of a number too long for a number", () => {
    expect(canonical("90071992547409931", amount)).toBe("90071992547409931");
  });

  it("writes moments to the second in UTC, whatever the offset", () => {
    expect(canonical("2025-10-12T17:09:27.503+00:00", moment)).toBe("2025-10-12T17:09:27.000Z");
    expect(canonical("2025-10-12T19:09:27.000+0200", moment)).toBe("2025-10-12T17:09:27.000Z");
  });

  it("keeps days as days", () => {
    expect(canonical("1980-04-25", day)).toBe("1980-04-25");
  });

  it("sorts the choices of a multi-picklist and drops repetitions", () => {
    expect(canonical("OPERA; JAZZ;OPERA;", choices)).toBe("JAZZ;OPERA");
    expect(canonical(["OPERA", "JAZZ"], choices)).toBe("JAZZ;OPERA");
  });

  it("keeps checkboxes as true and false", () => {
    expect(canonical("TRUE", box)).toBe(true);
    expect(canonical(false, box)).toBe(false);
  });
});

describe("two values are the same", () => {
  it("when e-mail addresses differ in case only, though each is kept as given", () => {
    expect(canonical("Ada@Example.org", email)).toBe("Ada@Example.org");
    expect(sameValue("Ada@Example.org", "ada@example.org", email)).toBe(true);
    expect(sameValue("Ada", "ada", text)).toBe(false);
  });

  it("when phone numbers have the same digits", () => {
    expect(sameValue("+41 79 123 45 67", "0041791234567", phone)).toBe(true);
    expect(sameValue("+41791234567", "+41791234568", phone)).toBe(false);
    expect(sameValue("on request", "none", phone)).toBe(false);
  });

  it("when one is blank and the other null", () => {
    expect(sameValue("", null, text)).toBe(true);
    expect(sameValue(null, "x", phone)).toBe(false);
  });

  it("not when a checkbox is off on one side and unknown on the other", () => {
    expect(sameValue(false, null, box)).toBe(false);
  });
});

it("is stable: the canonical form of a canonical form is itself, and means the same", () => {
  const fields = [text, area, amount, moment, day, choices, email, phone, box];
  const values = fc.oneof(
    fc.string(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    fc.date().map(String),
  );
  fc.assert(
    fc.property(fc.constantFrom(...fields), values, (field, value) => {
      const once = canonical(value, field);
      expect(canonical(once, field)).toEqual(once);
      expect(sameValue(value, once, field)).toBe(true);
    }),
  );
});
