import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { valueMap } from "@/drizzle/schema";
import { defaultValueMaps } from "@/lib/core/mapping/defaults";
import { syncBatch } from "@/lib/sync/sync-batch";
import { person, syncWorld } from "@/lib/sync/test-world";
import { saveDraft } from "./drafts";
import { feedReprocesses } from "./feed-reprocess";
import { publish, restore } from "./publish";
import { published } from "./published";
import { getMapping } from "./read";
import { changeReprocess, reprocessStatus, startReprocess } from "./reprocess";

const { world, rows, contacts, drain, take } = syncWorld();

// Publishing checks that the value maps are there.
beforeEach(async () => {
  const { connectionId } = world;
  const maps = Object.entries(defaultValueMaps).map(([name, entries]) => ({ connectionId, name, entries }));
  await world.deps.db.insert(valueMap).values(maps);
  await reload();
});

const named = (contactNumber: string, individualFirstName: string) =>
  person(contactNumber, { individualContact: { individualFirstName, individualLastName: "Frank" } });

const mappingId = () => {
  const mapping = world.deps.published.mappings.find(({ kind }) => kind === "individual");
  if (!mapping) throw new Error("there is no mapping for individuals");
  return mapping.mappingId;
};

async function reload(): Promise<number> {
  world.deps = { ...world.deps, published: await published(world.deps.db, world.connectionId) };
  return (await getMapping(world.deps.db, { id: mappingId() }))?.published?.id ?? 0;
}

/** Publishes another expression for the first name; gives the version's id. */
async function publishFirstName(expression: string): Promise<number> {
  const { db } = world.deps;
  const mapping = await getMapping(db, { id: mappingId() });
  if (!mapping) throw new Error("the mapping is gone");
  const lines = mapping.draftDocument.lines.map((line) =>
    line.target === "FirstName" ? { ...line, expression, twoWay: false } : line,
  );
  const document = { ...mapping.draftDocument, lines };
  const saved = await saveDraft(db, {
    mappingId: mappingId(),
    revision: mapping.draft.revision,
    document,
    actor: "ann",
  });
  if (saved.outcome !== "saved") throw new Error(saved.outcome);
  const revision = saved.revision;
  const result = await publish(db, {
    ...{ mappingId: mappingId(), revision, comment: "why", actor: "ann" },
    target: null,
  });
  if (result.outcome !== "published") throw new Error(JSON.stringify(result));
  return reload();
}

const capitals = "$uppercase(individualContact.individualFirstName)";
const start = (versionId: number) =>
  startReprocess(world.deps.db, { mappingId: mappingId(), versionId, actor: "ann" });
const change = async (what: "pause" | "resume" | "cancel") => {
  const runId = (await status()).run?.id ?? 0;
  return changeReprocess(world.deps.db, { mappingId: mappingId(), runId, change: what, actor: "ann" });
};
const status = async () => {
  const found = await reprocessStatus(world.deps.db, mappingId());
  if (!found) throw new Error("no status");
  return found;
};
const firstNames = () => world.org.rows.map(({ fields }) => fields["FirstName"]);
const due = async () =>
  (await rows(sql`select record_id from record_direction where state = 'pending'`)).length;

async function work(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await feedReprocesses(world.deps.db);
    await drain();
  }
}

describe("records taken through a new version", () => {
  test("change in Salesforce where the result changes; the others cost no call", async () => {
    await contacts(named("1", "Edna"), named("2", "ODILE"));
    await drain();
    const versionId = await publishFirstName(capitals);
    expect(await status()).toEqual({ records: 2, run: null });
    expect(firstNames()).toEqual(["Edna", "ODILE"]);
    const calls = world.org.writes.length;
    expect(await start(versionId)).toEqual({ outcome: "done" });
    await work();
    expect(firstNames()).toEqual(["EDNA", "ODILE"]);
    expect(world.org.writes.slice(calls).map((call) => call.map(({ key }) => key))).toEqual([["1"]]);
    expect((await status()).run).toMatchObject({
      ...{ state: "done", versionId, number: 2, total: 2, through: 2, written: 1, failed: 0, by: "ann" },
      halted: null,
    });
    expect(await rows(sql`select action, subject from audit_log where action like 'records%'`)).toMatchObject(
      [{ action: "records re-processed", subject: expect.stringMatching(/ 2$/) }],
    );
  });

  test("go back when the earlier version is restored and they are taken through it again", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await start(await publishFirstName(capitals));
    await work();
    expect(firstNames()).toEqual(["EDNA"]);
    const { db } = world.deps;
    await restore(db, {
      mappingId: mappingId(),
      versionNumber: 1,
      comment: "back",
      actor: "ann",
      target: null,
    });
    await start(await reload());
    await work();
    expect(firstNames()).toEqual(["Edna"]);
  });

  test("are made due slice by slice, behind live traffic", async () => {
    const many = 2_500;
    await contacts(named("1", "Edna"));
    await drain();
    await rows(sql`
      insert into record (connection_id, family, key, kind, s360_state)
      select ${world.connectionId}, 'contact', 'x' || n, 'individual', '{}' from generate_series(1, ${many}) n`);
    await rows(sql`
      insert into record_direction (record_id, direction, connection_id, stream, version, synced_version, state, lane)
      select id, 'in', connection_id, 'contacts-in', 1, 1, 'idle', 1 from record where key like 'x%'`);
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    await feedReprocesses(world.deps.db);
    expect(await due()).toBe(2_000);
    expect(await rows(sql`select distinct lane from record_direction where state = 'pending'`)).toEqual([
      { lane: 2 },
    ]);
    expect((await status()).run).toMatchObject({ total: many + 1, through: 0, state: "running" });
    await rows(sql`update record_direction set state = 'idle' where state = 'pending'`);
    await feedReprocesses(world.deps.db);
    expect(await due()).toBe(501);
    expect((await status()).run?.through).toBe(2_000);
  });

  test("stop when somebody pauses, and go on where they were", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    expect(await due()).toBe(2);
    await change("pause");
    await work();
    expect(await due()).toBe(0);
    expect(firstNames()).toEqual(["Edna", "Odile"]);
    expect((await status()).run).toMatchObject({ state: "paused", through: 0 });
    await change("resume");
    await work();
    expect(firstNames()).toEqual(["EDNA", "ODILE"]);
    expect((await status()).run).toMatchObject({ state: "done", through: 2, written: 2 });
  });

  test("stay as they are once somebody cancels", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    await change("cancel");
    await work();
    expect(firstNames()).toEqual(["Edna"]);
    expect((await status()).run).toMatchObject({ state: "cancelled", through: 0, written: 0 });
    expect(await change("resume")).toEqual({ outcome: "moved-on" });
  });

  test("that a worker has in hand for the earlier version come again", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await contacts(named("1", "Odile"));
    const earlier = world.deps;
    const batch = await take(10);
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    await syncBatch(earlier, batch);
    expect(firstNames()).toEqual(["Odile"]);
    await work();
    expect(firstNames()).toEqual(["ODILE"]);
  });

  test("leave alone what waits for a person, and what is due by itself", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    await rows(
      sql`update record_direction set state = 'review' from record r where r.id = record_id and r.key = '1'`,
    );
    await contacts(named("2", "Renée"));
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    await change("pause");
    expect(await due()).toBe(1);
    await drain();
    expect(firstNames()).toEqual(["Edna", "RENÉE"]);
  });
});

describe("two people at once", () => {
  test("begin it once, and not for a version that is no longer published", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    const second = await publishFirstName(capitals);
    expect(await Promise.all([start(second), start(second)])).toEqual(
      expect.arrayContaining([{ outcome: "done" }, { outcome: "moved-on" }]),
    );
    const third = await publishFirstName("individualContact.individualLastName");
    expect(await start(second)).toEqual({ outcome: "moved-on" });
    expect(await start(third)).toEqual({ outcome: "done" });
    await work();
    expect(firstNames()).toEqual(["Frank"]);
    expect(await rows(sql`select state from reprocess order by id`)).toEqual([
      { state: "cancelled" },
      { state: "done" },
    ]);
  });

  test("are told why nothing moves while sending is paused", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await rows(sql`
      insert into stream (connection_id, name, paused_at) values (${world.connectionId}, 'contacts-in', now())
      on conflict (connection_id, name) do update set paused_at = now()`);
    await start(await publishFirstName(capitals));
    expect((await status()).run?.halted).toMatch(/paused/);
  });
});
