/** The short form by its cases: what is typed, what is stored, what it gives on a contact or a sale, and what is refused. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkExpression } from "../expression/allow-list";
import { boundExpression } from "../expression/bounded-expression";
import { defaultMappings, defaultValueMaps } from "../defaults/defaults";
import { sourceModel } from "../source-model";
import cases from "./cases.json";
import { compileShortForm } from "./compile";
import { readShortForm } from "./parse";
import { printShortForm } from "./print";
import { recogniseShortForm } from "./recognise";
import { shortForms, texts } from "./test-forms";

const context = {
  valueMaps: {
    ...defaultValueMaps,
    "my titles": { values: { MRS: "Madam" }, otherwise: "hold" as const },
  },
  timeZone: "Europe/Zurich",
};

interface Case {
  readonly source: string;
  readonly jsonata: string;
  readonly value: unknown;
  readonly kind?: string;
  readonly printed?: string;
  readonly unknown?: readonly string[];
}

interface ErrorCase {
  readonly source: string;
  readonly code: string;
  readonly position: number;
  readonly kind?: string;
  readonly says?: string;
  readonly suggestion?: string;
}

const modelOf = (kind: string | undefined) => sourceModel(kind === "operation" ? "operation" : "individual");

function read(source: string, kind?: string) {
  const answer = readShortForm(source, modelOf(kind));
  if (!answer.ok) throw new Error(answer.problem.sentence);
  return answer;
}

async function valueOf(jsonata: string, source: unknown): Promise<unknown> {
  const bounded = boundExpression(jsonata);
  if (!bounded.ok) throw new Error(bounded.problems[0]?.sentence);
  const value: unknown = await bounded.bounded.run(source, context);
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}

describe.each(cases.cases as readonly Case[])("$source", ({ source, kind, ...expected }) => {
  it("is stored as JSONata and comes back the same", () => {
    const { form } = read(source, kind);
    const jsonata = compileShortForm(form);
    expect(jsonata).toBe(expected.jsonata);
    expect(checkExpression(jsonata)).toEqual([]);
    expect(recogniseShortForm(jsonata)).toEqual(form);
    expect(printShortForm(form)).toBe(expected.printed ?? source);
  });

  it("gives what it says", async () => {
    const { form } = read(source, kind);
    const record = kind === "operation" ? cases.sales : cases.contacts;
    expect(await valueOf(compileShortForm(form), record)).toEqual(expected.value);
  });

  it("tells which names the documentation does not know", () => {
    const { unknown } = read(source, kind);
    expect(
      unknown.map(
        ({ suggestion, position, length }) =>
          suggestion ?? source.slice(position - 1, position - 1 + length).replace(/`/g, ""),
      ),
    ).toEqual(expected.unknown ?? []);
  });
});

describe.each(cases.errors as readonly ErrorCase[])("$source", ({ source, kind, ...expected }) => {
  it("is refused in words, at its place", () => {
    const answer = readShortForm(source, modelOf(kind));
    if (answer.ok) throw new Error("it was read");
    const { code, position, suggestion, sentence, length } = answer.problem;
    expect({ code, position, suggestion }).toEqual({
      code: expected.code,
      position: expected.position,
      suggestion: expected.suggestion,
    });
    expect(length).toBeGreaterThan(0);
    expect(sentence).toContain(expected.says ?? "");
    expect(sentence).toMatch(/[.?`)/…]$/);
  });
});

describe("a value map that there is not", () => {
  const noted = (text: string, valueMaps: readonly string[]) => {
    const answer = readShortForm(text, sourceModel("individual"), valueMaps);
    return answer.ok
      ? answer.unknown.map(({ suggestion, position }) => ({ suggestion, position }))
      : answer.problem;
  };

  it("is noted at its place, with the one that was likely meant", () => {
    const text = "valueMap(titels, individualContact/title)";
    expect(noted(text, ["titles"])).toEqual([{ suggestion: "titles", position: 10 }]);
    expect(noted("valueMap(titles, individualContact/title)", ["titles"])).toEqual([]);
    expect(noted(text, ["my titels"])).toEqual([{ suggestion: undefined, position: 10 }]);
    expect(noted("valueMap(mytitles, individualContact/title)", ["my titles"])).toEqual([
      { suggestion: '"my titles"', position: 10 },
    ]);
  });

  it("is not spoken of where nobody knows which there are", () => {
    expect(noted("valueMap(titels, individualContact/title)", [])).toEqual([]);
  });
});

describe("the lines of a new connection", () => {
  const documents = [
    defaultMappings({ individualsAs: "person-account", account: { kind: "private" }, saleObject: "Sale__c" }),
    defaultMappings({ individualsAs: "contact", account: { kind: "household" }, saleObject: "Sale__c" }),
  ].flat();
  const lines = documents.flatMap(({ name, document }) => document.lines.map((line) => ({ name, ...line })));

  it.each(lines)("$name $target has a short form that compiles to itself", ({ expression }) => {
    const form = recogniseShortForm(expression);
    expect(form && compileShortForm(form)).toBe(expression);
  });
});

describe("what short form cannot say stays an expression", () => {
  it.each([
    "name[]",
    "(name)[]",
    "addresses[].street1",
    "addresses[main][0].street1[]",
    "addresses[main[]][0].street1",
    "addresses[(main)[]][0].street1",
    "addresses[town[]='Bern'][0].street1",
    "$first(a[], b)",
    "$first(a, b)[]",
    "$money(a[])",
    '$joinParts(" ", a, b[])',
    "$first[x='z'](a, b)",
    "$first[](a, b)",
    "$first{x: x}(a, b)",
    '"text"[]',
  ])("%s", (expression) => expect(recogniseShortForm(expression)).toBeNull());
});

describe("whatever is given", () => {
  it("reading never throws and never hangs", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const answer = readShortForm(text, sourceModel("individual"));
        if (answer.ok) expect(checkExpression(compileShortForm(answer.form))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it("recognising never throws, and compiles to what it recognised", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const form = recogniseShortForm(text);
        if (form) expect(recogniseShortForm(compileShortForm(form))).toEqual(form);
      }),
      { numRuns: 2_000 },
    );
  });

  it("a form goes to JSONata and back, and to text and back", () => {
    fc.assert(
      fc.property(shortForms, (form) => {
        expect(recogniseShortForm(compileShortForm(form))).toEqual(form);
        const again = readShortForm(printShortForm(form));
        expect(again.ok && again.form).toEqual(form);
      }),
      { numRuns: 2_000 },
    );
  });
});
