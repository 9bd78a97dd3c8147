import { describe, expect, it } from "vitest";
import type { FieldDescribe } from "../side";
import { compileMapping } from "./compile";
import { lineOf, type LineDraft } from "./defaults/defaults-contacts";
import { evaluateMapping } from "./evaluate";
import type { EvaluatedField, Evaluation, EvaluationContext } from "./evaluation";
import { testField } from "./test-describe";

const fields: readonly FieldDescribe[] = [
  testField("SyncId__c", "text", 40),
  testField("Name", "text", 20),
  testField("Notes", "textarea", 200),
  testField("Email", "email", 40),
  testField("OptOut", "boolean"),
  testField("Amount", "number", 0, { scale: 2 }),
  testField("Count", "integer"),
  testField("Birthdate", "date"),
  testField("At", "datetime"),
  testField("Genres", "multipicklist"),
  testField("Title", "picklist", 40, { restrictedPicklist: true, picklistValues: ["Mr."] }),
  testField("AccountId", "reference", 18),
  testField("RecordTypeId", "reference", 18),
  testField("Origin", "text", 20, { updateable: false }),
  testField("Formula", "text", 20, { createable: false, updateable: false }),
];

const context: EvaluationContext = {
  valueMaps: {
    titles: { values: { MR: "Mr." }, otherwise: "leave" },
    strict: { values: { MR: "Mr." }, otherwise: "hold" },
    lenient: { values: { MR: "Mr." }, otherwise: { default: "Other" } },
  },
  timeZone: "Europe/Zurich",
  selected: (section) => section !== "unselected",
};

interface Options {
  readonly recordType?: "person";
  readonly prefix?: string;
}

async function evaluate(
  lines: readonly LineDraft[],
  source: unknown,
  options: Options = {},
): Promise<Evaluation> {
  const { recordType, prefix = "" } = options;
  const document = {
    kind: "individual",
    object: "Thing",
    keyField: "SyncId__c",
    recordType,
    lines: lines.map(lineOf),
  } as const;
  const describe = { name: "Thing", label: "Thing", fields };
  const compiled = compileMapping(
    { ...document, lines: [...document.lines] },
    { prefix, describe, recordTypeId: "012A" },
  );
  const evaluation = await evaluateMapping(compiled, source, context);
  return { ...evaluation, problems: [...compiled.problems, ...evaluation.problems] };
}

/** The one line's field, or undefined when the target stays untouched; fails on problems. */
async function one(line: LineDraft, source: unknown): Promise<EvaluatedField | undefined> {
  const { fields: found, problems } = await evaluate([line], source);
  expect(problems).toEqual([]);
  return found[0];
}

async function value(line: LineDraft, source: unknown): Promise<unknown> {
  const field = await one(line, source);
  return field ? field.value : "untouched";
}

async function fault(line: LineDraft, source: unknown): Promise<string> {
  const { fields: found, problems } = await evaluate([line], source);
  expect(found).toEqual([]);
  return problems.map((problem) => `${problem.fault.code}: ${problem.fault.sentence}`).join("\n");
}

describe("absent is not empty", () => {
  const name = { target: "Name", expression: "person.name" };

  it("leaves the target alone when the section is absent", async () => {
    expect(await value(name, {})).toBe("untouched");
    expect(await value(name, { unrelated: 1 })).toBe("untouched");
  });

  it("clears the target when the section is there and nothing is found in it", async () => {
    for (const person of [null, {}, { name: null }, { name: "  " }, []])
      expect(await value(name, { person })).toBeNull();
  });

  it("leaves the target alone when the section is not selected, unless it says something", async () => {
    const line = { target: "Name", expression: "unselected.name" };
    expect(await value(line, { unselected: { name: null } })).toBe("untouched");
    expect(await value(line, { unselected: { name: "Ada" } })).toBe("Ada");
  });

  it("does not clear when one of two sections is absent", async () => {
    const line = { target: "Name", expression: '$joinParts(" ", a.x, b.y)' };
    expect(await value(line, { a: {} })).toBe("untouched");
    expect(await value(line, { a: {}, b: {} })).toBeNull();
    expect(await value(line, { a: { x: "1" } })).toBe("1");
  });

  it("clears with a constant null and writes other constants", async () => {
    expect(await value({ target: "Name", expression: "null" }, {})).toBeNull();
    expect(await value({ target: "Name", expression: '"S-360"' }, {})).toBe("S-360");
  });

  it("reads only what the source owns", async () => {
    expect(await value({ target: "Name", expression: "constructor.name" }, {})).toBe("untouched");
    expect(await value({ target: "Name", expression: "person.constructor.name" }, { person: {} })).toBeNull();
    expect(await value({ target: "Name", expression: "toString" }, {})).toBe("untouched");
  });
});

describe("a checkbox", () => {
  const optOut = { target: "OptOut", expression: "$opposite(permissions[code='EMAIL'][0].allowed)" };

  it("is never cleared or set by absence", async () => {
    for (const permissions of [
      null,
      [],
      [{ code: "SMS", allowed: true }],
      [{ code: "EMAIL", allowed: null }],
    ]) {
      expect(await value(optOut, { permissions })).toBe("untouched");
    }
    expect(await value({ ...optOut, onMissing: "clear" }, { permissions: [] })).toBe("untouched");
    expect(await value({ ...optOut, expression: "null" }, {})).toBe("untouched");
  });

  it("takes true and false, also as text", async () => {
    expect(await value(optOut, { permissions: [{ code: "EMAIL", allowed: true }] })).toBe(false);
    expect(await value({ target: "OptOut", expression: "a" }, { a: "True" })).toBe(true);
    expect(await fault({ target: "OptOut", expression: "a" }, { a: "yes" })).toMatch(
      /true or false is needed/i,
    );
  });
});

describe("a missing value", () => {
  it("fails the record where the line requires one", async () => {
    const line = { target: "Name", expression: "person.name", required: "There is no name" };
    expect(await fault(line, { person: { name: " " } })).toBe("missing_value: There is no name");
    expect(await fault(line, {})).toBe("missing_value: There is no name");
  });

  it("takes the default", async () => {
    const line = {
      target: "Name",
      expression: "a.b",
      onMissing: { default: "Unknown", when: "always" as const },
    };
    expect(await one(line, { a: {} })).toMatchObject({ value: "Unknown", when: "always" });
  });

  it("takes the default for new records only where the line says so, or S-360 says nothing", async () => {
    const onCreate = {
      target: "OptOut",
      expression: "a.b",
      onMissing: { default: true, when: "create" as const },
    };
    expect(await one(onCreate, { a: {} })).toMatchObject({ value: true, when: "create" });
    const always = {
      target: "Name",
      expression: "a.b",
      onMissing: { default: "Unknown", when: "always" as const },
    };
    expect(await one(always, {})).toMatchObject({ value: "Unknown", when: "create" });
  });

  it("clears where the line says so, even in a section that is not selected, but not when S-360 is silent", async () => {
    const line = { target: "Name", expression: "unselected.name", onMissing: "clear" as const };
    expect(await value(line, { unselected: {} })).toBeNull();
    expect(await value(line, {})).toBe("untouched");
  });
});

describe("a value that cannot be used", () => {
  const email = { target: "Email", expression: "a" };

  it("holds the record", async () => {
    expect(await fault(email, { a: "ada@" })).toMatch(
      /^invalid_value: E-mail "ada@" is not valid\. It comes from a/,
    );
  });

  it("leaves the field or takes the default where the line says so", async () => {
    expect(await value({ ...email, onInvalid: "leave" }, { a: "ada@" })).toBe("untouched");
    expect(await value({ ...email, onInvalid: { default: null } }, { a: "ada@" })).toBeNull();
    expect(await value({ ...email, onInvalid: { default: "no@one.example" } }, { a: "ada@" })).toBe(
      "no@one.example",
    );
  });

  it.each([
    ["Amount", "$number(a)", "Anna", '"Anna" is not a number. It comes from a and goes to Amount.'],
    ["At", "$fromMillis($toMillis(a))", "soon", '"soon" is not a date and time. It comes from a'],
    [
      "Name",
      "$single($split(a, ','), function($b) { $b = 'x' })",
      "a,b",
      "No value fits, and one is needed.",
    ],
  ])("is what jsonata itself finds in it: %s of %s", async (target, expression, a, sentence) => {
    expect(await fault({ target, expression }, { a })).toContain(`invalid_value: ${sentence}`);
    expect(await value({ target, expression, onInvalid: "leave" }, { a })).toBe("untouched");
  });

  it("is not what a broken expression gives: that always holds", async () => {
    const line = { target: "Name", expression: "$uppercase(a)", onInvalid: "leave" as const };
    expect(await fault(line, { a: 7 })).toMatch(
      /^expression_failed: The expression for Name failed near character/,
    );
  });

  it("is not what is never in time: that is tried again by itself", async () => {
    const expression = "$string($count($map(a, function($i) { $count($$.a[$ > $i]) })))";
    const source = { a: Array.from({ length: 9_000 }, (_, id) => id) };
    expect(await fault({ target: "Name", expression, onInvalid: "leave" }, source)).toMatch(
      /^expression_slow: The expression for Name took too long\. It is tried again/,
    );
  });

  it.each(["a@b.ch", "first.last+tag@sub.domain.example", "o'neil@x.museum", "a@xn--bcher-kva.example"])(
    "is not %s",
    async (address) => expect(await value(email, { a: address })).toBe(address),
  );

  it.each([
    "not an e-mail",
    "a@b",
    "a..b@c.ch",
    "@c.ch",
    "a@c.ch, b@c.ch",
    "a@c..ch",
    "Ada <a@c.ch>",
    "é@c.ch",
  ])("is %s as an e-mail address", async (address) =>
    expect(await fault(email, { a: address })).toMatch(/E-mail ".*" is not valid/),
  );

  it.each([
    ["Amount", "12,50"],
    ["Amount", true],
    ["Amount", "90071992547409931"],
    ["Birthdate", "31.12.1980"],
    ["At", 5],
    ["Name", { b: 1 }],
    ["Genres", [["x", { y: 1 }]]],
  ])("is, for %s, %j", async (target, a) => {
    expect(await fault({ target, expression: "a" }, { a })).toMatch(/^invalid_value/);
  });

  it("is not a number, infinite, or a function", async () => {
    expect(await fault({ target: "Amount", expression: "0/0" }, {})).toMatch(
      /^(invalid_value|expression_failed)/,
    );
    expect(await fault({ target: "Amount", expression: "1/0" }, {})).toMatch(
      /^(invalid_value|expression_failed)/,
    );
    expect(await fault({ target: "Name", expression: "$uppercase" }, {})).toMatch(/^invalid_value/);
  });

  it("is one nested too deeply to be read, and it harms no other line", async () => {
    let a: unknown = "x";
    for (let depth = 0; depth < 20_000; depth += 1) a = [a];
    const lines = ["a", "b"].map((expression, index) => ({ target: index ? "Notes" : "Name", expression }));
    const { fields: found, problems } = await evaluate(lines, { a, b: "fine" });
    expect(problems.map((problem) => problem.fault.code)).toEqual(["expression_failed"]);
    expect(problems[0]?.fault.sentence).toMatch(/call stack/);
    expect(found).toMatchObject([{ target: "Notes", value: "fine" }]);
  });

  it("tells what the admin's own $error says", async () => {
    const line = { target: "Name", expression: 'a = 1 ? $error("One is not allowed here") : a' };
    expect(await fault(line, { a: 1 })).toBe("invalid_value: One is not allowed here");
  });
});

describe("a value takes the form of its field", () => {
  it.each([
    ["Name", 10228310120001, "10228310120001"],
    ["Name", "90071992547409931", "90071992547409931"],
    ["Notes", 1e21, "1000000000000000000000"],
    ["Name", true, "true"],
    ["Name", ["first", "second"], "first"],
    ["Email", ["", null, " ", "x@y.ch", "z@y.ch"], "x@y.ch"],
    ["Email", ["", null], null],
    ["Notes", "a\r\nb ", "a\nb"],
    ["Amount", 12.345, 12.35],
    ["Amount", "12.5", 12.5],
    ["Count", 3, 3],
    ["Birthdate", "1980-04-24T23:00:00.000+00:00", "1980-04-25"],
    ["At", "2025-10-12T17:09:27.503+00:00", "2025-10-12T17:09:27.000Z"],
    ["Genres", ["OPERA", "JAZZ"], "JAZZ;OPERA"],
    ["Title", "Unheard of", "Unheard of"],
  ])("%s of %j is %j", async (target, a, expected) => {
    expect(await value({ target, expression: "a" }, { a })).toBe(expected);
  });

  it("too long holds the record, naming the field and its length", async () => {
    expect(await fault({ target: "Name", expression: "a" }, { a: "x".repeat(21) })).toMatch(
      /^too_long: Name \(Name\) is longer than 20 characters: the value has 21\./,
    );
  });

  it("too long is cut where the line says so", async () => {
    const line = { target: "Name", expression: "a", tooLong: "cut" as const };
    expect(await value(line, { a: "x".repeat(19) + " yz" })).toBe("x".repeat(19));
  });

  it("longer than any text may be is a problem", async () => {
    expect(await fault({ target: "Notes", expression: "a" }, { a: "x".repeat(100_001) })).toMatch(
      /100000 characters/,
    );
  });
});

describe("value maps", () => {
  const with_ = (map: string): LineDraft => ({ target: "Title", expression: `$valueMap("${map}", a.title)` });

  it("give the value of a code", async () => {
    expect(await value(with_("titles"), { a: { title: "MR" } })).toBe("Mr.");
  });

  it("leave, hold or take a default for a code they do not list", async () => {
    expect(await value(with_("titles"), { a: { title: "DR" } })).toBe("untouched");
    expect(await value(with_("lenient"), { a: { title: "DR" } })).toBe("Other");
    expect(await fault(with_("strict"), { a: { title: "DR" } })).toMatch(
      /^unknown_code: The code "DR" is not in/,
    );
    expect(await value(with_("titles"), { a: { title: "__proto__" } })).toBe("untouched");
  });

  it("give nothing for nothing", async () => {
    expect(await value(with_("strict"), { a: { title: null } })).toBeNull();
    expect(await value(with_("strict"), {})).toBe("untouched");
  });

  it("must exist", async () => {
    expect(await fault(with_("nowhere"), { a: { title: "MR" } })).toMatch(
      /^expression_failed: There is no value map/,
    );
  });
});

describe("the record", () => {
  it("has its key under the name that the org has, however the mapping writes it", () => {
    const describe = { name: "Thing", label: "Thing", fields };
    const document = { kind: "individual", object: "Thing", keyField: "[p]SYNCID__C", lines: [] } as const;
    const compiled = compileMapping({ ...document, lines: [] }, { prefix: "", describe, recordTypeId: null });
    expect(compiled.keyField).toBe("SyncId__c");
  });

  it("has its key, however it is written in the source", async () => {
    const { key } = await evaluate([{ target: "SyncId__c", expression: "id" }], { id: 12 });
    expect(key).toBe("12");
  });

  it("keeps every problem of every line, beside the fields that are fine", async () => {
    const evaluation = await evaluate(
      [
        { target: "Email", expression: "a" },
        { target: "Name", expression: "b", required: "No name" },
        { target: "Notes", expression: "c" },
        { target: "Amount", expression: "$money(d)" },
      ],
      { a: "x", c: "fine", d: 1.5 },
    );
    expect(evaluation.problems.map((problem) => problem.lineIndex)).toEqual([0, 1, 3]);
    expect(evaluation.fields).toMatchObject([{ target: "Notes", value: "fine" }]);
  });

  it("gets the org's record type when it is new, where the mapping chooses one", async () => {
    const { fields: found } = await evaluate([], {}, { recordType: "person" });
    expect(found).toMatchObject([{ target: "RecordTypeId", value: "012A", when: "create", lineIndex: -1 }]);
    expect((await evaluate([], {})).fields).toEqual([]);
  });

  it("keeps the key of another record as text of any length", async () => {
    const reference = { object: "[p]Other__c", family: "contact" as const };
    const line = { target: "AccountId", expression: "a", reference };
    const { fields: found } = await evaluate([line], { a: 12345678901234567890123 }, { prefix: "secutix__" });
    expect(found).toMatchObject([{ reference: { object: "secutix__Other__c", family: "contact" } }]);
    expect((await one(line, { a: "a-key-longer-than-eighteen" }))?.value).toBe("a-key-longer-than-eighteen");
  });

  it("writes a field that can only be set on new records then only", async () => {
    expect(await one({ target: "Origin", expression: '"S-360"' }, {})).toMatchObject({ when: "create" });
    expect(await one({ target: "Name", expression: '"S-360"', when: "blank" }, {})).toMatchObject({
      when: "blank",
    });
  });

  it("cannot be written while the org lacks a field or only computes it", async () => {
    const { problems } = await evaluate(
      [
        { target: "[p]Missing__c", expression: "a" },
        { target: "Formula", expression: "a" },
        { target: "Name", expression: "$eval(a)" },
      ],
      {},
      { prefix: "secutix__" },
    );
    expect(problems.map((problem) => problem.fault.code)).toEqual([
      "field_missing",
      "field_missing",
      "expression_failed",
    ]);
    expect(problems[0]?.fault.sentence).toMatch(
      /no field secutix__Missing__c on Thing .* Create it or grant access/,
    );
    expect(problems[1]?.fault.sentence).toMatch(/Formula \(Formula\) on Thing \(Thing\) cannot be written/);
  });
});
