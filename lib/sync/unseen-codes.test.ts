import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { valueMap } from "@/drizzle/schema";
import { codeSchema, type ValueMapEntries } from "@/lib/core/mapping/document";
import { isNoteOfLong, shortNote } from "@/lib/core/mapping/value-maps/long-code";
import { countUnseen, unseenCodes } from "@/lib/mappings/read-value-maps";
import { person, syncWorld } from "./test-world";
import { mostLongTexts, mostUnseenCodes } from "./unseen-codes";

const { world, rows, contacts, drain, states } = syncWorld();

async function titlesAre(entries: ValueMapEntries): Promise<void> {
  const row = { connectionId: world.connectionId, name: "titles", entries };
  await world.deps.db
    .insert(valueMap)
    .values(row)
    .onConflictDoUpdate({ target: [valueMap.connectionId, valueMap.name], set: row });
  const known = { valueMaps: { titles: entries }, valueMapRevisions: { titles: 1 } };
  world.deps = { ...world.deps, published: { ...world.deps.published, ...known } };
}

const titled = (key: string, title: string) =>
  person(key, {
    individualContact: { title, individualFirstName: "Edna", individualLastName: "Frank" },
  });

const noted = () =>
  rows(sql`
    select u.code, u.seen, r.key from unseen_code u left join record r on r.id = u.record_id
    where u.value_map = 'titles' order by u.code`);

beforeEach(() => titlesAre({ values: { MR: "Mr." }, rules: { DAME: "leave" }, otherwise: "leave" }));

describe("a code that a value map does not list", () => {
  it.each(["leave", "hold", { default: "Other" }] as const)(
    "is noted, whatever the rule: %j",
    async (otherwise) => {
      await titlesAre({ values: { MR: "Mr." }, otherwise });
      await contacts(titled("1", "DR"), titled("2", " DR "), titled("3", "MR"));
      await drain();
      expect(await noted()).toEqual([{ code: "DR", seen: 2, key: "2" }]);
      expect((await states()).map((row) => row["code"])).toEqual(
        otherwise === "hold" ? ["unknown_code", "unknown_code", null] : [null, null, null],
      );
    },
  );

  it("counts on in the next batch, and names the record that came last", async () => {
    await contacts(titled("1", "DR"));
    await drain();
    await contacts(titled("2", "DR"), titled("3", "PROF"));
    await drain();
    expect(await noted()).toEqual([
      { code: "DR", seen: 2, key: "2" },
      { code: "PROF", seen: 1, key: "3" },
    ]);
  });

  it("is not noted when it is listed, with a value, a rule, or meanwhile", async () => {
    await contacts(titled("1", "MR"), titled("2", "DAME"), person("3", { individualContact: {} }));
    await drain();
    await contacts(titled("4", "DR"));
    const listed = { values: { DR: "Dr." }, otherwise: "leave" } as const;
    await world.deps.db.update(valueMap).set({ entries: listed });
    await drain();
    expect(await noted()).toEqual([]);
  });

  it("is one of a bounded number", async () => {
    const codes = Array.from({ length: mostUnseenCodes + 20 }, (_, index) => `code ${1000 + index}`);
    await contacts(...codes.map((code, index) => titled(String(index), code)));
    await drain();
    expect(await noted()).toHaveLength(mostUnseenCodes);
    await contacts(titled("one more", "a new one"), titled("again", "code 1000"));
    await drain();
    const all = await noted();
    expect(all).toHaveLength(mostUnseenCodes);
    expect(all[0]).toMatchObject({ code: "code 1000", seen: 2 });
  });

  it("is noted shortened where it is longer than a code can be, each by itself, a few of them", async () => {
    const long = (end: string) => "é".repeat(9_990) + end.padStart(10, "0");
    await contacts(titled("1", long("a")), titled("2", long("b")), titled("3", long("a")), titled("4", "DR"));
    await drain();
    const all = await noted();
    expect(all.map(({ seen }) => seen).toSorted()).toEqual([1, 1, 2]);
    const notes = all.map(({ code }) => String(code)).filter(isNoteOfLong);
    expect(notes).toHaveLength(2);
    expect(notes.every((note) => note.length < 300)).toBe(true);
    expect(shortNote(notes[0] ?? "")).toMatch(/^é{60}… \(10000 characters\)$/);
    await contacts(...Array.from({ length: 30 }, (_, nth) => titled(`x${nth}`, long(String(nth)))));
    await drain();
    await contacts(titled("5", "PROF"), titled("6", long("one more")));
    await drain();
    const codes = (await noted()).map(({ code }) => String(code));
    expect(codes.filter(isNoteOfLong)).toHaveLength(mostLongTexts);
    expect(codes.filter((code) => !isNoteOfLong(code))).toEqual(["DR", "PROF"]);
  });

  it("has characters as the database counts them: an emoji is one", async () => {
    const emoji = (length: number, end: string) => "😀".repeat(length - end.length) + end;
    const codes = Array.from({ length: mostLongTexts + 5 }, (_, nth) => emoji(200, String(nth)));
    const texts = codes.map((code) => emoji(300, code.slice(-2)));
    for (const [batch, titles] of [codes, texts, [emoji(255, "a"), emoji(256, "b")]].entries()) {
      await contacts(...titles.map((title, nth) => titled(`${batch} ${nth}`, title)));
      await drain();
    }
    const noted = (await unseenCodes(world.deps.db, world.connectionId, "titles")).map(({ code }) => code);
    const long = noted.filter(isNoteOfLong);
    expect(long).toHaveLength(mostLongTexts);
    expect(shortNote(long[0] ?? "")).toMatch(/^😀{60}… \(300 characters\)$/u);
    const decidable = noted.filter((code) => !isNoteOfLong(code));
    expect(new Set(decidable)).toEqual(new Set([...codes, emoji(255, "a")]));
    expect(decidable.every((code) => codeSchema.safeParse(code).success)).toBe(true);
    expect(codeSchema.safeParse(emoji(256, "b")).success).toBe(false);
    expect(await countUnseen(world.deps.db, world.connectionId)).toBe(decidable.length);
  });

  it("costs nothing where there is none, and holds up no record when it cannot be noted", async () => {
    const { db } = world.deps;
    await contacts(titled("1", "MR"));
    await drain();
    await db.execute(sql`drop table unseen_code`);
    try {
      await contacts(titled("2", "MR"));
      await drain();
      expect(await states()).toEqual([
        { key: "1", state: "idle", code: null },
        { key: "2", state: "idle", code: null },
      ]);
      // The inbox is a help, not the work.
      await contacts(titled("3", "DR"));
      await drain();
      expect((await states())[2]).toEqual({ key: "3", state: "idle", code: null });
    } finally {
      await db.execute(sql`
        create table unseen_code (connection_id bigint, value_map text, code text, seen int, record_id bigint,
          first_at timestamptz default now(), last_at timestamptz default now(),
          primary key (connection_id, value_map, code))`);
    }
  });
});
