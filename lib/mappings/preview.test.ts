import { describe, expect, test } from "vitest";
import { defaultMappings, defaultValueMaps } from "@/lib/core/mapping/defaults/defaults";
import { mappingDocumentSchema, type MappingDocument } from "@/lib/core/mapping/document";
import { limits } from "@/lib/core/mapping/expression/limits";
import type { MappingTarget } from "@/lib/core/mapping/evaluation";
import { testAccount } from "@/lib/core/mapping/test-describe";
import { previewBudgetMs, previewMapping } from "./preview";

const target: MappingTarget = {
  prefix: "",
  describe: testAccount({ personAccounts: true }),
  recordTypeId: "012000000000001AAA",
};
const context = { valueMaps: defaultValueMaps, timeZone: "Europe/Zurich", selected: () => true };

type Line = { target: string; expression: string; [policy: string]: unknown };

function document(...lines: Line[]): MappingDocument {
  const key = { target: "[p]SyncId__c", expression: "contactNumber" };
  const last = { target: "LastName", expression: "name" };
  return mappingDocumentSchema.parse({
    kind: "individual",
    object: "Account",
    keyField: "[p]SyncId__c",
    recordType: "person",
    lines: [key, last, ...lines],
  });
}

const source = {
  contactNumber: "42",
  name: "Frank",
  first: "Aïcha",
  birthday: "1948-08-10T23:00:00.000+00:00",
};
const preview = (made: MappingDocument, over: Partial<Parameters<typeof previewMapping>[0]> = {}) =>
  previewMapping({ document: made, target, source, context, ...over });
const third = async (line: Line) => (await preview(document(line))).lines[2];

describe("a preview", () => {
  test("shows a moment as the clocks at the venue do, beside what is stored", async () => {
    const fields = target.describe.fields.map((field) =>
      field.name === "FirstName" ? { ...field, name: "At__c", type: "datetime" as const } : field,
    );
    const made = document({ target: "At__c", expression: "birthday" });
    const { lines } = await preview(made, {
      target: { ...target, describe: { ...target.describe, fields } },
    });
    expect(lines[2]?.result).toMatchObject({
      value: "1948-08-10T23:00:00.000Z",
      clock: expect.stringMatching(/^11 Aug 1948, 0[01]:00:00 /) as string,
    });
  });

  test("shows for each line what Salesforce would get", async () => {
    const { lines, problems, required } = await preview(
      document(
        { target: "FirstName", expression: "$uppercase(first)" },
        { target: "PersonBirthdate", expression: "birthday", when: "create" },
      ),
    );
    const values = lines.map(({ result }) =>
      result.outcome === "value" ? [result.value, result.when] : result,
    );
    expect(values).toEqual([
      ["42", "always"],
      ["Frank", "always"],
      ["AÏCHA", "always"],
      ["1948-08-11", "create"],
    ]);
    expect(problems).toEqual([]);
    expect(required).toEqual({ needed: 2, missing: [] });
  });

  test("counts a field as filled only by a line without a problem, and the filter not at all", async () => {
    const made = document({ target: "FirstName", expression: "$eval(first)" });
    const broken = made.lines.map((line) =>
      line.target === "LastName" ? { ...line, expression: "(" } : line,
    );
    const { required, problems } = await preview({ ...made, filter: "name =", lines: broken });
    expect(required).toEqual({ needed: 2, missing: ["LastName"] });
    expect(problems.map(({ target: field }) => field)).toEqual([null]);
    const oneWay = made.lines.map((line) =>
      line.target === "LastName" ? { ...line, expression: '"x"', twoWay: true } : line,
    );
    const answer = await preview({ ...made, lines: oneWay });
    expect(answer.lines[1]?.problems).toHaveLength(1);
    expect(answer.required.missing).toEqual([]);
  });

  test("says whether the record takes part", async () => {
    const filtered = (filter: string | undefined) => ({ ...document(), ...(filter && { filter }) });
    const part = async (filter?: string) => (await preview(filtered(filter))).takesPart;
    expect(await part()).toBeNull();
    expect(await part('name = "Frank"')).toBe(true);
    expect(await part('name = "Moser"')).toBe(false);
    expect(await part("missing")).toBe(false);
    expect(await part("$number(name) > 1")).toEqual(expect.stringContaining("Correct the filter"));
    expect((await preview(filtered("name ="))).problems[0]?.sentence).toMatch(
      /^Which records take part cannot be told\. /,
    );
  });

  test("tells apart a field that is emptied and one that is left alone", async () => {
    const line = { target: "FirstName", expression: "nickname" };
    expect((await third(line))?.result).toEqual({ outcome: "left" });
    const told = { ...source, nickname: null };
    expect((await preview(document(line), { source: told })).lines[2]?.result).toEqual({
      outcome: "cleared",
      when: "always",
    });
  });

  test("keeps a problem at its line, and shows the others", async () => {
    const made = document(
      { target: "PersonEmail", expression: "first" },
      { target: "FirstName", expression: "first" },
    );
    const { lines } = await preview(made);
    expect(lines[2]?.result).toMatchObject({ outcome: "problem" });
    expect(lines[2]?.problems).toEqual([]);
    expect(lines[3]?.result).toMatchObject({ outcome: "value", value: "Aïcha" });
  });

  test("names what stands in the way of publishing a line, and the mapping", async () => {
    expect((await third({ target: "Nowhere__c", expression: "first" }))?.problems[0]).toMatch(
      /no field Nowhere__c/,
    );
    expect((await third({ target: "FirstName", expression: "$eval(first)" }))?.problems[0]).toMatch(/\$eval/);
    const { problems, required } = await preview({ ...document(), lines: [] });
    expect(problems).toHaveLength(2);
    expect(required).toEqual({ needed: 2, missing: ["[p]SyncId__c", "LastName"] });
  });

  test("says why it cannot try: no record, or an org that was never asked", async () => {
    const sentences = async (over: Parameters<typeof preview>[1]) =>
      (await preview(document(), over)).lines.map(({ result }) =>
        result.outcome === "not-run" ? result.sentence : "",
      );
    expect((await sentences({ source: undefined }))[0]).toMatch(/no record/);
    expect((await sentences({ target: null }))[0]).toMatch(/not been asked/);
  });

  test("of the default mapping of people has no problem", async () => {
    const [people] = defaultMappings({
      individualsAs: "person-account",
      account: { kind: "private" },
      saleObject: "x",
    });
    if (!people) throw new Error("there is no default mapping");
    const answer = await preview(people.document, {
      source: { contactNumber: "1", individualContact: { individualLastName: "Frank", title: "MRS" } },
    });
    expect([...answer.problems, ...answer.lines.flatMap(({ problems }) => problems)]).toEqual([]);
    expect(answer.lines.filter(({ result }) => result.outcome === "problem")).toEqual([]);
  });
});

describe("hostile expressions", () => {
  test.each([
    [
      "a text that doubles",
      '$reduce([1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1], function($a, $b){$a & $a}, "xxxx")',
    ],
    ["a text of half a gigabyte", '$pad("x", 500000000)'],
    ["catastrophic backtracking", '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)'],
    ["endless recursion", "($f := function($x){$f($x)}; $f(1))"],
    ["code from data", '$eval("1")'],
    ["a prototype", "constructor.constructor"],
  ])("end as a sentence or nothing at their line: %s", async (_name, expression) => {
    const line = await third({ target: "FirstName", expression });
    expect(["problem", "left", "cleared"]).toContain(line?.result.outcome);
  });

  test("together stay within a budget, and other requests get their turn meanwhile", async () => {
    const slow = "$count($map(items, function($a){$count($map(items, function($b){$b + $a}))}))";
    const items = Array.from({ length: 3_000 }, (_, index) => index);
    const made = document(...Array.from({ length: 60 }, () => ({ target: "FirstName", expression: slow })));
    let turns = 0;
    const clock = setInterval(() => turns++, 20);
    const { lines } = await preview(made, { source: { ...source, items } });
    clearInterval(clock);
    // Each that is tried uses up its own time, however slow the machine is.
    const tried = lines.slice(2).filter(({ result }) => result.outcome !== "not-run");
    expect(tried.length).toBeLessThanOrEqual(previewBudgetMs / limits.timeoutMs + 1);
    expect(turns).toBeGreaterThan(3);
    expect(lines[2]?.result).toMatchObject({ outcome: "problem" });
    expect(lines.at(-1)?.result).toMatchObject({ outcome: "not-run" });
  });
});
