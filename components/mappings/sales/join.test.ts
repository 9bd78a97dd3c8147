import { expect, test } from "vitest";
import { noSalesRules, type SalesRules } from "@/lib/core/mapping/sales/sales";
import { joinOfSales } from "./join";

const rule = (mark: string | undefined, types: string[] = ["REFUND"]): SalesRules => ({
  ...noSalesRules,
  rules: [{ types, states: [], action: "mark", sign: "as-sent", ...(mark !== undefined && { mark }) }],
});

test("letters of a mark are one step, a choice is one of its own", () => {
  expect(joinOfSales(rule("R"), rule("Re"))).not.toBeNull();
  expect(joinOfSales({ ...rule("R"), vanished: "G" }, { ...rule("R"), vanished: "Go" })).not.toBeNull();
  expect(joinOfSales(rule("R"), rule("R", ["SALE"]))).toBeNull();
  expect(joinOfSales(rule("R"), { ...rule("R"), vanished: "" })).toBeNull();
});
