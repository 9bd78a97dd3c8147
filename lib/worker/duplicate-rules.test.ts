/** Duplicate rules that are on in the org: what they stop waits for a person who is told what it looks like. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { ReviewChoice } from "@/lib/core/reviews";
import { decide } from "@/lib/reviews/decide";
import { reviewDetail } from "@/lib/reviews/detail";
import { orgWorld, person } from "./test-org-world";

const w = orgWorld();

const rule = (more: object = {}) =>
  w.control("POST", "duplicate-rules", {
    object: "Account",
    name: "People_DR",
    message: "Do you know them?",
    match: [{ field: "LastName" }],
    ...more,
  });

/** As somebody typed it in. */
const typedIn = async (fields: object) => {
  const answer = (await w.control("POST", "records", { object: "Account", records: [fields] })) as {
    results: { id: string }[];
  };
  return answer.results[0]?.id ?? "";
};

const known = async () => typedIn({ FirstName: "Edna", LastName: "Frank", RecordTypeId: await personType() });

async function personType(): Promise<string> {
  const { side } = await w.openDeps(w.world.connectionId, "in");
  const { facts } = await side.describe([]);
  return facts.recordTypes.find(({ person: isPerson }) => isPerson)?.id ?? "";
}

async function open() {
  const found = await w.rows(sql`select id::int from review where state = 'open' order by id`);
  return Promise.all(found.map(({ id }) => reviewDetail(w.database.db, Number(id), new Date())));
}

async function choose(choice: ReviewChoice, candidateId?: string) {
  const [review] = await open();
  const named = candidateId === undefined ? {} : { candidateId };
  return decide(w.database.db, { reviewId: review?.id ?? 0, choice, actor: "ada@venue.example", ...named });
}

const named = async () => (await w.records("Account")).map(({ SyncId__c: key }) => key).sort();

describe("a rule that alerts", () => {
  it("opens a review that names the match, and holds back nobody else", async () => {
    const id = await known();
    await rule();
    await w.contacts(person("1"), person("2", "Other"));
    await w.drain();
    expect(await w.states()).toMatchObject([
      { key: "1", state: "review", code: "duplicate_rule" },
      { key: "2", state: "idle" },
    ]);
    const [review] = await open();
    expect(review).toMatchObject({
      kind: "duplicate_rule",
      salesforce: [{ role: "match", object: "Account", id, name: "Edna Frank" }],
      subject: { object: "Account", duplicates: { rule: "People_DR", passable: true } },
    });
    expect(review?.sentence).toContain(
      `People_DR in Salesforce stopped this record: it looks like Edna Frank (${id}).`,
    );
    expect(review?.sentence).toContain("Salesforce says: Do you know them?");
  });

  it("lets the record pass once a person says that they are two", async () => {
    await known();
    await rule();
    await w.contacts(person("1"));
    await w.drain();
    expect(await choose("pass")).toMatchObject({ outcome: "changed", state: "closed" });
    await w.drain();
    expect(await w.states()).toMatchObject([{ key: "1", state: "idle" }]);
    expect(await w.records("Account")).toHaveLength(2);
  });

  it("is met by trying again once the one that was known carries the number", async () => {
    const id = await known();
    await rule();
    await w.contacts(person("1"));
    await w.drain();
    await w.control("POST", "records", { object: "Account", records: [{ Id: id, SyncId__c: "1" }] });
    await choose("send");
    await w.drain();
    expect(await w.states()).toMatchObject([{ key: "1", state: "idle" }]);
    expect(await named()).toEqual(["1"]);
  });

  it("comes back as long as nothing has changed, and is left when a person says so", async () => {
    await known();
    await rule();
    await w.contacts(person("1"));
    await w.drain();
    await choose("send");
    await w.drain();
    expect(await open()).toHaveLength(1);
    await choose("dismiss");
    expect(await w.states()).toMatchObject([{ key: "1", state: "ignored" }]);
  });

  it("settles itself when S-360 sends the record without what made them alike", async () => {
    await known();
    await rule();
    await w.contacts(person("1"));
    await w.drain();
    await w.contacts(person("1", "Franklin"));
    await w.drain();
    expect(await open()).toEqual([]);
    expect(await w.states()).toMatchObject([{ key: "1", state: "idle" }]);
  });

  it("is passed where the connection's file says so, without a call more", async () => {
    await known();
    await rule();
    await w.connect({ salesforce: ", duplicateAlerts: pass" });
    await w.contacts(person("1"));
    await w.drain();
    expect(await w.states()).toMatchObject([{ key: "1", state: "idle" }]);
    expect(await open()).toEqual([]);
  });
});

describe("a rule that blocks", () => {
  it("stops the record although alerts are passed, and offers nobody to insist", async () => {
    await known();
    await rule({ onCreate: "block" });
    await w.connect({ salesforce: ", duplicateAlerts: pass" });
    await w.contacts(person("1"));
    await w.drain();
    expect(await open()).toMatchObject([{ subject: { duplicates: { passable: false } } }]);
    expect(await choose("pass")).toMatchObject({ outcome: "refused" });
  });
});

describe("a person who says which of the named records it is", () => {
  const links = () => w.rows(sql`select salesforce_id as id, key from link`);
  const edit = (fields: object) => w.control("POST", "records", { object: "Account", records: [fields] });

  /** What the rule named. */
  async function blocked(): Promise<string> {
    const id = await known();
    await rule({ onCreate: "block" });
    await w.contacts(person("1"));
    await w.drain();
    return id;
  }

  /** Where the contact waits once what was chosen could not be carried out. */
  const asked = async () => {
    await w.drain();
    return (await open()).map((review) => ({ kind: review?.kind, sentence: review?.sentence }));
  };

  it("has it linked to that one, which gets the Sync ID and keeps what is its own", async () => {
    const id = await blocked();
    await edit({ Id: id, Description: "Front row" });
    expect(await choose("adopt", id)).toEqual({ outcome: "changed", state: "closed" });
    await w.drain();
    expect(await w.states()).toMatchObject([{ key: "1", state: "idle", code: null }]);
    expect(await links()).toEqual([{ id, key: "1" }]);
    expect(await w.records("Account")).toMatchObject([
      { Id: id, SyncId__c: "1", Salutation: "Mrs.", Description: "Front row" },
    ]);
    expect(await w.rows(sql`select outcome from attempt order by id`)).toMatchObject([
      { outcome: "review" },
      { outcome: "adopted" },
    ]);
    await w.contacts(person("1", "Franklin"));
    await w.drain();
    expect(await w.records("Account")).toMatchObject([{ Id: id, LastName: "Franklin" }]);
  });

  it("has to name one that the rule has named", async () => {
    await blocked();
    expect(await choose("adopt")).toMatchObject({ outcome: "refused" });
    expect(await choose("adopt", "001000000000000AAA")).toMatchObject({ outcome: "refused" });
    expect(await open()).toHaveLength(1);
  });

  it("is asked again where another contact got it meanwhile", async () => {
    const id = await blocked();
    await choose("adopt", id);
    await edit({ Id: id, SyncId__c: "77" });
    expect(await asked()).toMatchObject([{ kind: "several_matches" }]);
    expect((await open())[0]?.sentence).toContain(
      `${id} that was chosen cannot be this contact: it carries the Sync ID 77`,
    );
    expect(await named()).toEqual(["77"]);
    expect(await links()).toEqual([]);
  });

  it("is asked again where it is gone", async () => {
    const id = await blocked();
    await choose("adopt", id);
    await w.control("DELETE", `records?object=Account&id=${id}`);
    const [question] = await asked();
    expect(question?.sentence).toContain("Salesforce does not find it any more");
    expect(await w.records("Account")).toEqual([]);
  });
});
