import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { syncBatch } from "@/lib/sync/sync-batch";
import { feedReprocesses } from "./feed-reprocess";
import { restore } from "./publish";
import { runAgain, stopMapping } from "./stop";
import { capitals, named, reprocessWorld } from "./test-reprocess-world";

const {
  mappingId,
  reload,
  publishFirstName,
  count,
  startCounted,
  start,
  change,
  status,
  firstNames,
  due,
  work,
  world,
  rows,
  contacts,
  drain,
  take,
} = reprocessWorld();

describe("records taken through a new version", () => {
  test("change in Salesforce where the result changes; the others cost no call", async () => {
    await contacts(named("1", "Edna"), named("2", "ODILE"));
    await drain();
    const versionId = await publishFirstName(capitals);
    await count();
    expect(await status()).toMatchObject({
      run: null,
      census: { state: "done", total: 2, looked: 2, changed: 1, left: 1 },
    });
    expect(firstNames()).toEqual(["Edna", "ODILE"]);
    const calls = world.org.writes.length;
    expect(await start(versionId)).toEqual({ outcome: "done" });
    await work();
    expect(firstNames()).toEqual(["EDNA", "ODILE"]);
    expect(world.org.writes.slice(calls).map((call) => call.map(({ key }) => key))).toEqual([["1"]]);
    expect((await status()).run).toMatchObject({
      ...{ state: "done", versionId, number: 2, total: 1, through: 1, written: 1, failed: 0, by: "ann" },
      halted: null,
    });
    expect(await rows(sql`select action, subject from audit_log where action like 'records%'`)).toMatchObject(
      [{ action: "records re-processed", subject: expect.stringMatching(/ 2$/) }],
    );
  });

  test("go back when the earlier version is restored and they are taken through it again", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await start(await publishFirstName(capitals));
    await work();
    expect(firstNames()).toEqual(["EDNA"]);
    const { db } = world.deps;
    await restore(db, {
      mappingId: mappingId(),
      versionNumber: 1,
      comment: "back",
      actor: "ann",
      target: null,
    });
    await start(await reload());
    await work();
    expect(firstNames()).toEqual(["Edna"]);
  });

  test("are made due slice by slice, behind live traffic", async () => {
    const many = 2_500;
    await contacts(named("1", "EDNA"));
    await drain();
    await rows(sql`
      insert into record (connection_id, family, key, kind, s360_state)
      select ${world.connectionId}, 'contact', 'x' || n, 'individual',
        jsonb_build_object('contactNumber', 'x' || n, 'individualContact',
          jsonb_build_object('individualFirstName', 'Edna', 'individualLastName', 'Frank'))
      from generate_series(1, ${many}) n`);
    await rows(sql`
      insert into record_direction (record_id, direction, connection_id, stream, version, synced_version, state, lane)
      select id, 'in', connection_id, 'contacts-in', 1, 1, 'idle', 1 from record where key like 'x%'`);
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    await feedReprocesses(world.deps.db);
    expect(await due()).toBe(2_000);
    expect(await rows(sql`select distinct lane from record_direction where state = 'pending'`)).toEqual([
      { lane: 3 },
    ]);
    expect((await status()).run).toMatchObject({ total: many, through: 0, state: "running" });
    await rows(sql`update record_direction set state = 'idle' where state = 'pending'`);
    await feedReprocesses(world.deps.db);
    expect(await due()).toBe(500);
    expect((await status()).run?.through).toBe(2_000);
  });

  test("stop when somebody pauses, and go on where they were", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    expect(await due()).toBe(2);
    await change("pause");
    await work();
    expect(await due()).toBe(0);
    expect(firstNames()).toEqual(["Edna", "Odile"]);
    expect((await status()).run).toMatchObject({ state: "paused", through: 0 });
    await change("resume");
    await work();
    expect(firstNames()).toEqual(["EDNA", "ODILE"]);
    expect((await status()).run).toMatchObject({ state: "done", through: 2, written: 2 });
  });

  test("stay as they are once the mapping is stopped, and can be taken through when it runs again", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    const versionId = await publishFirstName(capitals);
    await start(versionId);
    await feedReprocesses(world.deps.db);
    const order = { mappingId: mappingId(), actor: "ann" };
    await stopMapping(world.deps.db, order);
    expect(await due()).toBe(0);
    expect(await status()).toMatchObject({
      census: null,
      run: { state: "cancelled", through: 0, written: 0 },
    });
    await runAgain(world.deps.db, { ...order, target: null });
    await count();
    expect(await status()).toMatchObject({ census: { state: "done", left: 1 } });
    expect(await startCounted(versionId)).toEqual({ outcome: "done" });
    await work();
    expect(firstNames()).toEqual(["EDNA"]);
  });

  test("are not counted on once the mapping is stopped", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await publishFirstName(capitals);
    const order = { mappingId: mappingId(), actor: "ann" };
    await stopMapping(world.deps.db, order);
    await count();
    expect(await rows(sql`select state, looked from census`)).toEqual([{ state: "cancelled", looked: 0 }]);
    await runAgain(world.deps.db, { ...order, target: null });
    expect(await status()).toMatchObject({ census: { state: "running", looked: 0 } });
  });

  test("stay as they are once somebody cancels", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    await change("cancel");
    await work();
    expect(firstNames()).toEqual(["Edna"]);
    expect((await status()).run).toMatchObject({ state: "cancelled", through: 0, written: 0 });
    expect(await change("resume")).toEqual({ outcome: "over" });
  });

  test("that a worker has in hand when it comes to them come again", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await contacts(named("1", "Odile"));
    const earlier = world.deps;
    const batch = await take(10);
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    await syncBatch(earlier, batch);
    expect(firstNames()).toEqual(["Odile"]);
    await work();
    expect(firstNames()).toEqual(["ODILE"]);
  });

  test("leave alone what waits for a person, and what is due by itself", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    await rows(
      sql`update record_direction set state = 'review' from record r where r.id = record_id and r.key = '1'`,
    );
    await contacts(named("2", "Renée"));
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    await change("pause");
    expect(await due()).toBe(1);
    await drain();
    expect(firstNames()).toEqual(["Edna", "RENÉE"]);
  });
});

describe("two people at once", () => {
  test("begin it once, and not for a version that is no longer published", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    const second = await publishFirstName(capitals);
    await count();
    expect(await Promise.all([startCounted(second), startCounted(second)])).toEqual(
      expect.arrayContaining([{ outcome: "done" }, { outcome: "moved-on" }]),
    );
    const third = await publishFirstName("individualContact.individualLastName");
    expect(await start(second)).toEqual({ outcome: "moved-on" });
    expect(await start(third)).toEqual({ outcome: "done" });
    await work();
    expect(firstNames()).toEqual(["Frank"]);
    expect(await rows(sql`select state from reprocess order by id`)).toEqual([
      { state: "cancelled" },
      { state: "done" },
    ]);
  });

  test("are told why nothing moves while sending is paused", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await rows(sql`
      insert into stream (connection_id, name, paused_at) values (${world.connectionId}, 'contacts-in', now())
      on conflict (connection_id, name) do update set paused_at = now()`);
    await start(await publishFirstName(capitals));
    expect((await status()).run?.halted).toMatch(/paused/);
  });
});
