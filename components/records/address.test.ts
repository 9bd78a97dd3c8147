import { expect, it } from "vitest";
import { readAddress, writeAddress, type ListAddress } from "./address";

const parse = (url: string) => {
  const { searchParams } = new URL(url, "http://this.app");
  return readAddress((name) => searchParams.get(name));
};

it("reads what it wrote", () => {
  const address: ListAddress = { q: "ada & co", state: "failed", stream: "contacts-in", kind: "relay" };
  expect(parse(writeAddress("myvenue", address))).toEqual(address);
  expect(parse(writeAddress("myvenue", { run: 7 }))).toEqual({ run: 7 });
  expect(parse(writeAddress("myvenue", { imported: 5, state: "failed" }))).toEqual({
    imported: 5,
    state: "failed",
  });
  expect(parse(writeAddress("myvenue", { census: 3, change: "Name" }))).toEqual({
    census: 3,
    change: "Name",
  });
  expect(parse(writeAddress(null, { tab: "items", outcome: "ignored" }))).toEqual({
    tab: "items",
    outcome: "ignored",
  });
});

it("passes over words it does not know, and blanks", () => {
  expect(
    parse("/records?state=broken&kind=&stream=x&tab=y&q=%20%20&run=-1&imported=0.5&census=x&change=Name"),
  ).toEqual({});
});

it("keeps the address bare when nothing is narrowed", () => {
  expect(writeAddress(null, {})).toBe("/records");
});
