import { describe, expect, test } from "vitest";
import { whoSaved } from "../../ui/who";
import { clashTitle, takenTitle, takenWords, whose } from "./merge-words";

const draft = { revision: 2, by: "ann@venue.example", at: "2026-01-01T00:00:00.000Z" };
const changed = (target: string) => ({ what: "line", target, change: "changed" }) as const;

describe("what somebody else saved, in words", () => {
  test("who it was: by name, or oneself in another window", () => {
    expect([whoSaved(draft, "ben"), whose(draft, "ben")]).toEqual([draft.by, draft.by]);
    expect([whoSaved(draft, draft.by), whose(draft, draft.by)]).toEqual([
      "You, in another window,",
      "The other window",
    ]);
    expect([whoSaved({ by: null }, "ben"), whose({ by: null }, "ben")]).toEqual(["Somebody", "Theirs"]);
  });

  test("what they did: lines by their fields, at most three by name", () => {
    expect(takenWords({ what: "filter", target: null, change: "changed" })).toBe(
      "Which records take part changed",
    );
    expect(takenWords({ what: "sales", target: null, change: "changed" })).toBe(
      "What becomes of orders (the sales rules) changed",
    );
    expect(takenTitle(draft, "ben", { taken: ["[p]A__c", "B", "C", "D", "E"].map(changed) })).toBe(
      "What ann@venue.example saved is taken in: A__c changed, B changed, C changed, 2 more",
    );
    expect(takenTitle(draft, draft.by, { taken: [] })).toBe("What you saved in another window is taken in");
    expect([clashTitle("line", "[p]A__c"), clashTitle("order", null)]).toEqual([
      "A__c",
      "The order of the lines",
    ]);
  });
});
