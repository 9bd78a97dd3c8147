import { expect, test } from "vitest";
import { wordsOfReplacement, wordsOfTaken } from "./list-formats";

test("what is taken over is named: the lines, the filter, the sales rules", () => {
  expect(wordsOfTaken({ count: 1 })).toBe("1 line");
  expect(wordsOfTaken({ count: 22, hasFilter: true })).toBe("22 lines and the filter");
  expect(wordsOfTaken({ count: 22, hasSales: true })).toBe("22 lines and the sales rules");
  expect(wordsOfReplacement("yaml", { count: 22, hasFilter: true, hasSales: true })).toBe(
    "22 lines, the filter and the sales rules loaded from YAML",
  );
});
