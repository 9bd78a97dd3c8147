/** A worker that was stopped for longer than its lease lasts: another has taken its records, and it goes on where it was. */
import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { renewLease } from "./lease";
import { syncBatch } from "./sync-batch";
import { person, syncWorld } from "./test-world";

const { world, rows, contacts, states, take } = syncWorld();

const named = (contactNumber: string, individualLastName: string) =>
  person(contactNumber, { individualContact: { individualFirstName: "Edna", individualLastName } });
const runOut = () => rows(sql`update record set lease_until = now() - interval '1 second'`);
const attempts = () => rows(sql`select version, outcome from attempt order by version desc`);

/** What happens while the next write waits for its turn. */
function meanwhile(happens: () => Promise<unknown>): void {
  world.org.beforeWrite = async () => {
    world.org.beforeWrite = async () => undefined;
    await happens();
  };
}

describe("a worker that comes to its turn after its lease ran out", () => {
  it("writes nothing over what another wrote since, and notes nothing", async () => {
    await contacts(named("1", "Older"), named("2", "Same"));
    const slow = await take(10);
    meanwhile(async () => {
      await contacts(named("1", "Newer"));
      await runOut();
      await rows(sql`update record set lease_token = null, lease_until = null where key = '2'`);
      await syncBatch(world.deps, await take(10));
    });
    const report = await syncBatch(world.deps, slow);
    expect(world.org.writes).toHaveLength(1);
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Newer" });
    expect(await attempts()).toEqual([
      { version: 2, outcome: "created" },
      { version: 1, outcome: "created" },
    ]);
    expect(report).toEqual({ untouched: 2 });
    expect((await states()).map(({ state }) => state)).toEqual(["idle", "idle"]);
  });

  it("writes those of a batch that nobody has taken, and holds them for as long as that takes", async () => {
    await contacts(named("1", "Older"), named("2", "Same"));
    const slow = await take(10);
    meanwhile(async () => {
      await runOut();
      await rows(sql`update record set lease_token = gen_random_uuid() where key = '1'`);
    });
    await syncBatch(world.deps, slow);
    expect(world.org.rows.map(({ key }) => key)).toEqual(["2"]);
    expect(await states()).toMatchObject([
      { key: "1", state: "pending" },
      { key: "2", state: "idle" },
    ]);
    expect(await rows(sql`select key from record where lease_token is not null`)).toEqual([{ key: "1" }]);
  });

  it("asks by one statement for all rows of a call", async () => {
    await contacts(...Array.from({ length: 30 }, (_, nth) => named(String(nth), "Frank")));
    const batch = await take(100);
    const asked = vi.fn();
    const { write } = world.org;
    world.org.write = async (writes, stillOurs) => {
      const execute = vi.spyOn(world.deps.db, "execute");
      const answer = await write.call(world.org, writes, stillOurs);
      asked(execute.mock.calls.length);
      execute.mockRestore();
      return answer;
    };
    await syncBatch(world.deps, batch);
    expect(asked.mock.calls).toEqual([[1]]);
  });
});

describe("a lease", () => {
  const heldFor = async () =>
    (
      await rows(
        sql`select key, round(extract(epoch from lease_until - now()))::int as seconds from record order by key`,
      )
    ).map(({ key, seconds }) => [key, seconds]);

  it("is renewed before it runs out, and not written anew while it is good for long", async () => {
    await contacts(named("1", "Frank"), named("2", "Frank"), named("3", "Frank"));
    const batch = await take(10);
    const ids = batch.records.map(({ id }) => id);
    await rows(sql`update record set lease_until = now() + interval '40 seconds' where key = '1'`);
    await rows(sql`update record set lease_until = now() + interval '20 seconds' where key = '2'`);
    await rows(sql`update record set lease_until = now() - interval '1 hour' where key = '3'`);
    expect(await renewLease(world.deps.db, batch, ids)).toEqual(new Set(ids));
    expect(await heldFor()).toEqual([
      ["1", 40],
      ["2", 45],
      ["3", 45],
    ]);
  });

  it("that was renewed while one waited to renew it is still ours", async () => {
    await contacts(named("1", "Frank"));
    const batch = await take(10);
    const ids = batch.records.map(({ id }) => id);
    await rows(sql`update record set lease_until = now() + interval '20 seconds'`);
    let second: Promise<ReadonlySet<number>> = Promise.resolve(new Set<number>());
    await world.deps.db.transaction(async (tx) => {
      await renewLease(tx, batch, ids);
      second = renewLease(world.deps.db, batch, ids);
      await expect
        .poll(() => rows(sql`select 1 from pg_locks where not granted`).then(({ length }) => length))
        .toBe(1);
    });
    expect(await second).toEqual(new Set(ids));
  });
});
