/** Records that were merged in Salesforce: what becomes of their numbers, and of what arrives meanwhile. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import type { ReviewChoice } from "@/lib/core/reviews";
import { decide } from "@/lib/reviews/decide";
import { claim } from "@/lib/sync/records";
import { syncBatch } from "@/lib/sync/sync-batch";
import { backWorld, fullPerson, type OutRule } from "./test-back-world";

const w = backWorld();
const { world, back } = w;

const ruled = (rule: Partial<OutRule>) => w.ruled(rule);
const due = () => w.rows(sql`update record_direction set due_at = now()`);
const lost = () => new FaultError({ code: "answer_lost", sentence: "Lost." });

async function linked(...numbers: string[]): Promise<void> {
  await w.sends(...numbers.map((number) => fullPerson(number, { contactId: Number(number) })));
  await w.begin();
}

async function decideLast(choice: ReviewChoice): Promise<void> {
  const [review] = await w.rows(sql`select id from review order by id desc limit 1`);
  await decide(world.deps.db, { reviewId: Number(review?.["id"]), choice, actor: "admin" });
}

const order = (contactReference: string) => ({
  orderId: 5,
  contactReference,
  operationDatas: [{ operationId: 50, product: "Jazz", totalAmount: 1000, unitPrice: 1000, quantity: 1 }],
});
const sale = () => world.org.get("SecutixSale__c", "50");
const stateIn = async (key: string) =>
  (
    await w.rows(sql`
      select d.state, d.fault->>'code' as code from record_direction d join record r on r.id = d.record_id
      where r.key = ${key} and d.direction = 'in'`)
  )[0];

describe("merged in Salesforce", () => {
  it("the loser's number becomes an alias of the head, and only the head writes", async () => {
    await linked("1", "2");
    world.org.merge("Account", "2", "1");
    await w.turn();
    expect(
      await w.rows(
        sql`select r.key, l.head, l.key as carries from link l join record r on r.id = l.record_id order by r.key`,
      ),
    ).toEqual([
      { key: "1", head: true, carries: "1" },
      { key: "2", head: false, carries: "1" },
    ]);
    const writes = world.org.writes.flat().length;
    await w.sends(fullPerson("2", { contactId: 2, individualContact: { individualLastName: "Loser" } }));
    expect(world.org.writes.flat().length).toBe(writes);
    await w.sends(fullPerson("1", { contactId: 1, individualContact: { individualLastName: "Head" } }));
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Head" });
    expect(await w.reviews()).toEqual([]);
  });

  it("and merged again: every number follows to the record that stayed, and none is made anew", async () => {
    await linked("1", "2", "3");
    world.org.merge("Account", "3", "2");
    await w.turn();
    world.org.merge("Account", "2", "1");
    await w.turn();
    await w.sends(fullPerson("3", { contactId: 3, individualContact: { individualLastName: "Twin" } }));
    expect(world.org.rows.filter(({ object }) => object === "Account")).toHaveLength(1);
    expect(await w.rows(sql`select l.key from link l where not l.head order by l.id`)).toEqual([
      { key: "1" },
      { key: "1" },
    ]);
  });

  it("a sale of the loser's number is tied to the head", async () => {
    await linked("1", "2");
    world.org.merge("Account", "2", "1");
    await w.turn();
    await w.orders({
      orderId: 5,
      contactReference: "2",
      operationDatas: [{ operationId: 50, product: "Jazz", totalAmount: 1000, unitPrice: 1000, quantity: 1 }],
    });
    await w.drain("in");
    expect(world.org.get("SecutixSale__c", "50")).toMatchObject({ Account__c: "1" });
  });

  it("merged into a record without a number: the number moves there", async () => {
    await linked("1");
    const other = world.org.insert("Account", { LastName: "Frank", FirstName: "Kept" });
    const row = world.org.rows.find(({ id }) => id === other);
    if (row) row.key = "temporary";
    world.org.merge("Account", "1", "temporary");
    if (row) row.key = null;
    await w.turn();
    expect(world.org.rows.find(({ id }) => id === other)?.key).toBe("1");
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Kept" });
  });
});

describe("merged into a record that S-360 has no number for", () => {
  const newcomer = (fields = {}) =>
    world.org.insert("Account", {
      FirstName: "Kept",
      LastName: "Frank",
      PersonEmail: "kept@mail.example",
      ...fields,
    });
  const keyOf = (id: string) => world.org.rows.find((row) => row.id === id)?.key;
  const links = () =>
    w.rows(
      sql`select r.key, l.head, l.salesforce_id as id from link l join record r on r.id = l.record_id order by r.key`,
    );
  const inVenue = () => back.venue.get("1")?.["individualContact"];

  it("and that waits to be created there: it is the contact, and its values go to S-360", async () => {
    ruled({ create: "review" });
    await linked("1");
    const id = newcomer();
    await w.turn();
    expect(await w.reviews()).toMatchObject([{ kind: "create_in_s360", state: "open" }]);
    world.org.mergeInto("1", id);
    await w.turn();
    await w.turn();
    expect(keyOf(id)).toBe("1");
    expect(inVenue()).toMatchObject({ individualFirstName: "Kept" });
    expect(back.venue.contacts.size).toBe(1);
    expect(await links()).toEqual([{ key: "1", head: true, id }]);
    expect(await w.reviews()).toEqual([]);
  });

  it("made and merged within one poll: nothing is created in S-360", async () => {
    ruled({ create: "do" });
    await linked("1");
    const id = newcomer();
    world.org.mergeInto("1", id);
    await w.turn();
    await w.turn();
    expect([...back.venue.contacts.keys()]).toEqual(["1"]);
    expect(await links()).toEqual([{ key: "1", head: true, id }]);
    expect(inVenue()).toMatchObject({ individualFirstName: "Kept" });
  });

  it("while S-360 is being asked to create it: the merge waits for the answer, and follows the number it gave", async () => {
    ruled({ create: "do" });
    await linked("1");
    const id = newcomer();
    back.venue.loseAnswer = lost();
    await w.turn();
    world.org.mergeInto("1", id);
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "retrying", code: "answer_lost" });
    for (let nth = 0; nth < 2; nth++) {
      await w.rows(sql`update record_direction set due_at = now()`);
      await w.turn();
    }
    expect(await links()).toEqual([
      { key: "1", head: false, id },
      { key: "n1", head: true, id },
    ]);
    expect(back.venue.contacts.size).toBe(2);
  });

  it("in another worker's hands: nothing moves until it is free", async () => {
    ruled({ create: "review" });
    await linked("1");
    const id = newcomer();
    await w.turn();
    const lease = sql`lease_until = now() + interval '1 minute', lease_token = gen_random_uuid()`;
    await w.rows(sql`update record set ${lease} where key like 'salesforce:%'`);
    world.org.mergeInto("1", id);
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "retrying" });
    await w.rows(sql`update record set lease_until = null, lease_token = null`);
    await w.rows(sql`update record_direction set due_at = now()`);
    await w.turn();
    expect(await links()).toEqual([{ key: "1", head: true, id }]);
  });

  it("two of them at once: the first is its number, the other becomes an alias", async () => {
    await linked("1", "2");
    const id = newcomer();
    world.org.mergeInto("1", id);
    world.org.mergeInto("2", id);
    await w.turn();
    expect(await links()).toEqual([
      { key: "1", head: true, id },
      { key: "2", head: false, id },
    ]);
    expect(keyOf(id)).toBe("1");
    expect(await w.rows(sql`select fault from attempt where fault is not null`)).toEqual([]);
  });
});

describe("what arrives between a merge and the next poll", () => {
  it("a sale of the one that went is written once the merge is followed", async () => {
    await linked("1", "2");
    world.org.merge("Account", "1", "2");
    await w.orders(order("1"));
    await w.drain("in");
    expect(await stateIn("50")).toMatchObject({ state: "retrying", code: "reference_missing" });
    await w.drain("out");
    await due();
    await w.drain("in");
    expect(sale()).toMatchObject({ Account__c: "2" });
  });

  it("a change of the one that went: its number is an alias, and nothing is failed", async () => {
    await linked("1", "2");
    world.org.merge("Account", "1", "2");
    await w.sends(fullPerson("1", { contactId: 1, function: "x", addresses: [] }));
    await w.drain("out");
    expect(await stateIn("1")).toMatchObject({ state: "ignored" });
    expect(
      await w.rows(sql`select r.key from link l join record r on r.id = l.record_id where not l.head`),
    ).toEqual([{ key: "1" }]);
  });

  it("a sale of a record that is hidden, and was not deleted, is no sign of a merge", async () => {
    await linked("1");
    const hidden = world.org.rows.splice(0);
    await w.orders(order("1"));
    await w.drain("in");
    expect(await stateIn("50")).toMatchObject({ state: "failed", code: "record_deleted" });
    expect(await w.rows(sql`select 1 from link where gone_at is not null`)).toEqual([]);
    world.org.rows.push(...hidden);
  });
});

describe("merged by the hundred", () => {
  it("every merge is followed at once: it costs S-360 nothing, whatever is done with the edits", async () => {
    await linked("1", "2", "3", "4", "5", "6");
    back.massLimit = 1;
    world.org.merge("Account", "1", "2");
    world.org.merge("Account", "3", "4");
    for (const number of ["5", "6"]) world.org.set("Account", number, { FirstName: "Ada" });
    await w.turn();
    const aliases = sql`select r.key from link l join record r on r.id = l.record_id where not l.head order by r.key`;
    expect(await w.rows(aliases)).toEqual([{ key: "1" }, { key: "3" }]);
    expect(await w.reviews()).toEqual([{ kind: "mass_change", state: "open", key: null }]);
    expect(back.venue.reads).toBe(0);
  });

  it("where deletions are marked they are held, and those that are not sent are looked at all the same", async () => {
    ruled({ delete: "mark" });
    await linked("1", "2", "3");
    back.massLimit = 1;
    world.org.merge("Account", "1", "2");
    world.org.delete("Account", "3");
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "review", code: "mass_change" });
    await decideLast("drop");
    await w.turn();
    expect(
      await w.rows(sql`select r.key from link l join record r on r.id = l.record_id where not l.head`),
    ).toEqual([{ key: "1" }]);
    expect(back.venue.saves).toEqual([]);
  });
});

describe("merged into a record that takes the Sync ID over", () => {
  it("is no clone", async () => {
    await linked("1");
    const id = world.org.insert("Account", { FirstName: "Kept", LastName: "Frank" });
    world.org.mergeInto("1", id);
    world.org.setById(id, {});
    const row = world.org.rows.find((one) => one.id === id);
    if (row) row.key = "1";
    await w.turn();
    await w.turn();
    expect(await w.reviews()).toEqual([]);
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Kept" });
  });

  it("told before the deletion was: what was taken for a copy is not one any more", async () => {
    await linked("1");
    const id = world.org.insert("Account", { FirstName: "Kept", LastName: "Frank" }, "1");
    await w.turn();
    expect(await w.reviews()).toMatchObject([{ kind: "clone", state: "open" }]);
    const old = world.org.rows.find((one) => one.key === "1" && one.id !== id);
    world.org.rows.splice(world.org.rows.indexOf(old as never), 1);
    world.org.deletions.push({
      object: "Account",
      id: old?.id ?? "",
      deletedAt: old?.stamp ?? "",
      masterId: id,
    });
    await w.turn();
    expect(await w.reviews()).toMatchObject([{ kind: "clone", state: "closed" }]);
  });
});

describe("restored after a merge", () => {
  async function restored(): Promise<string> {
    await linked("1", "2");
    const loser = world.org.rows.find(({ key }) => key === "2");
    world.org.merge("Account", "2", "1");
    await w.turn();
    if (!loser) throw new Error("there was no record");
    world.org.rows.push(loser);
    world.org.setById(loser.id, { FirstName: "Back" });
    await w.turn();
    return loser.id;
  }

  it("a person is asked, and says that they are two again", async () => {
    const id = await restored();
    expect(await w.reviews()).toEqual([{ kind: "restored", state: "open", key: "2" }]);
    await decideLast("unlink");
    await w.turn();
    const [link] = await w.rows(sql`
      select l.salesforce_id as id, l.head from link l join record r on r.id = l.record_id where r.key = '2'`);
    expect(link).toEqual({ id, head: true });
    world.org.setById(id, { FirstName: "Ada" });
    await w.turn();
    expect(back.venue.get("2")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
  });

  it("or leaves it, and is not asked again", async () => {
    const id = await restored();
    await decideLast("dismiss");
    world.org.setById(id, { FirstName: "Ada" });
    await w.turn();
    expect(await w.reviews()).toEqual([{ kind: "restored", state: "closed", key: "2" }]);
  });
});

describe("a contact whose creation S-360 has not answered, merged away", () => {
  const nova = { FirstName: "Nova", LastName: "Star", PersonEmail: "nova@mail.example" };

  it("is the second number of the record that stayed, once S-360 sends it", async () => {
    ruled({ create: "do" });
    await linked("1");
    const id = world.org.insert("Account", nova);
    back.venue.loseAnswer = lost();
    await w.turn();
    const row = world.org.rows.find((one) => one.id === id);
    if (row) row.key = "temporary";
    world.org.merge("Account", "temporary", "1");
    await due();
    await w.turn();
    await w.contacts({ ...back.venue.get("n1") });
    await w.drain("in");
    await w.drain("out");
    expect(
      await w.rows(sql`select r.key, l.head from link l join record r on r.id = l.record_id order by r.key`),
    ).toEqual([
      { key: "1", head: true },
      { key: "n1", head: false },
    ]);
  });

  it("another merged into it, although nobody knows its number: a person decides", async () => {
    ruled({ create: "do" });
    await linked("1");
    const id = world.org.insert("Account", nova);
    back.venue.loseAnswer = lost();
    await w.turn();
    back.venue.contacts.delete("n1");
    await due();
    await w.turn();
    await decideLast("dismiss");
    world.org.mergeInto("1", id);
    await w.turn();
    expect(await w.reviews()).toContainEqual({ kind: "merge_unclear", state: "open", key: "1" });
    await decideLast("relink");
    await w.turn();
    expect(
      await w.rows(
        sql`select r.key, l.head, l.salesforce_id as id from link l join record r on r.id = l.record_id`,
      ),
    ).toEqual([{ key: "1", head: true, id }]);
  });
});

describe("a newcomer that gives way", () => {
  it("is created by no other worker while the contact is still asked about in S-360", async () => {
    await w.publishDefaults({ kind: "household" });
    await linked("1");
    ruled({ delete: "mark", create: "do" });
    const id = world.org.insert("Contact", {
      FirstName: "Kept",
      LastName: "Frank",
      Email: "kept@mail.example",
    });
    world.org.mergeInto("1", id, "Contact");
    world.org.delete("Account", "H-1");
    await w.turnFeedOnly();
    const read = back.venue.read.bind(back.venue);
    back.venue.read = async (number, options) => {
      const other = await claim(world.deps.db, world.connectionId, "out", 10);
      await syncBatch(world.deps, other);
      return read(number, options);
    };
    await w.drain("out");
    await w.drain("in");
    await w.turn();
    expect([...back.venue.contacts.keys()]).toEqual(["1"]);
  });

  it("leaves its timeline ended, and who decided about it known", async () => {
    ruled({ create: "review" });
    await linked("1");
    const id = world.org.insert("Account", { FirstName: "Kept", LastName: "Frank" });
    await w.turn();
    await decideLast("dismiss");
    for (const FirstName of ["A", "B", "C", "D", "E", "F"]) world.org.setById(id, { FirstName });
    await w.turnFeedOnly();
    world.org.mergeInto("1", id);
    for (let nth = 0; nth < 3; nth++) await w.turn();
    expect(await w.rows(sql`select 1 from event_record where outcome is null`)).toEqual([]);
    expect(await w.reviews()).toEqual([{ kind: "create_in_s360", state: "closed", key: "1" }]);
  });
});
