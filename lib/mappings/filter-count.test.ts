import { expect, test } from "vitest";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { testAccount } from "@/lib/core/mapping/test-describe";
import { countTakingPart } from "./filter-count";
import { previewBudgetMs } from "./preview";

const target = { prefix: "", describe: testAccount({ personAccounts: true }), recordTypeId: null };
const context = { valueMaps: {}, timeZone: "UTC", selected: () => true };
const sources = [{ state: "ACTIVE" }, { state: "ACTIVE" }, { state: "CLOSED" }, {}];

const count = (filter: string | undefined, of: readonly unknown[] = sources) => {
  const document: MappingDocument = {
    kind: "individual",
    object: "Account",
    keyField: "SyncId__c",
    lines: [],
  };
  return countTakingPart({ document: { ...document, filter }, target, sources: of, context });
};

test("counts the records that take part", async () => {
  expect(await count('state = "ACTIVE"')).toEqual({ records: 4, taking: 2, failing: 0, problem: null });
  expect(await count(undefined)).toMatchObject({ records: 4, taking: 4 });
  expect(await count("state", [])).toEqual({ records: 0, taking: 0, failing: 0, problem: null });
});

test("says of how many that cannot be told, and why, with what to compare", async () => {
  expect(await count("state")).toEqual({
    ...{ records: 4, taking: 0, failing: 3 },
    problem:
      'A condition gives yes or no, and this gives "ACTIVE": true or false is needed. Compare it, such as state = "…".',
  });
});

test("asks of a group for what is inside it, and of a list for what is among it", async () => {
  const problemOf = async (filter: string, source: object) => (await count(filter, [source])).problem;
  const addresses = [{ id: 1, town: "Bern", main: true }];
  expect(await problemOf("addresses[main]", { addresses })).toContain(
    "Ask whether there is one: $exists(addresses[main]). Or compare a value inside it, such as town.",
  );
  expect(await problemOf("tags", { tags: ["a", "b"] })).toContain(
    'Ask what is among its values, such as "…" in tags.',
  );
  expect(await problemOf('state & "x"', { state: "a" })).toContain("Compare it with a value.");
});

test("stops when the time of a preview is over", async () => {
  const many = Array.from({ length: 200 }, () => ({ list: Array.from({ length: 3_000 }, (_, at) => at) }));
  const begun = performance.now();
  const { records } = await count("$count($sort(list, function($a, $b) { $a < $b })) > 0", many);
  expect(performance.now() - begun).toBeLessThan(previewBudgetMs + 2_000);
  expect(records).toBeGreaterThan(0);
});
