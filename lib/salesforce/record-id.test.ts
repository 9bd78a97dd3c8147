import { describe, expect, it } from "vitest";
import { fullId } from "./record-id";

describe("record ids", () => {
  it.each([
    ["001D000000IqhSL", "001D000000IqhSLIAZ"],
    ["005000000000001", "005000000000001AAA"],
    ["001D000000IqhSLIAZ", "001D000000IqhSLIAZ"],
    ["", ""],
    ["no id at all", "no id at all"],
  ])("%j is %j in full", (id, full) => {
    expect(fullId(id)).toBe(full);
  });
});
