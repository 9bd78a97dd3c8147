/** Records that appear, disappear, merge and multiply in Salesforce, and edits that come by the thousand. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { carryOut } from "@/lib/reviews/carry-out";
import { decide } from "@/lib/reviews/decide";
import { claim } from "@/lib/sync/records";
import { syncBatch } from "@/lib/sync/sync-batch";
import { backWorld, fullPerson, type OutRule } from "./test-back-world";

const w = backWorld();
const { world, back } = w;

const ruled = (rule: Partial<OutRule>) => w.ruled(rule);
const lost = () => new FaultError({ code: "answer_lost", sentence: "The answer was lost." });
const down = () => new FaultError({ code: "s360_unavailable", sentence: "S-360 is down." });
const salesforceId = (key: string) =>
  world.org.rows.find((row) => row.object === "Account" && row.key === key)?.id ?? "";

async function linked(...numbers: string[]): Promise<void> {
  await w.sends(...numbers.map((number) => fullPerson(number, { contactId: Number(number) })));
  await w.begin();
}

describe("trouble on the way to S-360", () => {
  it("an answer that was lost after the save: the next try finds it done and saves nothing twice", async () => {
    await linked("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    back.venue.loseAnswer = lost();
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "retrying", code: "answer_lost" });
    await w.rows(sql`update record_direction set due_at = now()`);
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "idle" });
    expect(back.venue.saves).toHaveLength(1);
  });

  describe("a conflict whose answer was lost is told all the same,", () => {
    const conflict = {
      field: "FirstName",
      before: "Edna",
      s360: "Zoe",
      salesforce: "Ada",
      winner: "salesforce",
    };
    const told = () => w.rows(sql`select direction, conflicts from attempt where conflicts is not null`);
    const desk = { individualContact: { individualFirstName: "Zoe", individualLastName: "Kraft" } };

    async function conflictWithoutAnswer(): Promise<void> {
      await linked("1");
      w.depsWith({ conflictOwner: "salesforce" });
      world.org.set("Account", "1", { FirstName: "Ada" });
      back.venue.put({ ...back.venue.get("1"), ...desk });
      back.venue.loseAnswer = lost();
      await w.turn();
    }

    it("by the next try", async () => {
      await conflictWithoutAnswer();
      await w.rows(sql`update record_direction set due_at = now()`);
      await w.turn();
      expect(await told()).toEqual([{ direction: "out", conflicts: [conflict] }]);
    });

    it("by S-360's own call", async () => {
      await conflictWithoutAnswer();
      await w.sends({ ...back.venue.get("1") });
      expect(await told()).toEqual([{ direction: "in", conflicts: [conflict] }]);
    });

    it("and what S-360 said before that save is asked about, not believed", async () => {
      await conflictWithoutAnswer();
      await w.sends({ ...back.venue.get("1") });
      await w.sends({ ...back.venue.get("1"), ...desk, function: "late" });
      expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Ada" });
    });
  });

  it("an answer that was lost is told by S-360's own call: a newer edit in Salesforce is not undone by it", async () => {
    await linked("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    back.venue.loseAnswer = lost();
    await w.turn();
    world.org.set("Account", "1", { FirstName: "Eve" });
    await w.sends({ ...back.venue.get("1") });
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Eve" });
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Eve" });
  });

  it("holds the way to S-360 while S-360 is down, and nothing that comes from it", async () => {
    await linked("1", "2");
    world.org.set("Account", "1", { FirstName: "Ada" });
    back.venue.outage = down();
    await w.turn();
    expect(await w.rows(sql`select system from block`)).toEqual([{ system: "s360" }]);
    expect(await w.stateOut("1")).toMatchObject({ state: "pending", code: null });
    await w.sends(
      fullPerson("2", { contactId: 2, function: "x", individualContact: { individualLastName: "New" } }),
    );
    expect(world.org.get("Account", "2")).toMatchObject({ LastName: "New" });
    back.venue.outage = null;
    await w.rows(sql`update block set until = now()`);
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
    expect(await w.rows(sql`select system from block`)).toEqual([]);
  });

  it("a contact that S-360 does not know any more is told, once", async () => {
    await linked("1");
    back.venue.contacts.clear();
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "failed", code: "contact_missing" });
  });

  it("an org that was down for a day is read from where reading stopped", async () => {
    await linked("1");
    world.org.outage = new FaultError({ code: "org_unavailable", sentence: "Salesforce is down." });
    const report = await w.turn();
    expect(report.fault?.code).toBe("org_unavailable");
    world.org.set("Account", "1", { FirstName: "Ada" });
    world.org.nowMs += 24 * 60 * 60_000;
    world.org.outage = null;
    await w.rows(sql`delete from block`);
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
  });

  it("more rows than a page, with equal stamps at its edge: each once", async () => {
    const numbers = Array.from({ length: 25 }, (_, i) => String(i + 1));
    await linked(...numbers);
    world.org.pageSize = 10;
    world.org.tickMs = 0;
    for (const number of numbers) world.org.set("Account", number, { FirstName: `Ada ${number}` });
    await w.turn();
    expect(numbers.map((number) => back.venue.get(number)?.["individualContact"])).toEqual(
      numbers.map((number) => expect.objectContaining({ individualFirstName: `Ada ${number}` })),
    );
    expect(back.venue.saves).toHaveLength(25);
  });

  it("what is read while its record is being written is left for the next poll", async () => {
    await linked("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.rows(
      sql`update record set lease_until = now() + interval '1 minute', lease_token = gen_random_uuid()`,
    );
    await w.turn();
    expect(await w.stateOut("1")).toBeUndefined();
    await w.rows(sql`update record set lease_until = null, lease_token = null`);
    world.org.nowMs += 60 * 60_000;
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
  });
});

describe("more than people change by hand", () => {
  const numbers = Array.from({ length: 8 }, (_, i) => String(i + 1));

  it("waits as one review that says who changed what; live edits go on", async () => {
    await linked(...numbers, "99");
    back.massLimit = 5;
    for (const number of numbers)
      world.org.set("Account", number, { FirstName: "Mass", PersonMailingCity: "Bern" });
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(await w.reviews()).toEqual([{ kind: "mass_change", state: "open", key: null }]);
    const [review] = await w.rows(sql`select sentence, subject from review`);
    expect(review).toMatchObject({
      sentence: "8 records changed in Salesforce at once. Nothing of it is sent to S-360 until you start it.",
      subject: {
        changes: [
          { field: "FirstName", records: 8 },
          { field: "PersonMailingCity", records: 8 },
        ],
      },
    });
    world.org.set("Account", "99", { FirstName: "Live" });
    await w.turn();
    expect(back.venue.saves).toHaveLength(1);
  });

  it("deletions are held too while a worker has the records in its hands", async () => {
    ruled({ delete: "mark" });
    const numbers = ["1", "2", "3"];
    await linked(...numbers);
    for (const number of numbers) world.org.set("Account", number, { FirstName: "Ada" });
    back.massLimit = 10;
    await w.turnFeedOnly();
    const batch = await claim(world.deps.db, world.connectionId, "out", 10);
    back.massLimit = 2;
    for (const number of numbers) world.org.delete("Account", number);
    await w.turnFeedOnly();
    await syncBatch(world.deps, batch);
    await w.drain("out");
    for (const number of numbers) {
      expect(await w.stateOut(number)).toMatchObject({ state: "review", code: "mass_change" });
    }
  });

  it("our own writes are never a mass update", async () => {
    back.massLimit = 5;
    await linked(...numbers);
    await w.sends(
      ...numbers.map((number) =>
        fullPerson(number, {
          contactId: Number(number),
          individualContact: { individualLastName: "Changed" },
        }),
      ),
    );
    await w.turn();
    expect(await w.reviews()).toEqual([]);
    expect((await w.outcomesOut()).slice(-8)).toEqual(Array(8).fill("echo"));
  });
});

describe("the Sync ID in Salesforce", () => {
  it("is written again when somebody changed it on a linked record", async () => {
    await linked("1");
    const id = salesforceId("1");
    world.org.rename("Account", "1", "somebody's own");
    await w.turn();
    expect(world.org.rows.find((row) => row.id === id)?.key).toBe("1");
    const writes = world.org.writes.length;
    await w.turn();
    await w.turn();
    expect(world.org.writes.length).toBe(writes);
  });
});

describe("a field that both sides never agreed on", () => {
  const partial = {
    contactNumber: "1",
    type: "INDIVIDUAL",
    individualContact: { individualLastName: "Frank" },
  };

  it("is never cleared in S-360 because Salesforce holds nothing, and is filled where S-360 holds nothing", async () => {
    back.venue.put(fullPerson("1", { communicationMeans: [] }));
    await w.contacts(partial);
    await w.drain("in");
    await w.begin();
    world.org.set("Account", "1", { LastName: "Lovelace", PersonEmail: "ada@mail.example" });
    await w.turn();
    expect(back.venue.get("1")).toMatchObject({
      individualContact: { individualLastName: "Lovelace" },
      addresses: fullPerson("1").addresses,
      communicationMeans: [{ email: "ada@mail.example" }],
    });
  });

  it("follows the owner rule where both hold something", async () => {
    back.venue.put(fullPerson("1"));
    await w.contacts(partial);
    await w.drain("in");
    await w.begin();
    world.org.set("Account", "1", { PersonMailingCity: "Thun" });
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ PersonMailingCity: "Lausanne" });
    expect(back.venue.saves).toEqual([]);
  });
});

describe("cloned in Salesforce", () => {
  it("is found, waits for a person, and its edits go nowhere", async () => {
    await linked("1");
    const copy = world.org.insert("Account", { FirstName: "Copy", LastName: "Frank" }, "1");
    await w.turn();
    await w.turn();
    expect(await w.reviews()).toEqual([{ kind: "clone", state: "open", key: "1" }]);
    const [review] = await w.rows(sql`select subject from review`);
    expect(review?.["subject"]).toMatchObject({ salesforceId: copy, otherId: salesforceId("1") });
    expect(back.venue.saves).toEqual([]);
  });
});

describe("a sale cloned in Salesforce", () => {
  const cloned = () =>
    world.org.insert("SecutixSale__c", { Name: "Jazz", ContactSTXNumber__c: "1", Account__c: "1" });

  it("is found by the contact's number it took along, once, and what S-360 sold is not", async () => {
    await linked("1");
    await w.orders({
      orderId: 5,
      contactReference: "1",
      operationDatas: [{ operationId: 50, product: "Jazz", totalAmount: 1000, unitPrice: 1000, quantity: 1 }],
    });
    await w.drain("in");
    world.org.set("SecutixSale__c", "50", { Remark__c: "seen" });
    await w.turn();
    expect(await w.reviews()).toEqual([]);
    const [one, two] = [cloned(), cloned()];
    await w.turn();
    await w.turn();
    expect(await w.reviews()).toEqual([{ kind: "copied_lookup", state: "open", key: "1" }]);
    const [review] = await w.rows(sql`select subject from review`);
    expect(review?.["subject"]).toMatchObject({
      copies: [one, two],
      fields: ["ContactSTXNumber__c", "Account__c", "Contact__c"],
    });
    expect(
      await w.rows(sql`select 1 from record_direction where direction = 'out' and stream <> 'contacts-out'`),
    ).toEqual([]);
  });

  it("is found by that number however the mapping writes the name of its field", async () => {
    await linked("1");
    const { published } = world.deps;
    const mappings = published.mappings.map((each) => {
      const lines = each.document.lines.map((line) =>
        line.target === "[p]ContactSTXNumber__c" ? { ...line, target: "contactstxnumber__c" } : line,
      );
      return { ...each, document: { ...each.document, lines } };
    });
    world.deps = { ...world.deps, published: { ...published, mappings } };
    cloned();
    await w.turn();
    expect(await w.reviews()).toEqual([{ kind: "copied_lookup", state: "open", key: "1" }]);
  });

  it("is taken off the contact when a person says so", async () => {
    await linked("1");
    const id = cloned();
    await w.turn();
    const [review] = await w.rows(sql`select id from review`);
    const { db, side } = world.deps;
    await decide(db, { reviewId: Number(review?.["id"]), choice: "clear-copy", actor: "admin" });
    await carryOut({ db, side }, world.connectionId);
    expect(world.org.rows.find((row) => row.id === id)?.fields).toMatchObject({
      Name: "Jazz",
      ContactSTXNumber__c: null,
      Account__c: null,
    });
    await w.turn();
    expect(await w.reviews()).toEqual([{ kind: "copied_lookup", state: "closed", key: "1" }]);
  });
});

it("of two numbers of one person that two workers have in hand at once, neither's data reaches the other in S-360", async () => {
  await w.begin();
  world.org.insert("Account", { FirstName: "Edna", LastName: "Frank", PersonEmail: "edna@mail.example" });
  const means = { communicationMeanId: 71, email: "edna@mail.example", cellularPhone: null, phone: null };
  const numbers = ["1", "2"].map((number) =>
    fullPerson(number, {
      contactId: Number(number),
      communicationMeans: [means],
      addresses: [
        { contactAddressId: 500, main: true, street1: `${number} street`, town: "Bern", countryCode: "CH" },
      ],
    }),
  );
  for (const contact of numbers) back.venue.put(contact as never);
  await w.contacts(...numbers);
  const batches = [await w.take(1), await w.take(1)];
  const find = world.org.find.bind(world.org);
  let asked = 0;
  let go: () => void = () => undefined;
  const both = new Promise<void>((resolve) => (go = resolve));
  world.org.find = async (requests) => {
    const found = await find(requests);
    if (++asked === 2) go();
    await both;
    return found;
  };
  await Promise.all(batches.map((batch) => syncBatch(world.deps, batch)));
  world.org.find = find;
  await w.rows(sql`update record_direction set due_at = now()`);
  for (let turn = 0; turn < 3; turn++) await w.turn();
  expect(JSON.stringify(await back.venue.read("1"))).not.toContain("2 street");
  expect(JSON.stringify(await back.venue.read("2"))).not.toContain("1 street");
});
