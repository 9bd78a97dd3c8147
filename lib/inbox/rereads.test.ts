/** What the feed is asked to read once more: when that has been done, and when it is still to do. */
import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { backWorld, fullPerson } from "@/lib/worker/test-back-world";

const w = backWorld();
const { world } = w;

const minutes = (count: number) => (world.org.nowMs += count * 60_000);
const left = async () => (await w.rows(sql`select from reread`)).length;
const told = async () => (await w.rows(sql`select from event_record where direction = 'out'`)).length;

/** From the beginning of the feed on. */
const askAgain = () =>
  w.rows(sql`
    insert into reread (connection_id, object, since) select connection_id, object, started_at from cursor where object = 'Account'
    on conflict (connection_id, object, since) do update set token = gen_random_uuid()`);

/** Polls have met three records as strangers' and gone on; they are linked since. */
beforeEach(async () => {
  const people = ["1", "2", "3"].map((number, nth) => fullPerson(number, { contactId: nth + 1 }));
  await w.begin();
  await w.sends(...people);
  await w.rows(sql`create temporary table aside as select * from link`);
  await w.rows(sql`delete from link`);
  await w.turnFeedOnly();
  minutes(30);
  await w.turnFeedOnly();
  await w.rows(sql`
    insert into link (connection_id, record_id, mapping_id, object, salesforce_id, key, base, base_version, traces)
    select connection_id, record_id, mapping_id, object, salesforce_id, key, base, base_version, traces from aside`);
  await w.rows(sql`drop table aside`);
  minutes(30);
});

it("is read once, and what it brings is told", async () => {
  await w.turnFeedOnly();
  expect(await told()).toBe(0);
  await askAgain();
  await w.turnFeedOnly();
  expect([await left(), await told()]).toEqual([0, 3]);
  expect((await w.turnFeedOnly()).rows).toBe(0);
});

it("is still to be read where it was asked for while a poll was under way", async () => {
  await askAgain();
  const { changes } = world.org;
  world.org.changes = async (requests) => {
    const answer = await changes.call(world.org, requests);
    await askAgain();
    return answer;
  };
  await w.turnFeedOnly();
  expect(await left()).toBe(1);
  world.org.changes = changes;
  await w.turnFeedOnly();
  expect(await left()).toBe(0);
});

it("is read anew where a sweep broke off in the middle of it", async () => {
  for (const key of ["1", "2", "3"]) world.org.set("Account", key, { FirstName: "Ada" });
  await askAgain();
  // Page by page: what others have changed is stored at once.
  world.org.pageSize = 1;
  w.back.massLimit = 0;
  const { changes, polls } = world.org;
  world.org.changes = async (requests) => {
    if (world.org.polls > polls) throw new FaultError({ code: "row_locked", sentence: "Not now." });
    return changes.call(world.org, requests);
  };
  expect((await w.turnFeedOnly()).fault).not.toBeNull();
  expect([await left(), await told()]).toEqual([1, 1]);
  world.org.changes = changes;
  await w.turnFeedOnly();
  expect([await left(), await told()]).toEqual([1, 3]);
  await w.turnFeedOnly();
  expect([await left(), await told()]).toEqual([0, 3]);
});
