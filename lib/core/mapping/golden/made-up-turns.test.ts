import { describe, expect, test } from "vitest";
import { makeUp, makeUpInTurns } from "./made-up";
import { holdsMail, stretchesOf } from "./made-up-mails";
import { whyTooLarge } from "./sample-size";

const kilobytes = (text: string) => text.repeat(Math.floor((100 * 1_024) / text.length));
const words = (many: number, tail: string) =>
  Array.from(
    { length: many },
    (_, nth) => `${nth.toString(26).replace(/\d/g, (digit) => "qrstuvwxyz"[Number(digit)] ?? "")}${tail}`,
  );

describe("a large record made nobody's", () => {
  const made = async (source: unknown) => {
    let turns = 0;
    const { source: other } = await makeUpInTurns(source, 1, {}, async () => {
      turns++;
    });
    expect(other).toEqual(makeUp(source, 1).source);
    return turns;
  };

  test.each([
    ["many members", Object.fromEntries(words(5_000, "member").map((word) => [word, 1]))],
    ["a long list", { list: Array.from({ length: 10_000 }, (_, nth) => nth) }],
    ["a text of many words", { remark: kilobytes("one word ") }],
    ["a text of many e-mails", { remark: kilobytes("anna@venue.ch ") }],
    ["a text of many @", { remark: kilobytes("a@") }],
    ["a text of many days", { remark: kilobytes("2020-02-03 ") }],
    ["a name of many words", { lastName: kilobytes("von Muster ") }],
    ["a box of many words", { poBox: kilobytes("box ") }],
  ])("gives others their turn: %s", async (_, source) => {
    expect(await made(source)).toBeGreaterThanOrEqual(40);
  });

  test("knows the longest of many names in a word", () => {
    const last = words(2_000, "muster").join(" ");
    const source = makeUp({ lastName: `${last} Steiner Steinerberg`, note: "steinerbergweg" }, 1).source;
    const { lastName, note } = source as { lastName: string; note: string };
    expect(note).toBe(`${lastName.split(" ").at(-1)?.toLowerCase()}weg`);
  });
});

describe("e-mails in a text", () => {
  const mails = (text: string) =>
    [...stretchesOf(text)].filter(({ isMail }) => isMail).map(({ text: mail }) => mail);

  test.each([
    ["write to anna@venue.ch, or b.c@x.y.com;", ["anna@venue.ch", "b.c@x.y.com"]],
    ["<anna@venue.ch>", ["anna@venue.ch"]],
    ["https://anna@venue.ch/x", ["anna@venue.ch/x"]],
    ["a@b@c.ch @x.ch a@b", ["b@c.ch"]],
    ["\u{1f600}@x.ch", ["\u{1f600}@x.ch"]],
  ])("%s", (text, expected) => {
    expect(mails(text)).toEqual(expected);
    expect([...stretchesOf(text)].map((stretch) => stretch.text).join("")).toBe(text);
    expect(holdsMail(text)).toBe(true);
  });

  test("none where there is none", () => {
    expect(holdsMail("!".repeat(1_000))).toBe(false);
    expect(mails("")).toEqual([]);
  });
});

describe("a record that is kept", () => {
  test("may be as large as orders are, no larger and no deeper", () => {
    expect(whyTooLarge({ text: "x".repeat(200_000) })).toBeNull();
    expect(whyTooLarge({ text: "x".repeat(300_000) })).toBe("is larger than 256 KB");
    let deep: unknown = 1;
    for (let depth = 0; depth < 50_000; depth++) deep = [deep];
    expect(whyTooLarge(deep)).toBe("is nested deeper than 64 levels");
  });
});
