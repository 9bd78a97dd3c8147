/** Records made in Salesforce that S-360 gets by rule: once, whatever answers are lost (design §2.4). */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { AUTOMATED } from "@/testing/fake-org";
import { backWorld, fullPerson, type OutRule } from "./test-back-world";

const w = backWorld();
const { world, back } = w;

const ruled = (rule: Partial<OutRule>) => w.ruled(rule);
const lost = () => new FaultError({ code: "answer_lost", sentence: "The answer was lost." });

async function linked(number: string): Promise<void> {
  await w.sends(fullPerson(number, { contactId: Number(number) }));
  await w.begin();
}

describe("made in Salesforce", () => {
  const made = (by?: string) =>
    world.org.insert(
      "Account",
      { FirstName: "Nova", LastName: "Star", PersonEmail: "nova@mail.example" },
      undefined,
      by,
    );

  it("is not created in S-360 unless a rule says so", async () => {
    await linked("1");
    made();
    const report = await w.turn();
    expect(report.strangers).toBe(1);
    expect(back.venue.saves).toEqual([]);
  });

  it("is created by rule and filter, and its number is written back to Salesforce", async () => {
    ruled({ create: "do", createWhen: "PersonEmail != null" });
    await linked("1");
    const id = made();
    world.org.insert("Account", { LastName: "No mail" });
    await w.turn();
    expect(back.venue.get("N1")).toMatchObject({
      individualContact: { individualFirstName: "Nova", individualLastName: "Star" },
    });
    expect(back.venue.contacts.size).toBe(2);
    expect(world.org.rows.find((row) => row.id === id)?.key).toBe("N1");
    await w.sends({ ...back.venue.get("N1") });
    for (let nth = 0; nth < 3; nth++) await w.turn();
    expect(world.org.rows.filter(({ object }) => object === "Account")).toHaveLength(3);
    expect(back.venue.saves).toHaveLength(1);
  });

  it("whose answer was lost is found again by a search", async () => {
    ruled({ create: "do" });
    await linked("1");
    made();
    back.venue.loseAnswer = lost();
    await w.turn();
    expect(back.venue.contacts.size).toBe(2);
    await w.rows(sql`update record_direction set due_at = now()`);
    await w.turn();
    expect({ contacts: back.venue.contacts.size, searches: back.venue.searches }).toEqual({
      contacts: 2,
      searches: 2,
    });
    expect(await w.rows(sql`select 1 from creation`)).toEqual([]);
    expect(world.org.rows.map(({ key }) => key)).toContain("N1");
  });

  it("whose answer was lost and that a search does not find waits for a person", async () => {
    ruled({ create: "do" });
    await linked("1");
    made();
    back.venue.loseAnswer = lost();
    await w.turn();
    back.venue.contacts.delete("n1");
    await w.rows(sql`update record_direction set due_at = now()`);
    await w.turn();
    expect(await w.reviews()).toEqual([
      { kind: "create_unanswered", state: "open", key: expect.stringContaining("salesforce:") },
    ]);
  });

  it("comes back from S-360 before its answer does: one record on either side", async () => {
    ruled({ create: "do" });
    await linked("1");
    const id = made();
    back.venue.loseAnswer = lost();
    await w.turn();
    await w.contacts({ ...back.venue.get("N1") });
    await w.drain("in");
    await w.rows(sql`update record_direction set due_at = now()`);
    await w.drain("in");
    await w.turn();
    expect(world.org.rows.filter(({ object }) => object === "Account")).toHaveLength(2);
    expect(world.org.rows.find((row) => row.id === id)?.key).toBe("N1");
    expect(back.venue.contacts.size).toBe(2);
    expect(await w.rows(sql`select 1 from creation`)).toEqual([]);
  });

  it("that S-360 has already, by name and e-mail, is linked and not created; what differs follows the owner rule", async () => {
    ruled({ create: "do" });
    await linked("1");
    const there = fullPerson("7", {
      contactId: 7,
      individualContact: { title: "MRS", individualFirstName: "Nova", individualLastName: "Star" },
      communicationMeans: [{ communicationMeanId: 9, email: "nova@mail.example" }],
      addresses: [],
    });
    back.venue.put(there);
    const id = made();
    world.org.setById(id, { PersonMailingCity: "Thun", Salutation: "Ms." });
    await w.turn();
    await w.turn();
    expect(back.venue.contacts.size).toBe(2);
    const row = world.org.rows.find((one) => one.id === id);
    expect({ key: row?.key, salutation: row?.fields["Salutation"] }).toEqual({
      key: "7",
      salutation: "Mrs.",
    });
    expect(back.venue.get("7")?.["addresses"]).toEqual([{ main: true, town: "Thun" }]);
  });

  it("of which S-360 has several by that name and e-mail waits for a person", async () => {
    ruled({ create: "do" });
    await linked("1");
    for (const number of ["7", "8"])
      back.venue.put(
        fullPerson(number, {
          individualContact: { individualFirstName: "Nova", individualLastName: "Star" },
          communicationMeans: [{ email: "nova@mail.example" }],
        }),
      );
    made();
    await w.turn();
    expect(await w.reviews()).toMatchObject([{ kind: "ambiguous", state: "open" }]);
    expect(back.venue.saves).toEqual([]);
  });

  it("two alike at once: one contact in S-360, the other is linked to it or asks", async () => {
    ruled({ create: "do" });
    await linked("1");
    made();
    made();
    await w.turn();
    await w.rows(sql`update record_direction set due_at = now() where state = 'retrying'`);
    await w.turn();
    expect(back.venue.contacts.size).toBe(2);
  });

  it("with a number typed into its Sync ID is that contact: nothing is created", async () => {
    ruled({ create: "do" });
    await linked("1");
    back.venue.put(fullPerson("7", { contactId: 7 }));
    const id = made();
    await w.turnFeedOnly();
    const row = world.org.rows.find((one) => one.id === id);
    if (row) row.key = "7";
    world.org.setById(id, { FirstName: "Nova" });
    await w.turn();
    await w.turn();
    expect({ contacts: back.venue.contacts.size, key: row?.key }).toEqual({ contacts: 2, key: "7" });
  });

  it("without an e-mail, its answer lost: what S-360 sends by that name waits for a person", async () => {
    ruled({ create: "do" });
    await linked("1");
    world.org.insert("Account", { FirstName: "Nova", LastName: "Star" });
    back.venue.loseAnswer = lost();
    await w.turn();
    await w.contacts({ ...back.venue.get("N1") });
    await w.drain("in");
    expect(world.org.rows.filter(({ object }) => object === "Account")).toHaveLength(2);
    expect(await w.reviews()).toContainEqual({ kind: "shared_record", state: "open", key: "n1" });
  });

  it("whose number S-360 sends while another worker has it is given the number a little later", async () => {
    ruled({ create: "do" });
    await linked("1");
    const id = made();
    await w.contacts({
      contactNumber: "N1",
      type: "INDIVIDUAL",
      individualContact: { individualLastName: "Star" },
    });
    await w.rows(sql`
      update record set lease_until = now() + interval '1 minute', lease_token = gen_random_uuid() where key = 'n1'`);
    await w.turn();
    expect(await w.rows(sql`select 1 from creation`)).toHaveLength(1);
    await w.rows(sql`update record set lease_until = null, lease_token = null`);
    await w.rows(sql`update record_direction set due_at = now()`);
    await w.turn();
    expect(world.org.rows.find((row) => row.id === id)?.key?.toLowerCase()).toBe("n1");
    expect({ contacts: back.venue.contacts.size, saves: back.venue.saves.length }).toEqual({
      contacts: 2,
      saves: 1,
    });
  });

  it("gets its number written although changes of S-360 are ignored", async () => {
    const { rules } = world.deps.settings;
    const individual = { ...rules.in.individual, update: "ignore" as const };
    w.depsWith({ rules: { ...rules, in: { ...rules.in, individual } } });
    ruled({ create: "do" });
    await linked("1");
    const id = made();
    await w.turn();
    expect(world.org.rows.find((row) => row.id === id)?.key).toBe("N1");
  });

  it("waits for a person where the rule says so", async () => {
    ruled({ create: "review" });
    await linked("1");
    made(AUTOMATED);
    await w.turn();
    expect(await w.reviews()).toMatchObject([{ kind: "create_in_s360", state: "open" }]);
    expect(back.venue.saves).toEqual([]);
  });
});

describe("a relay and its company, made together", () => {
  it("the company first, then the relay, with its connection", async () => {
    const { rules } = world.deps.settings;
    const create = { create: "do" as const };
    const out = {
      ...rules.out,
      relay: { ...rules.out.relay, ...create },
      structure: { ...rules.out.structure, ...create },
    };
    w.depsWith({ rules: { ...rules, out } });
    await linked("1");
    const company = world.org.insert("Account", { Name: "Étoile" });
    world.org.insert("Contact", { FirstName: "Rita", LastName: "Relaja", AccountId: company });
    for (let nth = 0; nth < 3; nth++) {
      await w.turn();
      await w.rows(sql`update record_direction set due_at = now() where state = 'retrying'`);
    }
    const made = [...back.venue.contacts.values()].filter(({ contactNumber }) => contactNumber !== "1");
    expect(made).toMatchObject([
      { structureContact: { officialName: "Étoile" } },
      { role: "RELAY", individualContact: { individualLastName: "Relaja" } },
    ]);
    expect(made[1]?.["contactConnections"]).toMatchObject([{ contactNumber: made[0]?.["contactNumber"] }]);
  });
});
