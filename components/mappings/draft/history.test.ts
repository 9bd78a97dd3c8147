import { describe, expect, test } from "vitest";
import { noSalesRules } from "@/lib/core/mapping/sales/sales";
import type { Content } from "./content";
import { noHistory, recorded, redone, settled, sinceLast, undone, type History, type Step } from "./history";

const content = (filter: string): Content => ({ lines: [], filter, sales: noSalesRules });
const step = (what: string, joins: string | null = null): Step<null> => ({
  what,
  other: content(what),
  kept: null,
  joins,
});
const open = { other: content("open"), kept: null };
/** Undone, or done again: there is a step. */
function turned(turn: typeof undone, history: History<null>, place = open) {
  const answer = turn(history, place);
  if (!answer) throw new Error("There is no step.");
  return answer;
}
const past = (history: History<null>) => history.past.map(({ what }) => what);
const of = (...steps: Step<null>[]) => steps.reduce<History<null>>(recorded, noHistory);

describe("steps", () => {
  test("change places with what is open when they are undone, and again when they are done again", () => {
    const back = turned(undone, of(step("a"), step("b")));
    expect([back.step.other.filter, past(back.history)]).toEqual(["b", ["a"]]);
    const forth = turned(redone, back.history, { other: content("b"), kept: null });
    expect([forth.step.other.filter, past(forth.history)]).toEqual(["open", ["a", "b"]]);
    expect(redone(forth.history, open)).toBeNull();
    expect(undone(noHistory, open)).toBeNull();
  });

  test("of one name are one while they follow each other; it leads back to before the first", () => {
    const history = of(step("a", "typing"), step("ab", "typing"));
    expect([past(history), history.past[0]?.other.filter]).toEqual([["ab"], "a"]);
    expect(past(recorded(settled(history), step("abc", "typing")))).toEqual(["ab", "abc"]);
    expect(past(of(step("a", "typing"), step("b"), step("c", "typing")))).toHaveLength(3);
  });

  test("are not joined to one that was undone and done again", () => {
    const back = turned(undone, of(step("a", "typing"), step("b", "other")));
    expect(past(recorded(back.history, step("c", "typing")))).toEqual(["a", "c"]);
  });

  test("are kept to a number that a day's work does not reach", () => {
    const many = of(...Array.from({ length: 500 }, (_, at) => step(String(at))));
    expect([many.past.length, many.past.at(-1)?.what]).toEqual([200, "499"]);
  });

  test("before a barrier are let go", () => {
    const history = sinceLast(of(step("a"), step("barrier"), step("c")), ({ what }) => what === "barrier");
    expect(past(history)).toEqual(["c"]);
  });
});
