/** Whatever a line or a filter does with a record, the next one reads it as S-360 sent it: in any order, twice, and shared. */
import { expect, it } from "vitest";
import { compileMapping } from "./compile";
import { lineOf } from "./defaults/defaults-contacts";
import { evaluateMapping, takesPart } from "./evaluate";
import { testField } from "./test-describe";

const context = { valueMaps: {}, timeZone: "UTC", selected: () => true };
const fields = [
  testField("SyncId__c", "text", 40),
  testField("Towns", "text", 200),
  testField("Count", "integer"),
];
const record = () => ({ contactNumber: "1", addresses: [], nested: [[]] });

const towns = { target: "Towns", expression: '$join($keys(addresses{countryCode: town}), ", ")' };
const count = { target: "Count", expression: "$count(addresses)" };
const grouping = "$count($keys(addresses{countryCode: 1})) < 5";

function compiled(
  lines: readonly { readonly target: string; readonly expression: string }[],
  filter?: string,
) {
  const describe = { name: "Thing", label: "Thing", fields };
  const all = [{ target: "SyncId__c", expression: "contactNumber" }, ...lines].map(lineOf);
  return compileMapping(
    { kind: "individual", object: "Thing", keyField: "SyncId__c", lines: all, ...(filter && { filter }) },
    { prefix: "", describe, recordTypeId: null },
  );
}

async function written(mapping: ReturnType<typeof compiled>, source: unknown): Promise<unknown> {
  const { fields: found, problems } = await evaluateMapping(mapping, source, context);
  expect(problems).toEqual([]);
  return Object.fromEntries(found.map(({ target, value }) => [target, value]));
}

it("the order of the lines makes no difference", async () => {
  const source = record();
  const expected = { SyncId__c: "1", Towns: null, Count: 0 };
  expect(await written(compiled([count, towns]), source)).toEqual(expected);
  expect(await written(compiled([towns, count]), source)).toEqual(expected);
  expect(source).toEqual(record());
});

it("the preview, which asks the filter last, shows what the worker writes, which asks it first", async () => {
  const mapping = compiled([count], grouping);
  const [previewed, worked] = [record(), record()];
  const shown = await written(mapping, previewed);
  expect(await takesPart(mapping, previewed, context)).toBe(true);
  expect(await takesPart(mapping, worked, context)).toBe(true);
  expect(await written(mapping, worked)).toEqual(shown);
  expect(await written(mapping, previewed)).toEqual(shown);
});

it.each([
  "$string(addresses{countryCode: town})",
  "$string(nested#$x.{'a': $x})",
  "$string(nested.{'a': $})",
  "$string($map(nested, function($list) { $list{'a': 1} }))",
  "$string(addresses[])",
])("%s leaves the record as it is", async (expression) => {
  const source = record();
  await written(compiled([{ target: "Towns", expression }]), source);
  expect(source).toStrictEqual(record());
  expect([Object.keys(source.addresses), source.addresses]).toEqual([[], []]);
});
