import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { budgetStatus } from "@/lib/budget/status";
import { waitingLanes } from "@/lib/budget/waiting";
import { connectionStatus } from "@/lib/connections/status";
import { lanes } from "@/lib/core/words";
import { recordDetail } from "@/lib/records/detail";
import { claimJobs } from "@/lib/sync/bulk/jobs";
import { bulkWorld } from "./test-bulk-world";
import { person } from "./test-org-world";

const world = bulkWorld();
const idle = (keys: readonly string[]) =>
  keys.map((key) => ({ key, state: "idle", attempts: 0, code: null }));

describe("a large backlog", () => {
  it("goes through one Bulk job, which is its records' lease", async () => {
    await world.people(1, 5);
    await world.drain();
    expect(await world.jobs()).toEqual([
      { state: "ready", rows: 5, processed: 0, failed: 0, salesforce_id: null },
    ]);
    expect((await world.states()).every(({ state }) => state === "pending")).toBe(true);
    expect(await world.calls("/composite/sobjects")).toEqual([]);

    await world.finish();
    expect(await world.states()).toEqual(idle(["1", "2", "3", "4", "5"]));
    expect((await world.records("Account")).map(({ LastName }) => LastName)).toEqual(Array(5).fill("Frank"));
    expect(await world.rows(sql`select outcome, call_rows from attempt`)).toEqual(
      Array(5).fill({ outcome: "created", call_rows: 5 }),
    );
    expect(await world.rows(sql`select 1 from bulk_row`)).toEqual([]);
    expect(await world.rows(sql`select 1 from record where lease_token is not null`)).toEqual([]);
  });

  it("is told of on Health and on the record's page while it runs", async () => {
    await world.people(1, 3);
    await world.drain();
    await world.advance();
    const [{ salesforce_id: id } = { salesforce_id: "" }] = await world.jobs();
    const [{ id: recordId } = { id: 0 }] = await world.rows(sql`select id::int from record where key = '1'`);
    const url = expect.stringContaining(
      `lightning/setup/AsyncApiJobStatus/page?address=%2F${String(id)}`,
    ) as string;
    expect((await connectionStatus(world.database.db, "myvenue"))?.bulkJobs).toMatchObject([
      { object: "Account", state: "loading", rows: 3, processed: 0, failed: 0, url, sentence: null },
    ]);
    expect((await recordDetail(world.database.db, Number(recordId)))?.bulkJob).toMatchObject({ url });
    await world.finish();
    expect((await connectionStatus(world.database.db, "myvenue"))?.bulkJobs).toEqual([]);
    expect((await recordDetail(world.database.db, Number(recordId)))?.bulkJob).toBeNull();
  });

  it("that is no larger than the setting is written at once", async () => {
    await world.people(1, 2);
    await world.drain();
    expect(await world.jobs()).toEqual([]);
    expect(await world.states()).toEqual(idle(["1", "2"]));
  });

  it("of linked records is written by their ids, and what S-360 took away is emptied", async () => {
    await world.people(1, 4, "Frank", {
      individualContact: { individualLastName: "Frank", individualFirstName: "Edna" },
    });
    await world.drain();
    await world.finish();
    await world.people(1, 4, "Graf", {
      individualContact: { individualLastName: 'Graf, "die\nGute"', individualFirstName: null },
    });
    await world.drain();
    expect(await world.jobs()).toMatchObject([{ state: "ready", rows: 4 }]);
    await world.finish();
    const accounts = await world.records("Account");
    expect(accounts).toHaveLength(4);
    expect(accounts.map(({ LastName, FirstName }) => [LastName, FirstName ?? null])).toEqual(
      Array(4).fill(['Graf, "die\nGute"', null]),
    );
  });

  it("leaves what has to wait for a new record waiting, and writes it once that is there", async () => {
    const structure = (contactNumber: string) => ({
      ...{ contactNumber, type: "STRUCTURE", structureContact: { officialName: `Étoile ${contactNumber}` } },
    });
    const relay = { ...person("9"), role: "RELAY", contactConnections: [{ contactNumber: "1" }] };
    await world.contacts(structure("1"), structure("2"), structure("3"), relay);
    await world.drain();
    expect(await world.states()).toMatchObject([{}, {}, {}, { key: "9", state: "waiting" }]);
    await world.finish();
    await world.drain();
    expect(await world.states()).toEqual(idle(["1", "2", "3", "9"]));
  });

  it("waits for a new record once, though that has been another object's record in other days", async () => {
    const structure = (contactNumber: string) => ({
      ...{ contactNumber, type: "STRUCTURE", structureContact: { officialName: `Étoile ${contactNumber}` } },
    });
    const relay = { ...person("9"), role: "RELAY", contactConnections: [{ contactNumber: "1" }] };
    await world.contacts(structure("1"), structure("2"), structure("3"), relay);
    await world.rows(sql`
      with retired as (
        insert into mapping (connection_id, name, direction, kind, draft)
        select connection_id, 'Venue', 'in', 'structure', '{}' from record where key = '1' returning id, connection_id)
      insert into link (connection_id, record_id, mapping_id, object, salesforce_id, key, base, base_version)
      select r.connection_id, r.id, retired.id, 'Venue__c', 'a00000000000001AAA', '1', '{}', 1
      from retired join record r on r.key = '1'`);
    await world.drain();
    expect(await world.states()).toMatchObject([{}, {}, {}, { key: "9", state: "waiting" }]);
    expect(await world.rows(sql`select outcome from attempt`)).toEqual([{ outcome: "waiting" }]);
    await world.finish();
    await world.drain();
    expect(await world.states()).toEqual(idle(["1", "2", "3", "9"]));
  });

  it("writes at once what the org has already", async () => {
    await world.people(1, 4);
    await world.drain();
    await world.finish();
    await world.rows(sql`delete from link`);
    await world.people(1, 4, "Graf");
    await world.drain();
    expect(await world.jobs()).toEqual([]);
    expect(await world.records("Account")).toHaveLength(4);
    expect(await world.states()).toEqual(idle(["1", "2", "3", "4"]));
  });
});

describe("rows that a job could not write", () => {
  it("are settled by the rules of calls, the others are written", async () => {
    await world.control("POST", "validation-rules", {
      ...{ object: "Account", formula: 'LastName = "Nobody"', message: "Nobody is not a name." },
      errorField: "LastName",
    });
    await world.people(1, 3);
    await world.contacts(person("4", "Nobody"));
    await world.fault({ kind: "row-lock", times: 1, object: "Account" });
    await world.drain();
    await world.finish();
    await world.control("DELETE", "validation-rules");
    const states = await world.states();
    expect(states.filter(({ state }) => state === "idle")).toHaveLength(2);
    expect(states.filter(({ code }) => code === "row_locked")).toMatchObject([
      { state: "retrying", attempts: 1 },
    ]);
    expect(states.filter(({ code }) => code === "validation_rule")).toMatchObject([
      { key: "4", state: "failed" },
    ]);
  });

  it("for a duplicate rule are asked for again by calls, which tell what they look like", async () => {
    await world.control("POST", "duplicate-rules", {
      ...{
        object: "Account",
        name: "People_DR",
        message: "Do you know them?",
        match: [{ field: "LastName" }],
      },
    });
    for (const nth of [1, 2, 3]) await world.people(nth, nth, `Name ${nth}`);
    await world.control("POST", "records", {
      object: "Account",
      records: [{ LastName: "Name 2", RecordTypeId: await world.personType() }],
    });
    await world.drain();
    await world.finish();
    await world.drain();
    expect(await world.states()).toMatchObject([
      { key: "1", state: "idle" },
      { key: "2", state: "review", code: "duplicate_rule" },
      { key: "3", state: "idle" },
    ]);
    expect(await world.rows(sql`select jsonb_typeof(subject->'duplicates') as named from review`)).toEqual([
      { named: "object" },
    ]);
  });

  it("that the org did not come to are written by calls, and what it had made by then is settled as made", async () => {
    await world.fault({
      kind: "bulk-fail",
      message: "InternalServerError",
      afterRows: 2,
      times: 1,
      object: "Account",
    });
    await world.people(1, 6);
    await world.drain();
    await world.finish();
    expect((await world.states()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ...Array<unknown>(2).fill(["idle", 0]),
      ...Array<unknown>(4).fill(["pending", 1]),
    ]);
    await world.drain();
    expect(await world.rows(sql`select distinct outcome from attempt`)).toEqual([{ outcome: "created" }]);
    expect(await world.jobs()).toEqual([]);
    expect(await world.states()).toEqual(idle(["1", "2", "3", "4", "5", "6"]));
    expect(await world.records("Account")).toHaveLength(6);
  });
});

describe("what comes while a job runs", () => {
  it("a newer version waits for it and is written after it", async () => {
    await world.people(1, 4);
    await world.drain();
    await world.contacts(person("2", "Neu"));
    await world.drain();
    expect((await world.states()).map(({ state }) => state)).toEqual(Array(4).fill("pending"));
    await world.finish();
    expect(await world.states()).toMatchObject([{}, { key: "2", state: "pending" }, {}, {}]);
    await world.drain();
    expect(await world.states()).toEqual(idle(["1", "2", "3", "4"]));
    const names = (await world.records("Account")).map(({ LastName }) => LastName);
    expect(names.toSorted()).toEqual(["Frank", "Frank", "Frank", "Neu"]);
  });

  it("a value map that is saved meanwhile counts: what was made by the old one is looked at again", async () => {
    await world.people(1, 3);
    await world.drain();
    await world.rows(sql`update value_map set revision = revision + 1`);
    await world.finish();
    expect((await world.states()).map(({ state }) => state)).toEqual(["pending", "pending", "pending"]);
    await world.drain();
    expect(await world.states()).toEqual(idle(["1", "2", "3"]));
  });

  it("other records go on", async () => {
    await world.people(1, 4);
    await world.drain();
    await world.contacts(person("7"));
    await world.drain();
    expect(await world.states()).toMatchObject([{}, {}, {}, {}, { key: "7", state: "idle" }]);
  });

  it("a paused stream keeps it from beginning", async () => {
    await world.people(1, 4);
    await world.drain();
    await world.rows(sql`update stream set paused_at = now() where name = 'contacts-in'`);
    expect(await claimJobs(world.database.db)).toEqual([]);
    await world.rows(sql`update stream set paused_at = null`);
    expect(await claimJobs(world.database.db)).toHaveLength(1);
  });
});

describe("a job that has not begun when its lane runs short of calls", () => {
  afterEach(() => vi.restoreAllMocks());

  /** So much is spent that the backfill gives way and live contacts do not. */
  async function runShort(): Promise<void> {
    const { connectionId } = world.world;
    const { granted } = await budgetStatus(world.database.db, { id: connectionId, timeZone: "UTC" });
    await world.rows(sql`
      insert into call_hour (connection_id, hour, lane, calls)
      values (${connectionId}, date_trunc('hour', now(), 'UTC') - interval '1 hour', 3, ${Math.ceil((granted ?? 0) * 0.65)})`);
    const now = performance.now.bind(performance);
    vi.spyOn(performance, "now").mockImplementation(() => now() + 10_000);
  }

  async function parkBackfill(): Promise<void> {
    await world.people(1, 5);
    await world.rows(sql`update record_direction set lane = ${lanes.backfill}`);
    await world.drain();
    expect(await world.jobs()).toMatchObject([{ state: "ready", rows: 5 }]);
    await runShort();
  }

  it("is taken apart: its records wait for calls untried, and that is told", async () => {
    await parkBackfill();
    await world.advance();
    expect(await world.jobs()).toEqual([]);
    expect(await world.rows(sql`select from bulk_row`)).toEqual([]);
    expect(await world.rows(sql`select from record where lease_token is not null`)).toEqual([]);
    await world.drain();
    expect(await world.states()).toEqual(
      ["1", "2", "3", "4", "5"].map((key) => ({ key, state: "pending", attempts: 0, code: null })),
    );
    expect(await waitingLanes(world.database.db, world.world.connectionId)).toMatchObject([
      { lane: lanes.backfill, records: 5 },
    ]);
  });

  it("does not keep its records from what is live", async () => {
    await parkBackfill();
    await world.contacts(person("1", "Neu"));
    await world.advance();
    await world.drain();
    expect((await world.states()).filter(({ state }) => state === "idle")).toMatchObject([{ key: "1" }]);
    expect((await world.records("Account")).map(({ LastName }) => LastName)).toEqual(["Neu"]);
  });

  it("is made anew when the lane may spend again", async () => {
    await parkBackfill();
    await world.advance();
    await world.rows(sql`delete from call_hour`);
    vi.restoreAllMocks();
    const now = performance.now.bind(performance);
    vi.spyOn(performance, "now").mockImplementation(() => now() + 20_000);
    await world.drain();
    expect(await world.jobs()).toMatchObject([{ state: "ready", rows: 5 }]);
    await world.finish();
    expect(await world.states()).toEqual(idle(["1", "2", "3", "4", "5"]));
  });
});

describe("a worker that dies", () => {
  it.each([
    ["before the job is made", "open", "before"],
    ["when it is made and not stored", "open", "after"],
    ["before the file is uploaded", "load", "before"],
    ["when the org has begun and nobody knows", "load", "after"],
    ["while the org works", "look", "before"],
    ["before the results are read", "results", "before"],
    ["before the results are settled", "results", "after"],
  ] as const)("%s: another goes on, and nothing is doubled", async (_, step, when) => {
    await world.people(1, 5);
    await world.drain();
    await world.dieIn(step, when);
    await world.finish();
    await world.drain();
    expect(await world.states()).toEqual(idle(["1", "2", "3", "4", "5"]));
    expect(await world.records("Account")).toHaveLength(5);
  });

  it("while records are put into the job: what is in it begins after a while", async () => {
    await world.people(1, 4);
    await world.drain();
    await world.rows(sql`update bulk_job set state = 'filling', due_at = now() + interval '30 seconds'`);
    expect(await claimJobs(world.database.db)).toEqual([]);
    await world.finish();
    expect(await world.states()).toEqual(idle(["1", "2", "3", "4"]));
  });

  it("half way through settling: the rest is settled by another", async () => {
    await world.people(1, 4);
    await world.drain();
    await world.dieIn("results", "before");
    // As if two had been settled before the end.
    await world.rows(sql`update record set lease_token = null, lease_until = null where key in ('1', '2')`);
    await world.finish();
    expect(await world.states()).toMatchObject([
      { key: "1", state: "pending" },
      { key: "2", state: "pending" },
      { key: "3", state: "idle" },
      { key: "4", state: "idle" },
    ]);
  });
});

describe("two workers", () => {
  it("are never about one job", async () => {
    await world.people(1, 4);
    await world.drain();
    const [one, two] = await Promise.all([claimJobs(world.database.db), claimJobs(world.database.db)]);
    expect([...one, ...two]).toHaveLength(1);
  });

  it("begin the jobs of a connection one after the other, and look meanwhile at those that have begun", async () => {
    await world.people(1, 4);
    await world.drain();
    await world.advance();
    await world.people(5, 8);
    await world.drain();
    await world.people(9, 12);
    await world.drain();
    await world.dueNow();
    const workers = await Promise.all(Array.from({ length: 4 }, () => claimJobs(world.database.db)));
    expect(
      workers
        .flat()
        .map(({ state }) => state)
        .sort(),
    ).toEqual(["loading", "ready"]);
    expect(await claimJobs(world.database.db)).toEqual([]);
    // Both die.
    await world.rows(sql`update bulk_job set worker_until = now() - interval '1 second'`);
    expect((await claimJobs(world.database.db)).map(({ state }) => state)).toEqual(["loading", "ready"]);
    await world.rows(sql`update bulk_job set worker_until = null`);
    await world.finish();
    expect(await world.states()).toHaveLength(12);
    expect((await world.states()).every(({ state }) => state === "idle")).toBe(true);
  });

  it("who thought the first was dead: the first does not upload", async () => {
    await world.people(1, 4);
    await world.drain();
    await world.dieIn("open", "before");
    await world.finish();
    expect((await world.calls("/batches")).length).toBe(1);
  });
});

describe("a job that is lost", () => {
  it("is given up, and its records are written by calls", async () => {
    await world.people(1, 4);
    await world.drain();
    await world.advance();
    await world.rows(sql`update bulk_job set salesforce_id = '750000000000001AAA'`);
    await world.finish();
    await world.drain();
    expect(await world.states()).toEqual(idle(["1", "2", "3", "4"]));
    expect(await world.records("Account")).toHaveLength(4);
  });

  it("that the org refuses is no fault of the connection: calls do it, and no other is tried for a while", async () => {
    await world.fault({
      ...{ kind: "status", status: 403, code: "FEATURENOTENABLED", message: "Bulk API is not enabled" },
      match: "POST /services/data/v62.0/jobs/ingest",
    });
    await world.people(1, 4);
    await world.drain();
    await world.advance();
    expect(await world.held()).toBeUndefined();
    expect(await world.jobs()).toMatchObject([{ state: "refused", rows: 0 }]);
    await world.drain();
    expect(await world.states()).toEqual(idle(["1", "2", "3", "4"]));
    await world.people(5, 9);
    await world.drain();
    expect(await world.jobs()).toMatchObject([{ state: "refused" }]);
    expect(await world.records("Account")).toHaveLength(9);
  });
});
