import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { after, problem, put } from "./test-put-back";

describe("$lines of a street", () => {
  const expression = "$lines(a.street1, a.street2, a.street3)";

  it("puts a line into each member, and empties the rest", async () => {
    const a = { street1: "Old 1", street2: "Old 2", street3: "Old 3", town: "Bern" };
    expect(await after({ a }, expression, "New 1\nNew 2", { type: "textarea" })).toEqual({
      a: { ...a, street1: "New 1", street2: "New 2", street3: null },
    });
    expect(await after({ a }, expression, null)).toEqual({
      a: { street1: null, street2: null, street3: null, town: "Bern" },
    });
  });

  it("adds no empty members and drops blank lines", async () => {
    expect(await after({ a: {} }, expression, "New 1\r\n\n  New 2 ")).toEqual({
      a: { street1: "New 1", street2: "New 2" },
    });
  });

  it("leaves the lines where they are when the text is the same", async () => {
    const contact = { a: { street1: "", street2: "One", street3: "Two" } };
    expect(await after(contact, expression, "One\nTwo")).toBe(contact);
    expect(await after(contact, expression, "One\n\nTwo")).toBe(contact);
  });

  it("leaves each line in its member when as many are written as there were: one in the middle stays empty", async () => {
    const a = { street1: "12 rue du Lac", street2: "", street3: "Bat. B" };
    expect(await after({ a }, expression, "12 rue du Lac\nBat. C")).toEqual({
      a: { ...a, street3: "Bat. C" },
    });
    const b = { street2: "PO Box 1", street3: null };
    expect(await after({ a: b }, expression, "PO Box 2")).toEqual({ a: { ...b, street2: "PO Box 2" } });
  });

  it("leaves a line break inside of a member there", async () => {
    const a = { street1: "12 rue du Lac", street2: "Bat. B\nfloor 2", street3: "c/o Frank" };
    expect(await after({ a }, expression, "12 rue du Lac\nBat. B\nfloor 3\nc/o Frank")).toEqual({
      a: { ...a, street2: "Bat. B\nfloor 3" },
    });
  });

  it("keeps lines in their members when there are more or fewer than before", async () => {
    const a = { street1: "12 rue du Lac", street2: "", street3: "Bat. B" };
    expect(await after({ a }, expression, "12 rue du Lac\nc/o Frank\nBat. B")).toEqual({
      a: { street1: "12 rue du Lac", street2: "c/o Frank", street3: "Bat. B" },
    });
    expect(await after({ a }, expression, "Bat. B")).toEqual({
      a: { street1: null, street2: "", street3: "Bat. B" },
    });
  });

  it("holds more lines than there are members", async () => {
    expect(await problem({ a: {} }, expression, "1\n2\n3\n4")).toBe(
      "not_expressible Any__c: Any (Any__c): The text has 4 lines, and S-360 holds 3. Put some of them on one line.",
    );
  });
});

describe("a line that a member holds stays in it", () => {
  const streets = "$lines(a.street1, a.street2, a.street3, a.street4)";
  const list = (text: string) => (text === "" ? [] : text.split("|"));
  const textOf = (lines: readonly string[]) => (lines.length === 0 ? null : lines.join("\n"));
  const streetsOf = (held: string) =>
    Object.fromEntries(held.split("|").map((line, at) => [`street${at + 1}`, line === "-" ? null : line]));

  it.each([
    ["A|-|B|C", "A|B", "A|-|B|-", "the last one is gone"],
    ["A|-|B|C", "B|C", "-|-|B|C", "the first one is gone"],
    ["A|B|-|-", "B", "-|B|-|-", "the first of two is gone"],
    ["A|B|C|D", "A|D", "A|-|-|D", "two are gone"],
    ["A|B|C|D", "A|X|D", "A|X|-|D", "two became one"],
    ["A|-|-|B", "A|X|B", "A|X|-|B", "one came in between"],
    ["A|-|-|B", "A|X|Y|B", "A|X|Y|B", "two came in between"],
    ["A|-|B|-", "A|B|X", "A|-|B|X", "one came last"],
    ["A|B|C|-", "B|C|X", "-|B|C|X", "one is gone and another came"],
    ["A|B|-|-", "A|X|B", "A|X|B|-", "one makes room where there is none"],
    ["A|-|B|C", "A|X|Y|B|C", "no room", "there are more than members"],
    ["A|-|B|C", "A|B|X|C", "A|B|X|C", "all make room"],
    ["A|A|B|-", "A|B", "A|-|B|-", "one of two that are equal is gone"],
    ["A|B|-|-", "B|A", "-|B|A|-", "they change places"],
  ])("of %s there is %s: %s (%s)", async (held, lines, now) => {
    const contact = { a: streetsOf(held) };
    const value = textOf(list(lines));
    if (now === "no room")
      expect(await problem(contact, streets, value)).toMatch(/has 5 lines, and S-360 holds 4/);
    else expect(await after(contact, streets, value)).toEqual({ a: streetsOf(now) });
  });

  const whole = "$lines(a.street1, a.street2, a.zipCode, a.town)";
  const address = (held: string) => {
    const [street1, street2, zipCode, town] = held.split("|").map((line) => (line === "-" ? null : line));
    return { a: { street1, street2, zipCode, town } };
  };

  it.each([
    ["1 rue|Bat. B|1004|Bern", "1 rue|1004|Bern", "1 rue|-|1004|Bern", "the second street is gone"],
    ["1 rue|-|1004|Bern", "1 rue|Bat. B|1004|Bern", "1 rue|Bat. B|1004|Bern", "a second street came"],
    ["-|2 rue|1004|Bern", "c/o Frank|2 rue|1004|Bern", "c/o Frank|2 rue|1004|Bern", "a first street came"],
    ["1 rue|-|1004|Bern", "c/o Frank|1 rue|1004|Bern", "c/o Frank|1 rue|1004|Bern", "a street makes room"],
    ["1 rue|Bat. B|1004|Bern", "1 rue|Bat. B|1005|Basel", "1 rue|Bat. B|1005|Basel", "two were changed"],
    ["1 rue|-|1004|Bern", "2 rue|1005|Basel", "2 rue|-|1005|Basel", "all were changed"],
    ["-|-|-|-", "1 rue|Bat. B|1004|Bern", "1 rue|Bat. B|1004|Bern", "there is one for each"],
    ["1 rue|Bat. B|1004|Bern", "", "-|-|-|-", "all are gone"],
    ["1 rue|Bat. B|1004|Bern", "1004", "-|-|1004|-", "all others are gone"],
  ])("street, zip code and town: of %s there is %s", async (held, lines, now) => {
    expect(await after(address(held), whole, textOf(list(lines)))).toEqual(address(now));
  });

  it.each([
    ["1 rue|Bat. B|1004|Bern", "1 rue|1005|Bern", "the second street or the zip code is gone"],
    ["1 rue|-|-|Bern", "1 rue|1004|Bern", "a second street or a zip code came"],
    ["-|-|-|-", "1 rue|1004|Bern", "there is not one for each"],
    ["1 rue|Bern|1004|Bern", "1 rue|Bern", "a street or the town is gone"],
    ["1 rue|-|1004|Bern", "1 rue|Bern|1004", "zip code and town change places"],
    ["1 rue|Bat. B|1004|Bern", "1 rue|Bat. B|Bern|CH", "what is last now was not there"],
  ])("is held where a line could be one thing or another: of %s there is %s", async (held, lines) => {
    expect(await problem(address(held), whole, textOf(list(lines)))).toBe(
      "not_expressible Any__c: Any (Any__c): It is not certain which of street1, street2, zipCode and town each line is. " +
        "Change one line at a time, or change it in S-360.",
    );
  });

  it("leaves a number a number, and blanks around a line that stays", async () => {
    const a = { street1: " A ", zipCode: 1004, town: "Bern" };
    expect(await after({ a }, "$lines(a.street1, a.zipCode, a.town)", "A\n1005\nBern")).toEqual({
      a: { ...a, zipCode: 1005 },
    });
  });

  const line = fc.constantFrom("A", "B", "C", "D\nE", "X");
  const held = fc.array(fc.option(line), { minLength: 4, maxLength: 4 });
  const expressions = fc.constantFrom(streets, whole);
  const contactOf = (expression: string, lines: readonly (string | null)[]) => {
    const names = expression.match(/(?<=a\.)\w+/g) ?? [];
    return { a: Object.fromEntries(names.map((name, at) => [name, lines[at] ?? null])) };
  };
  const written = (lines: readonly (string | null)[]) => textOf(lines.filter((each) => each !== null));

  it("whatever is written comes back in its order, or nothing is put", async () => {
    await fc.assert(
      fc.asyncProperty(
        held,
        fc.array(line, { maxLength: 6 }),
        expressions,
        async (lines, text, expression) => {
          const contact = contactOf(expression, lines);
          const answer = await put(contact, expression, textOf(text));
          if (answer.problems.length > 0) expect(answer.contact).toBe(contact);
          else expect(written(Object.values(answer.contact["a"] as typeof contact.a))).toBe(textOf(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("whichever of different lines are gone, the others stay", async () => {
    const different = fc.uniqueArray(line, { minLength: 4, maxLength: 4 });
    const some = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(different, some, expressions, async (all, is, expression) => {
        const lines = all.map((each, at) => (is[at] ? each : null));
        const left = lines.map((each, at) => (is[at + 4] ? each : null));
        const contact = contactOf(expression, lines);
        expect(await after(contact, expression, written(left))).toEqual(contactOf(expression, left));
      }),
      { numRuns: 300 },
    );
  });

  it("a very long text is told in a moment", async () => {
    const long = (sign: string) => Array.from({ length: 12_000 }, (_, at) => `${sign}${at}`).join("\n");
    const contact = { a: { street1: long("a"), town: "Bern" } };
    expect(await problem(contact, whole, long("b"))).toMatch(/12000 lines, and S-360 holds 4/);
    expect(await after(contact, whole, `${long("b")}\nBasel`)).toEqual({
      a: { street1: long("b"), town: "Basel" },
    });
  });
});
