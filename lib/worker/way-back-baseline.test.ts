/** The way back begins where contacts were linked long before: what differed already is nobody's fresh edit. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { backWorld, fullPerson } from "./test-back-world";

const w = backWorld();
const { world, back } = w;

const own = (number: string, more: object = {}) => fullPerson(number, { contactId: Number(number), ...more });

/** Linked by an installation that knew no way back, and edited in Salesforce since. */
async function linkedLongAgo(...numbers: string[]): Promise<void> {
  await w.sends(...numbers.map((number) => own(number)));
  await w.rows(sql`update link set held = null, stored = '{}', traces = '{}'`);
  for (const number of numbers) world.org.set("Account", number, { LastName: "Married" });
}

const links = () =>
  w.rows(sql`
    select r.key, l.stored, l.traces, l.held->'fields'->>'LastName' as held, l.held->>'key' as carries
    from link l join record r on r.id = l.record_id order by r.key`);
const known = (key: string) => ({
  key,
  stored: { LastName: "Married" },
  traces: {},
  held: "Married",
  carries: key,
});
const unknown = (key: string) => ({ key, stored: {}, traces: {}, held: null, carries: null });

describe("what differed before reading began", () => {
  it("is neither sent nor undone, and one read takes it in", async () => {
    await linkedLongAgo("1", "2");
    await w.begin();
    const reads = world.org.reads;
    for (let nth = 0; nth < 3; nth++) await w.turn();
    expect(world.org.reads - reads).toBe(1);
    expect(await links()).toEqual([known("1"), known("2")]);
    expect(back.venue.saves).toEqual([]);
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Married" });
  });

  it("stays out of a fresh edit of another field, and out of S-360's next call", async () => {
    await linkedLongAgo("1");
    await w.begin();
    await w.turn();
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    const now = { title: "MRS", individualFirstName: "Ada", individualLastName: "Frank" };
    expect(back.venue.get("1")?.["individualContact"]).toEqual(now);
    await w.sends(own("1", { individualContact: { ...now, title: "MR" } }));
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ Salutation: "Mr.", LastName: "Married" });
    expect(back.venue.saves).toHaveLength(1);
  });

  it("is an edit again when the field itself is edited afterwards", async () => {
    await linkedLongAgo("1");
    await w.begin();
    await w.turn();
    world.org.set("Account", "1", { LastName: "Divorced" });
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualLastName: "Divorced" });
  });

  it("is told from what a person edited since, which the feed brings", async () => {
    await linkedLongAgo("1", "2");
    await w.begin();
    world.org.set("Account", "2", { FirstName: "Ada" });
    await w.turn();
    expect(await links()).toMatchObject([known("1"), { key: "2", held: "Married" }]);
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualLastName: "Frank" });
    expect(back.venue.get("2")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
  });

  it("is taken in although we wrote the record between the installation and the beginning", async () => {
    await linkedLongAgo("1");
    await w.rows(sql`
      update link set traces = '{"FirstName": {"unseen": true, "carried": "in"}}', updated_at = '2025-12-01'`);
    await w.begin();
    await w.turn();
    expect(await links()).toEqual([{ ...known("1"), traces: { FirstName: { carried: "in" } } }]);
    expect(back.venue.saves).toEqual([]);
  });
});

describe("the reading of old links", () => {
  it("makes no call where there are none", async () => {
    await w.sends(own("1"));
    await w.begin();
    const reads = world.org.reads;
    for (let nth = 0; nth < 3; nth++) await w.turn();
    expect(world.org.reads).toBe(reads);
  });

  it("leaves records in a worker's hands for the next poll", async () => {
    await linkedLongAgo("1", "2", "3");
    // Older than what the feed reads again.
    world.org.nowMs += 60 * 60_000;
    await w.begin();
    const reads = world.org.reads;
    await w.rows(sql`
      update record set lease_until = now() + interval '1 minute', lease_token = gen_random_uuid() where key = '2'`);
    await w.turn();
    expect(await links()).toEqual([known("1"), unknown("2"), known("3")]);
    await w.rows(sql`update record set lease_until = null, lease_token = null`);
    for (let nth = 0; nth < 3; nth++) await w.turn();
    expect(await links()).toEqual([known("1"), known("2"), known("3")]);
    expect(world.org.reads - reads).toBe(2);
  });

  it(
    "asks for 1,000 at a time, at most 20 times a poll, and for none twice",
    { timeout: 60_000 },
    async () => {
      await w.sends(own("0"));
      await w.rows(sql`
      with made as (
        insert into record (connection_id, family, key, kind)
        select ${world.connectionId}, 'contact', 'g' || n, 'individual' from generate_series(1, 20500) as n returning id
      )
      insert into link (connection_id, record_id, mapping_id, object, salesforce_id, key, base, base_version)
      select ${world.connectionId}, made.id, l.mapping_id, l.object, 'gone-' || made.id, 'g', '{}', 1
      from made, link l`);
      const asked: number[] = [];
      const { read } = world.org;
      world.org.read = async (requests) => {
        asked.push(...requests.map(({ ids }) => ids.length));
        return read.call(world.org, requests);
      };
      await w.begin();
      await w.turn();
      expect(asked).toEqual(Array(20).fill(1_000));
      await w.turn();
      expect(asked.slice(20)).toEqual([500]);
      await w.turn();
      expect(asked).toHaveLength(21);
    },
  );

  it("of a text that cannot be stored stops nothing", async () => {
    await linkedLongAgo("1");
    world.org.set("Account", "1", { LastName: "Mar\0ried" });
    await w.begin();
    expect((await w.turn()).fault).toBeNull();
    expect(await links()).toEqual([known("1")]);
  });

  it("nor when S-360 sends the contact before the baseline was taken", async () => {
    await linkedLongAgo("1");
    await w.sends(own("1", { individualContact: { ...own("1").individualContact, title: "MR" } }));
    await w.drain("out");
    expect(back.venue.saves).toEqual([]);
    expect(world.org.get("Account", "1")).toMatchObject({ Salutation: "Mr.", LastName: "Married" });
    await w.begin();
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({
      individualFirstName: "Ada",
      individualLastName: "Frank",
    });
  });
});
