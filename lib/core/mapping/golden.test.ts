import { describe, expect, test } from "vitest";
import { compileMapping } from "./compile";
import { mappingDocumentSchema } from "./document";
import { evaluateMapping } from "./evaluate";
import { goldenDifferences, goldenResult, goldenSentence } from "./golden";
import { testAccount } from "./test-describe";

const context = { valueMaps: {}, timeZone: "UTC", selected: () => true };
const target = { prefix: "", describe: testAccount({ personAccounts: true }), recordTypeId: "012" };

function compiled(firstName: string, more: object = {}) {
  const lines = [
    { target: "LastName", expression: "name" },
    { target: "FirstName", expression: firstName, ...more },
  ];
  const document = {
    kind: "individual",
    object: "Account",
    keyField: "SyncId__c",
    recordType: "person",
    lines,
  };
  return compileMapping(mappingDocumentSchema.parse(document), target);
}

async function sentences(before: ReturnType<typeof compiled>, after: ReturnType<typeof compiled>) {
  const source = { name: "Frank", first: "Edna" };
  const expected = goldenResult(before, await evaluateMapping(before, source, context));
  const got = goldenResult(after, await evaluateMapping(after, source, context));
  return goldenDifferences(after, expected, got).map((one) => goldenSentence("Edna", one));
}

describe("a golden sample", () => {
  test("passes when the result is the same, however it is written", async () => {
    expect(await sentences(compiled("first"), compiled("$substring(first, 0)"))).toEqual([]);
  });

  test("names the field, what it should be and what it is", async () => {
    expect(await sentences(compiled("first"), compiled("$uppercase(first)"))).toEqual([
      "Edna: First Name should be Edna, and is EDNA.",
    ]);
  });

  test("tells a field that is left alone, emptied or held, and a value for new records only", async () => {
    expect(await sentences(compiled("first"), compiled("nickname"))).toEqual([
      "Edna: First Name should be Edna, and is left as it is.",
    ]);
    expect(await sentences(compiled("nickname", { onMissing: "clear" }), compiled("first"))).toEqual([
      "Edna: First Name should be left as it is, and is Edna.",
    ]);
    expect(await sentences(compiled("first"), compiled('$error("No.")'))).toEqual([
      "Edna: First Name should be Edna, and is held (No).",
    ]);
    expect(await sentences(compiled("first"), compiled("first", { when: "create" }))).toEqual([
      "Edna: First Name should be Edna, and is Edna for new records.",
    ]);
  });

  test("does not mind another sentence for the same trouble, nor the org's own record type", async () => {
    expect(await sentences(compiled('$error("No.")'), compiled('$error("Not this.")'))).toEqual([]);
  });

  test("whose field is gone from the mapping says so", async () => {
    const without = compileMapping(
      { ...compiled("first").document, lines: compiled("first").document.lines.slice(0, 1) },
      target,
    );
    expect(await sentences(compiled("first"), without)).toEqual([
      "Edna: FirstName should be Edna, and is left as it is.",
    ]);
  });
});
