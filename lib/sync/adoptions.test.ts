import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { forgetAdoptions } from "./adoptions";
import { syncBatch } from "./sync-batch";
import { person, syncWorld } from "./test-world";

const { world, rows, contacts, states, drain, take } = syncWorld();

const mail = { communicationMeans: [{ email: "frank@home.ch" }] };
const edna = { FirstName: "Edna", LastName: "Frank", PersonEmail: "frank@home.ch" };
const inOrg = (fields: object = {}, key: string | null = null) =>
  world.org.insert("Account", { ...edna, ...fields }, key);

const accounts = () => world.org.rows.map(({ id, key }) => ({ id, key }));
const phoneOf = (id: string) => world.org.rows.find((row) => row.id === id)?.fields["PersonMobilePhone"];
const adoptions = () =>
  rows(sql`select a.target, r.key from adoption a join record r on r.id = a.record_id order by a.target`);
const reviews = () =>
  rows(sql`select r.key, v.kind from review v join record r on r.id = v.record_id order by v.id`);
const links = () =>
  rows(
    sql`select r.key, l.salesforce_id as id from link l join record r on r.id = l.record_id order by r.key`,
  );

async function again(): Promise<void> {
  await rows(sql`update record_direction set due_at = now()`);
  await drain();
}

const passes = (minutes: number) =>
  rows(sql`update adoption set since = since - ${minutes} * interval '1 minute'`);

/** As when the worker is killed before Salesforce hears of it. */
function dieBeforeWriting(): void {
  const write = world.org.write.bind(world.org);
  world.org.write = async () => {
    world.org.write = write;
    throw new Error("killed");
  };
}

describe("an adoption whose answer was lost", () => {
  it("fills, and does not empty, what S-360 has nothing for", async () => {
    const id = inOrg({ PersonMobilePhone: "+41791112233" });
    world.org.loseAnswer = new Error("killed");
    await contacts(person("1", mail));
    await drain();
    await again();
    expect(phoneOf(id)).toBe("+41791112233");
    expect(await links()).toEqual([{ key: "1", id }]);
    expect(await rows(sql`select outcome from attempt order by id desc limit 1`)).toEqual([
      { outcome: "adopted" },
    ]);
  });

  it("takes away what S-360 had then and has not any more", async () => {
    const id = inOrg({ PersonMobilePhone: "+41791112233" });
    world.org.loseAnswer = new Error("killed");
    await contacts(
      person("1", {
        communicationMeans: [
          { ...mail.communicationMeans[0], phone: null, cellularPhone: "41 / 0792223344" },
        ],
      }),
    );
    await drain();
    expect(phoneOf(id)).toBe("+41792223344");
    await contacts(
      person("1", {
        communicationMeans: [{ ...mail.communicationMeans[0], phone: null, cellularPhone: null }],
      }),
    );
    await again();
    expect(phoneOf(id)).toBeNull();
  });

  it("is found again though Salesforce never heard of it", async () => {
    const id = inOrg({ PersonMobilePhone: "+41791112233" });
    dieBeforeWriting();
    await contacts(person("1", mail));
    await drain();
    expect([accounts(), await adoptions()]).toEqual([[{ id, key: null }], [{ target: id, key: "1" }]]);
    await again();
    expect([phoneOf(id), await links()]).toEqual(["+41791112233", [{ key: "1", id }]]);
  });

  it("says nothing of a record that carried its Sync ID before: there S-360's blanks count", async () => {
    const id = inOrg({ PersonMobilePhone: "+41791112233" }, "1");
    world.org.loseAnswer = new Error("killed");
    await contacts(person("1", mail));
    await drain();
    await again();
    expect(phoneOf(id)).toBeNull();
  });
});

it("a new record beside a possible duplicate is listed though the answer was lost", async () => {
  inOrg({}, "999");
  world.org.loseAnswer = new Error("killed");
  await contacts(person("1", mail));
  await drain();
  expect(await reviews()).toEqual([]);
  await again();
  expect(accounts().map(({ key }) => key)).toEqual(["999", "1"]);
  expect(await reviews()).toEqual([{ key: "1", kind: "possible_duplicate" }]);
});

describe("two contacts that fit one Salesforce record", () => {
  /** Both have asked the org before either writes. */
  async function bothAsk(): Promise<readonly [() => Promise<unknown>, () => Promise<unknown>]> {
    const [one, two] = [await take(1), await take(1)];
    const find = world.org.find.bind(world.org);
    const asked = new Set<string>();
    let go: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (go = resolve));
    world.org.find = async (requests) => {
      const found = await find(requests);
      asked.add(String(requests[0]?.keys[0]));
      if (asked.size === 2) go();
      await both;
      return found;
    };
    return [() => syncBatch(world.deps, one), () => syncBatch(world.deps, two)];
  }

  it("in the hands of two workers: one takes it, the other is looked for again, made anew and listed", async () => {
    const id = inOrg();
    await contacts(person("1", mail), person("2", mail));
    const [one, two] = await bothAsk();
    await Promise.all([one(), two()]);
    expect((await states()).map(({ state }) => state).toSorted()).toEqual(["idle", "retrying"]);
    expect(world.org.writes.flat()).toHaveLength(1);
    await again();
    expect(accounts()).toHaveLength(2);
    expect(await links()).toHaveLength(2);
    const [winner] = (await rows(sql`select key from link where salesforce_id = ${id}`)) as { key: string }[];
    expect(accounts()[0]).toEqual({ id, key: winner?.key });
    expect(await reviews()).toEqual([{ key: winner?.key === "1" ? "2" : "1", kind: "possible_duplicate" }]);
  });

  it("one of which is settled before the other has got further than asking", async () => {
    const id = inOrg();
    await contacts(person("1", mail), person("2", mail));
    const [one, two] = await bothAsk();
    const { db } = world.deps;
    let settled: () => void = () => undefined;
    const isSettled = new Promise<void>((resolve) => (settled = resolve));
    const execute = db.execute.bind(db);
    // The second has read which records are linked, and comes to noting its adoption only now.
    const slow = Object.create(db, {
      execute: {
        value: async (query: Parameters<typeof execute>[0]) => {
          const text = JSON.stringify(query, (name, value: unknown) =>
            name === "table" ? undefined : value,
          );
          if (text.includes("insert into adoption")) await isSettled;
          return execute(query);
        },
      },
    }) as typeof db;
    const fast = { ...world.deps };
    world.deps = { ...world.deps, db: slow };
    const second = two();
    world.deps = fast;
    await one();
    settled();
    await second;
    expect(await states()).toMatchObject([
      { key: "1", state: "idle" },
      { key: "2", state: "retrying" },
    ]);
    expect(await links()).toEqual([{ key: "1", id }]);
    expect(world.org.writes.flat()).toHaveLength(1);
  });

  it("of which the first never came back: after a while the second takes it", async () => {
    const id = inOrg();
    dieBeforeWriting();
    await contacts(person("1", mail));
    await drain();
    await rows(sql`update record_direction set state = 'failed'`);
    await contacts(person("2", mail));
    await drain();
    expect(await states()).toMatchObject([{ state: "failed" }, { key: "2", state: "retrying" }]);
    await rows(sql`update record_direction set due_at = now() where state = 'retrying'`);
    await passes(16);
    await drain();
    expect(accounts()).toEqual([{ id, key: "2" }]);
  });

  it("of which the first is still in a worker's hands: the second waits, however long that takes", async () => {
    const id = inOrg();
    dieBeforeWriting();
    await contacts(person("1", mail));
    await drain();
    await rows(sql`update record set lease_until = now() + interval '1 minute'`);
    await contacts(person("2", mail));
    await passes(60);
    await drain();
    expect(accounts()).toEqual([{ id, key: null }]);
  });
});

describe("what was noted", () => {
  it("goes once it is settled", async () => {
    inOrg();
    await contacts(person("1", mail));
    await drain();
    expect(await adoptions()).toHaveLength(1);
    await forgetAdoptions(world.deps.db);
    expect(await adoptions()).toHaveLength(1);
    await passes(16);
    await forgetAdoptions(world.deps.db);
    expect(await adoptions()).toEqual([]);
  });

  it("stays while its contact may still be written, and goes where it never was", async () => {
    inOrg();
    dieBeforeWriting();
    await contacts(person("1", mail));
    await drain();
    await passes(60 * 24 * 31);
    await forgetAdoptions(world.deps.db);
    expect(await adoptions()).toHaveLength(1);
    await rows(sql`update record_direction set state = 'ignored'`);
    await forgetAdoptions(world.deps.db);
    expect(await adoptions()).toEqual([]);
  });

  it("is nothing where nobody is alike", async () => {
    await contacts(person("1", mail));
    await drain();
    expect(await adoptions()).toEqual([]);
  });
});
