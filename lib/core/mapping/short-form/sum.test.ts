/** Who adds a number in short form is told an expression that can be read, and that reads the same value. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { checkExpression } from "../expression/allow-list";
import { sourceModel } from "../source-model";
import { compileShortForm } from "./compile";
import { readShortForm } from "./parse";
import { printShortForm } from "./print";
import { shortForms } from "./test-forms";

function advised(text: string, model = sourceModel("individual")): string | undefined {
  const answer = readShortForm(text, model);
  if (answer.ok) throw new Error(`${text} was read`);
  return /write it as an expression: ([^]*)\. To join/.exec(answer.problem.sentence)?.[1];
}

it.each([
  ["contactId + 1", "(contactId + 1)"],
  ["addresses(main)/street1 + 5", "(addresses[main][0].street1 + 5)"],
  ["addresses(2)/street1 + 5", "(addresses[1].street1 + 5)"],
  ["addresses/street1 + 5", "$first(addresses.street1) + 5"],
  ["first(contactId, contactNumber) + 5", "$first(contactId, contactNumber) + 5"],
  ["valueMap(titles, individualContact/title) + 5", '$valueMap("titles", individualContact.title) + 5'],
  ["`my field` + 5", "(`my field` + 5)"],
  ["number(`a-b`) + -2.5", "$toNumber(`a-b`) + -2.5"],
])("%s: %s", (text, expression) => {
  expect(advised(text)).toBe(expression);
  expect(checkExpression(expression)).toEqual([]);
});

it("an amount is told in its currency's unit", () => {
  expect(advised("operation.unitPrice + 5", sourceModel("operation"))).toBe(
    "$money(operation.unitPrice) + 5",
  );
});

it("of any value it is the value's own expression, and can be read", () => {
  fc.assert(
    fc.property(shortForms, (form) => {
      const [value] = form.form === "values" ? form.values : [];
      if (!value) return;
      const alone = { form: "values" as const, before: "", values: [value], separators: [], after: "" };
      const expression = advised(`${printShortForm(alone)} + 5`, []) ?? "none";
      expect(expression).toContain(compileShortForm(alone));
      expect(checkExpression(expression)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
