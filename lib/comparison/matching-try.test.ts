import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { matchWaiver } from "@/lib/core/matching/choice";
import { matchingSchema } from "@/lib/core/matching/settings";
import type { ContactKind } from "@/lib/core/words";
import { person, relay, structure, syncWorld } from "@/lib/sync/test-world";
import { tryMatching } from "./matching-try";
import { oneAtATime } from "./one-at-a-time";

const { world, rows, contacts, drain } = syncWorld();

const mail = (email: string) => ({ communicationMeans: [{ email }] });
const named = (individualFirstName: string, individualLastName = "Frank") => ({
  individualContact: { individualFirstName, individualLastName },
});
const edna = { FirstName: "Edna", LastName: "Frank", PersonEmail: "frank@home.ch" };
const inOrg = (fields: object = {}, key: string | null = null) =>
  world.org.insert("Account", { ...edna, ...fields }, key);

async function tried(kind: ContactKind, matching: object = {}, budgetMs?: number) {
  const { org, deps, connectionId } = world;
  return tryMatching({
    ...{ deps, side: org, connectionId, kind, budgetMs },
    matching: matchingSchema.parse(matching),
    urlOf: (object, id) => `https://org/${object}/${id}`,
  });
}

/** The one mapping's numbers without the zeros. */
async function counted(kind: ContactKind, matching: object = {}) {
  const { found } = await tried(kind, matching);
  const { counts, byRule } = found[0] ?? { counts: {}, byRule: [] };
  return { ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)), byRule };
}

const byPhoneToo = {
  individual: { rules: [{ fields: ["Email"] }, { fields: ["MobilePhone"], compare: "normalised" }] },
};

describe("rules that are tried", () => {
  it("say by which rule contacts would be adopted, and what becomes of the others", async () => {
    const first = inOrg();
    inOrg({ FirstName: "Ada", PersonEmail: null, PersonMobilePhone: "+41 79 123 45 67" });
    inOrg({ FirstName: "Bea", PersonEmail: "bea@home.ch" });
    inOrg({ FirstName: "Bea", PersonEmail: "bea@home.ch" });
    inOrg({ FirstName: "Cleo", PersonEmail: "cleo@home.ch" }, "999");
    inOrg({ FirstName: "Dora", PersonEmail: "dora@home.ch" }, "5");
    await contacts(
      person("1", mail("frank@home.ch")),
      person("2", { ...named("Ada"), communicationMeans: [{ cellularPhone: "41 / 0791234567" }] }),
      person("3", { ...named("Bea"), ...mail("bea@home.ch") }),
      person("4", { ...named("Cleo"), ...mail("cleo@home.ch") }),
      person("5", { ...named("Dora"), ...mail("dora@home.ch") }),
      person("6", { ...named("Eve"), ...mail("eve@home.ch") }),
    );
    const { records, linked, leftOut, found } = await tried("individual", byPhoneToo);
    expect({ records, linked, leftOut }).toEqual({ records: 6, linked: 0, leftOut: 0 });
    expect(found[0]).toMatchObject({
      ...{ name: "individual", object: "Account" },
      counts: { adopted: 2, unsure: 1, taken: 1, keyed: 1, new: 1, unjudged: 0, duplicate: 0, alone: 0 },
      byRule: [
        { rule: 1, count: 1 },
        { rule: 2, count: 1 },
      ],
    });
    const row = (key: string) => found[0]?.rows.find((one) => one.key === key);
    expect(row("1")).toMatchObject({
      ...{ outcome: "adopted", rule: 1, candidateCount: 1 },
      candidates: [{ id: first, url: `https://org/Account/${first}` }],
    });
    expect(row("1")?.candidates[0]?.fields).toContainEqual(
      expect.objectContaining({ name: "PersonEmail", s360: "frank@home.ch", salesforce: "frank@home.ch" }),
    );
    expect(row("3")).toMatchObject({ outcome: "unsure", rule: 1, candidateCount: 2 });
    expect(row("3")?.sentence).toBe("2 Salesforce records fit by PersonEmail.");
    expect(row("4")?.sentence).toContain("whose Sync ID is 999");
    expect(row("5")).toMatchObject({ outcome: "keyed", rule: null, candidateCount: 1 });
  });

  it("are the ones in front of somebody, whatever is saved", async () => {
    inOrg();
    await contacts(person("1", mail("frank@home.ch")));
    expect(await counted("individual", { individual: { rules: [] } })).toEqual({ new: 1, byRule: [] });
    // A rule that is asleep keeps its number.
    const asleep = { individual: { rules: [{ fields: ["Tax__c"] }, { fields: ["Email"] }] } };
    expect(await counted("individual", asleep)).toEqual({ adopted: 1, byRule: [{ rule: 2, count: 1 }] });
  });

  it("cost one question, and nothing is written, noted or taken", async () => {
    inOrg();
    await contacts(
      person("1", mail("frank@home.ch")),
      person("2", { ...named("Eve"), ...mail("e@home.ch") }),
    );
    const tables = ["record", "record_direction", "link", "attempt", "review", "unseen_code", "event_record"];
    const kept = () => Promise.all(tables.map((name) => rows(sql`select * from ${sql.identifier(name)}`)));
    const before = await kept();
    await tried("individual");
    expect([world.org.finds, world.org.writes, world.org.reads]).toEqual([1, [], 0]);
    expect(await kept()).toEqual(before);
  });

  it("say what the engine then does", async () => {
    inOrg();
    inOrg({ FirstName: "Bea", PersonEmail: "bea@home.ch" }, "999");
    await contacts(
      person("1", mail("frank@home.ch")),
      person("2", { ...named("Bea"), ...mail("bea@home.ch") }),
      person("3", mail("new@home.ch")),
    );
    expect(await counted("individual")).toMatchObject({ adopted: 1, taken: 1, new: 1 });
    await drain();
    expect(
      await rows(sql`select r.key, a.outcome from attempt a join record r on r.id = a.record_id order by 1`),
    ).toEqual([
      { key: "1", outcome: "adopted" },
      { key: "2", outcome: "created" },
      { key: "3", outcome: "created" },
    ]);
  });
});

describe("contacts that are tried", () => {
  it("are those that are not linked; then linked ones, whose own record does not count", async () => {
    await contacts(
      person("1", mail("frank@home.ch")),
      person("2", { ...named("Eve"), ...mail("eve@home.ch") }),
    );
    await drain();
    const double = inOrg();
    await contacts(person("3", { ...named("New"), ...mail("new@home.ch") }));
    const { records, linked, found } = await tried("individual");
    expect({ records, linked }).toEqual({ records: 3, linked: 2 });
    expect(found[0]?.counts).toMatchObject({ new: 1, duplicate: 1, alone: 1 });
    expect(found[0]?.rows[0]).toMatchObject({ key: "3", outcome: "new" });
    const duplicate = found[0]?.rows.find(({ outcome }) => outcome === "duplicate");
    expect(duplicate).toMatchObject({ key: "1", rule: 1, candidates: [{ id: double }] });
  });

  it("are 200 at most, and the latest", async () => {
    await contacts(...Array.from({ length: 230 }, (_, nth) => person(String(nth), mail(`p${nth}@home.ch`))));
    await rows(sql`update record set updated_at = now() + interval '1 hour' where key = '7'`);
    const { records, found } = await tried("individual");
    expect([records, found[0]?.rows.length, found[0]?.rows[0]?.key]).toEqual([200, 200, "7"]);
    expect(world.org.finds).toBe(1);
  });

  it("are judged as a person has decided, where somebody did", async () => {
    const [, id] = [inOrg(), inOrg()];
    await contacts(person("1", mail("frank@home.ch")));
    const mappingId = world.deps.published.mappings.find(({ name }) => name === "individual")?.mappingId ?? 0;
    await rows(sql`update record_direction set waived = array[${matchWaiver(mappingId, id ?? "")}]`);
    expect(await counted("individual")).toMatchObject({ adopted: 1 });
    await rows(sql`update record_direction set waived = array[${matchWaiver(mappingId, null)}]`);
    expect(await counted("individual")).toMatchObject({ new: 1 });
  });

  it("do not fit what another of them fits as well", async () => {
    inOrg();
    await contacts(person("1", mail("frank@home.ch")), person("2", mail("frank@home.ch")));
    expect(await counted("individual")).toMatchObject({ unsure: 2 });
  });

  it("come with the companies that they stand under, which are tried by their own rules", async () => {
    const company = world.org.insert("Account", { Name: "Étoile" });
    const own = { FirstName: "Edna", LastName: "Frank", Email: "frank@home.ch" };
    world.org.insert("Contact", { ...own, AccountId: company });
    await contacts(structure("10"), { ...relay("1", "10"), ...mail("frank@home.ch") });
    expect(await counted("relay")).toMatchObject({ unsure: 1 });
    const byName = { structure: { rules: [{ fields: ["Name"] }] } };
    expect(await counted("relay", byName)).toMatchObject({ adopted: 1 });
    expect(await counted("structure", byName)).toMatchObject({ adopted: 1 });
  });

  it("are told as they are where no rule is asked about them", async () => {
    await contacts({ ...relay("1", "10"), ...mail("frank@home.ch") });
    const { found } = await tried("relay");
    expect(found[0]?.rows).toMatchObject([
      { outcome: "unjudged", sentence: expect.stringContaining("Waits for contact 10") as string },
    ]);
  });

  it("are tried though a rule keeps new contacts from Salesforce", async () => {
    const { rules } = world.deps.settings;
    const none = { ...rules.in.individual, create: "ignore" as const };
    const settings = { ...world.deps.settings, rules: { ...rules, in: { ...rules.in, individual: none } } };
    world.deps = { ...world.deps, settings };
    inOrg();
    await contacts(person("1", mail("frank@home.ch")));
    expect(await counted("individual")).toMatchObject({ adopted: 1 });
  });

  it("are none where none has come, and fewer where there is no time", async () => {
    expect(await tried("individual")).toMatchObject({ records: 0, found: [{ rows: [] }] });
    expect(world.org.finds).toBe(0);
    await contacts(person("1"));
    expect(await tried("individual", {}, 0)).toMatchObject({ records: 0, leftOut: 1 });
  });
});

describe("what stands in the way", () => {
  it("is told: no mapping, or an org that does not answer", async () => {
    world.org.outage = new FaultError({ code: "set_up", sentence: "Salesforce does not answer." });
    await expect(tried("individual")).rejects.toMatchObject({
      fault: { sentence: "Salesforce does not answer." },
    });
    world.org.outage = null;
    world.deps = { ...world.deps, published: { ...world.deps.published, mappings: [] } };
    await expect(tried("individual")).rejects.toMatchObject({
      fault: { code: "no_mapping" },
    });
  });

  it("is another who tries the same connection's rules", async () => {
    const { db } = world.deps;
    const id = world.connectionId;
    const inner = await oneAtATime(db, id, async () => ({
      same: await oneAtATime(db, id, async () => "ran"),
      other: await oneAtATime(db, id + 1, async () => "ran"),
    }));
    expect(inner).toEqual({ same: null, other: "ran" });
    expect(await oneAtATime(db, id, async () => "ran")).toBe("ran");
  });
});
