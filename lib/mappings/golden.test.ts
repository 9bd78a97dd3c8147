import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { auditLog, connection, goldenSample, mapping } from "@/drizzle/schema";
import type { ConnectionSettings } from "@/lib/core/connection-settings";
import { mappingDocumentSchema, type MappingDocument } from "@/lib/core/mapping/document";
import { withoutFailing, type GoldenResult } from "@/lib/core/mapping/golden/golden";
import { testAccount } from "@/lib/core/mapping/test-describe";
import { testDatabase } from "@/testing/database";
import { mostGolden, type GoldenChange } from "./golden-contract";
import { saveDraft } from "./drafts";
import {
  addGolden,
  changeGolden,
  checkGolden,
  expectGolden,
  getGolden,
  listGolden,
  tryGolden,
} from "./golden";
import { publish, restore } from "./publish";

const database = testDatabase();
let mappingId: number;

const run = {
  target: { prefix: "", describe: testAccount({ personAccounts: true }), recordTypeId: null },
  context: { valueMaps: {}, timeZone: "UTC", selected: () => true },
};
const source = { contactNumber: "42", first: "Edna", last: "Frank" };

function document(firstName: string, lastName = "last"): MappingDocument {
  const lines = [
    { target: "[p]SyncId__c", expression: "contactNumber" },
    { target: "LastName", expression: lastName },
    { target: "FirstName", expression: firstName },
  ];
  return mappingDocumentSchema.parse({
    kind: "individual",
    object: "Account",
    keyField: "[p]SyncId__c",
    lines,
  });
}

beforeEach(async () => {
  await database.db.execute(sql`truncate connection, audit_log cascade`);
  const [made] = await database.db
    .insert(connection)
    .values({ institution: "myvenue", name: "v", timeZone: "UTC", settings: {} as ConnectionSettings })
    .returning();
  const [row] = await database.db
    .insert(mapping)
    .values({
      ...{ connectionId: made?.id ?? 0, name: "People", direction: "in", kind: "individual" },
      draft: document("first"),
    })
    .returning();
  mappingId = row?.id ?? 0;
});

async function keep(name = "Edna", of = document("first"), wanted?: GoldenResult) {
  const expected = wanted ?? (await tryGolden(of, source, run));
  const result = await addGolden(database.db, { mappingId, name, source, expected, actor: "ann" });
  if (result.outcome !== "added") throw new Error(result.outcome);
  return result.sample;
}
const change = (id: number, revision: number, what: GoldenChange) =>
  changeGolden(database.db, { mappingId, id, revision, change: what, actor: "ann" });
const publishAt = (revision: number, accept: readonly { id: number; revision: number }[] = []) =>
  publish(database.db, {
    ...{ mappingId, revision, comment: "because", actor: "ann", target: run.target },
    golden: { ...run, accept, holdsUp: true },
  });
const saveAs = (revision: number, draft: MappingDocument) =>
  saveDraft(database.db, { mappingId, revision, document: draft, actor: "ann" });
const save = (revision: number, firstName: string) => saveAs(revision, document(firstName));
const names = async () => (await listGolden(database.db, mappingId)).map(({ name }) => name);

describe("trying all samples", () => {
  afterEach(() => vi.restoreAllMocks());
  const sentencesOf = async () => {
    const { checks } = await checkGolden(
      database.db,
      mappingId,
      document("$map([1], function($x) { first })"),
      run,
    );
    return checks.flatMap(({ sentences }) => sentences);
  };

  test("takes as long as the machine needs for it", async () => {
    for (const name of ["Edna", "Odile"]) await keep(name);
    let seconds = 0;
    vi.spyOn(performance, "now").mockImplementation(() => 10_000 * seconds++);
    expect(await sentencesOf()).toEqual([]);
  });

  test("ends when it is too much work", async () => {
    for (const name of ["Edna", "Odile"]) await keep(name);
    let looks = 0;
    vi.spyOn(process, "cpuUsage").mockImplementation(() => ({ user: 90_000 * looks++, system: 0 }));
    expect(await sentencesOf()).toEqual([]);
    vi.spyOn(process, "cpuUsage").mockImplementation(() => ({ user: 4_000_000 * looks++, system: 0 }));
    expect(await sentencesOf()).toEqual(
      ["Edna", "Odile"].map((name) => `${name}: not tried, the mapping takes too long. Make it simpler.`),
    );
  });
});

describe("publishing", () => {
  test("goes on while golden samples get what is expected", async () => {
    await keep();
    expect(await publishAt(1)).toMatchObject({ outcome: "published", number: 1 });
    await save(1, "$substring(first, 0)");
    expect(await publishAt(2)).toMatchObject({ outcome: "published", number: 2 });
  });

  test("is refused where one gets something else, in a sentence", async () => {
    await keep();
    await save(1, "$uppercase(first)");
    expect(await publishAt(2)).toMatchObject({
      outcome: "unexpected",
      checks: [{ sentences: ["Edna: First Name should be Edna, and is EDNA."] }],
    });
    expect(await database.db.execute(sql`select from mapping_version`)).toMatchObject({ rowCount: 0 });
  });

  test("goes on once the new result is declared the expectation, which is noted", async () => {
    const { id, revision } = await keep();
    await save(1, "$uppercase(first)");
    expect(await publishAt(2, [{ id, revision }])).toMatchObject({ outcome: "published" });
    const [kept] = await listGolden(database.db, mappingId);
    expect(kept).toMatchObject({ revision: 2, expected: { fields: { FirstName: { value: "EDNA" } } } });
    const noted = await database.db
      .select({ subject: auditLog.subject })
      .from(auditLog)
      .where(eq(auditLog.action, "golden sample expects the new result"));
    expect(noted).toEqual([{ subject: `People sample ${id}` }]);
  });

  test("expects of an accepted sample nothing that failed, and nothing of what was open before", async () => {
    const failing = (last: string) => document('$error("No name.")', last);
    const expected = withoutFailing(await tryGolden(failing("last"), source, run));
    const { id } = await keep("Edna", failing("last"), expected);
    await saveAs(1, failing("$uppercase(last)"));
    expect(await publishAt(2)).toMatchObject({
      outcome: "unexpected",
      checks: [{ sentences: ["Edna: Last Name should be Frank, and is FRANK."] }],
    });
    expect(await publishAt(2, [{ id, revision: 1 }])).toMatchObject({ outcome: "published" });
    const sample = await getGolden(database.db, mappingId, id);
    expect(sample?.expected).toMatchObject({ fields: { LastName: { value: "FRANK" } }, open: ["FirstName"] });
    expect(sample?.expected.fields).not.toHaveProperty("FirstName");
    await saveAs(2, document("first", "$uppercase(last)"));
    expect(await publishAt(3)).toMatchObject({ outcome: "published" });
    await saveAs(3, document("first", '$error("No last name.")'));
    expect(await publishAt(4, [{ id, revision: 2 }])).toMatchObject({ outcome: "published" });
    await saveAs(4, document("first", "last"));
    expect(await publishAt(5)).toMatchObject({ outcome: "published" });
  });

  test("is refused when the sample was changed since it was seen", async () => {
    const { id, revision } = await keep();
    await save(1, "$uppercase(first)");
    await change(id, revision, { what: "rename", name: "Other" });
    expect(await publishAt(2, [{ id, revision }])).toMatchObject({ outcome: "unexpected" });
  });

  describe("of an earlier version again", () => {
    const back = (accept: readonly { id: number; revision: number }[] = []) =>
      restore(database.db, {
        ...{ mappingId, versionNumber: 1, comment: "back", actor: "ben", target: run.target },
        golden: { ...run, accept, holdsUp: false },
      });

    beforeEach(async () => {
      await publishAt(1);
      await save(1, "$uppercase(first)");
      await publishAt(2);
    });

    test("is never refused, and changes no expectation by itself: it may be a wish", async () => {
      await keep("Capitals", document("$uppercase(first)"));
      expect(await back()).toMatchObject({ outcome: "published", number: 3 });
      const { checks } = await checkGolden(database.db, mappingId, document("first"), run);
      expect(checks[0]?.sentences).toEqual(["Capitals: First Name should be EDNA, and is Edna."]);
    });

    test("takes the restored result as the expectation of the samples that somebody names", async () => {
      const { id } = await keep("Capitals", document("$uppercase(first)"));
      const other = await keep("Other", document('"Other"'));
      await change(other.id, 1, { what: "rename", name: "Changed since" });
      await back([
        { id, revision: 1 },
        { id: other.id, revision: 1 },
      ]);
      const { checks } = await checkGolden(database.db, mappingId, document("first"), run);
      expect(checks.map(({ sentences }) => sentences.length)).toEqual([0, 1]);
    });
  });

  test("is refused where a filter would leave a sample out", async () => {
    await keep();
    const draft = { ...document("first"), filter: 'last = "Nobody"' };
    await saveDraft(database.db, { mappingId, revision: 1, document: draft, actor: "ann" });
    expect(await publishAt(2)).toMatchObject({
      outcome: "unexpected",
      checks: [{ sentences: ["Edna: the record should be written, and is left out by the filter."] }],
    });
  });

  describe("while the org was never asked for the object", () => {
    const unknown = { ...run, target: null };
    const publishUnknown = (revision: number) =>
      publish(database.db, {
        ...{ mappingId, revision, comment: "because", actor: "ann", target: null },
        golden: { ...unknown, accept: [], holdsUp: true },
      });

    test("is held up by golden samples all the same, as far as they can be compared", async () => {
      await keep();
      await save(1, "$uppercase(first)");
      expect(await publishUnknown(2)).toMatchObject({
        outcome: "unexpected",
        checks: [{ sentences: ["Edna: FirstName should be Edna, and is EDNA."] }],
      });
      await save(2, "$substring(first, 0)");
      expect(await publishUnknown(3)).toMatchObject({ outcome: "published" });
    });

    test("says what could not be compared", async () => {
      expect((await checkGolden(database.db, mappingId, document("first"), unknown)).notCompared).toBeNull();
      await keep();
      const checked = await checkGolden(database.db, mappingId, document("first"), unknown);
      expect(checked.notCompared).toMatch(/^Salesforce was not asked .* Ask Salesforce now/);
      expect((await checkGolden(database.db, mappingId, document("first"), run)).notCompared).toBeNull();
    });
  });
});

describe("golden samples", () => {
  test("are renamed, removed and put back, each by whoever saw the latest", async () => {
    const { id } = await keep();
    expect(await change(id, 1, { what: "rename", name: "Odile" })).toEqual({
      outcome: "changed",
      revision: 2,
    });
    expect(await change(id, 1, { what: "remove" })).toEqual({ outcome: "moved-on" });
    await change(id, 2, { what: "remove" });
    expect(await names()).toEqual([]);
    expect((await checkGolden(database.db, mappingId, document('"x"'), run)).checks).toEqual([]);
    await change(id, 3, { what: "put-back" });
    expect(await names()).toEqual(["Odile"]);
  });

  test("are told as passed or not, one by one", async () => {
    await keep("One");
    await keep("Two", document('"Two"'));
    const { checks } = await checkGolden(database.db, mappingId, document("first"), run);
    expect(checks.map(({ name, sentences }) => [name, sentences.length])).toEqual([
      ["One", 0],
      ["Two", 1],
    ]);
  });

  test("are no more than can be tried while somebody waits", async () => {
    for (let nth = 0; nth < mostGolden; nth++) await keep(`Sample ${nth}`);
    await expect(keep("One too many")).rejects.toThrow("too-many");
  });

  test("that were removed long ago are forgotten", async () => {
    const { id } = await keep();
    await change(id, 1, { what: "remove" });
    await database.db.update(goldenSample).set({ removedAt: new Date("2020-01-01") });
    await keep("Another");
    expect(await change(id, 2, { what: "put-back" })).toEqual({ outcome: "moved-on" });
  });

  describe("whose expectation is edited", () => {
    const wish: GoldenResult = {
      standing: "write",
      fields: { FirstName: { value: "EDNA", when: "always" } },
    };
    const expectAt = (id: number, revision: number, expected = wish) =>
      expectGolden(database.db, { mappingId, id, revision, expected, actor: "ann", byHand: true });

    test("expect it from then on, by whoever saw the latest; the log has the number only", async () => {
      const { id } = await keep();
      const both = await Promise.all([expectAt(id, 1), expectAt(id, 1)]);
      expect(both).toEqual(
        expect.arrayContaining([{ outcome: "changed", revision: 2 }, { outcome: "moved-on" }]),
      );
      expect(await getGolden(database.db, mappingId, id)).toMatchObject({ expected: wish, revision: 2 });
      const [noted] = await database.db
        .select({ subject: auditLog.subject })
        .from(auditLog)
        .where(eq(auditLog.action, "golden sample's expectation edited"));
      expect(noted).toEqual({ subject: `People sample ${id}` });
    });

    test("are none of another mapping, and none that was removed", async () => {
      const { id } = await keep();
      await change(id, 1, { what: "remove" });
      expect(await expectAt(id, 2)).toEqual({ outcome: "moved-on" });
      expect(await getGolden(database.db, mappingId + 1, id)).toBeNull();
    });
  });
});
