import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { auditLog, link, record } from "@/drizzle/schema";
import { testDatabase } from "@/testing/database";
import { insertTestConnection } from "@/testing/connection";
import { createMapping } from "./create";
import { publish } from "./publish";
import { getMapping, listMappings } from "./read";
import { deleteMapping, runAgain, stopMapping } from "./stop";

const database = testDatabase();
const actor = "ada@venue.example";
let connectionId = 0;
let mappingId = 0;

async function create(name: string, object: string): Promise<number> {
  const key = { kind: "individual", keyField: "[p]SyncId__c" } as const;
  await createMapping(database.db, { connectionId, name, object, ...key, actor });
  return (await getMapping(database.db, { connectionId, name }))?.id ?? 0;
}

beforeEach(async () => {
  await database.db.execute(sql`truncate connection, audit_log cascade`);
  connectionId = await insertTestConnection(database.db);
  mappingId = await create("individual-preferences", "Preferences__c");
});

const order = () => ({ mappingId, actor });
const publishFirst = () => publish(database.db, { ...order(), revision: 1, comment: "first", target: null });
const stop = () => stopMapping(database.db, order());
const again = () => runAgain(database.db, { ...order(), target: null });
const remove = () => deleteMapping(database.db, order());
const found = () => getMapping(database.db, { id: mappingId });
const stoppedLongAgo = () => database.db.update(auditLog).set({ at: new Date(0) });

describe("a mapping that is stopped", () => {
  test("keeps its versions, says who stopped it when, and can be published again", async () => {
    await publishFirst();
    expect(await found()).toMatchObject({ stopped: null });
    expect(await stop()).toEqual({ outcome: "stopped" });
    expect(await stop()).toEqual({ outcome: "unchanged" });
    const stopped = { number: 1, by: actor, at: expect.any(String) as string };
    expect(await found()).toMatchObject({ published: null, stopped, versions: [{ number: 1 }] });
    expect(await listMappings(database.db, connectionId)).toMatchObject([{ stopped }]);
    expect(await publishFirst()).toMatchObject({ outcome: "published", number: 2 });
    expect(await found()).toMatchObject({ stopped: null });
  });

  test("runs again as the version it was", async () => {
    expect(await again()).toEqual({ outcome: "missing" });
    await publishFirst();
    await stop();
    expect(await again()).toMatchObject({ outcome: "published", number: 1 });
    expect(await found()).toMatchObject({ published: { number: 1 }, stopped: null, draftDiffers: false });
    expect(await again()).toEqual({ outcome: "unchanged", number: 1 });
  });

  test("is no other than one that never ran", async () => {
    expect(await found()).toMatchObject({ published: null, stopped: null });
    expect(await stopMapping(database.db, { mappingId: 0, actor })).toEqual({ outcome: "missing" });
  });
});

describe("a mapping made by mistake", () => {
  test("is deleted with its draft and versions", async () => {
    expect(await found()).toMatchObject({ kept: null });
    await publishFirst();
    expect(await remove()).toMatchObject({ outcome: "kept", sentence: "This mapping runs. Stop it first." });
    await stop();
    expect(await remove()).toMatchObject({ sentence: expect.stringContaining("two minutes") as string });
    const { deletableAt } = (await found()) ?? {};
    expect(Date.parse(deletableAt ?? "") - Date.now()).toBeGreaterThan(0);
    await stoppedLongAgo();
    expect(await found()).toMatchObject({ kept: null, deletableAt: null });
    expect(await remove()).toEqual({ outcome: "deleted" });
    expect(await found()).toBeNull();
    expect(await remove()).toEqual({ outcome: "missing" });
  });

  test("stays when records were written through it", async () => {
    const [person] = await database.db
      .insert(record)
      .values({ connectionId, family: "contact", key: "1" })
      .returning();
    const to = {
      recordId: person?.id ?? 0,
      object: "Preferences__c",
      salesforceId: "a01000000000001AAA",
      key: "1",
      base: {},
      baseVersion: 1,
    };
    await database.db.insert(link).values({ connectionId, mappingId, ...to });
    const sentence = expect.stringContaining("can be stopped, not deleted") as string;
    expect(await found()).toMatchObject({ kept: sentence });
    expect(await remove()).toEqual({ outcome: "kept", sentence });
  });

  test("stays when every connection begins with it", async () => {
    mappingId = await create("individual", "Account");
    expect(await remove()).toEqual({
      outcome: "kept",
      sentence: "Every connection begins with this mapping, so it can be stopped, not deleted.",
    });
  });
});
