import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { reviewTable } from "@/lib/core/review-table";
import { reviewKinds } from "@/lib/core/reviews";
import { AUTOMATED } from "@/testing/fake-org";
import { actions } from "./actions";
import { decide } from "./decide";
import { evaluatedBy } from "@/lib/sync/knowledge";
import { claim, type ClaimedBatch } from "@/lib/sync/records";
import { settle } from "@/lib/sync/settle";
import { verdictsOf } from "@/lib/sync/verdict";
import { contact, named, reviewWorld } from "./test-review-world";

const w = reviewWorld();
const { world, back } = w;

const inS360 = (number: string) => back.venue.get(number)?.["individualContact"];
const closed = { outcome: "changed", state: "closed" };

beforeEach(async () => {
  await w.rows(sql`truncate audit_log`);
});

it.each(reviewKinds)("does for a review of kind %s exactly what its page offers", (kind) => {
  const offered = reviewTable[kind].choices.map(({ choice }) => choice);
  expect(Object.keys(actions[kind]).sort()).toEqual([...offered].sort());
});

describe("deciding", () => {
  beforeEach(async () => {
    w.ruled({ update: "review" });
    await w.linked("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
  });

  it("notes who decided what, by ids only", async () => {
    expect(await w.decide("send")).toEqual(closed);
    const { id, ...review } = await w.review();
    expect(review).toMatchObject({ state: "closed", choice: "send", decided_by: "ada@venue.example" });
    expect(await w.audit()).toEqual([
      { actor: "ada@venue.example", action: "review decided", subject: `rule review ${Number(id)}: send` },
    ]);
  });

  it("the same again changes nothing and leaves no trace", async () => {
    await w.decide("send");
    expect(await w.decide("send")).toEqual({ outcome: "unchanged", state: "closed" });
    expect(await w.audit()).toHaveLength(1);
  });

  it("otherwise than somebody else did before is refused, with their name", async () => {
    await w.decide("send");
    expect(await w.decide("keep")).toEqual({
      outcome: "refused",
      sentence: "ada@venue.example has decided already: “Write it”. Nothing was changed.",
    });
  });

  it("what the kind does not offer is refused", async () => {
    expect(await w.decide("clear-copy")).toMatchObject({ outcome: "refused" });
    expect(await w.review()).toMatchObject({ state: "open" });
  });

  it("what settled itself is refused", async () => {
    w.ruled({ update: "do" });
    await w.rows(sql`update record_direction set state = 'pending'`);
    await w.turn();
    expect(await w.decide("send")).toMatchObject({
      outcome: "refused",
      sentence: expect.stringContaining("settled itself") as string,
    });
  });

  it("what is not there is missing", async () => {
    const missing = { reviewId: 987654321, choice: "send", actor: "ada" } as const;
    expect(await decide(world.deps.db, missing)).toEqual({ outcome: "missing" });
  });
});

describe("a rule", () => {
  it("send: this change goes to S-360, the next one is asked about again", async () => {
    w.ruled({ update: "review" });
    await w.linked("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    await w.decide("send");
    await w.turn();
    expect(inS360("1")).toMatchObject({ individualFirstName: "Ada" });
    world.org.set("Account", "1", { FirstName: "Eve" });
    await w.turn();
    expect(await w.review()).toMatchObject({ kind: "rule", state: "open" });
    expect(inS360("1")).toMatchObject({ individualFirstName: "Ada" });
  });

  it("keep: each side keeps its own, and a later edit does not take the old one along", async () => {
    w.ruled({ update: "review" });
    await w.linked("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    await w.decide("keep");
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "ignored", code: null });
    expect((await w.outcomesOut()).at(-1)).toBe("ignored");
    w.ruled({ update: "do" });
    world.org.set("Account", "1", { LastName: "Lovelace" });
    await w.turn();
    expect(inS360("1")).toMatchObject({ individualFirstName: "Edna", individualLastName: "Lovelace" });
  });

  it("for what S-360 sent: send writes it to Salesforce, keep does not", async () => {
    await w.linked("1", "2");
    w.ruledIn({ update: "review" });
    await w.sends(contact("1", named("Moser")));
    await w.decide("send");
    await w.drain("in");
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Moser" });
    await w.sends(contact("2", named("Moser")));
    await w.decide("keep");
    await w.drain("in");
    expect(world.org.get("Account", "2")).toMatchObject({ LastName: "Frank" });
    expect(await w.stateIn("2")).toMatchObject({ state: "ignored" });
  });
});

describe("a bounce", () => {
  const bounce = async () => {
    await w.linked("1");
    for (let nth = 0; nth < 3; nth++) {
      world.org.set("Account", "1", { FirstName: `Flow ${nth}` }, AUTOMATED);
      await w.turn();
      if ((await w.stateOut("1"))?.["state"] === "review") return;
      await w.sends(
        contact("1", {
          individualContact: { individualFirstName: `Venue ${nth}`, individualLastName: "Frank" },
        }),
      );
    }
    world.org.set("Account", "1", { FirstName: "Flow", LastName: "Changed" }, AUTOMATED);
    await w.turn();
  };

  beforeEach(async () => {
    await bounce();
    expect(await w.review()).toMatchObject({ kind: "bounce", state: "open" });
  });

  it("send: Salesforce's value goes to S-360 once more", async () => {
    await w.decide("send");
    await w.turn();
    expect(inS360("1")).toMatchObject({
      individualFirstName: world.org.get("Account", "1")?.["FirstName"],
    });
    expect(await w.stateOut("1")).toMatchObject({ state: "idle" });
  });

  it("keep: both stay as they are, and the next edit of a person goes on", async () => {
    const before = inS360("1");
    await w.decide("keep");
    await w.turn();
    expect(inS360("1")).toMatchObject({
      individualFirstName: (before as { individualFirstName: string }).individualFirstName,
    });
    expect(await w.stateOut("1")).toMatchObject({ state: "idle" });
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    expect(inS360("1")).toMatchObject({ individualFirstName: "Ada" });
  });
});

describe("made in Salesforce", () => {
  beforeEach(async () => {
    w.ruled({ create: "review" });
    await w.linked("1");
    world.org.insert("Account", { FirstName: "Nova", LastName: "Star" });
    await w.turn();
    expect(await w.review()).toMatchObject({ kind: "create_in_s360", state: "open" });
  });

  it("create: S-360 gets it, and its number comes back", async () => {
    await w.decide("create");
    await w.turn();
    expect(inS360("N1")).toMatchObject({ individualFirstName: "Nova" });
    expect(w.idIn("N1")).not.toBe("");
  });

  it("dismiss: it stays in Salesforce alone", async () => {
    await w.decide("dismiss");
    await w.turn();
    expect(back.venue.contacts.size).toBe(1);
  });

  it("dismiss, and create it after all", async () => {
    await w.decide("dismiss");
    expect(await w.decide("create")).toEqual(closed);
    await w.turn();
    expect(inS360("N1")).toMatchObject({ individualFirstName: "Nova" });
    expect(await w.review()).toMatchObject({ state: "closed", choice: "create" });
    expect(await w.decide("dismiss")).toMatchObject({ outcome: "refused" });
  });

  it("dismiss, and create it after all while an edit of it is still to be looked at", async () => {
    await w.decide("dismiss");
    world.org.setById(world.org.rows.at(-1)?.id ?? "", { FirstName: "Stella" });
    await w.turnFeedOnly();
    await w.decide("create");
    await w.turn();
    expect(inS360("N1")).toMatchObject({ individualFirstName: "Stella" });
    expect((await w.reviews()).map(({ state }) => state)).toEqual(["closed"]);
  });

  it("after all, but deleted by then: refused in words", async () => {
    await w.decide("dismiss");
    world.org.rows.splice(
      world.org.rows.findIndex(({ fields }) => fields["LastName"] === "Star"),
      1,
    );
    await w.rows(sql`update link set gone_at = now() where key like 'salesforce:%'`);
    expect(await w.decide("create")).toMatchObject({
      outcome: "refused",
      sentence: "The record was deleted in Salesforce meanwhile. Nothing was changed.",
    });
  });

  it("create, with the answer lost: asked once more, and only then created again", async () => {
    back.venue.loseAnswer = new FaultError({ code: "answer_lost", sentence: "Lost." });
    await w.decide("create");
    await w.turn();
    back.venue.contacts.delete("n1");
    await w.rows(sql`update record_direction set due_at = now()`);
    await w.turn();
    expect(await w.review()).toMatchObject({ kind: "create_unanswered", state: "open" });
    await w.decide("create");
    await w.turn();
    expect(inS360("N2")).toMatchObject({ individualFirstName: "Nova" });
    expect(w.idIn("N2")).not.toBe("");
  });
});

it("a contact whose creation was not answered and that is there links itself after all", async () => {
  w.ruled({ create: "do" });
  await w.linked("1");
  const nova = { FirstName: "Nova", LastName: "Star", PersonEmail: "nova@mail.example" };
  const id = world.org.insert("Account", nova);
  back.venue.loseAnswer = new FaultError({ code: "answer_lost", sentence: "Lost." });
  await w.turn();
  const created = back.venue.get("N1");
  back.venue.contacts.delete("n1");
  await w.rows(sql`update record_direction set due_at = now()`);
  await w.turn();
  await w.decide("dismiss");
  await w.sends({ ...created });
  await w.rows(sql`update record_direction set due_at = now()`);
  await w.turn();
  expect(w.account(id)?.key).toBe("N1");
});

describe("deleted in Salesforce", () => {
  beforeEach(async () => {
    await w.linked("1");
    world.org.delete("Account", "1");
    await w.turn();
  });

  it("keep: what S-360 sends later is not written", async () => {
    await w.decide("keep");
    await w.sends(contact("1", named("Later")));
    expect(world.org.get("Account", "1")).toBeUndefined();
    expect(await w.stateOut("1")).toMatchObject({ state: "ignored" });
  });

  it("relink: a new record is made at once, even where a rule would ask", async () => {
    w.ruledIn({ create: "ignore" });
    expect(await w.decide("relink")).toEqual(closed);
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Frank" });
    expect(await w.links()).toMatchObject([{ key: "1", head: true, id: w.idIn("1") }]);
  });

  it("relink while the record is in a worker's hands: done as soon as it is free", async () => {
    await w.rows(sql`update record set lease_until = now() + interval '1 minute'`);
    expect(await w.decide("relink")).toEqual({ outcome: "changed", state: "deciding" });
    expect(await w.carryOut()).toEqual({ done: 0, left: 1 });
    await w.rows(sql`update record set lease_until = null`);
    await w.rows(sql`update review set subject = subject - 'retryAt'`);
    expect(await w.carryOut()).toEqual({ done: 1, left: 0 });
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Frank" });
  });
});

describe("a merge that cannot be followed", () => {
  let master = "";
  beforeEach(async () => {
    await w.linked("1");
    master = world.org.insert("Account", { LastName: "Frank" }, "stranger");
    await w.turn();
    world.org.merge("Account", "1", "stranger");
    await w.turn();
    expect(await w.review()).toMatchObject({ kind: "merge_unclear", state: "open" });
  });

  it("relink: the contact goes on with the record that stayed, which gets its Sync ID", async () => {
    await w.decide("relink");
    await w.turn();
    expect(w.account(master)?.key).toBe("1");
    await w.sends(contact("1", named("Moser")));
    expect(w.account(master)?.fields).toMatchObject({ LastName: "Moser" });
  });

  it("unlink: the contact is written as a record of its own", async () => {
    await w.decide("unlink");
    await w.turn();
    expect(w.account(master)?.key).toBe("stranger");
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Frank" });
  });

  it("dismiss: nothing is written of it", async () => {
    await w.decide("dismiss");
    await w.sends(contact("1", named("Moser")));
    expect(w.account(master)?.fields).toMatchObject({ LastName: "Frank" });
    expect(world.org.get("Account", "1")).toBeUndefined();
  });
});

describe("a merge into a record that was to be created in S-360, with a number typed in", () => {
  let master = "";
  beforeEach(async () => {
    w.ruled({ create: "review" });
    await w.linked("1");
    master = world.org.insert("Account", { FirstName: "Kept", LastName: "Star" });
    await w.turn();
    const row = w.account(master);
    if (row) row.key = "9";
    world.org.mergeInto("1", master);
    await w.turn();
    expect(await w.review()).toMatchObject({ kind: "merge_unclear", state: "open" });
  });

  it("relink: it is this contact, under its number, and nothing is created", async () => {
    expect(await w.decide("relink")).toEqual(closed);
    await w.turn();
    expect(await w.links()).toEqual([{ key: "1", id: master, head: true, carries: "1" }]);
    expect(w.account(master)?.key).toBe("1");
    expect(back.venue.contacts.size).toBe(1);
  });

  it("relink while that one is in a worker's hands: done as soon as it is free", async () => {
    await w.rows(
      sql`update record set lease_until = now() + interval '1 minute' where key like 'salesforce:%'`,
    );
    expect(await w.decide("relink")).toEqual({ outcome: "changed", state: "deciding" });
    await w.rows(sql`update record set lease_until = null`);
    expect(await w.carryOut()).toEqual({ done: 1, left: 0 });
    expect(await w.links()).toEqual([{ key: "1", id: master, head: true, carries: "1" }]);
  });
});

const ignoredAll = ({ records }: ClaimedBatch) =>
  records.map((record) => ({ record, mapping: null, outcome: "ignored" as const }));

it("a contact of S-360 that a person kept from Salesforce is written after all, though a worker has it in hand", async () => {
  w.ruledIn({ create: "review" });
  await w.sends(contact("7"));
  await w.decide("keep");
  expect(world.org.get("Account", "7")).toBeUndefined();
  const inHand = await claim(world.deps.db, world.connectionId, "in", 10);
  expect(inHand.records).toEqual([]);
  await w.contacts(contact("7", { function: "again" }));
  const batch = await claim(world.deps.db, world.connectionId, "in", 10);
  expect(await w.decide("send")).toEqual(closed);
  await settle(
    world.deps.db,
    batch,
    verdictsOf(batch.records, ignoredAll(batch), () => 0),
    ignoredAll(batch),
    evaluatedBy(world.deps),
  );
  await w.drain("in");
  expect(world.org.get("Account", "7")).toMatchObject({ LastName: "Frank" });
});

describe("two contacts, one Salesforce record", () => {
  beforeEach(async () => {
    await w.linked("1");
    world.org.rename("Account", "1", "2");
    await w.sends(contact("2"));
    expect(await w.review()).toMatchObject({ kind: "shared_record", state: "open" });
  });

  it("send: once the Sync ID is corrected it is written; before, it comes back", async () => {
    await w.decide("send");
    await w.drain("in");
    expect(await w.review()).toMatchObject({ kind: "shared_record", state: "open" });
    world.org.rename("Account", "2", "1");
    await w.decide("send");
    await w.drain("in");
    expect(world.org.get("Account", "2")).toMatchObject({ LastName: "Frank" });
  });

  it("dismiss: nothing is written", async () => {
    await w.decide("dismiss");
    expect(await w.stateIn("2")).toMatchObject({ state: "ignored", code: null });
  });
});

it("what was only told is taken off the list", async () => {
  w.ruled({ update: "tell" });
  await w.linked("1");
  world.org.set("Account", "1", { FirstName: "Ada" });
  await w.turn();
  expect(await w.decide("dismiss")).toEqual(closed);
  expect(await w.stateOut("1")).toMatchObject({ state: "ignored" });
});

describe("made in Salesforce, and S-360 has several alike", () => {
  beforeEach(async () => {
    w.ruled({ create: "do" });
    await w.linked("1");
    const nova = { individualContact: { individualFirstName: "Nova", individualLastName: "Star" } };
    for (const number of ["7", "8"]) {
      back.venue.put(contact(number, { ...nova, communicationMeans: [{ email: "nova@mail.example" }] }));
    }
    world.org.insert("Account", { FirstName: "Nova", LastName: "Star", PersonEmail: "nova@mail.example" });
    await w.turn();
    expect(await w.review()).toMatchObject({ kind: "ambiguous", state: "open" });
  });

  it("create: another one is made", async () => {
    await w.decide("create");
    await w.turn();
    expect(inS360("N1")).toMatchObject({ individualFirstName: "Nova" });
  });

  it("dismiss: nothing is sent", async () => {
    await w.decide("dismiss");
    await w.turn();
    expect(back.venue.contacts.size).toBe(3);
  });
});
