import pino from "pino";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { keepPayload } from "@/lib/inbox/keep-payload";
import { blockSystem, unblockSystem } from "@/lib/sync/block";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { keepTroubles } from "./troubles";

const database = testDatabase();
const log = pino({ level: "silent" });
let connectionId: number;

beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  connectionId = await insertTestConnection(database.db);
});

const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;
const keep = () => keepTroubles({ db: database.db, log });
const notices = () => rows(sql`select about, state, sentence from review where kind = 'trouble' order by id`);
const states = async () => (await notices()).map(({ state }) => state);
const refuse = () =>
  blockSystem({ db: database.db, log, random: () => 0 }, connectionId, "salesforce", {
    code: "sign_in",
    sentence: "Salesforce refuses the sign-in.",
  });
const passes = (minutes: number) =>
  database.db.execute(sql`
    update block set since = since - ${minutes} * interval '1 minute', until = until - ${minutes} * interval '1 minute'`);

describe("a system that refuses work as a whole", () => {
  it("is told of after an hour, once, and no more when it works again", async () => {
    await refuse();
    await keep();
    expect(await states()).toEqual([]);
    for (let minutes = 0; minutes <= 60; minutes += 5) {
      await passes(5);
      await refuse();
    }
    await Promise.all([keep(), keep()]);
    expect(await notices()).toEqual([
      {
        about: "held salesforce sign_in",
        state: "open",
        sentence: expect.stringMatching(
          /^Salesforce has taken no work since \d{4}-\d\d-\d\d \d\d:\d\d\. Salesforce refuses the sign-in\. It is asked again by itself\.$/,
        ) as string,
      },
    ]);
    await unblockSystem(database.db, connectionId, "salesforce");
    await keep();
    expect(await states()).toEqual(["closed"]);
  });

  it("is not told of when it refuses once, and once more days later", async () => {
    await refuse();
    await passes(3 * 24 * 60);
    await keep();
    await refuse();
    await keep();
    expect(await states()).toEqual([]);
  });

  it("is told of once in 24 hours, however often it comes and goes", async () => {
    const anHour = async () => {
      await refuse();
      await database.db.execute(sql`update block set since = now() - interval '2 hours'`);
      await keep();
      await unblockSystem(database.db, connectionId, "salesforce");
      await keep();
    };
    await anHour();
    await anHour();
    expect(await states()).toEqual(["closed"]);
    await database.db.execute(sql`update review set opened_at = opened_at - interval '25 hours'`);
    await anHour();
    expect(await states()).toEqual(["closed", "closed"]);
  });
});

describe("calls that cannot be taken in", () => {
  const wait = (minutes: number, fault: object | null) =>
    database.db.execute(sql`
      update payload set received_at = now() - ${minutes} * interval '1 minute', fault = ${fault && JSON.stringify(fault)}::jsonb`);

  it("are told of after ten minutes, with the reason, until they are through", async () => {
    await keepPayload(database.db, { connectionId, stream: "orders-in", body: "[]", items: 0 });
    const fault = { code: "internal", sentence: "The database has no room left on its disk. Make room." };
    await wait(5, fault);
    await keep();
    await wait(60, null);
    await keep();
    expect(await states()).toEqual([]);
    await wait(11, fault);
    await keep();
    const [notice] = await notices();
    expect(notice?.["about"]).toBe("not taken in orders-in");
    expect(notice?.["sentence"]).toContain(
      "no room left on its disk. Make room. It is tried again by itself.",
    );
    await database.db.execute(sql`delete from payload`);
    await keep();
    expect(await states()).toEqual(["closed"]);
  });

  it("that were set aside stay told of: a person has to read it", async () => {
    await database.db.execute(sql`
      insert into review (connection_id, kind, about, sentence, subject)
      values (${connectionId}, 'trouble', 'set aside contacts-in', 'Why.', '{}')`);
    await keep();
    expect(await states()).toEqual(["open"]);
  });
});

describe("Bulk jobs", () => {
  const job = (more: ReturnType<typeof sql>) =>
    rows(sql`
      insert into bulk_job (connection_id, stream, lane, target, knowledge, rows, state, salesforce_id, loaded_at, due_at, fault)
      select ${connectionId}, 'contacts-in', 3, '{"object": "Account", "verb": "upsert", "keyField": "SyncId__c"}', '{}', 20000, ${more}`);
  const loadingFor = (minutes: number, id: string) =>
    job(sql`'loading', ${id}, now() - ${minutes} * interval '1 minute', now(), null`);

  it("that Salesforce does not finish within an hour are told of in one notice, with their ids and what to do", async () => {
    await loadingFor(50, "7505e00000AAAAA");
    await keep();
    expect(await states()).toEqual([]);
    await loadingFor(61, "7505e00000BBBBB");
    await loadingFor(70, "7505e00000CCCCC");
    await keep();
    expect(await notices()).toEqual([
      {
        about: "bulk jobs unfinished",
        state: "open",
        sentence: expect.stringMatching(
          /^Salesforce has not finished within an hour: Bulk job 7505e00000CCCCC \(20000 rows of Account, since \d{4}-\d\d-\d\d \d\d:\d\d\), Bulk job 7505e00000BBBBB .*Setup → Bulk Data Load Jobs/,
        ) as string,
      },
    ]);
    await rows(sql`delete from bulk_job where salesforce_id <> '7505e00000AAAAA'`);
    await keep();
    expect(await states()).toEqual(["closed"]);
  });

  it("that Salesforce does not take are told of at once, for as long as no other is tried", async () => {
    const fault = {
      code: "refused",
      sentence: "Salesforce does not take this as a Bulk job: Bulk API is not enabled.",
    };
    await job(sql`'refused', null, null, now() + interval '1 hour', ${JSON.stringify(fault)}::jsonb`);
    await keep();
    const [notice] = await notices();
    expect(notice).toMatchObject({ about: "bulk job refused", state: "open" });
    expect(notice?.["sentence"]).toMatch(
      /^A large backlog of Account was not taken as a Bulk job\. Salesforce does not take this as a Bulk job: Bulk API is not enabled\. No other job .*Setup → Bulk Data Load Jobs.*bulkFrom to off/,
    );
    await rows(sql`update bulk_job set due_at = now()`);
    await keep();
    expect(await states()).toEqual(["closed"]);
  });
});
