import { expect, it } from "vitest";
import { readReviewAddress, writeReviewAddress, type ReviewAddress } from "./address";

const parse = (url: string) => {
  const { searchParams } = new URL(url, "http://this.app");
  return readReviewAddress((name) => searchParams.get(name));
};

it("reads what it wrote", () => {
  const address: ReviewAddress = { list: "decided", kind: "told", review: 12 };
  expect(parse(writeReviewAddress("myvenue", address))).toEqual(address);
});

it("opens what waits when nothing is said, or nonsense", () => {
  expect(parse("/reviews?tab=x&kind=y&review=1e9")).toEqual({ list: "open", review: null });
  expect(writeReviewAddress(null, { list: "open", review: null })).toBe("/reviews");
});
