/** Sales rules at work: refunds, reservations and abandoned orders, and operations that an order loses. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { salesSchema } from "@/lib/core/mapping/sales/sales";
import { person, sale, syncWorld } from "./test-world";

const w = syncWorld();
const { world } = w;

function ruled(given: object): void {
  const sales = salesSchema.parse({ markField: "[p]Status__c", signed: ["[p]Total_Amount__c"], ...given });
  const mappings = world.deps.published.mappings.map((mapping) =>
    mapping.kind === "operation" ? { ...mapping, document: { ...mapping.document, sales } } : mapping,
  );
  world.deps = { ...world.deps, published: { ...world.deps.published, mappings } };
}

const option = (orderState: string, more: object = {}) => ({
  ...sale(1, undefined),
  orderType: "OPTION",
  orderState,
  ...more,
});
const inOrg = (key: string) => world.org.get("SecutixSale__c", key);
const abandoned = { rules: [{ states: ["ABANDONNED"], action: "mark", mark: "Abandoned" }] };

describe("sales rules", () => {
  it("give amounts the sign the venue chose", async () => {
    ruled({ rules: [{ types: ["REFUND_CLIENT"], sign: "minus" }] });
    await w.orders({ ...sale(1, undefined), orderType: "REFUND_CLIENT" }, sale(2, undefined));
    await w.drain();
    expect([inOrg("10"), inOrg("20")]).toMatchObject([{ Total_Amount__c: -20 }, { Total_Amount__c: 20 }]);
  });

  it("ignore what the venue does not want: it is not written, and named ignored", async () => {
    ruled({ rules: [{ types: ["OPTION"], action: "ignore" }] });
    await w.orders(option("CLOSED"));
    await w.drain();
    expect(inOrg("10")).toBeUndefined();
    expect(await w.states()).toEqual([{ key: "10", state: "ignored", code: null }]);
  });

  it("mark what is there and change nothing else of it", async () => {
    ruled(abandoned);
    await w.orders(option("CLOSED"));
    await w.drain();
    await w.orders(
      option("ABANDONNED", { remark: "left", operationDatas: [{ operationId: 10, quantity: 9 }] }),
    );
    await w.drain();
    expect(inOrg("10")).toMatchObject({ Status__c: "Abandoned", Quantity__c: 1 });
    expect(inOrg("10")?.["Remark__c"] ?? null).toBeNull();
  });

  it("never create what is only to be marked", async () => {
    ruled(abandoned);
    await w.orders(option("ABANDONNED"));
    await w.drain();
    expect(inOrg("10")).toBeUndefined();
    expect(await w.states()).toEqual([{ key: "10", state: "ignored", code: null }]);
  });

  it("mark a sale that was written and never noted: the org is asked before it is left out", async () => {
    ruled(abandoned);
    await w.orders(option("CLOSED"));
    await w.drain();
    await w.rows(sql`delete from link`);
    await w.orders(option("ABANDONNED"));
    await w.drain();
    expect(inOrg("10")).toMatchObject({ Status__c: "Abandoned" });
  });

  it("take the mark back when the order is a sale after all", async () => {
    ruled(abandoned);
    await w.orders(option("CLOSED"));
    await w.drain();
    await w.orders(option("ABANDONNED"));
    await w.drain();
    await w.orders({ ...sale(1, undefined), orderState: "CLOSED" });
    await w.drain();
    expect(inOrg("10")).toMatchObject({ OrderType__c: "SALE", Status__c: null });
  });

  it("do not make a marked sale wait for its contact", async () => {
    ruled({ rules: [{ types: ["OPTION"], action: "mark", mark: "Option" }] });
    await w.orders(sale(1, "9"));
    await w.drain();
    expect(await w.states()).toMatchObject([{ key: "10", state: "waiting" }]);
    await w.orders({ ...option("CLOSED"), contactReference: "9" });
    await w.drain();
    expect(await w.states()).toMatchObject([{ key: "10", state: "ignored", code: null }]);
    await w.contacts(person("9"));
    await w.drain();
    expect(inOrg("10")).toBeUndefined();
  });
});

describe("an operation that a later version of its order lacks", () => {
  const two = { ...sale(1, undefined), operationDatas: [{ operationId: 10 }, { operationId: 11 }] };

  it("is marked, and its neighbour is not", async () => {
    ruled({ vanished: "Vanished" });
    await w.orders(two);
    await w.drain();
    await w.orders({ ...two, operationDatas: [{ operationId: 10 }] });
    await w.drain();
    expect([inOrg("10")?.["Status__c"] ?? null, inOrg("11")?.["Status__c"]]).toEqual([null, "Vanished"]);
  });

  it("is marked also when the order has none left", async () => {
    ruled({ vanished: "Vanished" });
    await w.orders(two);
    await w.drain();
    await w.orders({ ...two, orderState: "ABANDONNED", operationDatas: [] });
    await w.drain();
    expect([inOrg("10"), inOrg("11")]).toMatchObject([{ Status__c: "Vanished" }, { Status__c: "Vanished" }]);
  });

  it("loses its mark when it is back", async () => {
    ruled({ vanished: "Vanished" });
    for (const operationDatas of [two.operationDatas, [], two.operationDatas]) {
      await w.orders({ ...two, operationDatas });
      await w.drain();
    }
    expect([inOrg("10")?.["Status__c"], inOrg("11")?.["Status__c"]]).toEqual([null, null]);
  });

  it("is not said to have vanished by an order that tells no operations", async () => {
    ruled({ vanished: "Vanished" });
    await w.orders(two);
    await w.drain();
    await w.orders({ orderId: 1, remark: "only this" });
    await w.drain();
    expect(inOrg("11")?.["Status__c"] ?? null).toBeNull();
    expect(inOrg("11")).toMatchObject({ Remark__c: "only this" });
  });
});
