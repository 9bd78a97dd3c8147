/** What S-360 tells of records that a Bulk job has in hand: no work before the job lets go of them. */
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { transact } from "@/lib/platform/db";
import { dissolveJobs } from "@/lib/sync/bulk/let-go";
import { bulkWorld } from "./test-bulk-world";
import { dueWork } from "./due";
import { person } from "./test-org-world";

const world = bulkWorld();

it("is no work while the job has it, and is due with the lease should the job never end", async () => {
  await world.people(1, 4);
  await world.drain();
  expect(await dueWork(world.database.db)).toEqual([]);
  await world.contacts(person("1", "Neu"), person("2", "Neu"));
  expect(await dueWork(world.database.db)).toEqual([]);
  expect(
    await world.rows(sql`
      select distinct d.due_at = r.lease_until as with_its_lease
      from record_direction d join record r on r.id = d.record_id`),
  ).toEqual([{ with_its_lease: true }]);
  await world.rows(sql`update record set lease_until = now()`);
  await world.contacts(person("1", "Neuer"));
  expect(await dueWork(world.database.db)).toMatchObject([{ direction: "in" }]);
});

it("is due once the job is settled, and is written", async () => {
  await world.people(1, 4);
  await world.drain();
  await world.contacts(person("2", "Neu"));
  await world.finish();
  expect(await dueWork(world.database.db)).toMatchObject([{ direction: "in" }]);
  await world.drain();
  const names = (await world.records("Account")).map(({ LastName }) => LastName);
  expect(names.toSorted()).toEqual(["Frank", "Frank", "Frank", "Neu"]);
  expect(await dueWork(world.database.db)).toEqual([]);
});

it("is due when the job is taken apart", async () => {
  await world.people(1, 4);
  await world.drain();
  await world.contacts(person("2", "Neu"));
  await transact(world.database.db, (tx) => dissolveJobs(tx, sql`true`));
  expect(
    await world.rows(sql`select key from record_direction d join record r on r.id = d.record_id
      where d.state = 'pending' and d.due_at <= now() order by key`),
  ).toEqual(["1", "2", "3", "4"].map((key) => ({ key })));
});
