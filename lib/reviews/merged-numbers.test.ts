/** Contacts that S-360 merged, as an admin says: which number is written, where sales go, and how it is taken back. */
import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { claim } from "@/lib/sync/records";
import { syncBatch } from "@/lib/sync/sync-batch";
import { sale } from "@/lib/sync/test-world";
import { buyerOf, lookAtMerge, sayMerged, takeBackMerged } from "./merged-numbers";
import { contact, named, reviewWorld } from "./test-review-world";

const w = reviewWorld();
const { world } = w;
const actor = "ada@venue.example";

async function idOf(key: string): Promise<number> {
  const [row] = await w.rows(sql`select id::int from record where key = ${key} and family = 'contact'`);
  return Number(row?.["id"]);
}

const say = async (number: string, head: string) =>
  sayMerged(world.deps.db, { recordId: await idOf(number), head, actor });
const takeBack = async (number: string) =>
  takeBackMerged(world.deps.db, { recordId: await idOf(number), actor });
const accountOf = (operation: string) => world.org.get("SecutixSale__c", operation)?.["Account__c"];

beforeEach(async () => {
  await w.rows(sql`truncate audit_log`);
  await w.linked("1", "2", "3");
  await w.orders(sale(7, "1"), sale(8, "2"));
  await w.drain("in");
});

describe("a number that S-360 merged", () => {
  it("gives its sales to the head, and keeps its own Salesforce record as it is", async () => {
    expect(accountOf("70")).toBe("1");
    const links = await w.links();
    expect(await say("1", "2")).toEqual({ outcome: "changed", sales: 1 });
    await w.drain("in");
    expect([accountOf("70"), accountOf("80")]).toEqual(["2", "2"]);
    expect(await w.links()).toEqual(links);
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Frank" });
    expect(await w.stateIn("1")).toMatchObject({ state: "ignored" });
    expect(await w.audit()).toEqual([
      { actor, action: "contacts merged", subject: "contact 1 merged into 2" },
    ]);
  });

  it("is kept up to date here, and written no more; nor does an edit of its record go back", async () => {
    await say("1", "2");
    await w.sends(contact("1", named("Moser")));
    world.org.set("Account", "1", { FirstName: "Eve" });
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Frank", FirstName: "Eve" });
    expect(w.back.venue.saves).toEqual([]);
    const [record] = await w.rows(
      sql`select s360_state#>>'{individualContact,individualLastName}' as name from record where key = '1'`,
    );
    expect(record).toEqual({ name: "Moser" });
  });

  it("is meant for the head by later sales, also while the head is not in Salesforce yet", async () => {
    await w.contacts(contact("4"));
    await say("1", "4");
    await w.rows(sql`update record_direction set state = 'failed' where record_id = ${await idOf("4")}`);
    await w.orders(sale(9, "1"));
    await w.drain("in");
    expect(accountOf("90")).toBeUndefined();
    await w.contacts(contact("4"));
    await w.drain("in");
    expect(accountOf("90")).toBe("4");
  });

  it("is followed through a chain, in whatever order it is said", async () => {
    await say("1", "2");
    await say("2", "3");
    await w.drain("in");
    expect([accountOf("70"), accountOf("80")]).toEqual(["3", "3"]);
    await takeBack("2");
    await w.drain("in");
    expect([accountOf("70"), accountOf("80")]).toEqual(["2", "2"]);
    await takeBack("1");
    await say("2", "3");
    await say("1", "2");
    await w.drain("in");
    expect([accountOf("70"), accountOf("80")]).toEqual(["3", "3"]);
  });

  it("can be taken back: it is written again, and its sales come back", async () => {
    await say("1", "2");
    await w.drain("in");
    await w.sends(contact("1", named("Moser")));
    expect(await takeBack("1")).toEqual({ outcome: "changed", sales: 1 });
    await w.drain("in");
    expect(accountOf("70")).toBe("1");
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Moser" });
    expect((await w.audit()).at(-1)).toEqual({
      actor,
      action: "contacts merged",
      subject: "contact 1 taken back",
    });
    expect(await takeBack("1")).toEqual({ outcome: "unchanged" });
  });

  it("gives its head the sales too that are written while it is being said", async () => {
    let saying: ReturnType<typeof say> | undefined;
    await world.deps.db.transaction(async (tx) => {
      await tx.execute(sql`lock table audit_log in share mode`);
      saying = say("1", "2");
      const stuck = sql`select from pg_locks where not granted and relation = 'audit_log'::regclass`;
      await vi.waitUntil(async () => (await w.rows(stuck)).length > 0, { timeout: 10_000 });
      await w.orders(sale(9, "1"));
      await w.drain("in");
      expect(accountOf("90")).toBe("1");
    });
    expect(await saying).toEqual({ outcome: "changed", sales: 2 });
    await w.drain("in");
    expect([accountOf("70"), accountOf("90")]).toEqual(["2", "2"]);
  });

  it("may be one that S-360 never sent: sales that wait for it go to the head, be it a person or a structure", async () => {
    await w.contacts({ contactNumber: "5", type: "STRUCTURE", structureContact: { officialName: "Étoile" } });
    await w.orders(sale(9, "50"), sale(10, "51"));
    await w.drain("in");
    expect(await w.stateIn("90")).toMatchObject({ state: "waiting" });
    expect(await say("50", "2")).toEqual({ outcome: "changed", sales: 1 });
    expect(await say("51", "5")).toEqual({ outcome: "changed", sales: 1 });
    await w.drain("in");
    expect([accountOf("90"), accountOf("100")]).toEqual(["2", "5"]);
  });

  it("said twice is said once", async () => {
    await say("1", "2");
    expect(await say("1", " 2 ")).toEqual({ outcome: "unchanged" });
    expect(await w.audit()).toHaveLength(1);
  });
});

describe("where the two are one record in Salesforce that belongs to the number that went", () => {
  const heads = () =>
    w.rows(sql`
      select r.key, l.salesforce_id as id, l.head, l.key as carries from link l join record r on r.id = l.record_id
      where r.family = 'contact' order by r.key`);

  async function itIsWritten(stayed: string): Promise<void> {
    await w.orders(sale(9, "2"));
    await w.sends(contact("2", named("Moser")));
    expect(await heads()).toEqual([
      { key: "1", id: stayed, head: false, carries: "2" },
      { key: "2", id: stayed, head: true, carries: "2" },
      { key: "3", id: w.idIn("3"), head: true, carries: "3" },
    ]);
    expect(w.account(stayed)).toMatchObject({ key: "2", fields: { LastName: "Moser" } });
    await w.orders(sale(10, "1"), sale(11, "2"));
    await w.turn();
    expect([accountOf("90"), accountOf("100"), accountOf("110")]).toEqual(["2", "2", "2"]);
    world.org.set("Account", "2", { FirstName: "Eve" });
    await w.turn();
    expect(w.back.venue.saves.map(({ contactNumber }) => contactNumber)).toEqual(["2"]);
  }

  it("the number that stayed takes it over, be it merged there before it was said", async () => {
    const stayed = w.idIn("1");
    world.org.merge("Account", "2", "1");
    await w.turn();
    await say("1", "2");
    await w.drain("in");
    await itIsWritten(stayed);
  });

  it("or afterwards", async () => {
    const stayed = w.idIn("1");
    await say("1", "2");
    await w.drain("in");
    world.org.merge("Account", "2", "1");
    await w.turn();
    await itIsWritten(stayed);
  });

  it("and a worker that had the other one in its hands meanwhile does not take it back", async () => {
    const stayed = w.idIn("1");
    world.org.merge("Account", "2", "1");
    await w.turn();
    await w.contacts(contact("1", named("Before")));
    const batch = await claim(world.deps.db, world.connectionId, "in", 10);
    await say("1", "2");
    await syncBatch(world.deps, batch);
    const tried = sql`
      select outcome, after->>'LastName' as name from attempt where record_id = ${await idOf("1")} order by id desc limit 1`;
    expect(await w.rows(tried)).toEqual([{ outcome: "updated", name: "Before" }]);
    await w.drain("in");
    await itIsWritten(stayed);
  });
});

describe("it is refused", () => {
  const sentence = (text: RegExp) => ({
    outcome: "refused",
    sentence: expect.stringMatching(text) as string,
  });

  it("for a number that S-360 has not sent, for the number itself, and for what is no contact", async () => {
    expect(await say("1", "99")).toEqual(sentence(/has not sent a contact 99/));
    expect(await say("1", "1\0")).toEqual(sentence(/has not sent/));
    expect(await say("1", "1")).toEqual(sentence(/the number itself/));
    const [order] = await w.rows(sql`select id::int from record where family = 'order' limit 1`);
    const ofOrder = { recordId: Number(order?.["id"]), head: "1", actor };
    expect(await sayMerged(world.deps.db, ofOrder)).toEqual(sentence(/Only contacts/));
    expect(await sayMerged(world.deps.db, { ...ofOrder, recordId: 999_999 })).toEqual({ outcome: "missing" });
  });

  it("where the two would be merged into each other, directly or by way of others", async () => {
    await say("1", "2");
    await say("2", "3");
    expect(await say("3", "1")).toEqual(sentence(/itself said to be merged into this number/));
    expect(await say("1", "3")).toEqual(sentence(/already\. Take that back first/));
  });

  it("where one is a structure and the other a person", async () => {
    await w.contacts({ contactNumber: "5", type: "STRUCTURE", structureContact: { officialName: "Étoile" } });
    expect(await say("1", "5")).toEqual(sentence(/structure and a person/));
  });
});

it("an order whose buyer is named by far too much is kept all the same", async () => {
  await w.orders(sale(9, randomBytes(8_000).toString("hex")));
  const [order] = await w.rows(sql`select s360_state is not null as known from record where key = '9'`);
  expect(order).toEqual({ known: true });
});

it("sales and relays that name a number are found by an index each", async () => {
  const plan = async (which: ReturnType<typeof sql>) =>
    world.deps.db.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      const { rows } = await tx.execute(sql`explain select id from record r where ${which}`);
      return JSON.stringify(rows);
    });
  const ofConnection = sql`connection_id = ${world.connectionId}`;
  expect(await plan(sql`${ofConnection} and family = 'order' and ${buyerOf(sql`r`)} = '1'`)).toContain(
    "record_buyer",
  );
  const named = sql`r.s360_state->'contactConnections' @> '[{"contactNumber": "1"}]'`;
  expect(await plan(sql`r.kind = 'relay' and ${named}`)).toContain("record_relay_of");
});

it("both are seen before, with the sales that would move", async () => {
  const look = async (head: string) => lookAtMerge(world.deps.db, { recordId: await idOf("1"), head });
  expect(await look("2")).toMatchObject({
    number: { key: "1", label: "Edna Frank", links: [{ object: "Account", salesforceId: w.idIn("1") }] },
    head: { key: "2", mergedInto: null },
    sales: 1,
    refusal: null,
  });
  expect(await look("99")).toMatchObject({ head: null, refusal: expect.stringContaining("99") as string });
});
