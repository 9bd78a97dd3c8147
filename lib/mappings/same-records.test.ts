import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { mapping, mappingVersion } from "@/drizzle/schema";
import { mappingDocumentSchema, type MappingDocument } from "@/lib/core/mapping/document";
import type { Kind } from "@/lib/core/words";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { saveDraft } from "./drafts";
import { publish, restore } from "./publish";
import { published } from "./published";
import { runAgain, stopMapping } from "./stop";

const database = testDatabase();
let connectionId: number;

beforeEach(async () => {
  await database.db.execute(sql`truncate connection, audit_log cascade`);
  connectionId = await insertTestConnection(database.db);
});

function document(object: string, kind: Kind = "individual"): MappingDocument {
  const lines = [{ target: "[p]SyncId__c", expression: "contactNumber" }];
  return mappingDocumentSchema.parse({ kind, object, keyField: "[p]SyncId__c", lines });
}

async function mappingTo(object: string, name: string, kind: Kind = "individual"): Promise<number> {
  const draft = document(object, kind);
  const [row] = await database.db
    .insert(mapping)
    .values({ connectionId, name, direction: "in", kind, draft })
    .returning();
  return row?.id ?? 0;
}

const why = { comment: "because", actor: "ann", target: null };
const publishOf = (mappingId: number, revision = 1) => publish(database.db, { ...why, mappingId, revision });
const run = (mappingId: number) => runAgain(database.db, { mappingId, actor: "ann", target: null });
const stop = (mappingId: number) => stopMapping(database.db, { mappingId, actor: "ann" });
const running = async () =>
  (await published(database.db, connectionId)).mappings.map(({ name }) => name).toSorted();

const refusedFor = (object: string) => ({
  outcome: "refused",
  problems: [
    {
      sentence: `people writes this kind (individual) to ${object} already: two mappings would write the same records. Add lines to it instead.`,
    },
  ],
});
const done = { outcome: "published" };

describe("a mapping that would write what another one writes", () => {
  test.each(["Person__c", "[p]Person__c", "secutix__person__c"])(
    "is not published, by whatever name the object goes: %s",
    async (object) => {
      expect(await publishOf(await mappingTo("[p]Person__c", "people"))).toMatchObject(done);
      expect(await publishOf(await mappingTo(object, "again"))).toMatchObject(refusedFor(object));
      expect(await running()).toEqual(["people"]);
    },
  );

  test("is published where the org has both objects, for another kind, and on another connection", async () => {
    await database.db.execute(
      sql`update connection set org = ${JSON.stringify({ prefix: "secutix__" })}::jsonb`,
    );
    await publishOf(await mappingTo("[p]Person__c", "people"));
    expect(await publishOf(await mappingTo("Person__c", "own"))).toMatchObject(done);
    expect(await publishOf(await mappingTo("Person__c", "others", "relay"))).toMatchObject(done);
    connectionId = await insertTestConnection(database.db, "elsewhere");
    expect(await publishOf(await mappingTo("Person__c", "people"))).toMatchObject(done);
  });

  test("is not published with another object than it was made with", async () => {
    await publishOf(await mappingTo("Account", "people"));
    const mappingId = await mappingTo("Contact", "again");
    await saveDraft(database.db, { mappingId, revision: 1, document: document("account"), actor: "ann" });
    expect(await publishOf(mappingId, 2)).toMatchObject(refusedFor("account"));
  });

  test("runs only while the other one does not, be it restored or as it was", async () => {
    const people = await mappingTo("Account", "people");
    const again = await mappingTo("Account", "again");
    await publishOf(again);
    await stop(again);
    await publishOf(people);
    expect(await run(again)).toMatchObject(refusedFor("Account"));
    const back = { ...why, mappingId: again, versionNumber: 1 };
    expect(await restore(database.db, back)).toMatchObject(refusedFor("Account"));
    await stop(people);
    expect(await run(again)).toMatchObject(done);
    expect(await running()).toEqual(["again"]);
  });

  test("does not run beside one that begins at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const object = `Round${round}__c`;
      const both = [await mappingTo(object, `a ${round}`), await mappingTo(object, `b ${round}`)];
      const outcomes = await Promise.all(both.map((id) => publishOf(id)));
      expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["published", "refused"]);
    }
    expect(await running()).toHaveLength(5);
  });

  test("that ran beside it before this was looked after can be put right, version by version", async () => {
    const people = await mappingTo("Account", "people");
    const again = await mappingTo("Contact", "again");
    await publishOf(people);
    await publishOf(again);
    await database.db.update(mappingVersion).set({ document: document("Account") });
    const lines = [...document("Account").lines, { target: "LastName", expression: "last" }];
    const more = mappingDocumentSchema.parse({ ...document("Account"), lines });
    await saveDraft(database.db, { mappingId: again, revision: 1, document: more, actor: "ann" });
    expect(await publishOf(again, 2)).toMatchObject(done);
  });
});
