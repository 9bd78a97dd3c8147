import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Fault } from "@/lib/core/faults";
import { matchingSchema } from "@/lib/core/matching/settings";
import { matchWaiver } from "@/lib/core/matching/choice";
import { person, relay, sale, structure, syncWorld } from "./test-world";

const { world, rows, contacts, orders, states, drain } = syncWorld();

const mail = (email: string) => ({ communicationMeans: [{ email }] });
const named = (individualFirstName: string, individualLastName = "Frank") => ({
  individualContact: { individualFirstName, individualLastName },
});
const edna = { FirstName: "Edna", LastName: "Frank", PersonEmail: "frank@home.ch" };
const shared = mail("frank@home.ch");

const inOrg = (fields: object = {}, key: string | null = null) =>
  world.org.insert("Account", { ...edna, ...fields }, key);

const accounts = () => world.org.rows.map(({ id, key }) => ({ id, key }));

const reviews = () =>
  rows(sql`
    select r.key, v.kind, v.state, v.subject->'candidates'->0->>'id' as first, (v.subject->>'candidateCount')::int as n,
      v.sentence from review v join record r on r.id = v.record_id order by r.key, v.id`);

const attempts = () => rows(sql`select outcome, before, after from attempt order by id`);

/** What a decision leaves behind (lib/reviews/actions.ts). */
async function decided(key: string, id: string | null): Promise<void> {
  const mappingId = world.deps.published.mappings.find(({ name }) => name === "individual")?.mappingId ?? 0;
  await rows(sql`
    update record_direction d set state = 'pending', due_at = now(), fault = null,
      waived = array[${matchWaiver(mappingId, id)}]
    from record r where r.id = d.record_id and r.key = ${key} and d.direction = 'in'`);
}

function matching(given: object): void {
  const settings = { ...world.deps.settings, matching: matchingSchema.parse(given) };
  world.deps = { ...world.deps, settings };
}

describe("a contact that Salesforce has without a Sync ID", () => {
  it("is adopted: it gets the Sync ID and what S-360 says, and what it held is noted", async () => {
    const id = inOrg({ PersonMobilePhone: "+41791112233" });
    await contacts(person("1", { ...shared, ...named("Édna") }));
    await drain();
    expect(accounts()).toEqual([{ id, key: "1" }]);
    expect(world.org.get("Account", "1")).toMatchObject({
      FirstName: "Édna",
      PersonMobilePhone: "+41791112233",
    });
    expect(await attempts()).toMatchObject([
      { outcome: "adopted", before: { SyncId__c: null, FirstName: "Edna" }, after: { FirstName: "Édna" } },
    ]);
    expect(await states()).toEqual([{ key: "1", state: "idle", code: null }]);
    expect(await rows(sql`select outcome from event_record`)).toEqual([{ outcome: "synced" }]);
  });

  it("is filled, not emptied: what S-360 has nothing for stays, until S-360 had it and takes it away", async () => {
    inOrg({ PersonMobilePhone: "+41791112233" });
    const phone = () => world.org.get("Account", "1")?.["PersonMobilePhone"];
    await contacts(person("1", shared));
    await drain();
    await contacts(person("1", { ...shared, ...named("Edna", "Moser") }));
    await drain();
    expect(phone()).toBe("+41791112233");
    for (const cellularPhone of ["41 / 0792223344", null]) {
      await contacts(person("1", { communicationMeans: [{ email: "frank@home.ch", cellularPhone }] }));
      await drain();
    }
    expect(phone()).toBeNull();
  });

  it("keeps what only new records get", async () => {
    const id = inOrg({ PersonHasOptedOutOfEmail: false });
    await contacts(person("1", shared));
    await drain();
    // Created contacts are opted out where S-360 says nothing.
    expect(world.org.rows.find((row) => row.id === id)?.fields["PersonHasOptedOutOfEmail"]).toBe(false);
  });

  it("is linked once when the answer of its adoption was lost", async () => {
    const id = inOrg();
    world.org.loseAnswer = new Error("the worker died");
    await contacts(person("1", shared));
    await drain();
    await rows(sql`update record_direction set due_at = now()`);
    await drain();
    expect(accounts()).toEqual([{ id, key: "1" }]);
    expect(await rows(sql`select salesforce_id, key from link`)).toEqual([{ salesforce_id: id, key: "1" }]);
  });

  it("is looked for again when it was deleted before it was written", async () => {
    const id = inOrg();
    world.org.refuse = (row) => {
      world.org.refuse = () => null;
      world.org.rows.splice(0);
      return row.id === id ? { code: "record_deleted", sentence: "It is gone." } : null;
    };
    await contacts(person("1", shared));
    await drain();
    expect(await states()).toEqual([{ key: "1", state: "retrying", code: "record_deleted" }]);
    await rows(sql`update record_direction set due_at = now()`);
    await drain();
    expect(accounts()).toMatchObject([{ key: "1" }]);
    expect(await states()).toEqual([{ key: "1", state: "idle", code: null }]);
  });

  it("costs one question for 1,000 contacts", async () => {
    await contacts(
      ...Array.from({ length: 1_000 }, (_, nth) => person(String(nth), mail(`p${nth}@home.ch`))),
    );
    await drain();
    expect([world.org.finds, world.org.writes.length]).toEqual([1, 1]);
  });
});

describe("a family that shares an e-mail address", () => {
  it("stays a family: each finds its own, and the others are created without a notice", async () => {
    const id = inOrg();
    await contacts(person("1", { ...shared, ...named("Walter") }), person("2", shared));
    await drain();
    expect(accounts()).toContainEqual({ id, key: "2" });
    expect(accounts()).toHaveLength(2);
    expect(await reviews()).toEqual([]);
  });

  it("does not take over a record that carries another Sync ID: created, and listed as a possible duplicate", async () => {
    const id = inOrg({}, "999");
    await contacts(person("1", shared));
    await drain();
    expect(accounts()).toMatchObject([{ id, key: "999" }, { key: "1" }]);
    expect(await reviews()).toMatchObject([
      { key: "1", kind: "possible_duplicate", state: "open", first: id },
    ]);
    expect(await states()).toEqual([{ key: "1", state: "idle", code: null }]);
    await contacts(person("1", { ...shared, ...named("Edna", "Moser") }));
    await drain();
    expect(await reviews()).toMatchObject([{ kind: "possible_duplicate", state: "open" }]);
  });

  it("does not take over a record that is linked, though somebody blanked its Sync ID", async () => {
    await contacts(person("1", shared));
    await drain();
    for (const row of world.org.rows) row.key = null;
    await contacts(person("2", shared));
    await drain();
    expect(accounts()).toHaveLength(2);
    expect(await reviews()).toMatchObject([{ key: "2", kind: "possible_duplicate" }]);
  });
});

describe("several candidates", () => {
  it("wait for a person, who sees them; nothing is written", async () => {
    const id = inOrg();
    inOrg();
    await contacts(person("1", shared), person("2", mail("other@home.ch")));
    await drain();
    expect(await states()).toEqual([
      { key: "1", state: "review", code: "several_matches" },
      { key: "2", state: "idle", code: null },
    ]);
    expect(await reviews()).toMatchObject([{ key: "1", kind: "several_matches", first: id, n: 2 }]);
    expect(world.org.writes.flat()).toHaveLength(1);
  });

  it("are told, and the contact ignored, by setting: once", async () => {
    matching({ individual: { several: "tell" } });
    inOrg();
    inOrg();
    for (const last of ["Frank", "Frank"]) {
      await contacts(person("1", { ...shared, ...named("Edna", last) }));
      await drain();
    }
    expect(await states()).toEqual([{ key: "1", state: "ignored", code: null }]);
    expect(await reviews()).toMatchObject([{ key: "1", kind: "told" }]);
  });

  it("become the one that a person chose", async () => {
    inOrg();
    const id = inOrg();
    await contacts(person("1", shared));
    await drain();
    await decided("1", id);
    await drain();
    expect(accounts()).toContainEqual({ id, key: "1" });
    expect(await reviews()).toMatchObject([{ kind: "several_matches", state: "closed" }]);
    expect(await rows(sql`select waived from record_direction`)).toEqual([{ waived: [] }]);
  });

  it("stay as they are when a person wants a new one", async () => {
    inOrg();
    inOrg();
    await contacts(person("1", shared));
    await drain();
    await decided("1", null);
    await drain();
    expect(accounts().map(({ key }) => key)).toEqual([null, null, "1"]);
  });

  it("come back when the chosen one belongs to somebody else by then, or is gone", async () => {
    const ids = [inOrg(), inOrg()];
    await contacts(person("1", shared));
    await drain();
    await decided("1", ids[0] ?? "");
    const [first] = world.org.rows;
    if (first) first.key = "77";
    await drain();
    expect(await states()).toEqual([{ key: "1", state: "review", code: "several_matches" }]);
    expect((await reviews()).at(-1)).toMatchObject({ state: "open", first: ids[1], n: 1 });
    await decided("1", ids[1] ?? "");
    world.org.rows.pop();
    await drain();
    expect((await reviews()).at(-1)).toMatchObject({ state: "open", n: 0 });
    expect(accounts()).toHaveLength(1);
  });

  it("of one batch that want the same record get it neither", async () => {
    inOrg();
    await contacts(person("1", shared), person("2", shared));
    await drain();
    expect(accounts()).toMatchObject([{ key: null }]);
    expect(await reviews()).toMatchObject([
      { key: "1", sentence: expect.stringContaining("contact 2 of S-360") as string },
      { key: "2", sentence: expect.stringContaining("contact 1 of S-360") as string },
    ]);
    await decided("1", world.org.rows[0]?.id ?? "");
    await decided("2", null);
    await drain();
    expect(accounts().map(({ key }) => key)).toEqual(["1", "2"]);
  });

  it("are not left to chance where one without a first name is alone", async () => {
    inOrg({ FirstName: null });
    await contacts(person("1", shared));
    await drain();
    expect(await reviews()).toMatchObject([{ kind: "several_matches", n: 1 }]);
  });
});

describe("each kind by its own rules", () => {
  it("adopts a company by a normalised name, and never a person for one", async () => {
    matching({ structure: { rules: [{ fields: ["Name"], compare: "normalised" }] } });
    world.org.insert("Account", { LastName: "Étoile", Name: "Étoile" });
    const id = world.org.insert("Account", { Name: "ETOILE S.A." });
    await contacts(structure("1"));
    await drain();
    expect(accounts()).toContainEqual({ id, key: "1" });
  });

  it("creates companies while no rule is set", async () => {
    world.org.insert("Account", { Name: "Étoile" });
    await contacts(structure("1"));
    await drain();
    expect(accounts()).toHaveLength(2);
  });

  it("adopts a relay's Contact with its company of the same call, but not one of another company", async () => {
    const own = { FirstName: "Edna", LastName: "Frank", Email: "frank@home.ch" };
    const id = world.org.insert("Contact", own);
    await contacts(structure("10"), { ...relay("1", "10"), ...shared });
    await drain();
    expect(accounts()).toContainEqual({ id, key: "1" });
    const other = { ...own, Email: "edna@work.ch" };
    world.org.insert("Contact", { ...other, AccountId: "10" });
    await contacts(structure("20"), { ...relay("2", "20"), ...mail("edna@work.ch") });
    await drain();
    expect(await reviews()).toMatchObject([{ key: "2", kind: "several_matches", n: 1 }]);
  });

  it("moves nobody to another Account unasked, but knows the company that is adopted in the same call", async () => {
    matching({ structure: { rules: [{ fields: ["Name"] }] } });
    const own = { FirstName: "Edna", LastName: "Frank" };
    const ours = world.org.insert("Account", { Name: "Étoile" });
    const other = world.org.insert("Account", { Name: "Lune" });
    const id = world.org.insert("Contact", { ...own, Email: "frank@home.ch", AccountId: ours });
    world.org.insert("Contact", { ...own, Email: "edna@work.ch", AccountId: other });
    await contacts(
      structure("10"),
      { ...relay("1", "10"), ...shared },
      { ...relay("2", "10"), ...mail("edna@work.ch") },
    );
    await drain();
    expect(accounts()).toContainEqual({ id: ours, key: "10" });
    expect(accounts()).toContainEqual({ id, key: "1" });
    expect(await reviews()).toMatchObject([
      { key: "2", sentence: expect.stringContaining("stands under another Account") as string },
    ]);
  });

  it("passes over rules whose field no line fills", async () => {
    matching({ individual: { rules: [{ fields: ["Tax__c"] }, { fields: ["Email"] }] } });
    const id = inOrg();
    await contacts(person("1", shared));
    await drain();
    expect(accounts()).toEqual([{ id, key: "1" }]);
  });
});

describe("what Salesforce cannot be asked by a rule", () => {
  /** Rows that carry a key are known, what is alike is not. */
  function unsure(fault: Fault): void {
    const find = world.org.find.bind(world.org);
    world.org.find = async (requests) => {
      const { rows: known } = await find(requests.map(({ alike: _, ...request }) => request));
      const asked = requests.flatMap(({ object, alike }) =>
        [...(alike?.keys() ?? [])].map((key) => ({ object, key })),
      );
      return { rows: known, unsure: asked.map((one) => ({ ...one, fault })) };
    };
  }

  const late: Fault = { code: "org_busy", sentence: "By E-mail it took too long." };
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn++) {
      await rows(sql`update record_direction set due_at = now()`);
      await drain();
    }
  };

  it("holds back nothing else: linked contacts and sales go on", async () => {
    await contacts(person("1"));
    await drain();
    unsure(late);
    await contacts(person("1", mail("new@home.ch")), person("2", mail("two@home.ch")));
    await orders(sale(7, "1"));
    await drain();
    await turns(2);
    expect((await states()).filter(({ state }) => state !== "idle")).toEqual([
      { key: "2", state: "retrying", code: "org_busy" },
    ]);
    expect(world.org.get("Account", "1")).toMatchObject({ PersonEmail: "new@home.ch" });
  });

  it("is for a person after more than half an hour, who may have a new record made", async () => {
    unsure(late);
    await contacts(person("2", mail("two@home.ch")));
    await drain();
    await turns(10);
    expect(await reviews()).toMatchObject([
      {
        key: "2",
        kind: "several_matches",
        n: 0,
        sentence: expect.stringContaining("took too long") as string,
      },
    ]);
    await decided("2", null);
    await drain();
    expect(accounts()).toMatchObject([{ key: "2" }]);
  });

  it("is for a person at once where more fit than can be told apart", async () => {
    unsure({ code: "several_matches", sentence: "More fit by E-mail." });
    await contacts(person("2", mail("two@home.ch")));
    await drain();
    expect(await reviews()).toMatchObject([{ key: "2", kind: "several_matches", state: "open", n: 0 }]);
    expect(accounts()).toEqual([]);
  });

  it("is told, and the contact ignored, by setting", async () => {
    matching({ individual: { several: "tell" } });
    unsure({ code: "several_matches", sentence: "More fit by E-mail." });
    await contacts(person("2", mail("two@home.ch")));
    await drain();
    expect(await reviews()).toMatchObject([{ key: "2", kind: "told" }]);
  });
});
