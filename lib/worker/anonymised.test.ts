/** Contacts that S-360 anonymises: what becomes of their Salesforce record, and of what arrives afterwards. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AnonymisedRule } from "@/lib/core/anonymised";
import { matchRuleSchema } from "@/lib/core/matching/settings";
import { sayMerged } from "@/lib/reviews/merged-numbers";
import { contact, reviewWorld } from "@/lib/reviews/test-review-world";
import { anonymised as anonymisedByS360 } from "@/simulators/s360/venue/anonymise";

const w = reviewWorld();
const { world } = w;

function byRule(anonymised: AnonymisedRule): void {
  const { rules } = world.deps.settings;
  w.depsWith({ rules: { ...rules, in: { ...rules.in, anonymised } } });
}

/** As S-360 leaves a contact that it anonymised. */
const anonymous = (number: string) => leftOf(contact(number));
const leftOf = (known: object) => anonymisedByS360(known as Parameters<typeof anonymisedByS360>[0]);

const fieldsOf = (key: string) => world.org.get("Account", key);
const blanks = { LastName: "XXXXXXXX", FirstName: null, PersonEmail: null, PersonMailingCity: null };
const kept = { LastName: "Frank", FirstName: "Edna", PersonEmail: "edna@mail.example" };

describe("by the rule that it is blanked", () => {
  it("its fields are emptied, a name that must not be empty is the anonymous one, and the record stays", async () => {
    byRule("blank");
    await w.linked("1");
    const id = w.idIn("1");
    await w.sends(anonymous("1"));
    expect(fieldsOf("1")).toMatchObject(blanks);
    expect(w.idIn("1")).toBe(id);
    expect(await w.stateIn("1")).toMatchObject({ state: "idle" });
    expect(JSON.stringify(fieldsOf("1"))).not.toMatch(/Edna|Frank|Lausanne|0791234567|mail\.example/);
  });

  it("so are fields that people filled in Salesforce, which S-360 never knew", async () => {
    byRule("blank");
    await w.sends(contact("1", { communicationMeans: [] }));
    await w.begin();
    world.org.set("Account", "1", { PersonEmail: "private@mail.example" });
    await w.sends(anonymous("1"));
    expect(fieldsOf("1")).toMatchObject({ PersonEmail: null });
  });

  it("also where the filter of the mapping leaves it out by now", async () => {
    byRule("blank");
    await w.linked("1");
    const mappings = world.deps.published.mappings.map((mapping) =>
      mapping.kind === "individual"
        ? { ...mapping, document: { ...mapping.document, filter: '$not(state = "ACCOUNT_DELETED")' } }
        : mapping,
    );
    world.deps = { ...world.deps, published: { ...world.deps.published, mappings } };
    await w.sends(anonymous("1"));
    expect(fieldsOf("1")).toMatchObject(blanks);
  });

  it("whatever the rules for changes say", async () => {
    byRule("blank");
    await w.linked("1");
    w.ruledIn({ update: "ignore" });
    await w.sends(anonymous("1"));
    expect(fieldsOf("1")).toMatchObject(blanks);
  });

  it("a call from before that comes late does not bring anything back, here or there", async () => {
    byRule("blank");
    await w.linked("1");
    await w.sends(anonymous("1"));
    await w.contacts(contact("1"));
    await w.drain("in");
    expect(fieldsOf("1")).toMatchObject(blanks);
    const [record] = await w.rows(sql`select s360_state::text as state from record`);
    expect(record?.["state"]).not.toMatch(/Edna|edna@/);
  });

  it("nothing personal is kept here of sections that S-360 does not send with it", async () => {
    byRule("blank");
    await w.linked("1");
    const { communicationMeans: _, addresses: __, ...sent } = anonymous("1");
    await w.contacts(sent);
    await w.drain("in");
    const [record] = await w.rows(
      sql`select s360_state::text as state, search_terms::text as terms from record`,
    );
    expect(JSON.stringify(record)).not.toMatch(/Edna|edna@|Lausanne/i);
    expect(fieldsOf("1")).toMatchObject(blanks);
  });

  it("its timeline tells that it was blanked, and not once more what it held", async () => {
    byRule("blank");
    await w.linked("1");
    await w.sends(anonymous("1"));
    const [attempt] = await w.rows(sql`select before, after from attempt order by id desc limit 1`);
    expect(attempt).toMatchObject({ before: {}, after: blanks });
  });

  it("told again it costs no write", async () => {
    byRule("blank");
    await w.linked("1");
    await w.sends(anonymous("1"));
    const before = world.org.writes.length;
    await w.sends(anonymous("1"));
    expect(world.org.writes.length).toBe(before);
    expect(await w.stateIn("1")).toMatchObject({ state: "idle" });
  });

  it("a field that the org hides from the connector is told, and the rest waits for it", async () => {
    byRule("blank");
    await w.linked("1");
    world.org.hideField("Account", "PersonEmail");
    await w.sends(anonymous("1"));
    expect(await w.stateIn("1")).toEqual({ state: "retrying", code: "field_missing" });
    expect(fieldsOf("1")).toMatchObject(kept);
  });

  it("nothing is kept here of fields whose line the mapping has lost", async () => {
    byRule("blank");
    await w.linked("1");
    const mappings = world.deps.published.mappings.map((mapping) => {
      const lines = mapping.document.lines.filter(({ target }) => target !== "PersonEmail");
      return { ...mapping, document: { ...mapping.document, lines } };
    });
    world.deps = { ...world.deps, published: { ...world.deps.published, mappings } };
    await w.sends(anonymous("1"));
    const [link] = await w.rows(sql`select base, stored, traces from link`);
    expect(JSON.stringify(link)).not.toMatch(/edna@/);
    expect(link?.["base"]).toMatchObject({ SyncId__c: "1" });
  });

  it("one that Salesforce does not have is written as it is sent, nameless, for its sales", async () => {
    byRule("blank");
    await w.sends(anonymous("1"));
    expect(fieldsOf("1")).toMatchObject({ LastName: "XXXXXXXX" });
    expect(await w.stateIn("1")).toMatchObject({ state: "idle" });
    await w.sends(anonymous("1"));
    expect(world.org.rows.length).toBe(1);
  });

  it("one that is not in Salesforce, and of which nothing is left to write, is left out", async () => {
    byRule("blank");
    const { individualContact: _, ...deleted } = anonymous("1");
    await w.sends(deleted);
    expect(world.org.rows).toEqual([]);
    expect(await w.stateIn("1")).toMatchObject({ state: "ignored" });
  });

  it("one that Salesforce has with its number, though nobody linked it, is taken up and blanked", async () => {
    byRule("blank");
    await w.linked("1");
    await w.rows(sql`delete from link`);
    await w.rows(sql`delete from adoption`);
    await w.sends(anonymous("1"));
    expect(fieldsOf("1")).toMatchObject(blanks);
    expect(world.org.rows.length).toBe(1);
  });
});

describe("the way back", () => {
  it("sends neither the blanks nor what they replaced, and no later edit", async () => {
    byRule("blank");
    await w.linked("1");
    await w.sends(anonymous("1"));
    await w.turn();
    world.org.set("Account", "1", { FirstName: "Eve" });
    await w.turn();
    expect(w.back.venue.saves).toEqual([]);
    expect(fieldsOf("1")).toMatchObject({ ...blanks, FirstName: "Eve" });
  });

  it("an edit that meets a contact which was anonymised meanwhile is not sent, and the record is blanked", async () => {
    byRule("blank");
    await w.linked("1");
    w.back.venue.put(anonymous("1"));
    world.org.set("Account", "1", { FirstName: "Eve" });
    await w.turn();
    expect(w.back.venue.saves).toEqual([]);
    expect(fieldsOf("1")).toMatchObject(blanks);
  });
});

it("nothing personal is kept here where it is the way back that tells, and some sections are not told", async () => {
  byRule("blank");
  await w.linked("1");
  const { communicationMeans: _, addresses: __, ...told } = anonymous("1");
  w.back.venue.put(told);
  world.org.set("Account", "1", { FirstName: "Eve" });
  await w.turn();
  const [record] = await w.rows(sql`
    select s360_state::text as state, search_terms::text as terms, label from record`);
  expect(JSON.stringify(record)).not.toMatch(/Edna|edna@|Lausanne/i);
  expect(fieldsOf("1")).toMatchObject(blanks);
});

describe("by the rule that a person decides", () => {
  it("nothing is written before; what they say is done, and not asked again", async () => {
    await w.linked("1", "2");
    await w.sends(anonymous("1"), anonymous("2"));
    expect(fieldsOf("1")).toMatchObject(kept);
    expect(await w.stateIn("1")).toEqual({ state: "review", code: "anonymised" });
    expect(await w.decide("keep")).toMatchObject({ outcome: "changed" });
    await w.sends(anonymous("2"));
    expect(fieldsOf("2")).toMatchObject(kept);
    expect((await w.reviews()).filter(({ state }) => state === "open")).toMatchObject([{ key: "1" }]);
  });

  it("they are told which fields the org lets nobody empty", async () => {
    await w.linked("1");
    world.org.demandField("Account", "PersonEmail");
    await w.sends(anonymous("1"));
    const [review] = await w.rows(sql`select sentence from review`);
    expect(review?.["sentence"]).toContain("PersonEmail cannot be emptied there");
  });

  it("it can be blanked after all, and then stays so", async () => {
    await w.linked("1");
    await w.sends(anonymous("1"));
    await w.decide("keep");
    await w.decide("send");
    await w.drain("in");
    expect(fieldsOf("1")).toMatchObject(blanks);
    await w.sends(anonymous("1"));
    expect(await w.stateIn("1")).toMatchObject({ state: "idle" });
  });

  it("it cannot be blanked any more once it was said to be merged: that is told, and the review stays as it was", async () => {
    await w.linked("1", "2");
    await w.sends(anonymous("1"));
    await w.decide("keep");
    const [one] = await w.rows(sql`select id::int from record where key = '1'`);
    await sayMerged(world.deps.db, { recordId: Number(one?.["id"]), head: "2", actor: "ada@venue.example" });
    expect(await w.decide("send")).toMatchObject({
      sentence: expect.stringContaining("merged into 2") as string,
    });
    expect(await w.review()).toMatchObject({ choice: "keep" });
  });

  it("one that Salesforce does not have is nobody's question, also when it is told again", async () => {
    await w.sends(anonymous("1"));
    await w.sends({ ...anonymous("1"), contactOrigin: "again" });
    expect(await w.reviews()).toEqual([]);
    expect(fieldsOf("1")).toMatchObject({ LastName: "XXXXXXXX" });
  });

  it("one that Salesforce has with its number, though nobody linked it, is asked about as well", async () => {
    await w.linked("1");
    await w.rows(sql`delete from link`);
    await w.rows(sql`delete from adoption`);
    await w.sends(anonymous("1"));
    expect(fieldsOf("1")).toMatchObject(kept);
    expect(await w.review()).toMatchObject({ kind: "anonymised", state: "open" });
    await w.decide("send");
    await w.drain("in");
    expect(fieldsOf("1")).toMatchObject(blanks);
    expect(world.org.rows.length).toBe(1);
  });
});

describe("what Salesforce has by its number, though nobody linked it", () => {
  async function unlinked(): Promise<void> {
    await w.rows(sql`delete from link`);
    await w.rows(sql`delete from adoption`);
  }

  it("is linked and left as it is by the rule that nothing is done", async () => {
    byRule("ignore");
    await w.linked("1");
    await unlinked();
    await w.sends(anonymous("1"));
    expect(fieldsOf("1")).toMatchObject(kept);
    expect(await w.links()).toMatchObject([{ key: "1", id: w.idIn("1") }]);
  });

  it.each(["review", "ignore", "blank"] as const)(
    "as the answer to its nameless creation was lost is taken up unasked (%s)",
    async (rule) => {
      byRule(rule);
      await w.sends(anonymous("1"));
      await unlinked();
      await w.sends({ ...anonymous("1"), contactOrigin: "again" });
      expect(await w.reviews()).toEqual([]);
      expect(await w.links()).toMatchObject([{ key: "1", id: w.idIn("1") }]);
      expect(world.org.rows.length).toBe(1);
    },
  );
});

it("the rule that a person decides about new contacts holds for one that was anonymised as well", async () => {
  w.ruledIn({ create: "review" });
  await w.sends(anonymous("1"));
  expect(world.org.rows).toEqual([]);
  expect(await w.review()).toMatchObject({ kind: "rule", state: "open" });
});

it("a contact that was kept though S-360 did not know it is asked about when S-360 has anonymised it", async () => {
  await w.linked("1");
  await w.contacts({ contactNumber: "1", contactId: 1, unknownToS360: true });
  await w.drain("in");
  await w.decide("keep");
  await w.sends(contact("1", { contactOrigin: "back" }));
  await w.sends(anonymous("1"));
  expect(await w.review()).toMatchObject({ kind: "anonymised", state: "open" });
});

it("by the rule that nothing is done, nothing is", async () => {
  byRule("ignore");
  await w.linked("1");
  await w.sends(anonymous("1"));
  expect(fieldsOf("1")).toMatchObject(kept);
  expect(await w.stateIn("1")).toMatchObject({ state: "ignored" });
});

it("nobody is taken for another who was anonymised as well, though a rule goes by the name", async () => {
  const { matching } = world.deps.settings;
  const byName = matchRuleSchema.parse({ fields: ["LastName"] });
  w.depsWith({ matching: { ...matching, individual: { ...matching.individual, rules: [byName] } } });
  await w.sends(anonymous("1"));
  await w.sends(anonymous("2"));
  expect(world.org.rows.map(({ key }) => key)).toEqual(["1", "2"]);
  expect(await w.reviews()).toEqual([]);
});

it("another person who gets the number is not taken for it", async () => {
  byRule("blank");
  await w.linked("1");
  await w.sends(anonymous("1"));
  await w.sends(contact("1", { contactId: 99 }));
  expect(await w.stateIn("1")).toEqual({ state: "review", code: "number_reused" });
});
