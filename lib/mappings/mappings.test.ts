import { eq, sql } from "drizzle-orm";
import { Client } from "pg";
import { beforeEach, describe, expect, test } from "vitest";
import { auditLog, link, mapping, mappingVersion, record, recordDirection } from "@/drizzle/schema";
import type { Fault, FaultCode } from "@/lib/core/faults";
import { mappingDocumentSchema, type MappingDocument } from "@/lib/core/mapping/document";
import { lanes, type Direction, type Kind, type RecordState } from "@/lib/core/words";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { saveDraft } from "./drafts";
import { publish, restore } from "./publish";
import { published } from "./published";
import { getMapping, getVersion, listMappings } from "./read";
import { runAgain, stopMapping } from "./stop";
import { putValueMap } from "./value-maps";

const database = testDatabase();
let connectionId: number;
let mappingId: number;

function document(firstName: string, object = "Account"): MappingDocument {
  const lines = [
    { target: "[p]SyncId__c", expression: "contactNumber" },
    { target: "FirstName", expression: firstName },
  ];
  return mappingDocumentSchema.parse({ kind: "individual", object, keyField: "[p]SyncId__c", lines });
}

beforeEach(async () => {
  await database.db.execute(sql`truncate connection, audit_log cascade`);
  connectionId = await insertTestConnection(database.db);
  const [row] = await database.db
    .insert(mapping)
    .values({ connectionId, name: "People", direction: "in", kind: "individual", draft: document("first") })
    .returning();
  mappingId = row?.id ?? 0;
});

const save = (revision: number, changed: MappingDocument) =>
  saveDraft(database.db, { mappingId, revision, document: changed, actor: "ann" });
const publishAt = (revision: number) =>
  publish(database.db, { mappingId, revision, comment: "because", actor: "ann", target: null });
const runs = async () =>
  (await published(database.db, connectionId)).mappings[0]?.document.lines[1]?.expression;

async function heldRecord(
  key: string,
  state: RecordState,
  code: FaultCode,
  kind: Kind = "individual",
  direction: Direction = "in",
): Promise<number> {
  const fault: Fault = { code, sentence: "x" };
  const [row] = await database.db
    .insert(record)
    .values({ connectionId, family: "contact", key, kind })
    .returning();
  const recordId = row?.id ?? 0;
  const stream = direction === "in" ? "contacts-in" : "contacts-out";
  await database.db.insert(recordDirection).values({
    recordId,
    direction,
    connectionId,
    stream,
    version: 1,
    state,
    attempts: 3,
    lane: lanes.liveContacts,
    fault,
  });
  return recordId;
}

async function standing(recordId: number) {
  const [row] = await database.db
    .select()
    .from(recordDirection)
    .where(eq(recordDirection.recordId, recordId));
  return row && { state: row.state, attempts: row.attempts, lane: row.lane, code: row.fault?.code ?? null };
}

describe("a draft", () => {
  test("is saved under a new revision, and runs nowhere", async () => {
    expect(await save(1, document("second"))).toEqual({ outcome: "saved", revision: 2 });
    expect((await getMapping(database.db, { id: mappingId }))?.draftDocument).toEqual(document("second"));
    expect(await runs()).toBeUndefined();
  });

  test("opened before somebody else's save is refused, and both are still there", async () => {
    await save(1, document("second"));
    const answer = await save(1, document("third"));
    expect(answer).toMatchObject({
      outcome: "conflict",
      draft: { revision: 2, by: "ann" },
      document: document("second"),
    });
    expect((await getMapping(database.db, { id: mappingId }))?.draftDocument).toEqual(document("second"));
  });

  test("of two saved at the same moment one wins and the other is told", async () => {
    const answers = await Promise.all([
      save(1, document("a")),
      save(1, document("b")),
      save(1, document("c")),
    ]);
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(["conflict", "conflict", "saved"]);
  });

  test("that says the same keeps its revision; one of another kind is a mistake of the caller", async () => {
    expect(await save(1, document("first"))).toEqual({ outcome: "saved", revision: 1 });
    await expect(save(1, { ...document("first"), kind: "relay" })).rejects.toThrow(RangeError);
  });
});

describe("publishing", () => {
  test("over a version that nobody here has seen is refused", async () => {
    const publication = { mappingId, revision: 1, comment: "because", actor: "ann", target: null };
    expect(await publish(database.db, { ...publication, over: null })).toMatchObject({
      outcome: "published",
    });
    expect(await publish(database.db, { ...publication, over: null })).toEqual({ outcome: "outpaced" });
  });

  test("makes an immutable version that the worker gets, and an entry in the audit log", async () => {
    expect(await publishAt(1)).toMatchObject({ outcome: "published", number: 1, released: 0 });
    await save(1, document("second"));
    expect(await runs()).toBe("first");
    expect(await publishAt(2)).toMatchObject({ outcome: "published", number: 2 });
    expect(await runs()).toBe("second");
    expect((await getVersion(database.db, mappingId, 1))?.document).toEqual(document("first"));
    const subjects = await database.db
      .select({ subject: auditLog.subject, actor: auditLog.actor })
      .from(auditLog);
    expect(subjects).toContainEqual({ subject: "People 2", actor: "ann" });
  });

  test("what is published already changes nothing", async () => {
    await publishAt(1);
    expect(await publishAt(1)).toEqual({ outcome: "unchanged", number: 1 });
    expect((await getMapping(database.db, { id: mappingId }))?.versions).toHaveLength(1);
  });

  test("a draft that somebody changed meanwhile is refused", async () => {
    await save(1, document("second"));
    expect(await publishAt(1)).toMatchObject({ outcome: "conflict", draft: { revision: 2 } });
    expect(await runs()).toBeUndefined();
  });

  test("a document that could not run is refused with the line it is about", async () => {
    await save(1, document('$valueMap("nowhere", x)'));
    expect(await publishAt(2)).toMatchObject({
      outcome: "refused",
      problems: [{ lineIndex: 1, target: "FirstName" }],
    });
    await putValueMap(database.db, {
      connectionId,
      name: "nowhere",
      revision: null,
      entries: { values: {}, otherwise: "leave" },
      actor: "ann",
    });
    expect(await publishAt(2)).toMatchObject({ outcome: "published" });
  });

  test("after the first write the object of a mapping stays", async () => {
    await publishAt(1);
    const recordId = await heldRecord("1", "idle", "refused");
    const linked = { connectionId, recordId, mappingId, object: "Account", salesforceId: "001", key: "1" };
    await database.db.insert(link).values({ ...linked, base: {}, baseVersion: 1 });
    await save(1, document("first", "Contact"));
    expect(await publishAt(2)).toMatchObject({ outcome: "refused", problems: [{ lineIndex: null }] });
  });

  test("it stays when the mapping was stopped in between, for earlier versions too", async () => {
    await publishAt(1);
    await save(1, document("first", "Contact"));
    expect(await publishAt(2)).toMatchObject({ outcome: "published" });
    const recordId = await heldRecord("1", "idle", "refused");
    const linked = { connectionId, recordId, mappingId, object: "Contact", salesforceId: "003", key: "1" };
    await database.db.insert(link).values({ ...linked, base: {}, baseVersion: 1 });
    const stop = () => stopMapping(database.db, { mappingId, actor: "ann" });
    await stop();
    const back = { mappingId, versionNumber: 1, actor: "ann", comment: "back", target: null };
    const refused = {
      outcome: "refused",
      problems: [
        { sentence: expect.stringMatching(/written to Contact .* cannot become Account/) as string },
      ],
    };
    expect(await restore(database.db, back)).toMatchObject(refused);
    await save(2, document("second"));
    expect(await publishAt(3)).toMatchObject(refused);
    // Published before this was looked after.
    await database.db.update(mappingVersion).set({ document: document("first") });
    const again = await runAgain(database.db, { mappingId, actor: "ann", target: null });
    expect(again).toMatchObject(refused);
  });

  test("the same object by another of its names is the same", async () => {
    await save(1, document("first", "[p]Person__c"));
    await publishAt(2);
    const recordId = await heldRecord("1", "idle", "refused");
    const linked = { connectionId, recordId, mappingId, object: "Person__c", salesforceId: "a01", key: "1" };
    await database.db.insert(link).values({ ...linked, base: {}, baseVersion: 1 });
    await save(2, document("first", "Person__c"));
    expect(await publishAt(3)).toMatchObject({ outcome: "published" });
  });

  test("makes records due again that a mapping may cure, of its own kind only, behind live traffic", async () => {
    const curable = await heldRecord("1", "failed", "invalid_value");
    const missingField = await heldRecord("2", "retrying", "field_missing");
    const others = [
      await heldRecord("3", "failed", "permission"),
      await heldRecord("4", "review", "number_reused"),
      await heldRecord("5", "failed", "invalid_value", "relay"),
      await heldRecord("6", "retrying", "row_locked"),
    ];
    const before = await Promise.all(others.map(standing));
    expect(await publishAt(1)).toMatchObject({ outcome: "published", released: 2 });
    const due = { state: "pending", attempts: 0, lane: lanes.replay, code: null };
    expect([await standing(curable), await standing(missingField)]).toEqual([due, due]);
    expect(await Promise.all(others.map(standing))).toEqual(before);
  });

  test("makes records due again on the way back too: what could not be said in S-360, and what S-360 refused", async () => {
    const curable = [
      await heldRecord("1", "failed", "not_expressible", "individual", "out"),
      await heldRecord("2", "failed", "s360_refused", "individual", "out"),
    ];
    const others = [
      await heldRecord("3", "failed", "not_expressible", "relay", "out"),
      await heldRecord("4", "failed", "contact_missing", "individual", "out"),
      await heldRecord("5", "retrying", "answer_lost", "individual", "out"),
    ];
    const before = await Promise.all(others.map(standing));
    expect(await publishAt(1)).toMatchObject({ outcome: "published", released: 2 });
    const due = { state: "pending", attempts: 0, lane: lanes.replay, code: null };
    expect(await Promise.all(curable.map(standing))).toEqual([due, due]);
    expect(await Promise.all(others.map(standing))).toEqual(before);
  });

  test("wakes the workers once it is committed", async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      const woken = new Promise((resolve) => client.once("notification", ({ payload }) => resolve(payload)));
      await client.query("listen work");
      await publishAt(1);
      expect(await woken).toBe(String(connectionId));
    } finally {
      await client.end();
    }
  });
});

describe("restoring", () => {
  beforeEach(async () => {
    await publishAt(1);
    await save(1, document("second"));
    await publishAt(2);
  });
  const restoreTo = (versionNumber: number) =>
    restore(database.db, { mappingId, versionNumber, actor: "ann", comment: "back", target: null });

  test("publishes an earlier document as a new version, and the draft follows", async () => {
    expect(await restoreTo(1)).toMatchObject({ outcome: "published", number: 3 });
    expect(await runs()).toBe("first");
    const detail = await getMapping(database.db, { id: mappingId });
    expect(detail).toMatchObject({
      draftDiffers: false,
      draft: { revision: 3 },
      draftDocument: document("first"),
    });
    expect(detail?.versions.map(({ number }) => number)).toEqual([3, 2, 1]);
  });

  test("over a version that nobody here has seen is refused", async () => {
    const seen = (await getMapping(database.db, { id: mappingId }))?.published?.id ?? 0;
    const back = { mappingId, versionNumber: 1, actor: "ann", comment: "back", target: null, over: seen };
    expect(await restore(database.db, back)).toMatchObject({ outcome: "published", number: 3 });
    expect(await restore(database.db, { ...back, versionNumber: 2 })).toEqual({ outcome: "outpaced" });
    await stopMapping(database.db, { mappingId, actor: "bob" });
    const running = (await getMapping(database.db, { id: mappingId }))?.versions[0]?.id ?? 0;
    expect(await restore(database.db, { ...back, over: running })).toEqual({ outcome: "outpaced" });
  });

  test("keeps a draft with changes that were never published", async () => {
    await save(2, document("third"));
    await restoreTo(1);
    expect(await getMapping(database.db, { id: mappingId })).toMatchObject({
      draftDiffers: true,
      draftDocument: document("third"),
      publishedDocument: document("first"),
    });
  });

  test("the version that runs changes nothing; one that never was is missing", async () => {
    expect(await restoreTo(2)).toEqual({ outcome: "unchanged", number: 2 });
    expect(await restoreTo(9)).toEqual({ outcome: "missing" });
  });
});

describe("a value map", () => {
  const put = (revision: number | null, values: Record<string, string>) =>
    putValueMap(database.db, {
      connectionId,
      name: "titles",
      revision,
      entries: { values, otherwise: "hold" },
      actor: "ann",
    });

  const runWithTitles = async () => {
    await put(null, {});
    await save(1, document('$valueMap("titles", title)'));
    expect(await publishAt(2)).toMatchObject({ outcome: "published" });
  };

  test("takes effect at once and releases records held for an unknown code", async () => {
    await runWithTitles();
    const held = await heldRecord("1", "failed", "unknown_code");
    expect(await put(1, { MR: "Mr." })).toEqual({ outcome: "saved", revision: 2, released: 1 });
    expect((await standing(held))?.state).toBe("pending");
    expect((await published(database.db, connectionId)).valueMaps["titles"]?.values).toEqual({ MR: "Mr." });
  });

  test("releases what is held on the way back: a value it knows now may have a code", async () => {
    await runWithTitles();
    const held = await heldRecord("1", "failed", "not_expressible", "individual", "out");
    expect(await put(1, { MR: "Mr." })).toMatchObject({ outcome: "saved", released: 1 });
    expect((await standing(held))?.state).toBe("pending");
  });

  test("leaves held records alone whose running mapping does not name it", async () => {
    const held = await heldRecord("1", "failed", "unknown_code");
    expect(await put(null, {})).toMatchObject({ outcome: "saved", released: 0 });
    expect((await standing(held))?.state).toBe("failed");
    await save(1, document('$valueMap("titles", title)'));
    await publishAt(2);
    const relay = await heldRecord("2", "failed", "unknown_code", "relay");
    expect(await put(1, { MR: "Mr." })).toMatchObject({ outcome: "saved", released: 0 });
    expect((await standing(relay))?.state).toBe("failed");
  });

  test("saved from an older revision is refused; the same again changes nothing", async () => {
    await put(null, { MR: "Mr." });
    expect(await put(null, { MR: "Herr" })).toMatchObject({ outcome: "conflict", current: { revision: 1 } });
    expect(await put(1, { MR: "Mr." })).toEqual({ outcome: "unchanged", revision: 1 });
    expect(await put(1, { MR: "Herr" })).toMatchObject({ outcome: "saved", revision: 2 });
  });
});

test("of two new value maps of one name saved at the same moment one wins and the other is told", async () => {
  const put = (code: string) =>
    putValueMap(database.db, {
      connectionId,
      name: "titles",
      revision: null,
      entries: { values: { [code]: "x" }, otherwise: "leave" },
      actor: "ann",
    });
  const outcomes = (await Promise.all([put("A"), put("B")])).map(({ outcome }) => outcome);
  expect(outcomes.sort()).toEqual(["conflict", "saved"]);
});

test("the list tells what runs and which drafts differ", async () => {
  expect(await listMappings(database.db, connectionId)).toMatchObject([
    { id: mappingId, name: "People", object: "Account", published: null, draftDiffers: true },
  ]);
  await publishAt(1);
  expect(await listMappings(database.db, connectionId)).toMatchObject([
    { published: { number: 1, comment: "because", by: "ann" }, draftDiffers: false },
  ]);
});
