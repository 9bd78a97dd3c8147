/** What the change feed tells, at the door: what stays held, what is many at once, and what cannot be stored. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { CONNECTOR } from "@/testing/fake-org";
import { backWorld, fullPerson } from "./test-back-world";

const w = backWorld();
const { world, back } = w;

const numbersTo = (last: number) => Array.from({ length: last }, (_, index) => String(index + 1));
const own = (number: string, more: object = {}) => fullPerson(number, { contactId: Number(number), ...more });
const renamed = (number: string, name: string) =>
  own(number, { individualContact: { title: "MRS", individualFirstName: "Edna", individualLastName: name } });
const firstNameOf = (number: string) => back.venue.get(number)?.["individualContact"];

async function linked(...numbers: string[]): Promise<void> {
  await w.sends(...numbers.map((number) => own(number)));
  await w.begin();
}

async function openMassReviews(): Promise<unknown[]> {
  return w.rows(sql`
    select (select count(*)::int from review_record where review_id = rv.id) as records, rv.state
    from review rv where kind = 'mass_change' order by id`);
}

const standing = (number: string) =>
  w.rows(sql`
    select d.state, d.version, d.lane, d.attempts, d.due_at > now() + interval '1 hour' as later, d.fault->>'code' as code
    from record_direction d join record r on r.id = d.record_id where r.key = ${number} and d.direction = 'out'`);

describe("an echo of our own write", () => {
  const numbers = numbersTo(3);

  async function held(): Promise<void> {
    await linked(...numbers);
    back.massLimit = 2;
    for (const number of numbers) world.org.set("Account", number, { FirstName: "Mass" });
    await w.turn();
    expect(await openMassReviews()).toEqual([{ records: 3, state: "open" }]);
  }

  it("leaves a record of a mass change held", async () => {
    await held();
    const [before] = await standing("1");
    await w.sends(renamed("1", "Venue"));
    await w.turn();
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    const [after] = await standing("1");
    expect(after).toEqual({ ...before, version: expect.any(Number) });
    expect(Number(after?.["version"])).toBeGreaterThan(Number(before?.["version"]));
  });

  it("leaves one that waits for a person for any other reason", async () => {
    w.ruled({ update: "review" });
    await linked("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    await w.sends(renamed("1", "Venue"));
    await w.rows(sql`update review set state = 'closed'`);
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "review", code: "by_rule" });
    expect(await w.reviews()).toEqual([{ kind: "rule", state: "closed", key: "1" }]);
  });

  it("leaves one that is to be sent tonight for tonight", async () => {
    await held();
    await w.rows(sql`
      update record_direction set state = 'pending', due_at = now() + interval '6 hours', fault = null
      where direction = 'out'`);
    const [before] = await standing("1");
    expect(before).toMatchObject({ state: "pending", later: true, lane: 3 });
    await w.sends(renamed("1", "Venue"));
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect((await standing("1"))[0]).toEqual({ ...before, version: expect.any(Number) });
  });

  it("is none when the record was deleted and lives again: what waited for a person goes on", async () => {
    await linked("1");
    const row = world.org.rows.find(({ key }) => key === "1");
    world.org.delete("Account", "1");
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "review", code: "deleted_in_salesforce" });
    if (row)
      world.org.rows.push({ ...row, modifiedBy: CONNECTOR, stamp: new Date(world.org.nowMs).toISOString() });
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "idle" });
  });

  it("holds back nothing: a person's edit of such a record goes at once", async () => {
    await held();
    await w.sends(renamed("1", "Venue"));
    world.org.set("Account", "1", { PersonMailingCity: "Thun" });
    await w.turn();
    expect(back.venue.saves).toHaveLength(1);
  });
});

describe("many changes of one sweep", () => {
  it("are counted over all its pages: the last few are held with the others", async () => {
    const numbers = numbersTo(23);
    await linked(...numbers);
    back.massLimit = 5;
    world.org.pageSize = 10;
    for (const number of numbers) world.org.set("Account", number, { FirstName: "Mass" });
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(await openMassReviews()).toEqual([{ records: 23, state: "open" }]);
    expect(await w.rows(sql`select sentence from review`)).toEqual([
      {
        sentence:
          "23 records changed in Salesforce at once. Nothing of it is sent to S-360 until you start it.",
      },
    ]);
  });

  it("are not hidden among our own echoes", async () => {
    const numbers = numbersTo(40);
    await linked(...numbers);
    back.massLimit = 10;
    world.org.pageSize = 10;
    for (const number of numbers) {
      const by = Number(number) % 2 === 0 ? CONNECTOR : undefined;
      world.org.set("Account", number, { PersonMailingCity: "Bern" }, by);
    }
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(await openMassReviews()).toEqual([{ records: 20, state: "open" }]);
  });

  it("are counted on where the sweep was broken off", async () => {
    const numbers = numbersTo(11);
    await linked(...numbers);
    back.massLimit = 5;
    world.org.pageSize = 4;
    for (const number of numbers) world.org.set("Account", number, { FirstName: "Mass" });
    const { changes } = world.org;
    let polls = 0;
    world.org.changes = async (requests) => {
      if (++polls > 2) throw new FaultError({ code: "org_unavailable", sentence: "Salesforce is down." });
      return changes.call(world.org, requests);
    };
    await w.turn();
    expect(await openMassReviews()).toEqual([{ records: 8, state: "open" }]);
    world.org.changes = changes;
    await w.rows(sql`delete from block`);
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(await openMassReviews()).toEqual([{ records: 11, state: "open" }]);
  });

  it("do not count for the next sweep", async () => {
    await linked(...numbersTo(6), "99");
    back.massLimit = 5;
    for (const number of numbersTo(6)) world.org.set("Account", number, { FirstName: "Mass" });
    await w.turn();
    world.org.set("Account", "99", { FirstName: "Live" });
    await w.turn();
    expect(firstNameOf("99")).toMatchObject({ individualFirstName: "Live" });
    expect(back.venue.saves).toHaveLength(1);
  });

  it("do not count for later sweeps once the object that was not read to the end is no longer mapped", async () => {
    await linked("1");
    await w.rows(sql`
      insert into cursor (connection_id, object, read_until, deleted_until, started_at, sweep_began)
      values (${world.connectionId}, 'Former__c', now(), now(), now(), now())`);
    back.massLimit = 2;
    for (const name of ["Ada", "Eve", "Zoe", "Ann"]) {
      world.org.set("Account", "1", { FirstName: name });
      await w.turn();
    }
    expect(back.venue.saves).toHaveLength(4);
    expect(await openMassReviews()).toEqual([]);
  });

  it("that were started by a person do not let the rest of the sweep go", async () => {
    const numbers = numbersTo(10);
    await linked(...numbers);
    back.massLimit = 3;
    world.org.pageSize = 4;
    for (const number of numbers) world.org.set("Account", number, { FirstName: "Mass" });
    const { changes } = world.org;
    let polls = 0;
    world.org.changes = async (requests) => {
      // Before the second chunk is stored, somebody starts the review of the first.
      if (++polls === 2) await w.rows(sql`update review set state = 'deciding', choice = 'start'`);
      return changes.call(world.org, requests);
    };
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(await openMassReviews()).toEqual([
      { records: 4, state: "deciding" },
      { records: 6, state: "open" },
    ]);
  });

  it("however high the limit, are stored before too many are in hand", async () => {
    await linked("1");
    back.massLimit = 1_000_000;
    const { changes } = world.org;
    const stranger = { object: "Account", key: null, fields: {}, personAccount: false, accountId: null };
    const at = {
      stamp: "2026-01-01T09:00:00.000Z",
      createdAt: "2026-01-01T09:00:00.000Z",
      createdBy: "005PERSON",
    };
    const modifiedBy = { id: "005PERSON", name: null, person: true };
    const stored: unknown[] = [];
    world.org.changes = async (requests) => {
      stored.push(...(await w.rows(sql`select after_id from cursor where object = 'Account'`)));
      const nth = stored.length;
      const ids = Array.from({ length: 2_000 }, (_, index) => `stranger-${nth * 10_000 + index}`);
      const changed = ids.map((id) => ({ ...stranger, ...at, modifiedBy, id }));
      const answer = await changes.call(world.org, requests);
      const pages = answer.pages.map((page) =>
        page.object === "Account" ? { ...page, changed, complete: nth === 12 } : page,
      );
      return { ...answer, pages };
    };
    expect(await w.turn()).toMatchObject({ rows: 24_000, strangers: 24_000, fault: null });
    const afterTen = { after_id: "stranger-101999" };
    expect(stored).toEqual([...Array<unknown>(10).fill({ after_id: null }), afterTen, afterTen]);
  });
});

describe("records made in Salesforce by the dozen", () => {
  const make = (count: number) =>
    numbersTo(count).map((number) =>
      world.org.insert("Account", { FirstName: `Nova ${number}`, LastName: "Star" }),
    );

  it("wait in the same review as what was changed", async () => {
    w.ruled({ create: "do" });
    await linked("1", "2");
    back.massLimit = 5;
    make(4);
    for (const number of ["1", "2"]) world.org.set("Account", number, { FirstName: "Mass" });
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(await openMassReviews()).toEqual([{ records: 6, state: "open" }]);
    expect(await w.rows(sql`select sentence, subject->'by' as by from review`)).toEqual([
      {
        sentence:
          "6 records changed in Salesforce at once. 4 of them are new. Nothing of it is sent to S-360 until you start it.",
        by: [{ name: "User 005PERSON", records: 6 }],
      },
    ]);
    expect(await w.rows(sql`select distinct state from record_direction where direction = 'out'`)).toEqual([
      { state: "review" },
    ]);
  });

  it("are created at once when they are few, and never counted where no rule creates them", async () => {
    await linked("1");
    back.massLimit = 3;
    make(5);
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    expect(back.venue.saves).toHaveLength(1);
    // Reading leaves the first five behind.
    world.org.nowMs += 60 * 60_000;
    await w.turn();
    w.ruled({ create: "do" });
    make(3);
    await w.turn();
    expect(await openMassReviews()).toEqual([]);
    expect(back.venue.saves).toHaveLength(4);
  });
});

describe("text that the database cannot store", () => {
  it.each([
    ["half a character", "A\ud83dda", "A\ufffdda"],
    ["a NUL", "A\0da", "Ada"],
  ])("%s is repaired, noted, and stops nobody", async (_, value, repaired) => {
    await linked("1", "2");
    world.org.set("Account", "1", { FirstName: value });
    world.org.set("Account", "2", { FirstName: "Zoe" });
    const report = await w.turn();
    expect(report).toMatchObject({ changes: 2, fault: null });
    expect(firstNameOf("1")).toMatchObject({ individualFirstName: repaired });
    expect(firstNameOf("2")).toMatchObject({ individualFirstName: "Zoe" });
    const notes = await w.rows(
      sql`select note from event where stream = 'contacts-out' order by id desc limit 2`,
    );
    expect(notes).toEqual([
      { note: null },
      { note: "1 text with characters that cannot be stored was repaired" },
    ]);
    await w.turn();
    expect(back.venue.saves).toHaveLength(2);
  });

  it("in a user's name, a Sync ID or a newcomer is repaired too", async () => {
    w.ruled({ create: "do" });
    await linked("1");
    back.massLimit = 0;
    const { changes } = world.org;
    world.org.changes = async (requests) => {
      const answer = await changes.call(world.org, requests);
      const named = answer.pages.map((page) => ({
        ...page,
        changed: page.changed.map((row) => ({
          ...row,
          key: row.key === null ? null : `${row.key}\ud83d`,
          modifiedBy: { ...row.modifiedBy, name: "Ad\0a \ud83d" },
        })),
      }));
      return { ...answer, pages: named };
    };
    world.org.set("Account", "1", { FirstName: "Ada" });
    world.org.insert("Account", { FirstName: "No\0va", LastName: "Star" });
    expect(await w.turn()).toMatchObject({ changes: 2, fault: null });
    expect(await w.rows(sql`select subject->'by' as by from review`)).toEqual([
      { by: [{ name: "Ada \ufffd", records: 2 }] },
    ]);
  });
});
