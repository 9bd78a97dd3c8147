import { describe, expect, test } from "vitest";
import { compileMapping } from "../compile";
import { mappingDocumentSchema } from "../document";
import { goldenDifferences, goldenResult, goldenSentence, withoutFailing } from "./golden";
import { testAccount, testSale } from "../test-describe";

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
  const expected = await goldenResult(before, source, context);
  const got = await goldenResult(after, source, context);
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

  test("expects nothing of a field whose line failed when it was kept", async () => {
    const source = { name: "Frank", first: "Edna" };
    const kept = withoutFailing(await goldenResult(compiled('$error("No.")'), source, context));
    expect(kept).toMatchObject({ fields: { LastName: { value: "Frank" } }, open: ["FirstName"] });
    expect(kept.fields).not.toHaveProperty("FirstName");
    for (const now of [compiled("first"), compiled("nickname"), compiled('$error("Not this.")')])
      expect(goldenDifferences(now, kept, await goldenResult(now, source, context))).toEqual([]);
    const good = await goldenResult(compiled("first"), source, context);
    expect(withoutFailing(good)).toEqual(good);
  });

  test("expects as little as before once a new result is accepted, and a refusal where one was expected", () => {
    const result = {
      standing: "write" as const,
      fields: {
        LastName: { value: "FRANK", when: "always" as const },
        FirstName: { value: "Edna", when: "always" as const },
        Phone: { problem: "No phone." },
        Fax: { problem: "No fax." },
        Site: { problem: "No site." },
      },
    };
    const said = { problem: "no fax", byHand: true } as const;
    const before = {
      fields: { Fax: said, Site: { problem: "another", byHand: true } as const },
      open: ["FirstName", "Gone"],
    };
    const accepted = withoutFailing(result, before);
    expect(accepted).toEqual({
      standing: "write",
      fields: { LastName: result.fields.LastName, Fax: said, Site: result.fields.Site },
      open: ["FirstName", "Gone", "Phone"],
    });
    expect(withoutFailing(result, accepted)).toEqual(accepted);
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

  describe("of which the record is told as a whole", () => {
    const filtered = (filter: string) => compileMapping({ ...compiled("first").document, filter }, target);

    test("no longer passes when a draft would leave it out, or let it in again", async () => {
      expect(await sentences(compiled("first"), filtered('name = "Nobody"'))).toEqual([
        "Edna: the record should be written, and is left out by the filter.",
      ]);
      expect(await sentences(filtered('name = "Nobody"'), compiled("first"))).toEqual([
        "Edna: the record should be left out by the filter, and is written.",
      ]);
    });

    test("passes with other fields while it is left out, and with another filter that says the same", async () => {
      const other = compileMapping(
        { ...compiled("$uppercase(first)").document, filter: 'name = "Nobody"' },
        target,
      );
      expect(await sentences(filtered('name = "Somebody"'), other)).toEqual([]);
      expect(await sentences(compiled("first"), filtered('name = "Frank"'))).toEqual([]);
    });

    test("is held where that cannot be told", async () => {
      expect(await sentences(compiled("first"), filtered("first"))).toEqual([
        expect.stringMatching(/^Edna: the record should be written, and is held \(Which records take part/),
      ]);
      expect(await sentences(filtered("first"), filtered("name ="))).toEqual([]);
    });

    test("is written, marked or ignored by the rules for sales", async () => {
      const lines = [{ target: "Quantity__c", expression: "operation.quantity" }];
      const sale = (rule: object) =>
        compileMapping(
          mappingDocumentSchema.parse({
            ...{ kind: "operation", object: "SecutixSale__c", keyField: "SyncId__c", lines },
            sales: { rules: [{ types: ["OPTION"], ...rule }], markField: "Status__c" },
          }),
          { prefix: "", describe: testSale(), recordTypeId: null },
        );
      const source = { operation: { quantity: 2 }, order: { orderType: "OPTION" } };
      const given = async (rule: object) => goldenResult(sale(rule), source, context);
      const marked = { action: "mark", mark: "Option" };
      const said = async (before: object, after: object) =>
        goldenDifferences(sale(after), await given(before), await given(after)).map((one) =>
          goldenSentence("An option", one),
        );
      expect(await said({}, { action: "ignore" })).toEqual([
        "An option: the record should be written, and is ignored by the sales rules.",
      ]);
      expect(await said({ action: "ignore" }, marked)).toEqual([
        "An option: the record should be ignored by the sales rules, and is only marked by the sales rules.",
      ]);
      expect(await said(marked, { ...marked, mark: "Optional" })).toEqual([
        "An option: Status should be Option, and is Optional.",
      ]);
    });
  });
});
