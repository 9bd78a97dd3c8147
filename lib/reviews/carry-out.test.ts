import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { structure } from "@/lib/sync/test-world";
import { contact, named, reviewWorld } from "./test-review-world";

const w = reviewWorld();
const { world, back } = w;

const deciding = { outcome: "changed", state: "deciding" };
const again = () => w.rows(sql`update review set subject = subject - 'retryAt'`);
const clearings = () =>
  world.org.writes.flat().filter(({ fields, keyField }) => fields[keyField] === null).length;

describe("a clone", () => {
  let [original, copy] = ["", ""];
  beforeEach(async () => {
    await w.linked("1");
    original = w.idIn("1");
    copy = world.org.insert("Account", { FirstName: "Copy", LastName: "Frank" }, "1");
    await w.turn();
    expect(await w.review()).toMatchObject({ kind: "clone", state: "open" });
  });

  it("clear-copy: the copy loses its Sync ID, the first goes on", async () => {
    expect(await w.decide("clear-copy")).toEqual(deciding);
    expect(await w.carryOut()).toEqual({ done: 1, left: 0 });
    expect(w.account(copy)).toMatchObject({ key: null, fields: { FirstName: "Copy" } });
    expect(w.account(original)?.key).toBe("1");
    expect(await w.review()).toMatchObject({ state: "closed", choice: "clear-copy" });
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
  });

  it("clear-copy: a second copy stands in the same review, and loses its Sync ID too", async () => {
    const second = world.org.insert("Account", { FirstName: "Second", LastName: "Frank" }, "1");
    await w.turn();
    await w.turn();
    expect(await w.rows(sql`select state from review`)).toHaveLength(1);
    expect(await w.review()).toMatchObject({ subject: { copies: [copy, second], otherId: original } });
    expect(await w.decide("relink")).toMatchObject({ outcome: "refused" });
    expect(await w.decide("clear-copy")).toEqual(deciding);
    expect(await w.carryOut()).toEqual({ done: 1, left: 0 });
    expect([copy, second, original].map((id) => w.account(id)?.key)).toEqual([null, null, "1"]);
  });

  it("clear-copy: a copy that turns up while it is carried out is asked about, not lost", async () => {
    await w.decide("clear-copy");
    const second = world.org.insert("Account", { FirstName: "Second", LastName: "Frank" }, "1");
    await w.turn();
    const subject = { copies: [copy, second] };
    expect(await w.review()).toMatchObject({ state: "open", choice: null, subject });
    await w.decide("clear-copy");
    await w.carryOut();
    expect(w.account(second)?.key).toBeNull();
  });

  it("dismiss: none of the copies is told again when somebody edits it", async () => {
    const second = world.org.insert("Account", { FirstName: "Second", LastName: "Frank" }, "1");
    await w.turn();
    await w.decide("dismiss");
    world.org.setById(second, { FirstName: "Edited" });
    await w.turn();
    expect(await w.rows(sql`select state from review`)).toEqual([{ state: "closed" }]);
  });

  it("relink: the first loses its Sync ID, the copy goes on, and keeps what it holds", async () => {
    await w.decide("relink");
    await w.carryOut();
    await w.turn();
    expect(w.account(original)?.key).toBeNull();
    expect(await w.links()).toMatchObject([{ key: "1", id: copy, head: true }]);
    await w.sends(contact("1", named("Moser")));
    expect(w.account(copy)?.fields).toMatchObject({ LastName: "Moser" });
    expect(w.account(original)?.fields).toMatchObject({ LastName: "Frank" });
  });

  it("relink: the numbers that were second to the first follow to the copy", async () => {
    await w.rows(sql`
      with alias as (
        insert into record (connection_id, family, key, kind)
        select connection_id, 'contact', '0', kind from record where key = '1' returning id)
      insert into link (connection_id, record_id, mapping_id, object, salesforce_id, key, head, base, base_version)
      select l.connection_id, alias.id, l.mapping_id, l.object, l.salesforce_id, l.key, false, '{}', 0 from link l, alias`);
    await w.decide("relink");
    await w.carryOut();
    await w.turn();
    expect(await w.links()).toMatchObject([
      { key: "0", id: copy, head: false },
      { key: "1", id: copy, head: true },
    ]);
  });

  it("dismiss: nothing is written", async () => {
    await w.decide("dismiss");
    expect(await w.carryOut()).toEqual({ done: 0, left: 0 });
    expect(w.account(copy)?.key).toBe("1");
  });

  it("a refusal is told, and tried again after a while, not at every turn", async () => {
    world.org.refuse = () => ({ code: "permission", sentence: "The connector may not edit Sync IDs." });
    await w.decide("clear-copy");
    expect(await w.carryOut()).toEqual({ done: 0, left: 1 });
    expect(await w.review()).toMatchObject({
      state: "deciding",
      subject: { trouble: "The connector may not edit Sync IDs." },
    });
    world.org.refuse = () => null;
    expect(await w.carryOut()).toEqual({ done: 0, left: 0 });
    await again();
    expect(await w.carryOut()).toEqual({ done: 1, left: 0 });
    expect((await w.review())["subject"]).not.toHaveProperty("trouble");
  });

  it("an org that cannot be reached leaves it for later", async () => {
    await w.decide("clear-copy");
    world.org.outage = new FaultError({ code: "org_unavailable", sentence: "Salesforce is down." });
    expect(await w.carryOut()).toEqual({ done: 0, left: 1 });
    world.org.outage = null;
    await again();
    expect(await w.carryOut()).toEqual({ done: 1, left: 0 });
  });

  it("an answer that was lost after the write: done, without writing again", async () => {
    await w.decide("clear-copy");
    world.org.loseAnswer = new FaultError({ code: "org_unreachable", sentence: "The line broke." });
    expect(await w.carryOut()).toEqual({ done: 0, left: 1 });
    await again();
    expect(await w.carryOut()).toEqual({ done: 1, left: 0 });
    expect(clearings()).toBe(1);
  });

  it("a Sync ID that a person has corrected meanwhile is left alone", async () => {
    await w.decide("clear-copy");
    Object.assign(w.account(copy) ?? {}, { key: "77" });
    await w.carryOut();
    expect(w.account(copy)?.key).toBe("77");
    expect(await w.review()).toMatchObject({ state: "closed" });
  });

  it("a copy that was deleted meanwhile needs nothing", async () => {
    await w.decide("clear-copy");
    world.org.rows.splice(
      world.org.rows.findIndex(({ id }) => id === copy),
      1,
    );
    expect(await w.carryOut()).toEqual({ done: 1, left: 0 });
  });

  it("two workers at once carry it out once", async () => {
    await w.decide("clear-copy");
    const both = await Promise.all([w.carryOut(), w.carryOut()]);
    expect(both.map(({ done }) => done).sort()).toEqual([0, 1]);
    expect(clearings()).toBe(1);
  });

  it("links do not change under a worker that is writing the record", async () => {
    await w.decide("relink");
    await w.rows(sql`update record set lease_until = now() + interval '1 minute'`);
    expect(await w.carryOut()).toEqual({ done: 0, left: 1 });
    expect(await w.links()).toMatchObject([{ id: original }]);
    await w.rows(sql`update record set lease_until = null`);
    await again();
    await w.carryOut();
    expect(await w.links()).toEqual([]);
  });
});

describe("another kind of contact in S-360", () => {
  it("relink: the old record keeps its data and loses its Sync ID, the contact is written anew", async () => {
    await w.linked("1");
    const old = w.idIn("1");
    await w.sends(structure("1"));
    expect(await w.review()).toMatchObject({ kind: "kind_changed", state: "open" });
    expect(await w.decide("relink")).toEqual(deciding);
    await w.carryOut();
    await w.turn();
    expect(w.account(old)).toMatchObject({ key: null, fields: { LastName: "Frank" } });
    expect(world.org.get("Account", "1")).toMatchObject({ Name: "Étoile" });
    expect(await w.links()).toMatchObject([{ key: "1", id: w.idIn("1") }]);
    expect(await w.stateIn("1")).toMatchObject({ state: "idle" });
  });

  it("closes by itself when S-360 corrects it", async () => {
    await w.linked("1");
    await w.sends(structure("1"));
    await w.sends(contact("1"));
    expect(await w.review()).toMatchObject({ state: "closed", choice: null });
  });
});

describe("a number that stands for another contact", () => {
  let old = "";
  beforeEach(async () => {
    await w.linked("1");
    old = w.idIn("1");
    await w.sends(contact("1", { contactId: 999, ...named("Somebody") }));
    expect(await w.review()).toMatchObject({ kind: "number_reused", state: "open" });
  });

  it("same-person: what S-360 says is written to the linked record", async () => {
    expect(await w.decide("same-person")).toEqual({ outcome: "changed", state: "closed" });
    await w.drain("in");
    expect(w.account(old)).toMatchObject({ key: "1", fields: { LastName: "Somebody" } });
    await w.sends(contact("1", { contactId: 999, ...named("Later") }));
    expect(w.account(old)?.fields).toMatchObject({ LastName: "Later" });
  });

  it("relink: whoever has the number now gets a record of their own", async () => {
    await w.decide("relink");
    await w.carryOut();
    await w.turn();
    expect(w.account(old)).toMatchObject({ key: null, fields: { LastName: "Frank" } });
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Somebody" });
    expect(await w.stateIn("1")).toMatchObject({ state: "idle" });
    await w.sends(contact("1", { contactId: 999, ...named("Later") }));
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Later" });
  });
});
