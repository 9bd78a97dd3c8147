import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { searchRecords } from "@/lib/records/search";
import { syncBatch } from "@/lib/sync/sync-batch";
import { feedReprocesses } from "./feed-reprocess";
import { capitals, named, reprocessWorld } from "./test-reprocess-world";

const {
  publishFirstName,
  count,
  start,
  startCounted,
  change,
  work,
  status,
  world,
  rows,
  contacts,
  drain,
  take,
} = reprocessWorld();

describe("what changes in the records that a census finds", () => {
  test("is told field by field, with the org's labels, and opens the records: another change may be among them", async () => {
    await contacts(named("1", "Edna"), named("2", "ODILE"));
    await drain();
    await rows(sql`update link set base = jsonb_set(base, '{LastName}', '"Other"') where key = '2'`);
    const described = JSON.stringify({ fields: [{ name: "FirstName", label: "First name" }] });
    await rows(sql`
      insert into org_object (connection_id, object, describe, fetched_at)
      values (${world.connectionId}, 'Account', ${described}::jsonb, now())`);
    await publishFirstName(capitals);
    expect((await status()).census?.changes).toEqual([]);
    await count();
    const { census } = await status();
    expect(census).toMatchObject({ left: 2 });
    expect(census?.changes).toEqual([
      { change: "FirstName", label: "First name", records: 1 },
      { change: "LastName", label: "LastName", records: 1 },
    ]);
    const keys = async (change?: string) => {
      const filter = { census: census?.id ?? 0, ...(change && { change }) };
      const given = { connectionId: world.connectionId, limit: 50, ...filter };
      return (await searchRecords(world.deps.db, given)).rows.map(({ key }) => key).toSorted();
    };
    expect(await keys()).toEqual(["1", "2"]);
    expect(await keys("LastName")).toEqual(["2"]);
    expect(await keys("' or true --")).toEqual([]);
  });

  test("is not told before re-processing is over, and then of what is left only", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"), named("3", "Ada"));
    await drain();
    const versionId = await publishFirstName(capitals);
    await start(versionId);
    const changes = async () => (await status()).census?.changes;
    expect(await changes()).toBeNull();
    await feedReprocesses(world.deps.db);
    await syncBatch(world.deps, await take(1));
    await change("pause");
    expect((await status()).census).toMatchObject({ changed: 3, left: 2, changes: null });
    await change("cancel");
    expect(await changes()).toEqual([{ change: "FirstName", label: "FirstName", records: 2 }]);
    await startCounted(versionId);
    await work();
    expect(await status()).toMatchObject({ run: { state: "done" }, census: { left: 0, changes: [] } });
  });

  test("is the whole record where Salesforce does not have it", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await rows(sql`delete from link`);
    await publishFirstName(capitals);
    await count();
    expect((await status()).census?.changes).toEqual([
      { change: "new record", label: "New in Salesforce", records: 1 },
    ]);
  });
});
