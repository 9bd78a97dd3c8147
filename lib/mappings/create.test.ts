import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { checkPublishable } from "@/lib/core/mapping/publish/publish";
import { testAccount } from "@/lib/core/mapping/test-describe";
import { testDatabase } from "@/testing/database";
import { insertTestConnection } from "@/testing/connection";
import { createMapping, keyFieldsOf, writtenName, type NewMapping } from "./create";
import { getMapping, listMappings } from "./read";

const database = testDatabase();
let connectionId = 0;
beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  connectionId = await insertTestConnection(database.db);
});

const preferences = (more: Partial<NewMapping> = {}): NewMapping => ({
  connectionId,
  name: "individual-preferences",
  kind: "individual",
  object: "[p]Preferences__c",
  keyField: "[p]SyncId__c",
  actor: "ada@venue.example",
  ...more,
});
const create = (more: Partial<NewMapping> = {}) => createMapping(database.db, preferences(more));
const found = () => getMapping(database.db, { connectionId, name: "individual-preferences" });

describe("a new mapping", () => {
  test("has its key line, can be published, and runs only then", async () => {
    expect(await create()).toEqual({ outcome: "created", name: "individual-preferences" });
    const mapping = await found();
    expect(mapping).toMatchObject({
      published: null,
      kind: "individual",
      draft: { by: "ada@venue.example" },
    });
    expect(mapping?.draftDocument.lines).toMatchObject([
      { target: "[p]SyncId__c", expression: "contactNumber" },
    ]);
    expect(mapping && checkPublishable(mapping.draftDocument, null)).toEqual([]);
  });

  test("of sales finds its records by the operation", async () => {
    await create({ kind: "operation", name: "sale-item", object: "Item__c" });
    const mapping = await getMapping(database.db, { connectionId, name: "sale-item" });
    expect(mapping?.draftDocument.lines).toMatchObject([{ expression: "operation.operationId" }]);
  });

  test("neither takes a name that is there, nor writes the same records as another", async () => {
    await create();
    expect(await create({ object: "Other__c" })).toMatchObject({
      outcome: "refused",
      sentence: "There is a mapping individual-preferences already. Choose another name.",
    });
    expect(await create({ name: "again" })).toMatchObject({
      outcome: "refused",
      sentence: expect.stringContaining("Add lines to it instead") as string,
    });
    expect(await create({ name: "relay-preferences", kind: "relay" })).toMatchObject({ outcome: "created" });
  });

  test("may write the package's object beside one of the org's own of that name", async () => {
    const own = { kind: "operation", name: "sale-own", object: "Sale__c" } as const;
    const packaged = { kind: "operation", name: "sale-packaged", object: "[p]Sale__c" } as const;
    expect(await create(own)).toMatchObject({ outcome: "created" });
    // Which of them the org has is not known before it was asked.
    expect(await create(packaged)).toMatchObject({ outcome: "refused" });
    await database.db.execute(
      sql`update connection set org = ${JSON.stringify({ prefix: "secutix__" })}::jsonb`,
    );
    expect(await create(packaged)).toMatchObject({ outcome: "created" });
    expect(await create({ ...packaged, name: "again", object: "secutix__sale__c" })).toMatchObject({
      outcome: "refused",
    });
  });

  test("made by two admins at once is made once", async () => {
    const outcomes = (await Promise.all([create(), create(), create()])).map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(["created", "refused", "refused"]);
    expect(await listMappings(database.db, connectionId)).toHaveLength(1);
  });
});

test("the fields that can carry S-360's number are unique external ids, written with the org's prefix", () => {
  expect(keyFieldsOf(testAccount({ prefix: "secutix__" }), "secutix__")).toEqual([
    { target: "[p]SyncId__c", label: expect.any(String) as string },
  ]);
  expect(writtenName("secutix__SyncId__c", "secutix__")).toBe("[p]SyncId__c");
  expect(writtenName("SyncId__c", "")).toBe("SyncId__c");
});
