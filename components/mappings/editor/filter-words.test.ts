import { expect, test } from "vitest";
import { isDoubtful, wordsOfPart } from "./filter-words";

const of = (records: number, taking: number, failing = 0) => ({ records, taking, failing, problem: null });

test("how many records take part is told, and of how many that cannot be told", () => {
  expect(wordsOfPart(of(200, 0))).toBe("0 of the latest 200 take part");
  expect(wordsOfPart(of(200, 1, 1))).toBe("1 of the latest 200 takes part; it cannot be told of 1 record");
  expect(wordsOfPart(of(0, 0))).toBeNull();
});

test("a filter that lets nobody in, or fails, is worth a look", () => {
  expect([of(200, 0), of(200, 199, 1), of(200, 200), of(0, 0)].map(isDoubtful)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
