import { describe, expect, it } from "vitest";
import { compileMapping } from "./compile";
import { lineOf } from "./defaults/defaults-contacts";
import { evaluateMapping } from "./evaluate";
import { testField } from "./test-describe";

const fields = [testField("Birthdate", "date"), testField("Quantity__c", "number")];

async function sentence(expression: string, source: object, target = "Birthdate") {
  const lines = [lineOf({ target, expression })];
  const kind = target === "Birthdate" ? "individual" : "operation";
  const document = { kind, object: "Thing", keyField: "SyncId__c", lines } as const;
  const describe = { name: "Thing", label: "Thing", fields };
  const compiled = compileMapping({ ...document, lines }, { prefix: "", describe, recordTypeId: null });
  const context = { valueMaps: {}, timeZone: "UTC", selected: () => true };
  const { problems } = await evaluateMapping(compiled, source, context);
  return problems[0]?.fault.sentence;
}

const sale = { operation: { product: "Opera", quantity: "two", totalAmount: 12_500, criterion: "x" } };

describe("a value that cannot be used is corrected where it is wrong", () => {
  it("in S-360, when S-360 sent it", async () => {
    const source = { individualContact: { birthday: "soon" } };
    expect(await sentence("individualContact.birthday", source)).toMatch(
      /is not a date.* Correct it in S-360\.$/,
    );
  });

  it.each(["operation.quantity", "operation.criterion", "$number(operation.product)"])(
    "in S-360, when a value of the right kind, or of a kind nobody documents, is bad: %s",
    async (expression) => {
      expect(await sentence(expression, sale, "Quantity__c")).toMatch(/Correct it in S-360\.$/);
    },
  );

  it.each(["1/0", '$number("abc")', "operation.product", "operation.totalAmount / 0"])(
    "in the line, when no value of S-360 would do: %s",
    async (expression) => {
      expect(await sentence(expression, sale, "Quantity__c")).toMatch(/ Correct the line\.$/);
    },
  );

  it.each([{ individualContact: { birthday: "1980-04-24" } }, { individualContact: [{ a: 1 }, { a: 2 }] }])(
    "in the line, when the line asks for a group of values: %j",
    async (source) => {
      expect(await sentence("individualContact", source)).toBe(
        "The line gives a group of values, and a field takes one: name the value inside it. It comes from individualContact and goes to Birthdate. Correct the line.",
      );
    },
  );
});
