/** What people do with a record that a Bulk job has made, before the job is settled and it is known whose record it is. */
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { claim } from "@/lib/sync/records";
import { syncBatch } from "@/lib/sync/sync-batch";
import { FakeVenue } from "@/testing/fake-venue";
import { poll } from "./poll";
import { fullPerson } from "./test-back-world";
import { bulkWorld } from "./test-bulk-world";

const s = { venue: new FakeVenue() };
const world = bulkWorld({ contacts: () => s.venue });

/** Farther than polls overlap: what a poll has met then, no other meets by itself. */
const longMs = 20 * 60_000;
const later = () => vi.setSystemTime(Date.now() + longMs);

beforeEach(async () => {
  s.venue = new FakeVenue();
  await polled();
});

async function polled() {
  const { connectionId } = world.world;
  const deps = await world.openDeps(connectionId, "out");
  return poll({ deps, connectionId, massLimit: 200, baseline: true });
}

async function carriedBack(): Promise<void> {
  const { connectionId } = world.world;
  const deps = await world.openDeps(connectionId, "out");
  for (;;) {
    const batch = await claim(deps.db, connectionId, "out", 1_000);
    if (batch.records.length === 0) return;
    await syncBatch(deps, batch);
  }
}

/** People 1 to 3, or so many of them, are in the org, a while ago, and no worker has looked since. */
async function madeByJob(made = 3): Promise<void> {
  const people = ["1", "2", "3"].map((number, nth) => fullPerson(number, { contactId: nth + 1 }));
  for (const contact of people) s.venue.put(contact);
  await world.contacts(...people);
  await world.drain();
  expect(await world.jobs()).toMatchObject([{ state: "ready", rows: 3 }]);
  later();
  await world.advance();
  for (let turn = 0; turn < 200 && (await world.records("Account")).length < made; turn++) await world.pass();
  expect(await world.rows(sql`select from link`)).toEqual([]);
  later();
}

async function inOrg(key: string): Promise<Record<string, unknown>> {
  const found = (await world.records("Account")).find((record) => record["SyncId__c"] === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
}

/** A person edits it, and a poll meets that as somebody else's record. */
async function edits(key: string, fields: object): Promise<void> {
  const { Id } = await inOrg(key);
  await world.control("POST", "records", { object: "Account", records: [{ Id, ...fields }] });
  await polled();
  later();
  await polled();
}

const firstNames = () =>
  s.venue.saves.map(({ contactNumber, individualContact }) => [
    contactNumber,
    (individualContact as Record<string, unknown>)["individualFirstName"],
  ]);

describe("what a person edits in a record before its job is settled", () => {
  it("goes back to S-360 once it is", async () => {
    await madeByJob();
    await edits("2", { FirstName: "Ada" });
    await world.finish();
    await polled();
    await carriedBack();
    expect(firstNames()).toEqual([["2", "Ada"]]);
    expect(await world.rows(sql`select from reread`)).toEqual([]);
    await polled();
    await carriedBack();
    expect(s.venue.saves).toHaveLength(1);
  });

  it("twice goes back as it is in the end", async () => {
    await madeByJob();
    await edits("2", { FirstName: "Ada" });
    await edits("2", { FirstName: "Bea" });
    await world.finish();
    await polled();
    await carriedBack();
    expect(firstNames()).toEqual([["2", "Bea"]]);
  });

  it("is not overwritten by what S-360 has sent meanwhile, and goes back", async () => {
    await madeByJob();
    await edits("2", { FirstName: "Ada" });
    const moved = fullPerson("2", {
      ...{ contactId: 2, communicationMeans: [{ communicationMeanId: 71, email: "new@mail.example" }] },
    });
    s.venue.put(moved);
    await world.contacts(moved);
    await world.finish();
    await world.drain();
    await polled();
    await carriedBack();
    expect(await inOrg("2")).toMatchObject({ FirstName: "Ada", PersonEmail: "new@mail.example" });
    expect(firstNames()).toEqual([["2", "Ada"]]);
  });

  it.each([
    ["before the results are read", "results", "before"],
    ["before the results are settled", "results", "after"],
  ] as const)("goes back though the worker dies %s", async (_, step, when) => {
    await madeByJob();
    await edits("2", { FirstName: "Ada" });
    await world.dieIn(step, when);
    await polled();
    await world.finish();
    await polled();
    await carriedBack();
    expect(firstNames()).toEqual([["2", "Ada"]]);
  });

  it("goes back though the worker dies when the links are made and the job is not ended", async () => {
    await madeByJob();
    await edits("2", { FirstName: "Ada" });
    await world.rows(sql`
      create function stay() returns trigger language plpgsql as 'begin raise exception ''dead''; end'`);
    await world.rows(sql`create trigger stay before delete on bulk_job for each row execute function stay()`);
    await world.dueNow();
    await world.advance();
    expect(await world.rows(sql`select from link`)).toHaveLength(3);
    expect(await world.rows(sql`select from reread`)).toEqual([]);
    await polled();
    await world.rows(sql`drop function stay cascade`);
    await world.finish();
    await polled();
    await carriedBack();
    expect(firstNames()).toEqual([["2", "Ada"]]);
  });

  it("goes back though the job broke off, for what it has made is settled as made by it", async () => {
    await world.fault({
      ...{ kind: "bulk-fail", message: "InternalServerError", afterRows: 2, times: 1, object: "Account" },
    });
    await madeByJob(2);
    await edits("2", { FirstName: "Ada" });
    await world.finish();
    await world.drain();
    await polled();
    await carriedBack();
    expect(firstNames()).toEqual([["2", "Ada"]]);
    expect(await inOrg("2")).toMatchObject({ FirstName: "Ada" });
  });
});

describe("a record that a job has made and that, before the job is settled,", () => {
  it("is deleted by a person, is known as deleted", async () => {
    await madeByJob();
    const { Id } = await inOrg("2");
    await world.control("DELETE", `records?object=Account&id=${String(Id)}`);
    await polled();
    later();
    await polled();
    await world.finish();
    await polled();
    expect(
      await world.rows(sql`
        select r.key from link l join record r on r.id = l.record_id where l.gone_at is not null`),
    ).toEqual([{ key: "2" }]);
  });

  it("is merged into another by a person, is followed there", async () => {
    await madeByJob();
    const [stays, goes] = [await inOrg("1"), await inOrg("2")];
    await world.control("POST", "merge", {
      object: "Account",
      masterId: stays["Id"],
      mergeIds: [goes["Id"]],
    });
    await polled();
    later();
    await polled();
    await world.finish();
    await polled();
    await carriedBack();
    expect(
      await world.rows(sql`
        select r.key, l.salesforce_id as id, l.head from link l join record r on r.id = l.record_id
        where r.key in ('1', '2') order by r.key`),
    ).toEqual([
      { key: "1", id: stays["Id"], head: true },
      { key: "2", id: stays["Id"], head: false },
    ]);
  });

  it("loses its Sync ID, is no newcomer, and gets it back", async () => {
    await world.rows(sql`
      update connection set settings = jsonb_set(settings, '{rules,out,individual,create}', '"do"')`);
    await madeByJob();
    await edits("2", { SyncId__c: null });
    expect(await world.rows(sql`select key from record order by key`)).toEqual([
      { key: "1" },
      { key: "2" },
      { key: "3" },
    ]);
    await world.finish();
    await polled();
    await carriedBack();
    await world.drain();
    expect(s.venue.saves).toEqual([]);
    expect(await inOrg("2")).toMatchObject({ FirstName: "Edna" });
  });
});

describe("what a job has made and nobody has edited", () => {
  it("is known as our own writing: S-360 is not asked, and Salesforce in one poll for all", async () => {
    await madeByJob();
    expect(await polled()).toMatchObject({ rows: 3, changes: 0, strangers: 0 });
    later();
    await polled();
    await world.finish();
    await world.control("DELETE", "calls");
    await polled();
    expect(await world.calls("/services/data")).toHaveLength(1);
    await carriedBack();
    expect(await world.calls("/services/data")).toHaveLength(1);
    expect([s.venue.reads, s.venue.saves.length]).toEqual([0, 0]);
    expect(await world.rows(sql`select distinct outcome from event_record where direction = 'out'`)).toEqual([
      { outcome: "echo" },
    ]);
    await polled();
    expect(await world.rows(sql`select from event_record where direction = 'out'`)).toHaveLength(3);
  });
});
