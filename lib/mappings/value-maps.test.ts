import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { auditLog, mapping, record, recordDirection, unseenCode } from "@/drizzle/schema";
import { mappingDocumentSchema, type ValueMapEntries } from "@/lib/core/mapping/document";
import { lanes } from "@/lib/core/words";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import type { CodeDecision } from "./value-map-contract";
import { publish } from "./publish";
import { countUnseen, unseenCodes, valueMapDetail, valueMapSummaries } from "./read-value-maps";
import { decideCodes, dropValueMap, putValueMap } from "./value-maps";

const database = testDatabase();
let connectionId: number;

const name = "titles";
const titles: ValueMapEntries = { values: { MR: "Mr." }, otherwise: "hold" };
const place = () => ({ connectionId, name, actor: "ann" });
const put = (revision: number | null, entries: ValueMapEntries = titles) =>
  putValueMap(database.db, { ...place(), revision, entries });
const decideAll = (codes: readonly string[], decision: CodeDecision) =>
  decideCodes(database.db, { ...place(), codes, decision });
const decide = (code: string, decision: CodeDecision) => decideAll([code], decision);
const detail = () => valueMapDetail(database.db, connectionId, name);
const inbox = () => unseenCodes(database.db, connectionId, name);

async function waiting(): Promise<number> {
  const locks = sql`select from pg_locks where not granted and pid <> pg_backend_pid()`;
  return (await database.db.execute(locks)).rowCount ?? 0;
}

beforeEach(async () => {
  await database.db.execute(sql`truncate connection, audit_log cascade`);
  connectionId = await insertTestConnection(database.db);
});

async function note(code: string, seen = 1, recordId = 0): Promise<void> {
  await database.db.insert(unseenCode).values({ connectionId, valueMap: name, code, seen, recordId });
}

async function hold(key: string): Promise<number> {
  const [row] = await database.db
    .insert(record)
    .values({ connectionId, family: "contact", key, kind: "individual" })
    .returning();
  const recordId = row?.id ?? 0;
  const standing = { connectionId, stream: "contacts-in", version: 1, state: "failed" } as const;
  const fault = { code: "unknown_code", sentence: "x" } as const;
  await database.db
    .insert(recordDirection)
    .values({ ...standing, recordId, direction: "in", lane: lanes.liveContacts, fault });
  return recordId;
}

async function mappingThatUses(published: boolean, filter?: string): Promise<void> {
  const draft = mappingDocumentSchema.parse({
    kind: "individual",
    object: "Account",
    keyField: "[p]SyncId__c",
    lines: [
      { target: "[p]SyncId__c", expression: "contactNumber" },
      { target: "Salutation", expression: '$valueMap("titles", title)' },
      { target: "Other", expression: 'x = "$valueMap(\\"titles\\", 1)"' },
      { target: "Broken", expression: '$valueMap("titles"' },
    ].slice(0, filter ? 1 : published ? 2 : 4),
    ...(filter && { filter }),
  });
  const named = { connectionId, name: "People", direction: "in", kind: "individual", draft } as const;
  const [row] = await database.db.insert(mapping).values(named).returning();
  if (!published) return;
  const version = { revision: 1, comment: "because", actor: "ann", target: null };
  expect(await publish(database.db, { ...version, mappingId: row?.id ?? 0 })).toMatchObject({
    outcome: "published",
  });
}

describe("a value map", () => {
  test("is listed with who changed it, what names it and how many codes wait", async () => {
    await put(null);
    await mappingThatUses(true);
    await note("DR");
    const use = {
      mapping: "People",
      kind: "individual",
      object: "Account",
      target: "Salutation",
      published: true,
    };
    const listed = { name, revision: 1, codes: 1, otherwise: "hold", uses: [use], unseen: 1 };
    expect(await valueMapSummaries(database.db, connectionId)).toMatchObject([listed]);
    expect(await detail()).toMatchObject({ ...listed, changed: { by: "ann" }, entries: titles });
  });

  test("is named by lines that call it, not by texts that look like it", async () => {
    await put(null);
    await mappingThatUses(false);
    expect((await detail())?.uses).toMatchObject([{ target: "Salutation", published: false }]);
  });

  test("of two saves at once one wins, and the other gets what was stored", async () => {
    await put(null);
    const [mine, theirs]: ValueMapEntries[] = [
      { ...titles, otherwise: "leave" },
      { ...titles, otherwise: { default: "x" } },
    ];
    const answers = await Promise.all([put(1, mine), put(1, theirs)]);
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(["conflict", "saved"]);
    expect(answers.find(({ outcome }) => outcome === "conflict")).toMatchObject({ current: { revision: 2 } });
  });

  test("releases what is held for a mapping that was published just before it was stored", async () => {
    await put(null);
    let saving: Promise<unknown> = Promise.resolve();
    await database.db.transaction(async (tx) => {
      await tx.execute(sql`select from connection for no key update`);
      // It has read what runs, and waits for its turn.
      saving = put(1, { ...titles, values: { DR: "Dr." } });
      await expect.poll(waiting).toBe(1);
      await mappingThatUses(true);
      await hold("1");
    });
    expect(await saving).toMatchObject({ outcome: "saved", released: 1 });
  });

  test("is not made beside one whose name differs only by small and capital letters", async () => {
    await put(null);
    const twin = { ...place(), name: "Titles", revision: null, entries: titles };
    expect(await putValueMap(database.db, twin)).toEqual({ outcome: "twin", name });
    expect(await valueMapSummaries(database.db, connectionId)).toHaveLength(1);
  });

  test("is stored in one form: blank values are none, rules are named only when there are", async () => {
    await put(null, { values: { MR: " " }, rules: {}, otherwise: { default: "" } });
    expect((await detail())?.entries).toEqual({ values: { MR: null }, otherwise: { default: null } });
    expect(await put(1, { values: { MR: null }, otherwise: { default: null } })).toMatchObject({
      outcome: "unchanged",
    });
  });
});

describe("removing a value map", () => {
  test("takes its inbox along, and is written down", async () => {
    await put(null);
    await note("DR");
    expect(await dropValueMap(database.db, { ...place(), revision: 1 })).toEqual({ outcome: "removed" });
    expect(await database.db.$count(unseenCode)).toBe(0);
    const [last] = (await database.db.select().from(auditLog)).slice(-1);
    expect(last).toMatchObject({ action: "value map removed", subject: name, actor: "ann" });
  });

  test("is refused while a published mapping names it; a draft does not hinder", async () => {
    await put(null);
    await mappingThatUses(true);
    expect(await dropValueMap(database.db, { ...place(), revision: 1 })).toMatchObject({
      outcome: "used",
      uses: [{ mapping: "People", target: "Salutation" }],
    });
    await database.db.update(mapping).set({ publishedVersionId: null });
    expect(await dropValueMap(database.db, { ...place(), revision: 1 })).toEqual({ outcome: "removed" });
  });

  test("is refused while only the filter of a published mapping names it, whose records its next save releases", async () => {
    await put(null);
    await mappingThatUses(true, `$valueMap("${name}", state) = "Mr."`);
    const use = { mapping: "People", target: null, published: true };
    expect((await detail())?.uses).toMatchObject([use]);
    expect(await dropValueMap(database.db, { ...place(), revision: 1 })).toMatchObject({ uses: [use] });
    await hold("7");
    expect(await put(1, { ...titles, otherwise: "leave" })).toMatchObject({ outcome: "saved", released: 1 });
  });

  test("is refused when somebody changed it since it was seen", async () => {
    await put(null);
    await put(1, { ...titles, otherwise: "leave" });
    expect(await dropValueMap(database.db, { ...place(), revision: 1 })).toMatchObject({
      outcome: "conflict",
    });
    expect(await dropValueMap(database.db, { ...place(), name: "other", revision: 1 })).toEqual({
      outcome: "missing",
    });
  });

  test("and publishing a mapping that names it never both succeed", async () => {
    await put(null);
    const answers = await Promise.allSettled([
      mappingThatUses(true),
      dropValueMap(database.db, { ...place(), revision: 1 }),
    ]);
    const isThere = (await detail()) !== null;
    const runs = await database.db.$count(mapping, sql`published_version_id is not null`);
    expect(isThere || runs === 0).toBe(true);
    expect(answers).toHaveLength(2);
  });
});

describe("a code in the inbox", () => {
  test("shows how often it came, and a record that brought it, the most frequent first", async () => {
    await put(null);
    const recordId = await hold("4711");
    await note("DR", 2, recordId);
    await note("PROF", 7, 999_999);
    expect(await inbox()).toMatchObject([
      { code: "PROF", seen: 7, record: null },
      { code: "DR", seen: 2, record: { id: recordId, key: "4711" } },
    ]);
    expect(await countUnseen(database.db, connectionId)).toBe(2);
  });

  test("goes into the map as decided, releases held records, and is gone", async () => {
    await put(null);
    await mappingThatUses(true);
    await hold("1");
    await note("DR");
    expect(await decide("DR", { value: "Dr." })).toEqual({
      ...{ outcome: "saved", revision: 2, released: 1, passedOver: 0 },
    });
    expect((await detail())?.entries.values).toEqual({ MR: "Mr.", DR: "Dr." });
    expect(await inbox()).toEqual([]);
    for (const rule of ["leave", "hold", "otherwise"] as const) await decide(rule, { rule });
    expect((await detail())?.entries.rules).toEqual({ leave: "leave", hold: "hold", otherwise: "otherwise" });
  });

  test("keeps what somebody else changed of the map meanwhile, and who came first", async () => {
    await put(null);
    await put(1, { ...titles, values: { MR: "Sir" } });
    await decide("DR", { value: "Dr." });
    expect((await detail())?.entries.values).toEqual({ MR: "Sir", DR: "Dr." });
    expect(await decide("DR", { value: "Doctor" })).toEqual({ outcome: "listed" });
    expect((await detail())?.entries.values["DR"]).toBe("Dr.");
  });

  test("is gone when a save lists it, and passed over when it is noted late", async () => {
    await put(null);
    await note("DR");
    await put(1, { ...titles, rules: { DR: "leave" } });
    expect(await database.db.$count(unseenCode)).toBe(0);
    await note("DR");
    await note("MR");
    expect(await inbox()).toEqual([]);
    expect(await countUnseen(database.db, connectionId)).toBe(0);
  });

  test("about many codes is one save, and passes over what somebody decided meanwhile", async () => {
    await put(null);
    await mappingThatUses(true);
    await hold("1");
    for (const code of ["DR", "PROF", "REV"]) await note(code);
    await decide("REV", { value: "Rev." });
    expect(await decideAll(["DR", "PROF", "REV", "DR"], { rule: "leave" })).toMatchObject({
      ...{ outcome: "saved", revision: 3, passedOver: 1 },
    });
    expect((await detail())?.entries).toEqual({
      values: { MR: "Mr.", REV: "Rev." },
      rules: { DR: "leave", PROF: "leave" },
      otherwise: "hold",
    });
    expect(await inbox()).toEqual([]);
    expect(await decideAll(["DR", "REV"], { value: "x" })).toEqual({ outcome: "listed" });
  });

  test("about many codes is stored whole or not at all", async () => {
    const values = Object.fromEntries(Array.from({ length: 4_999 }, (_, index) => [`c${index}`, "x"]));
    await put(null, { values, otherwise: "hold" });
    expect(await decideAll(["DR", "PROF"], { value: "x" })).toEqual({ outcome: "full" });
    expect(await decideAll(["DR"], { value: "x" })).toMatchObject({ outcome: "saved" });
  });

  test("finds no place in a full map", async () => {
    const values = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`c${index}`, "x"]));
    await put(null, { values, otherwise: "hold" });
    expect(await decide("DR", { value: "Dr." })).toEqual({ outcome: "full" });
  });
});
