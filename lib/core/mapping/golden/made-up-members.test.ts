import { describe, expect, test } from "vitest";
import { makeUp, type Spared } from "./made-up";

const person = { individualContact: { individualFirstName: "Jean", individualLastName: "Dupont" } };
const listing = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, true]));
/** What is made of the names under which something is listed. */
function listedBy(names: readonly string[], spared?: Spared): string[] {
  const { source } = makeUp({ ...person, by: listing(names) }, 1, spared);
  return Object.keys((source as { by: object }).by);
}

describe("names of members that nobody knows", () => {
  test.each([
    "anna@venue.ch",
    "+41791234567",
    "756.1234.5678.97",
    "Marie Curie",
    "CH9300762011623852957",
    "0012030",
  ])("may be somebody's: %s", (name) => {
    const [made = ""] = listedBy([name]);
    for (const part of name.match(/\p{L}{3,}|\d{4,}/gu) ?? []) expect(made).not.toContain(part);
  });

  test("hold no name of the record, in the way in which its texts hold none", () => {
    const { source } = makeUp(
      { ...person, note: "Jean Dupont", by: listing(["Jean Dupont", "dupontHome"]) },
      1,
    );
    const { note, by } = source as { note: string; by: object };
    expect(Object.keys(by)).toContain(note);
    expect(JSON.stringify(source)).not.toMatch(/jean|dupont/i);
  });

  test.each([
    "memberSince",
    "fecha_nacimiento",
    "lieblingsst\u00fcck",
    "Stra\u00dfe",
    "IBAN",
    "12",
    "2024",
    "code",
  ])("stay where they are no person's: %s", (name) => expect(listedBy([name])).toEqual([name]));

  test("stay where mappings name them", () => {
    expect(
      listedBy(["VIP Lounge", "GOLD"], { members: new Set(["VIP Lounge"]), words: new Set(["GOLD"]) }),
    ).toEqual(["VIP Lounge", "GOLD"]);
  });

  test("stay as they were made up already", () => {
    const first = makeUp({ ...person, by: listing(["Marie Curie", "+41791234567"]) }, 1);
    expect(makeUp(first.source, 1, { madeUp: first })).toEqual({ ...first, replacements: [] });
  });
});

describe("what was apart stays apart", () => {
  const many = (of: (nth: number) => unknown, count = 60) =>
    Array.from({ length: count }, (_, nth) => of(nth));
  const letters = (nth: number) => String.fromCharCode(97 + Math.floor(nth / 26), 97 + (nth % 26));
  const distinct = (source: object) => new Set(Object.values(makeUp(source, 1).source as object).flat()).size;

  test.each([
    ["e-mails", "email", (nth: number) => `${letters(nth)}@x.com`],
    ["e-mails of one length in texts", "remarks", (nth: number) => `to ${letters(nth)}anna@x.com`],
    ["first names", "firstName", (nth: number) => `${letters(nth)}na`],
    ["last names with accents", "lastName", (nth: number) => `${letters(nth)}\u00e9`],
    ["towns", "town", (nth: number) => `${letters(nth)}ville`],
    ["house numbers", "street1", (nth: number) => `rue ${nth + 10}`],
    ["phones", "phone", (nth: number) => `+4179${1_000_000 + nth}`],
    ["phones in texts", "remarks", (nth: number) => `call +4179${1_000_000 + nth}`],
    ["contact numbers", "contactNumber", (nth: number) => `00${1_000 + nth}`],
    ["numbers that nobody documents", "points", (nth: number) => nth + 10],
    ["days", "since", (nth: number) => new Date(Date.UTC(2020, 0, nth + 1)).toISOString().slice(0, 10)],
    ["words", "hobbies", (nth: number) => letters(nth)],
  ])("%s", (_, member, of) => {
    expect(distinct({ [member]: many(of) })).toBe(60);
  });

  test("up to the last number that the shape has room for, and no further", () => {
    expect(distinct({ points: many((nth) => nth + 1, 9) })).toBe(9);
    expect(distinct({ points: many((nth) => nth + 10, 90) })).toBeGreaterThan(75);
  });

  test("records that are listed by an e-mail, a phone or a number are as many as before", () => {
    const names = many((nth) => [
      `${letters(nth)}anna@x.com`,
      `+4179${1_000_000 + nth}`,
      `${7_000 + nth}`,
    ]).flat();
    expect(listedBy(names as string[])).toHaveLength(180);
  });

  test("the same stays the same, however it is written", () => {
    const { source } = makeUp(
      { list: ["a@x.com", "A@X.com", "zip 4711"], zipCode: "4711", day: ["2020-02-03"] },
      1,
    );
    const { list, zipCode } = source as { list: string[]; zipCode: string };
    expect(list[0]?.split("@")[0]?.toLowerCase()).toBe(list[1]?.split("@")[0]?.toLowerCase());
    expect(list[2]).toContain(zipCode);
  });
});
