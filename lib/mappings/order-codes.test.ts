import { expect, it } from "vitest";
import { orderCodesOf } from "./order-codes";

it("names each type and state of orders once, and overlooks what is none", () => {
  const sold = (orderType: unknown, orderState?: unknown) => ({
    operation: {},
    order: { orderType, orderState },
  });
  const sources = [
    sold("SALE", "CLOSED"),
    sold("SALE"),
    sold("OPTION", "CLOSED"),
    sold(3),
    sold(""),
    {},
    null,
  ];
  expect(orderCodesOf(sources)).toEqual({ types: ["SALE", "OPTION"], states: ["CLOSED"] });
  expect(orderCodesOf([{ contactNumber: "1" }])).toEqual({ types: [], states: [] });
});
