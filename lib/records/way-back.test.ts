/** What a record's page tells of the way back: both directions, who changed what in Salesforce, and whose value stayed. */
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { backWorld, fullPerson } from "@/lib/worker/test-back-world";
import { recordDetail } from "./detail";
import { previewRecord } from "./preview";
import { countRetryable, retryAll, retryRecord } from "./retry";
import { searchRecords } from "./search";
import { recordTimeline } from "./timeline";

const w = backWorld();
const { world, back } = w;

const idOf = async (key: string) =>
  Number((await w.rows(sql`select id from record where key = ${key}`))[0]?.["id"]);
const detail = async (key: string) => recordDetail(world.deps.db, await idOf(key));
const timeline = async (key: string) =>
  (await recordTimeline(world.deps.db, { recordId: await idOf(key), limit: 50 })).rows;
const keys = async (filter: object) =>
  (await searchRecords(world.deps.db, { connectionId: world.connectionId, limit: 50, ...filter })).rows
    .map(({ key }) => key)
    .sort();

async function linked(...numbers: string[]): Promise<void> {
  await w.sends(...numbers.map((number) => fullPerson(number, { contactId: Number(number) })));
  await w.begin();
}

describe("a record's page", () => {
  it("tells both directions apart, each with its state and fault", async () => {
    await linked("1");
    back.venue.contacts.clear();
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    expect((await detail("1"))?.directions).toMatchObject([
      { direction: "in", stream: "contacts-in", state: "idle", fault: null },
      { direction: "out", stream: "contacts-out", state: "failed", fault: { code: "contact_missing" } },
    ]);
  });

  it("tells what holds each direction by itself", async () => {
    await linked("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.rows(sql`
      insert into block (connection_id, system, until, fault)
      values (${world.connectionId}, 's360', now() + interval '1 minute', '{"code": "s360_limit", "sentence": "Too many calls."}')`);
    await w.turn();
    expect((await detail("1"))?.directions.map(({ standstill }) => standstill.blocked?.sentence)).toEqual([
      undefined,
      "Too many calls.",
    ]);
  });

  it("leads to the review that waits for a person", async () => {
    await linked("1");
    expect((await detail("1"))?.reviewId).toBeNull();
    world.org.delete("Account", "1");
    await w.turn();
    const [review] = await w.rows(sql`select id::int from review`);
    expect(await detail("1")).toMatchObject({ reviewId: review?.["id"], links: [{ alias: false }] });
    expect((await detail("1"))?.links[0]?.goneAt).not.toBeNull();
  });

  it("leads to the mass change that holds it", async () => {
    back.massLimit = 1;
    await linked("1", "2");
    for (const key of ["1", "2"]) world.org.set("Account", key, { FirstName: "Mass" });
    await w.turn();
    const [review] = await w.rows(sql`select id::int from review`);
    expect(await detail("2")).toMatchObject({ reviewId: review?.["id"] });
  });
});

describe("the timeline", () => {
  it("tells who changed what in Salesforce, and what was written to S-360", async () => {
    await linked("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    const [attempt, event] = await timeline("1");
    expect(attempt).toMatchObject({
      type: "attempt",
      direction: "out",
      outcome: "updated",
      changes: [{ field: "FirstName", before: "Edna", after: "Ada" }],
      conflicts: [],
      changedBy: "User 005PERSON",
    });
    expect(event).toMatchObject({
      type: "event",
      stream: "contacts-out",
      fate: "synced",
      salesforce: { what: "changed", by: "User 005PERSON" },
    });
  });

  it("tells where both sides had changed a field, and whose value stayed", async () => {
    await linked("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    back.venue.put(
      fullPerson("1", {
        contactId: 1,
        individualContact: { title: "MRS", individualFirstName: "Eve", individualLastName: "Frank" },
      }),
    );
    await w.turn();
    const told = (await timeline("1")).find((entry) => entry.type === "attempt" && entry.direction === "out");
    expect(told).toMatchObject({
      direction: "out",
      conflicts: [{ field: "FirstName", before: "Edna", s360: "Eve", salesforce: "Ada", winner: "s360" }],
      changedBy: "User 005PERSON",
    });
  });

  it("tells a deletion", async () => {
    await linked("1");
    world.org.delete("Account", "1");
    await w.turn();
    const event = (await timeline("1")).find((entry) => entry.type === "event" && entry.salesforce !== null);
    expect(event).toMatchObject({ salesforce: { what: "deleted", by: null }, fate: "review" });
  });

  it("does not stumble over an item that was erased", async () => {
    await linked("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    await w.rows(sql`update event set raw = '' where stream = 'contacts-out'`);
    expect((await timeline("1"))[0]).toMatchObject({ changedBy: null });
  });
});

async function describeOrg(): Promise<void> {
  const { facts } = await world.org.describe([]);
  await w.rows(sql`update connection set org = ${JSON.stringify(facts)}::jsonb`);
  for (const describe of (await world.org.describe(["Account"])).objects.values()) {
    await w.rows(sql`
      insert into org_object (connection_id, object, describe)
      values (${world.connectionId}, ${describe.name}, ${JSON.stringify(describe)}::jsonb)`);
  }
}

async function preview(key: string) {
  const [one] = await previewRecord(world.deps.db, {
    recordId: await idOf(key),
    published: world.deps.published,
    timeZone: "Europe/Zurich",
    recordTypes: {},
    selected: () => true,
  });
  return one;
}

describe("the comparison", () => {
  it("tells what Salesforce holds of fields that go both ways, and what has not reached S-360", async () => {
    await linked("1");
    await describeOrg();
    back.venue.contacts.clear();
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    const compared = await preview("1");
    const field = (name: string) => compared?.fields.find((one) => one.field === name);
    expect(field("FirstName")).toMatchObject({
      base: "Edna",
      held: "Ada",
      twoWay: true,
      changedThere: true,
      keptThere: false,
      differs: false,
    });
    expect(field("LastName")).toMatchObject({ held: "Frank", changedThere: false, keptThere: false });
    expect(field("SyncId__c")).toMatchObject({ twoWay: false, held: undefined });
  });

  it.each([
    ["as the feed told it", sql`held = jsonb_set(held, '{fields,FirstName}', '"Prof."')`],
    ["where the feed has not told it", sql`held = null`],
  ])("tells that Salesforce keeps a value that S-360 has no word for, %s", async (_, held) => {
    await linked("1");
    await describeOrg();
    await w.rows(sql`update link set stored = stored || '{"FirstName": "Prof."}', ${held}`);
    expect((await preview("1"))?.fields.find(({ field }) => field === "FirstName")).toMatchObject({
      now: { told: "value", value: "Edna" },
      held: "Prof.",
      differs: false,
      changedThere: false,
      keptThere: true,
    });
  });
});

describe("a merge in Salesforce", () => {
  beforeEach(async () => {
    await linked("1", "2");
    await describeOrg();
    world.org.merge("Account", "2", "1");
    await w.turn();
  });

  it("shows the second number at the one that is written, and that one at the second", async () => {
    expect(await detail("1")).toMatchObject({
      mergedInto: null,
      secondNumbers: { total: 1, records: [{ key: "2" }] },
    });
    expect(await detail("2")).toMatchObject({ mergedInto: { key: "1" }, secondNumbers: { total: 0 } });
  });

  it("compares nothing at the number that is not written", async () => {
    expect(await preview("2")).toMatchObject({ merged: true, linked: true, fields: [] });
    expect(await preview("1")).toMatchObject({ merged: false, obstacle: null });
  });

  it("is told as a merge that was followed, not as something written", async () => {
    const event = (await timeline("2")).find((entry) => entry.type === "event" && entry.salesforce !== null);
    expect(event).toMatchObject({ salesforce: { what: "deleted" }, merged: true });
    expect((await timeline("1")).some((entry) => entry.type === "event" && entry.merged)).toBe(false);
  });
});

describe("finding and trying again", () => {
  it("knows the records that were changed in Salesforce, and where they stand on the way back", async () => {
    await linked("1");
    back.venue.contacts.delete("1");
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    await w.sends(fullPerson("2", { contactId: 2 }));
    expect(await keys({ stream: "contacts-out" })).toEqual(["1"]);
    expect(await keys({ stream: "contacts-out", state: "failed" })).toEqual(["1"]);
    expect(await keys({ stream: "contacts-in", state: "failed" })).toEqual([]);
    expect(await keys({ stream: "contacts-in" })).toEqual(["1", "2"]);
  });

  it("tries again the direction that was asked for", async () => {
    await linked("1");
    const saved = back.venue.get("1") ?? {};
    back.venue.contacts.clear();
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    const filter = { connectionId: world.connectionId, state: "failed" } as const;
    expect(await countRetryable(world.deps.db, { ...filter, stream: "contacts-in" })).toBe(0);
    expect(await retryAll(world.deps.db, { ...filter, stream: "contacts-in" }, "ada")).toBe(0);
    expect(await countRetryable(world.deps.db, { ...filter, stream: "contacts-out" })).toBe(1);
    back.venue.put(saved);
    expect(await retryRecord(world.deps.db, await idOf("1"), "ada")).toMatchObject({ records: 1 });
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
  });
});
