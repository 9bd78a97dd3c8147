/** Run directly, a short form gives what jsonata gives for what it compiles to: on real records, and on anything else. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundExpression, slowExpression } from "../expression/bounded-expression";
import { defaultMappings, defaultValueMaps } from "../defaults/defaults";
import cases from "./cases.json";
import { compileShortForm } from "./compile";
import type { ShortForm } from "./form";
import { readShortForm } from "./parse";
import { recogniseShortForm } from "./recognise";
import { directRun, unusual } from "./run";
import { shortForms } from "./test-forms";

const context = { valueMaps: defaultValueMaps, timeZone: "Europe/Zurich" };

type Outcome = { readonly value: unknown } | { readonly failed: string };

function plain(value: unknown): unknown {
  return value === undefined ? "nothing" : (JSON.parse(JSON.stringify(value)) as unknown);
}

async function outcomeOf(run: () => unknown): Promise<Outcome> {
  try {
    return { value: plain(await run()) };
  } catch (error) {
    const { kind, code, sentence, message } = error as Record<string, string>;
    return { failed: [kind, code, sentence ?? message].join(" ") };
  }
}

/** Null where it gave up. */
async function direct(form: ShortForm, source: unknown): Promise<Outcome | null> {
  let gaveUp = false;
  const outcome = await outcomeOf(() => {
    const value = directRun(form)(source, context);
    gaveUp = value === unusual;
    return gaveUp ? null : value;
  });
  return gaveUp ? null : outcome;
}

async function byJsonata(form: ShortForm, source: unknown): Promise<Outcome> {
  const slow = slowExpression(compileShortForm(form));
  if (!slow.ok) throw new Error(slow.problems[0]?.sentence);
  return outcomeOf(() => slow.bounded.run(source, context));
}

const json = <T>(name: string) => JSON.parse(readFileSync(`e2e/payloads/${name}.json`, "utf8")) as T;

describe("run directly", () => {
  const contacts = json<unknown[]>("contacts-50");
  const orders = json<{ orderDetailsData: { operationDatas: unknown[] } }[]>("orders-20");
  const sales = orders.flatMap(({ orderDetailsData: { operationDatas, ...order } }) =>
    operationDatas.map((operation) => ({ operation, order })),
  );
  const documents = [
    ...defaultMappings({
      individualsAs: "person-account",
      account: { kind: "private" },
      saleObject: "Sale__c",
    }),
    ...defaultMappings({ individualsAs: "contact", account: { kind: "household" }, saleObject: "Sale__c" }),
  ];
  const lines = documents.flatMap(({ document: { kind, lines: of } }) =>
    of.map(({ expression }) => ({ kind, expression })),
  );

  it.each(lines)(
    "$expression: the same on every real record, and never given up",
    async ({ kind, expression }) => {
      const form = recogniseShortForm(expression);
      if (!form) throw new Error("it has no short form");
      for (const source of kind === "operation" ? sales : contacts) {
        const found = await direct(form, source);
        if (found !== null) expect(found).toEqual(await byJsonata(form, source));
        else expect(await byJsonata(form, source)).toHaveProperty("failed");
      }
    },
  );

  it.each(cases.cases)("$source: as jsonata has it", async ({ source, kind }) => {
    const read = readShortForm(source);
    if (!read.ok) throw new Error(read.problem.sentence);
    const record = kind === "operation" ? cases.sales : cases.contacts;
    const found = await direct(read.form, record);
    if (found !== null) expect(found).toEqual(await byJsonata(read.form, record));
  });

  it.each(["hold", "leave", { default: "Other" }] as const)(
    "a code that its value map does not list is told once, where the map says %s",
    async (otherwise) => {
      const told: string[][] = [];
      const read = readShortForm("valueMap(titles, individualContact/title)");
      if (!read.ok) throw new Error(read.problem.sentence);
      const bounded = boundExpression(compileShortForm(read.form));
      if (!bounded.ok) throw new Error(bounded.problems[0]?.sentence);
      const asked = {
        ...context,
        valueMaps: { titles: { values: {}, otherwise } },
        onUnseen: (...seen: string[]) => void told.push(seen),
      };
      await bounded.bounded.run({ individualContact: { title: "PROF" } }, asked).catch(() => undefined);
      expect(told).toEqual([["titles", "PROF"]]);
    },
  );

  it("any form on any source is as in jsonata, or given up", async () => {
    const keys = fc.constantFrom(
      "addresses",
      "communicationMeans",
      "street1",
      "main",
      "x",
      "größe",
      "my name",
      "in",
      "EOL",
      "first",
      "money",
      "a-b",
      "true",
      "constructor",
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(
          null,
          true,
          false,
          "",
          " a ",
          "EMAIL",
          0,
          1,
          5,
          -2.5,
          "true",
          "false",
          "2026-02-01",
          "41 / 0791234567",
        ),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(keys, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(shortForms, value, async (form, source) => {
        const found = await direct(form, source);
        if (found === null) return;
        ran++;
        expect(found).toEqual(await byJsonata(form, source));
      }),
      { numRuns: 4_000 },
    );
    expect(ran).toBeGreaterThan(1_000);
  });
});
