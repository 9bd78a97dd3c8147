import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { claim, type ClaimedBatch } from "@/lib/sync/records";
import { retryAll } from "@/lib/records/retry";
import { syncBatch } from "@/lib/sync/sync-batch";
import { feedReprocesses } from "./feed-reprocess";
import { changeReprocess } from "./reprocess";
import { takeBack } from "./take-back";
import { capitals, named, reprocessWorld } from "./test-reprocess-world";

const reprocessing = reprocessWorld();
const { world, rows, contacts, drain, take, work, firstNames, due, change } = reprocessing;
const { publishFirstName, start, startCounted, count, status, mappingId } = reprocessing;

/** Three records that a re-processing has made due. */
async function madeDue(): Promise<number> {
  await contacts(named("1", "Edna"), named("2", "Odile"), named("3", "Renée"));
  await drain();
  const versionId = await publishFirstName(capitals);
  await start(versionId);
  await feedReprocesses(world.deps.db);
  expect(await due()).toBe(3);
  return versionId;
}

/** A claim whose transaction is open until the work is done. */
async function whileClaiming(limit: number, work: () => Promise<unknown>): Promise<ClaimedBatch> {
  return world.deps.db.transaction(async (tx) => {
    const batch = await claim(tx as unknown as Database, world.connectionId, "in", limit);
    await work();
    return batch;
  });
}

const feed = () => feedReprocesses(world.deps.db);
const settle = (batch: ClaimedBatch) => syncBatch(world.deps, batch);
const run = async () => (await status()).run;
const left = async () => (await status()).census?.left;

describe("pausing takes back what no worker has in hand, and counts the rest when it is settled", () => {
  test("a claim before it", async () => {
    await madeDue();
    const batch = await take(2);
    await change("pause");
    expect(await run()).toMatchObject({ state: "paused", through: 0, written: 0, onTheWay: 2 });
    expect(await left()).toBe(1);
    await settle(batch);
    await work();
    expect(await run()).toMatchObject({ state: "paused", through: 2, written: 2, onTheWay: 0 });
    expect(firstNames()).toEqual(["EDNA", "ODILE", "Renée"]);
    await change("resume");
    await work();
    expect(await run()).toMatchObject({ state: "done", total: 3, through: 3, written: 3 });
  });

  test("a claim that is open while it goes through", async () => {
    await madeDue();
    const batch = await whileClaiming(2, () => change("pause"));
    expect(batch.records).toHaveLength(2);
    await feed();
    expect(await run()).toMatchObject({ state: "paused", through: 0, onTheWay: 2 });
    await settle(batch);
    await work();
    expect(await run()).toMatchObject({ state: "paused", through: 2, written: 2, onTheWay: 0 });
    expect(await left()).toBe(1);
  });

  test("of all of them: it is through then, and nobody has to go on with it", async () => {
    await madeDue();
    const batch = await whileClaiming(3, () => change("pause"));
    await settle(batch);
    await feed();
    expect(await run()).toMatchObject({ state: "done", total: 3, through: 3, written: 3 });
    expect(await left()).toBe(0);
    expect(await change("resume")).toEqual({ outcome: "over" });
    expect(await change("cancel")).toEqual({ outcome: "over" });
    expect(await run()).toMatchObject({ state: "done" });
  });

  test("a claim between its lock and its look at who has what: nothing is left to claim", async () => {
    await madeDue();
    const census = (await status()).census?.id ?? 0;
    const taken: number[] = [];
    const claiming = async () => taken.push((await take(10)).records.length);
    await transact(world.deps.db, async (tx) => {
      const execute = async (...given: Parameters<Queryable["execute"]>) => {
        const result = await tx.execute(...given);
        await claiming();
        return result;
      };
      const watched = new Proxy(tx, {
        get: (of, name) => (name === "execute" ? execute : Reflect.get(of, name)),
      });
      expect(await takeBack(watched, census, "pause")).toBe(3);
    });
    await claiming();
    expect(taken).toEqual([0, 0, 0]);
  });

  test("a claim after it finds nothing", async () => {
    await madeDue();
    await change("pause");
    expect((await take(10)).records).toEqual([]);
    expect(await left()).toBe(3);
  });

  test("settling before it", async () => {
    await madeDue();
    await settle(await take(1));
    await change("pause");
    expect(await run()).toMatchObject({ state: "paused", through: 1, written: 1, onTheWay: 0 });
    expect(await left()).toBe(2);
  });

  test("a batch that comes back unwritten is taken back then, not written while it is paused", async () => {
    await madeDue();
    const batch = await take(10);
    await change("pause");
    expect(await run()).toMatchObject({ onTheWay: 3 });
    await rows(sql`update record set lease_token = null, lease_until = null`);
    await work();
    expect(await run()).toMatchObject({ state: "paused", through: 0, written: 0, onTheWay: 0 });
    expect(await left()).toBe(3);
    expect(firstNames()).toEqual(["Edna", "Odile", "Renée"]);
    expect(batch.records).toHaveLength(3);
  });

  test("what a dead worker had in hand, and may have written, stays due", async () => {
    await madeDue();
    await take(1);
    await rows(
      sql`update record set lease_until = now() - interval '1 second' where lease_token is not null`,
    );
    await change("pause");
    await work();
    expect(firstNames()).toEqual(["EDNA", "Odile", "Renée"]);
    expect(await run()).toMatchObject({ state: "paused", through: 1, written: 1 });
  });
});

test("what a person tries again while it is paused is tried", async () => {
  await madeDue();
  await rows(
    sql`update record_direction set state = 'failed' where record_id = (select id from record where key = '1')`,
  );
  await change("pause");
  const { connectionId } = world;
  expect(await retryAll(world.deps.db, { connectionId, state: "failed" }, "ann")).toBe(1);
  await work();
  expect(firstNames()).toEqual(["EDNA", "Odile", "Renée"]);
  expect(await run()).toMatchObject({ state: "paused", through: 1, written: 1, onTheWay: 0 });
});

test("what was written with the version before, and is due with the new one, stays due", async () => {
  await madeDue();
  const earlier = world.deps;
  const batch = await take(3);
  await publishFirstName("individualContact.individualFirstName");
  await change("pause");
  await syncBatch(earlier, batch);
  expect(firstNames()).toEqual(["EDNA", "ODILE", "RENÉE"]);
  await work();
  expect(firstNames()).toEqual(["Edna", "Odile", "Renée"]);
  expect(await run()).toMatchObject({ state: "done", through: 3, written: 3 });
});

describe("cancelling", () => {
  test("is over once a worker has told how what it has in hand ended", async () => {
    const versionId = await madeDue();
    const batch = await take(2);
    await change("cancel");
    expect(await run()).toMatchObject({ state: "cancelling", through: 0, onTheWay: 2, endedAt: null });
    expect(await startCounted(versionId)).toEqual({ outcome: "moved-on" });
    expect(await change("resume")).toEqual({ outcome: "over" });
    await settle(batch);
    await work();
    expect(await run()).toMatchObject({ state: "cancelled", total: 3, through: 2, written: 2, onTheWay: 0 });
    expect(await left()).toBe(1);
    await startCounted(versionId);
    await work();
    expect(await run()).toMatchObject({ state: "done", total: 1, through: 1, written: 1 });
  });

  test("counts a claim that was open meanwhile too", async () => {
    await madeDue();
    const batch = await whileClaiming(3, () => change("cancel"));
    await settle(batch);
    await feed();
    expect(await run()).toMatchObject({ state: "cancelled", through: 3, written: 3 });
    expect(await left()).toBe(0);
  });

  test("after a pause with a batch in hand", async () => {
    await madeDue();
    const batch = await take(2);
    await change("pause");
    await change("cancel");
    await settle(batch);
    await feed();
    expect(await run()).toMatchObject({ state: "cancelled", through: 2, written: 2 });
  });

  test("does not wait for a dead worker, and tells nothing of what it had in hand", async () => {
    await madeDue();
    await take(1);
    await rows(
      sql`update record set lease_until = now() - interval '1 second' where lease_token is not null`,
    );
    await change("cancel");
    expect(await run()).toMatchObject({ state: "cancelled", through: 0, written: 0 });
    expect(await left()).toBe(3);
    expect(await due()).toBe(1);
  });
});

test("one that begins while another is paused waits for what a worker has in hand of that, and takes it along", async () => {
  await madeDue();
  const earlier = world.deps;
  const batch = await take(2);
  await change("pause");
  const third = await publishFirstName("individualContact.individualLastName");
  await count();
  await startCounted(third);
  await feed();
  expect(await run()).toMatchObject({ state: "running", versionId: third, total: 3, through: 0 });
  await syncBatch(earlier, batch);
  await work();
  const ended = await rows(sql`select state, made, written from reprocess order by id`);
  expect(ended[0]).toMatchObject({ state: "cancelled", made: 2, written: 2 });
  expect(firstNames()).toEqual(["Frank", "Frank", "Frank"]);
});

describe("two mappings' re-processings of the same records", () => {
  /** Another mapping's, which found the same records. */
  async function another(): Promise<number> {
    const [made] = await rows(sql`
      with m as (
        insert into mapping (connection_id, name, direction, kind, draft)
        select connection_id, 'another', direction, kind, draft from mapping where id = ${mappingId()} returning id
      ), v as (
        insert into mapping_version (mapping_id, number, document, comment, published_by)
        select m.id, 1, d.draft, '', 'ann' from m, mapping d where d.id = ${mappingId()} returning id, mapping_id
      ), c as (
        insert into census (mapping_id, version_id, state, started_by, total, looked, changed)
        select mapping_id, id, 'done', 'ann', 3, 3, 3 from v returning id, mapping_id, version_id
      ), p as (
        insert into reprocess (mapping_id, version_id, census_id, total, started_by)
        select mapping_id, version_id, id, 3, 'ann' from c returning id
      ), r as (
        insert into census_record (census_id, record_id) select c.id, record.id from c, record
        where record.family = 'contact' returning record_id
      )
      select p.id from p`);
    await feed();
    return Number(made?.["id"]);
  }
  const figures = async (id: number) =>
    (
      await rows(sql`
        select state, made, (select count(*)::int from census_record c where c.census_id = p.census_id and c.was is null) as left
        from reprocess p where id = ${id}`)
    )[0];
  const steer = async (runId: number, change: "pause" | "resume" | "cancel") => {
    const [of] = await rows(sql`select mapping_id from reprocess where id = ${runId}`);
    const input = { mappingId: Number(of?.["mapping_id"]), runId, change, actor: "ann" };
    expect(await changeReprocess(world.deps.db, input)).toEqual({ outcome: "done" });
  };

  test("what one lets go of is written for the other, and comes again where it is resumed", async () => {
    await madeDue();
    const other = await another();
    await change("pause");
    expect(await due()).toBe(3);
    expect(await run()).toMatchObject({ state: "paused", through: 0, onTheWay: 0 });
    await work();
    expect(await figures(other)).toMatchObject({ state: "done", made: 3 });
    await change("resume");
    await work();
    expect(await run()).toMatchObject({ state: "done", through: 3 });
  });

  test.each(["first", "other"] as const)(
    "nothing is due once both are paused, the %s before",
    async (before) => {
      await madeDue();
      const other = await another();
      const first = (await run())?.id ?? 0;
      for (const id of before === "first" ? [first, other] : [other, first]) await steer(id, "pause");
      await feed();
      expect(await due()).toBe(0);
      for (const id of [first, other])
        expect(await figures(id)).toEqual({ state: "paused", made: 0, left: 3 });
      await steer(other, "resume");
      await work();
      expect(await figures(other)).toMatchObject({ state: "done", made: 3 });
      expect(await figures(first)).toMatchObject({ state: "paused", made: 0 });
    },
  );

  test("nothing is due once one is cancelled and the other paused", async () => {
    await madeDue();
    const other = await another();
    await change("cancel");
    expect(await due()).toBe(3);
    expect(await run()).toMatchObject({ state: "cancelled", through: 0 });
    await steer(other, "pause");
    expect(await due()).toBe(0);
    expect(await figures(other)).toEqual({ state: "paused", made: 0, left: 3 });
  });

  test("neither loses what comes back unwritten from a worker when both were paused", async () => {
    await madeDue();
    const other = await another();
    await take(3);
    await change("pause");
    await steer(other, "pause");
    await rows(sql`update record set lease_token = null, lease_until = null`);
    await feed();
    await feed();
    expect(await run()).toMatchObject({ state: "paused", through: 0, written: 0 });
    expect(await figures(other)).toMatchObject({ state: "paused", made: 0 });
    expect(await due()).toBe(0);
  });

  test("both count what a worker had in hand when both were paused", async () => {
    await madeDue();
    const other = await another();
    const batch = await take(3);
    await change("pause");
    await steer(other, "pause");
    await settle(batch);
    await feed();
    expect(await run()).toMatchObject({ state: "done", through: 3, written: 3 });
    expect(await figures(other)).toMatchObject({ state: "done", made: 3 });
  });
});
