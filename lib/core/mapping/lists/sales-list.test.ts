/** The list that S-360's own page gives for sales, pasted: may be published, and gives on real orders what the default gives. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileMapping } from "../compile";
import { defaultValueMaps } from "../defaults/defaults";
import type { MappingDocument } from "../document";
import { evaluateMapping } from "../evaluate";
import type { Evaluation } from "../evaluation";
import { checkPublishable } from "../publish/publish";
import { readPastedLines } from "./pasted-lines";
import { outcomeOf } from "./outcome";
import { planLines } from "./plan";
import { defaultDocument, emptySale, fieldsOf, saleTarget, salesList } from "./test-lists";

type Json = Record<string, unknown>;

const context = { valueMaps: defaultValueMaps, timeZone: "Europe/Zurich", selected: () => true };

/** Every operation with its order. */
const sales = ["orders-20", "orders-edge"].flatMap((name) => {
  const text = readFileSync(new URL(`../../../../e2e/payloads/${name}.json`, import.meta.url), "utf8");
  const items = JSON.parse(text.replace(/(:\s*)(\d{16,})(?=[\s,}])/g, '$1"$2"')) as Json[];
  const orders = items.map((item) => (item["orderDetailsData"] ?? item) as Json);
  return orders.flatMap((order) =>
    ((order["operationDatas"] as Json[] | null) ?? []).map((operation) => ({ operation, order })),
  );
});

const thin: MappingDocument = {
  ...emptySale,
  lines: defaultDocument("sale").lines.filter(({ target }) =>
    /SyncId|ContactSTX|Account__c|Contact__c/.test(target),
  ),
};

function pasted(document: MappingDocument, prefix: string, removeOthers = false): MappingDocument {
  const target = { document, fields: fieldsOf(saleTarget(prefix)) };
  return {
    ...document,
    lines: [...outcomeOf(planLines(readPastedLines(salesList).entries, target), target, removeOthers).lines],
  };
}

async function results(
  document: MappingDocument,
  prefix: string,
  sources: readonly unknown[] = sales,
): Promise<Evaluation[]> {
  const compiled = compileMapping(document, saleTarget(prefix));
  expect(compiled.problems).toEqual([]);
  const found: Evaluation[] = [];
  for (const sale of sources) found.push(await evaluateMapping(compiled, sale, context));
  return found;
}

/** Fields and faults by name, whatever the order of the lines. */
function byName({ key, fields, problems }: Evaluation): unknown {
  const values = fields.map(({ target, value, when, reference }) => [target, value, when, reference?.object]);
  const faults = problems.map(({ fault }) => [fault.field, fault.code, fault.sentence]);
  return { key, values: values.sort(), faults: faults.sort() };
}

describe.each(["", "secutix__"])("pasted in an org with the prefix %j", (prefix) => {
  it.each([
    ["the default mapping", defaultDocument("sale"), false],
    ["the default mapping, whose other lines go", defaultDocument("sale"), true],
    ["a mapping with the key and the contact alone", thin, false],
    ["a mapping without lines", emptySale, false],
  ])("into %s, it may be published", (_what, document, removeOthers) => {
    const after = pasted(document, prefix, removeOthers);
    expect(checkPublishable(after, saleTarget(prefix), [])).toEqual([]);
  });

  it("gives on every sale exactly what the default mapping gives", async () => {
    expect(sales.length).toBeGreaterThan(30);
    const expected = (await results(defaultDocument("sale"), prefix)).map(byName);
    for (const removeOthers of [false, true]) {
      const given = await results(pasted(defaultDocument("sale"), prefix, removeOthers), prefix);
      expect(given.map(byName)).toEqual(expected);
    }
  });

  it("differs in one thing where the name had no line before: what is too long is held, not cut", async () => {
    const long = { operation: { ...sales[0]?.operation, product: "x".repeat(90) }, order: sales[0]?.order };
    const expected = await results(defaultDocument("sale"), prefix, [...sales, long]);
    const given = await results(pasted(thin, prefix), prefix, [...sales, long]);
    expect(given.slice(0, -1).map(byName)).toEqual(expected.slice(0, -1).map(byName));
    expect(expected.at(-1)?.problems).toEqual([]);
    expect(given.at(-1)?.problems.map(({ fault }) => [fault.code, fault.field])).toEqual([
      ["too_long", "Name"],
    ]);
  });

  it("lacks, in a mapping that had no lines, the two look-ups that tie a sale to its contact", () => {
    const pastedNames = new Set(pasted(emptySale, prefix).lines.map((line) => line.target));
    const lacking = defaultDocument("sale").lines.filter((line) => !pastedNames.has(line.target));
    expect(lacking.map((line) => line.target)).toEqual(["[p]Account__c", "[p]Contact__c"]);
  });
});
