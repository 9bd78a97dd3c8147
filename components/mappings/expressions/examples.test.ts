import { describe, expect, test } from "vitest";
import { mappingFunctions } from "@/lib/core/mapping/functions/functions";
import { checkExpression } from "@/lib/core/mapping/expression/allow-list";
import { sourceModel } from "@/lib/core/mapping/source-model";
import type { SourceType } from "@/lib/core/mapping/source-model";
import { exampleCondition, exampleOfFunction, examplePath, filterExamplesOf } from "./examples";
import { editorSource, type EditorSource } from "../source/source";

const values: Readonly<Record<string, readonly [SourceType, string]>> = {
  "operation.product": ["text", "Carmen"],
  "operation.type": ["code", "SALE"],
  "operation.totalAmount": ["money", "482000"],
  "order.creationDateTime": ["dateTime", "2026-01-01"],
};

const source: EditorSource = {
  ...editorSource(null, "operation"),
  model: sourceModel("operation"),
  paths: Object.keys(values),
  valueMaps: ["titles", "types"],
  seen: {
    at: (path) => {
      const [type, example] = values[path] ?? [];
      return type ? { type, example: example ?? null, list: false, lengths: null } : null;
    },
    valueMap: () => null,
  } as EditorSource["seen"],
};

describe("examples", () => {
  test("call functions with the venue's own values", () => {
    expect(exampleOfFunction("money", source)).toBe("$money(operation.totalAmount)");
    expect(exampleOfFunction("valueMap", source)).toBe('$valueMap("types", operation.type)');
    expect(exampleOfFunction("dateTime", source)).toBe("$dateTime(order.creationDateTime)");
    expect(exampleOfFunction("joinParts", source)).toBe(
      '$joinParts(", ", operation.product, operation.type)',
    );
  });

  test("are left out where the venue has no such value", () => {
    expect(exampleOfFunction("phone", source)).toBeNull();
    expect(exampleOfFunction("lines", { ...source, paths: [] })).toBeNull();
  });

  test("can be used as they stand", () => {
    const examples = mappingFunctions.flatMap(({ name }) => exampleOfFunction(name, source) ?? []);
    expect(examples.length).toBeGreaterThan(7);
    expect([...examples, exampleCondition(source)].flatMap(checkExpression)).toEqual([]);
  });

  test("of filters are conditions about codes, lists and flags that can be used as they stand", () => {
    const of = (types: Readonly<Record<string, readonly [SourceType, string]>>): EditorSource => ({
      ...editorSource(null, "individual"),
      paths: Object.keys(types),
      seen: {
        at: (path) => {
          const [type, example] = types[path] ?? [];
          return type ? { type, example: example ?? null, list: false, lengths: null } : null;
        },
        valueMap: () => null,
      },
    });
    const filters = filterExamplesOf(
      of({
        type: ["code", "INDIVIDUAL"],
        "addresses.countryCode": ["code", "CH"],
        "authorizations(authorizationCode=EMAIL).allowed": ["boolean", "true"],
      }),
    ).map(({ text }) => text);
    expect(filters).toEqual([
      'type = "INDIVIDUAL"',
      '"CH" in addresses.countryCode',
      'authorizations[authorizationCode="EMAIL"][0].allowed',
    ]);
    expect(filters.flatMap(checkExpression)).toEqual([]);
    expect(filterExamplesOf(of({})).map(({ text }) => text)).toEqual(['state = "ACTIVE"']);
  });

  test("name a value and a condition that are there", () => {
    expect(exampleCondition(source)).toBe('operation.type = "SALE"');
    expect(exampleCondition({ ...source, paths: [] })).toBe('state = "ACTIVE"');
    expect(examplePath(source)).toBe("operation.product");
    expect(examplePath({ paths: [] })).toBe("addresses(main)/town");
  });
});
