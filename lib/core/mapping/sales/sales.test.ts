import { describe, expect, it } from "vitest";
import { decide } from "../../decide";
import { compileMapping } from "../compile";
import { operationToSale } from "../defaults/defaults-sales";
import type { MappingDocument } from "../document";
import { evaluateMapping, takesPart } from "../evaluate";
import type { EvaluationContext } from "../evaluation";
import { checkPublishable } from "../publish/publish";
import { saleStanding, salesSchema, type SalesRules } from "./sales";
import { testSale } from "../test-describe";

const rules = (given: object): SalesRules => salesSchema.parse(given);
const sold = (order: object, operation: object = {}) => ({
  order,
  operation: { operationId: 11, ...operation },
});

describe("which rule counts for an order", () => {
  const sales = rules({
    rules: [
      { states: ["ABANDONNED", "ABANDONED"], action: "mark", mark: "Abandoned" },
      { types: ["REFUND_CLIENT", "REFUND_ORGANIZATION"], sign: "minus" },
      { types: ["OPTION"], states: ["RUNNING"], action: "ignore" },
      { types: ["OPTION"], action: "ignore" },
    ],
    markField: "Status__c",
    vanished: "Vanished",
  });
  it.each([
    ["a sale", { orderType: "SALE", orderState: "CLOSED" }, { action: "write", sign: "as-sent", rule: null }],
    ["a refund", { orderType: "REFUND_CLIENT" }, { action: "write", sign: "minus", rule: 1 }],
    [
      "in another case, with blanks",
      { orderType: " refund_client " },
      { action: "write", sign: "minus", rule: 1 },
    ],
    [
      "abandoned",
      { orderType: "OPTION", orderState: "ABANDONNED" },
      { action: "mark", mark: "Abandoned", rule: 0 },
    ],
    ["by type and state", { orderType: "OPTION", orderState: "RUNNING" }, { action: "ignore", rule: 2 }],
    ["by type alone", { orderType: "OPTION", orderState: "CLOSED" }, { action: "ignore", rule: 3 }],
    ["no type at all", {}, { action: "write", sign: "as-sent", rule: null }],
    ["a type that is no text", { orderType: ["OPTION"] }, { action: "write", sign: "as-sent", rule: null }],
    ["listed", { operationIds: ["11", "12"] }, { action: "write", sign: "as-sent", rule: null }],
    ["not listed", { operationIds: ["12"] }, { action: "mark", mark: "Vanished", rule: null }],
    ["of an order without any", { operationIds: [] }, { action: "mark", mark: "Vanished", rule: null }],
  ])("%s", (_what, order, standing) => {
    expect(saleStanding(sales, sold(order))).toEqual(standing);
  });

  it("a vanished operation is treated as any other where it gets no mark", () => {
    const quiet = { ...sales, vanished: undefined };
    expect(saleStanding(quiet, sold({ operationIds: ["12"] }))).toMatchObject({ action: "write" });
  });

  it("a mapping without rules writes everything, whatever the source is", () => {
    for (const source of [undefined, null, "x", {}, sold({ orderType: "OPTION" })])
      expect(saleStanding(undefined, source)).toMatchObject({ action: "write", sign: "as-sent" });
  });
});

const target = { prefix: "", describe: testSale(), recordTypeId: null };
const context: EvaluationContext = { valueMaps: {}, timeZone: "UTC", selected: () => true };
const withRules = (sales: object): MappingDocument => ({
  ...operationToSale("[p]SecutixSale__c"),
  sales: rules(sales),
});
const run = (sales: object, source: unknown) =>
  evaluateMapping(compileMapping(withRules(sales), target), source, context);
const refund = (operation: object = {}) =>
  sold({ orderType: "REFUND_CLIENT" }, { totalAmount: 20000, unitPrice: 10000, quantity: 2, ...operation });

describe("the values of a sale", () => {
  const signed = ["[p]Total_Amount__c", "[p]Quantity__c"];
  const minus = { rules: [{ types: ["REFUND_CLIENT"], sign: "minus" }], signed };

  it.each([
    ["minus", { totalAmount: 20000, quantity: 2 }, -20, -2],
    ["minus", { totalAmount: -20000, quantity: -2 }, -20, -2],
    ["plus", { totalAmount: -20000, quantity: 2 }, 20, 2],
    ["as-sent", { totalAmount: -20000, quantity: 2 }, -20, 2],
    ["minus", { totalAmount: 0, quantity: 0 }, 0, 0],
  ])("%s: %j", async (sign, operation, amount, quantity) => {
    const { fields } = await run({ rules: [{ sign }], signed }, refund(operation));
    const valueOf = (name: string) => fields.find((field) => field.target === name)?.value;
    expect([valueOf("Total_Amount__c"), valueOf("Quantity__c")]).toEqual([amount, quantity]);
    expect(Object.is(valueOf("Total_Amount__c"), -0)).toBe(false);
    expect(valueOf("Unit_price__c")).toBe(10);
  });

  it("of another type are as they were sent", async () => {
    const { fields } = await run(minus, sold({ orderType: "SALE" }, { totalAmount: 20000 }));
    expect(fields.find((field) => field.target === "Total_Amount__c")?.value).toBe(20);
  });

  it("that is only marked are the key and the mark; what is wrong elsewhere holds nothing up", async () => {
    const marking = { rules: [{ action: "mark", mark: "Refunded" }], markField: "[p]Status__c" };
    const result = await run(marking, refund({ totalAmount: "a lot" }));
    expect(result).toMatchObject({ key: "11", marksOnly: true, problems: [] });
    expect(result.fields.map((field) => [field.target, field.value])).toEqual([
      ["SyncId__c", "11"],
      ["Status__c", "Refunded"],
    ]);
  });

  it("that is ignored takes no part", async () => {
    const ignoring = compileMapping(withRules({ rules: [{ types: ["OPTION"], action: "ignore" }] }), target);
    expect(await takesPart(ignoring, sold({ orderType: "OPTION" }), context)).toBe(false);
    expect(await takesPart(ignoring, sold({ orderType: "SALE" }), context)).toBe(true);
  });
});

describe("a mark is taken back", () => {
  const marking = {
    rules: [{ types: ["OPTION"], action: "mark", mark: "Option" }],
    markField: "[p]Status__c",
  };
  async function decided(held: Readonly<Record<string, string | null>>) {
    const { fields } = await run(marking, sold({ orderType: "SALE" }));
    const describe = new Map(target.describe.fields.map((field) => [field.name, field]));
    return decide({ fields, describe, keyField: "SyncId__c", held: { SyncId__c: "11", ...held } }).fields;
  }

  it("once the sale is written again", async () => {
    expect(await decided({ Status__c: "Option" })).toHaveProperty("Status__c", null);
  });

  it.each([[{ Status__c: "VIP" }], [{ Status__c: null }], [{}]])("and nothing else is: %j", async (held) => {
    expect(await decided(held)).not.toHaveProperty("Status__c");
  });

  it("unless a line says what the field holds", async () => {
    const document = withRules(marking);
    const line = { ...document.lines[0], target: "[p]Status__c", expression: "order.orderType" };
    const compiled = compileMapping({ ...document, lines: [...document.lines, line as never] }, target);
    const { fields } = await evaluateMapping(compiled, sold({ orderType: "SALE" }), context);
    expect(fields.filter((field) => field.target === "Status__c").map(({ value }) => value)).toEqual([
      "SALE",
    ]);
  });
});

describe("before publishing", () => {
  const problems = (sales: object, kind?: "individual") =>
    checkPublishable({ ...withRules(sales), ...(kind && { kind }) }, target).map(({ sentence }) => sentence);

  it.each([
    [
      { rules: [{ action: "mark" }], markField: "[p]Status__c" },
      /Sales rule 1 marks sales, but does not say with what/,
    ],
    [{ rules: [{ action: "mark", mark: "x" }] }, /choose the field that gets the marks/],
    [{ vanished: "gone" }, /choose the field that gets the marks/],
    [{ vanished: "gone", markField: "[p]Nope__c" }, /Marks cannot be set\. The org has no field Nope__c/],
    [{ vanished: "gone", markField: "[p]SyncId__c" }, /The key cannot be the field of the marks/],
    [{ vanished: "gone", markField: "[p]Account__c" }, /points to a record and cannot hold a mark/],
    [{ vanished: "x".repeat(41), markField: "[p]Status__c" }, /longer than 40 characters/],
    [{ vanished: "gone", markField: "[p]CreationDate__c" }, /does not fit Creation Date.*is not a date/],
    [{ rules: [{}, { types: ["SALE"] }] }, /Sales rule 1 is for every order/],
    [{ rules: [{ sign: "minus" }] }, /choose which amounts get it/],
    [{ signed: ["[p]Status__c"] }, /no line fills it/],
    [{ signed: ["[p]Space__c"] }, /has no sign: it is not a number/],
  ])("%j is sent back", (sales, sentence) => {
    expect(problems(sales).join(" ")).toMatch(sentence);
  });

  it("rules that make sense pass, and other kinds have none", () => {
    const sound = { rules: [{ types: ["OPTION"], action: "mark", mark: "x" }], markField: "[p]Status__c" };
    expect(problems({ ...sound, signed: ["[p]Quantity__c"], vanished: "gone" })).toEqual([]);
    expect(problems({}, "individual").join(" ")).toMatch(/Only mappings of operations/);
  });
});
