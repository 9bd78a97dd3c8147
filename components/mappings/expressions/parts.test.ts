import { describe, expect, test } from "vitest";
import { compileShortForm } from "@/lib/core/mapping/short-form/compile";
import { readShortForm } from "@/lib/core/mapping/short-form/parse";
import { printShortForm } from "@/lib/core/mapping/short-form/print";
import { sourceModel } from "@/lib/core/mapping/source-model";
import {
  cellsWithout,
  emptyForm,
  pathText,
  readPath,
  separatorChoiceOf,
  textWithCells,
  throughChoiceOf,
  throughChoices,
  throughOf,
  withAdded,
  withCell,
  without,
  withSeparator,
  withValue,
  type ValuesForm,
} from "./parts";

const model = sourceModel("individual");

function form(text: string): ValuesForm {
  const read = readShortForm(text, model);
  if (!read.ok || read.form.form !== "values") throw new Error(text);
  return read.form;
}

function path(text: string) {
  const read = readPath(text, model);
  if (!read.ok) throw new Error(read.sentence);
  return read.value;
}

describe("rows of a line", () => {
  const address = form('addresses(main)/street1 + EOL + addresses(main)/town + ", " + contactNumber');

  test("show each value, and what stands between them", () => {
    expect(address.values.map(pathText)).toEqual([
      "addresses(main)/street1",
      "addresses(main)/town",
      "contactNumber",
    ]);
    expect(address.separators.map(separatorChoiceOf)).toEqual(["\n", ", "]);
    expect(separatorChoiceOf(" – ")).toBe("other");
    expect(pathText(form("communicationMeans/email").values[0] as never)).toBe("communicationMeans/email");
  });

  test("are changed one at a time", () => {
    const changed = withSeparator(withValue(address, 2, { through: throughOf("not") }), 1, " ");
    expect(printShortForm(changed)).toBe(
      "addresses(main)/street1 + EOL + addresses(main)/town + !contactNumber",
    );
    expect(printShortForm(withAdded(changed, path("communicationMeans/email")))).toMatch(
      / \+ communicationMeans\/email$/,
    );
  });

  test.each([
    [0, 'addresses(main)/town + ", " + contactNumber'],
    [1, 'addresses(main)/street1 + ", " + contactNumber'],
    [2, "addresses(main)/street1 + EOL + addresses(main)/town"],
  ])("value %i is taken away with what stood before it", (index, expected) => {
    expect(printShortForm(without(address, index))).toBe(expected);
  });

  test("offer the venue's value maps among what can be done with a value", () => {
    const choices = throughChoices(["titles", "my titles"]).map(({ value }) => value);
    for (const choice of choices) {
      const value = { ...path("individualContact/title"), through: throughOf(choice) };
      expect(throughChoiceOf(value)).toBe(choice);
      expect(compileShortForm({ ...address, values: [value], separators: [] })).toContain(
        "individualContact.title",
      );
    }
  });

  test("take one path, or several of which the first that is not empty counts", () => {
    expect(readPath("first(function, contactNumber)", model)).toMatchObject({
      ok: true,
      value: { filled: true },
    });
    for (const text of ["a + b", "!a", '"text"', "money(a)", ""])
      expect(readPath(text, model)).toMatchObject({ ok: false });
  });
});

describe("what cannot be read in a row", () => {
  const names = form("addresses(main)/street1 + EOL + !hasWarning + money(operation.totalAmount)");

  test("is kept as it was typed, in its place in the text of the line", () => {
    expect(textWithCells(names, {})).toBe(printShortForm(names));
    expect(textWithCells(names, { 0: "addresses(main", 1: "$& no" })).toBe(
      "addresses(main + EOL + !$& no + money(operation.totalAmount)",
    );
    expect(textWithCells(names, { 2: "" })).toBe("addresses(main)/street1 + EOL + !hasWarning + money()");
  });

  test("goes with its row when another is taken away, and away with its own", () => {
    expect(cellsWithout({ 0: "a(", 2: "c(" }, 1)).toEqual({ 0: "a(", 1: "c(" });
    expect(cellsWithout({ 0: "a(", 2: "c(" }, 2)).toEqual({ 0: "a(" });
    expect(withCell({ 0: "a(" }, 1, "b(")).toEqual({ 0: "a(", 1: "b(" });
    expect(withCell({ 0: "a(" }, 0, null)).toEqual({});
  });

  test("a line that says nothing yet begins with one row", () => {
    const begun = withAdded(emptyForm, path("contactNumber"));
    expect([begun.values.length, begun.separators]).toEqual([1, []]);
    expect(printShortForm(withAdded(begun, path("role")))).toBe("contactNumber + role");
  });

  test("a name that no source has can be read, and is told", () => {
    const read = readPath("addresses(main)/twon", model);
    expect(read.ok && read.unknown.map(({ suggestion }) => suggestion)).toEqual(["town"]);
  });
});
