import { describe, expect, test } from "vitest";
import { sourceModel } from "../source-model";
import { bareAmountsIn, sentenceOfAmount } from "./bare-amounts";

const model = sourceModel("operation");
const paths = (expression: string) => bareAmountsIn(expression, model).map(({ path }) => path);
const sentences = (expression: string) =>
  bareAmountsIn(expression, model).map((amount) => sentenceOfAmount(amount, false));

describe("an amount that counts a thousand times is told", () => {
  test.each([
    "operation.totalAmount",
    "operation.totalAmount * 2",
    "-operation.totalAmount",
    "$round(operation.totalAmount * 1.077, 2)",
    "operation.totalAmount / operation.quantity",
    "operation.totalAmount / 100",
    "operation.(totalAmount * 2)",
    "$$.operation.totalAmount + 1",
    'operation.kind = "SALE" ? operation.totalAmount : 0',
    "($a := operation.totalAmount; $a * 2)",
    "$sum([$money(operation.unitPrice), operation.totalAmount])",
    'operation.totalAmount & " CHF"',
  ])("%s", (expression) => {
    expect(paths(expression)).toEqual(["operation.totalAmount"]);
  });

  test("each once, with what to write", () => {
    expect(sentences("operation.totalAmount * 2 + operation.totalAmount - order.saleAmount")).toEqual([
      "S-360 sends amounts in thousandths: write $money(operation.totalAmount), or 12.50 arrives as 12500.",
      "S-360 sends amounts in thousandths: write $money(order.saleAmount), or 12.50 arrives as 12500.",
    ]);
    expect(sentences('"CHF " & operation.totalAmount')[0]).toContain(
      "write $moneyText(operation.totalAmount)",
    );
  });

  test("also what is compared with a number", () => {
    expect(sentences("operation.totalAmount > 100")).toEqual([
      "operation.totalAmount is in thousandths here: 100 means 0.1. Write $money(operation.totalAmount) to compare the amount.",
    ]);
  });
});

test.each([
  "$money(operation.totalAmount) * 2",
  "$money(operation.totalAmount * 2)",
  "operation.$money(totalAmount)",
  '$moneyText(operation.totalAmount) & " CHF"',
  "operation.totalAmount / 1000",
  "(operation.totalAmount - operation.basePrice) / 1000",
  "operation.totalAmount * 0.001",
  "operation.totalAmount / operation.unitPrice",
  "operation.totalAmount > 0",
  "operation.totalAmount > operation.basePrice",
  "operation.totalAmount ? 1 : 2",
  "$exists(operation.totalAmount)",
  "($a := operation.totalAmount; $money($a))",
  "$money(operation.totalAmount) > 100",
  "operation.quantity * 2",
  "operation.unknown * 2",
  "operation.totalAmount *",
])("nothing is said of %s", (expression) => {
  expect(paths(expression)).toEqual([]);
});

test("an amount deep inside of lists is told by its names", () => {
  const contact = bareAmountsIn("$sum(contactQualities.audienceCategories.price)", sourceModel("individual"));
  expect(contact.map(({ path }) => path)).toEqual(["contactQualities.audienceCategories.price"]);
});

test("an expression nested beyond reason is let go", () => {
  expect(bareAmountsIn(`${"(".repeat(3_000)}operation.totalAmount${")".repeat(3_000)}`, model)).toEqual([]);
});
