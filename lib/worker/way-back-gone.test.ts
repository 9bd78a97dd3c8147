/** Records that disappear in Salesforce, or are merged there: what becomes of their numbers. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { decide } from "@/lib/reviews/decide";
import { claim } from "@/lib/sync/records";
import { syncBatch } from "@/lib/sync/sync-batch";
import { backWorld, fullPerson, type OutRule } from "./test-back-world";

const w = backWorld();
const { world, back } = w;

const ruled = (rule: Partial<OutRule>) => w.ruled(rule);

async function linked(...numbers: string[]): Promise<void> {
  await w.sends(...numbers.map((number) => fullPerson(number, { contactId: Number(number) })));
  await w.begin();
}

describe("deleted in Salesforce", () => {
  it("waits for a person by default, and is taken up again when it is restored", async () => {
    await linked("1");
    world.org.delete("Account", "1");
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "review", code: "deleted_in_salesforce" });
    expect(await w.reviews()).toEqual([{ kind: "deleted_in_salesforce", state: "open", key: "1" }]);
  });

  it("is marked in S-360 where the rule says so", async () => {
    ruled({ delete: "mark" });
    await linked("1");
    world.org.delete("Account", "1");
    await w.turn();
    expect(back.venue.get("1")?.["contactCriteria"]).toEqual([{ code: "CRM_DELETED", value: "true" }]);
    await w.turn();
    expect(back.venue.saves).toHaveLength(1);
  });

  it("is marked for many within S-360's limits: a few at a time, live edits between them", async () => {
    ruled({ delete: "mark" });
    const numbers = Array.from({ length: 30 }, (_, i) => String(i + 1));
    await linked(...numbers, "99");
    for (const number of numbers) world.org.delete("Account", number);
    await w.turnFeedOnly();
    const batch = await claim(world.deps.db, world.connectionId, "out", 1_000);
    await syncBatch(world.deps, batch);
    expect(back.venue.saves).toHaveLength(10);
    await w.turn();
    expect(back.venue.saves).toHaveLength(30);
  });

  it("is only told where the rule says so, and what S-360 sends later is not written to it", async () => {
    ruled({ delete: "tell" });
    await linked("1");
    world.org.delete("Account", "1");
    await w.turn();
    expect(await w.reviews()).toEqual([{ kind: "told", state: "open", key: "1" }]);
    const writes = world.org.writes.length;
    await w.sends(fullPerson("1", { contactId: 1, individualContact: { individualLastName: "Later" } }));
    expect(world.org.writes.length).toBe(writes);
  });

  it("says so when the delete log does not reach back far enough", async () => {
    await linked("1");
    world.org.deletionsSince = new Date(world.org.nowMs + 60 * 60_000).toISOString();
    world.org.nowMs += 20 * 24 * 60 * 60_000;
    await w.turn();
    expect(await w.reviews()).toEqual(Array(2).fill({ kind: "consistency_check", state: "open", key: null }));
    await w.turn();
    expect(await w.reviews()).toHaveLength(2);
  });
});

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
    back.venue.loseAnswer = new FaultError({ code: "answer_lost", sentence: "Lost." });
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

describe("a contact that is two records in Salesforce", () => {
  const edit = async (FirstName: string) => {
    world.org.set("Contact", "1", { FirstName });
    await w.turn();
  };

  async function oneDeleted(rule: OutRule["delete"]): Promise<void> {
    await w.publishDefaults({ kind: "household" });
    await linked("1");
    ruled({ delete: rule });
    world.org.delete("Account", "H-1");
    await w.turn();
  }

  it("goes on with the one that lives when the other was deleted", async () => {
    await oneDeleted("tell");
    await edit("Ada");
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
    expect(await w.reviews()).toEqual([{ kind: "told", state: "open", key: "1" }]);
  });

  it("tell: the deletion is told once, whatever is edited afterwards", async () => {
    await oneDeleted("tell");
    await w.rows(sql`update review set state = 'closed'`);
    await edit("Ada");
    await edit("Eve");
    expect(await w.reviews()).toHaveLength(1);
  });

  it("mark: it is marked once, and a mark that somebody takes away again stays away", async () => {
    await oneDeleted("mark");
    back.venue.put({ ...back.venue.get("1"), contactCriteria: [] });
    await edit("Ada");
    expect(back.venue.get("1")?.["contactCriteria"]).toEqual([]);
    expect(back.venue.saves).toHaveLength(2);
  });

  it("review: what a person has decided is not asked again", async () => {
    await oneDeleted("review");
    const [review] = await w.rows(sql`select id from review`);
    await decide(world.deps.db, { reviewId: Number(review?.["id"]), choice: "keep", actor: "admin" });
    await edit("Ada");
    expect(await w.stateOut("1")).toMatchObject({ state: "idle" });
    expect(await w.reviews()).toEqual([{ kind: "deleted_in_salesforce", state: "closed", key: "1" }]);
  });

  it("is told of a second deletion, once it was restored in between", async () => {
    await oneDeleted("tell");
    await w.rows(sql`update review set state = 'closed'`);
    await w.rows(sql`update link set gone_at = gone_at - interval '1 minute' where gone_at is not null`);
    await w.turn();
    expect((await w.reviews()).map(({ state }) => state)).toEqual(["closed", "open"]);
  });
});
