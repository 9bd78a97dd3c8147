/** A bad publication is taken back: the version before runs again, and the records it spoiled are taken through it. */
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { lineSchema, type MappingDocument } from "@/lib/core/mapping/document";
import { salesSchema } from "@/lib/core/mapping/sales/sales";
import { syncBatch } from "@/lib/sync/sync-batch";
import { sale } from "@/lib/sync/test-world";
import { startMapCensus } from "./census";
import { saveDraft } from "./drafts";
import { feedReprocesses } from "./feed-reprocess";
import { leftBehind } from "./left-behind";
import { publish, restore } from "./publish";
import { getMapping } from "./read";
import { capitals, named, reprocessWorld } from "./test-reprocess-world";

const {
  mappingId,
  reload,
  publishFirstName,
  count,
  change,
  status,
  firstNames,
  due,
  work,
  world,
  rows,
  ...more
} = reprocessWorld();
const { contacts, orders, drain, states } = more;

const operations = () =>
  world.deps.published.mappings.find(({ kind }) => kind === "operation")?.mappingId ?? 0;

async function publishChange(
  id: number,
  edit: (document: MappingDocument) => MappingDocument,
): Promise<void> {
  const { db } = world.deps;
  const mapping = await getMapping(db, { id });
  if (!mapping) throw new Error("the mapping is gone");
  const given = { mappingId: id, actor: "ann" };
  const { revision } = mapping.draft;
  const saved = await saveDraft(db, { ...given, revision, document: edit(mapping.draftDocument) });
  if (saved.outcome !== "saved") throw new Error(saved.outcome);
  const published = { ...given, revision: saved.revision, comment: "why", target: null };
  expect(await publish(db, published)).toMatchObject({ outcome: "published" });
  await reload();
}

async function restoreFirst(id = mappingId(), thenReprocess = true): Promise<void> {
  const restored = { mappingId: id, versionNumber: 1, comment: "back", actor: "ben", target: null };
  expect(await restore(world.deps.db, { ...restored, thenReprocess })).toMatchObject({
    outcome: "published",
  });
  await reload();
}

/** Edna, as the version that is going to be taken back writes her. */
async function writtenInCapitals(): Promise<void> {
  await contacts(named("1", "Edna"));
  await drain();
  await publishFirstName(capitals);
  await contacts(named("1", "Edna"));
  await drain();
}

describe("restoring and re-processing", () => {
  test("is one step: what the restored version changes is taken through it once it is counted", async () => {
    await contacts(named("1", "Edna"), named("2", "ODILE"));
    await drain();
    await publishFirstName(capitals);
    await contacts(named("1", "Edna"));
    await drain();
    expect(firstNames()).toEqual(["EDNA", "ODILE"]);
    await restoreFirst();
    await work();
    expect(await status()).toMatchObject({ run: null, census: { state: "running", thenReprocess: true } });
    await count();
    await work();
    expect(firstNames()).toEqual(["Edna", "ODILE"]);
    const { run, census } = await status();
    expect(run).toMatchObject({ state: "done", number: 3, total: 1, through: 1, written: 1, by: "ben" });
    expect(census?.thenReprocess).toBe(false);
    await work();
    expect(await rows(sql`select from reprocess`)).toHaveLength(1);
  });

  test.each([
    ["before it could begin", async () => count()],
    ["while it is counted", async () => undefined],
  ])("is not forgotten when somebody has a value map's records counted %s", async (_when, before) => {
    await writtenInCapitals();
    await restoreFirst();
    await before();
    await startMapCensus(world.deps.db, { mappingId: mappingId(), valueMap: "titles", actor: "cleo" });
    await feedReprocesses(world.deps.db);
    await count();
    await work();
    expect(firstNames()).toEqual(["Edna"]);
    expect((await status()).run).toMatchObject({ state: "done", written: 1 });
  });

  test("is not begun by itself after somebody began it by hand", async () => {
    await writtenInCapitals();
    await restoreFirst();
    await count();
    await more.startCounted((await status()).census?.versionId ?? 0);
    expect((await status()).census?.thenReprocess).toBe(false);
    for (let turn = 0; turn < 2; turn++) await work();
    expect(await rows(sql`select from reprocess`)).toHaveLength(1);
  });

  test("is not asked of a value map's records where the version changed none", async () => {
    await contacts(named("1", "EDNA"));
    await drain();
    await publishFirstName(capitals);
    await restoreFirst();
    await count();
    await startMapCensus(world.deps.db, { mappingId: mappingId(), valueMap: "titles", actor: "cleo" });
    expect((await status()).census).toMatchObject({ valueMap: "titles", thenReprocess: false });
  });

  test("begins nothing where nothing changes, where counting was cancelled, and where another version is published", async () => {
    await contacts(named("1", "EDNA"));
    await drain();
    await publishFirstName(capitals);
    await restoreFirst();
    await count();
    await work();
    await publishFirstName(capitals);
    await restoreFirst();
    await rows(
      sql`update census set state = 'done', changed = 1, then_reprocess = true where state = 'running'`,
    );
    await publishFirstName(capitals);
    await work();
    expect((await status()).run).toBeNull();
  });

  test("lets in again whom a bad filter left out, also those who came only then", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await publishChange(mappingId(), (document) => ({ ...document, filter: 'state = "NEVER"' }));
    await contacts(named("1", "Odile"), named("2", "Renée"));
    await drain();
    expect(firstNames()).toEqual(["Edna"]);
    expect((await states()).map(({ state }) => state)).toEqual(["ignored", "ignored"]);
    await restoreFirst();
    await count();
    expect((await status()).census).toMatchObject({ changed: 2 });
    await work();
    expect(firstNames()).toEqual(["Odile", "Renée"]);
    expect((await states()).map(({ state }) => state)).toEqual(["idle", "idle"]);
  });

  test("writes the sales that a bad rule ignored", async () => {
    await publishChange(operations(), (document) => ({
      ...document,
      sales: salesSchema.parse({ rules: [{ types: ["SALE"], action: "ignore" }] }),
    }));
    await orders(sale(1, undefined));
    await drain();
    expect(await states()).toEqual([{ key: "10", state: "ignored", code: null }]);
    await restoreFirst(operations());
    await count();
    await work();
    expect(world.org.get("SecutixSale__c", "10")).toMatchObject({ Quantity__c: 1 });
  });

  test.each(["duplicate_value", "duplicate_rule", "validation_rule", "expression_failed"])(
    "tries again what failed as %s under the bad version",
    async (code) => {
      await contacts(named("1", "Edna"));
      await drain();
      await publishFirstName(capitals);
      const fault = JSON.stringify({ code, sentence: "x" });
      await rows(sql`update record_direction set state = 'failed', fault = ${fault}::jsonb`);
      await restoreFirst(mappingId(), false);
      expect(await due()).toBe(1);
      await drain();
      expect(await states()).toEqual([{ key: "1", state: "idle", code: null }]);
    },
  );
});

describe("what restoring leaves in Salesforce", () => {
  test("is told by field, with the number of records that were written there", async () => {
    const told = () => leftBehind(world.deps.db, { mappingId: mappingId(), number: 1, prefix: "" });
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    const line = lineSchema.parse({
      target: "Phone",
      expression: 'contactNumber = "1" ? "+41 21 555 00 00"',
      twoWay: false,
    });
    await publishChange(mappingId(), (document) => {
      const others = document.lines.filter(({ target }) => target !== "Phone");
      return { ...document, lines: [...others, line] };
    });
    await count();
    await more.startCounted((await status()).census?.versionId ?? 0);
    await work();
    expect(world.org.rows.map(({ fields }) => fields["Phone"] ?? null).sort()).toEqual([
      "+41 21 555 00 00",
      null,
    ]);
    expect(await told()).toEqual({ fields: [{ target: "Phone", records: 1 }], lookedAt: null });
    // Too many to look at them all: who was not looked at may hold a value.
    const none = await leftBehind(world.deps.db, { mappingId: mappingId(), number: 1, prefix: "" }, 0);
    expect(none).toEqual({ fields: [{ target: "Phone", records: 0 }], lookedAt: 0 });
    await publishChange(mappingId(), (document) => ({
      ...document,
      lines: document.lines.map((each) => (each.target === "Phone" ? { ...each, expression: "null" } : each)),
    }));
    await count();
    expect((await status()).census).toMatchObject({ changed: 1 });
    await more.startCounted((await status()).census?.versionId ?? 0);
    await work();
    expect(await told()).toEqual({ fields: [], lookedAt: null });
  });

  test("are also the marks of sales", async () => {
    await orders(sale(1, undefined));
    await drain();
    await publishChange(operations(), (document) => ({
      ...document,
      sales: salesSchema.parse({
        markField: "[p]Status__c",
        rules: [{ types: ["SALE"], action: "mark", mark: "Sold" }],
      }),
    }));
    await orders({ ...sale(1, undefined), remark: "again" });
    await drain();
    expect(world.org.get("SecutixSale__c", "10")).toMatchObject({ Status__c: "Sold" });
    const left = await leftBehind(world.deps.db, { mappingId: operations(), number: 1, prefix: "" });
    expect(left).toEqual({ fields: [{ target: "[p]Status__c", records: 1 }], lookedAt: null });
  });
});

describe("re-processings of two mappings of one kind", () => {
  /** A census of another mapping of individuals that found every record, and its run. */
  async function another(): Promise<number> {
    const [made] = await rows(sql`
      with m as (
        insert into mapping (connection_id, name, direction, kind, draft)
        select connection_id, 'second', direction, kind, draft from mapping where id = ${mappingId()} returning id, draft
      ), v as (
        insert into mapping_version (mapping_id, number, document, comment, published_by)
        select id, 1, draft, '', 'ann' from m returning id, mapping_id
      ), c as (
        insert into census (mapping_id, version_id, state, changed, started_by)
        select mapping_id, id, 'done', 1, 'ann' from v returning id, mapping_id, version_id
      ), found as (
        insert into census_record (census_id, record_id) select c.id, r.id from c, record r
      )
      insert into reprocess (mapping_id, version_id, census_id, total, started_by)
      select mapping_id, version_id, id, (select count(*) from record), 'ann' from c returning mapping_id as id`);
    return Number(made?.["id"]);
  }

  test("go on by themselves: cancelling one leaves due what the other counts on", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    await more.start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    expect(await due()).toBe(2);
    await another();
    await feedReprocesses(world.deps.db);
    await change("cancel");
    expect(await due()).toBe(2);
    expect(await rows(sql`select state from reprocess order by id`)).toEqual([
      { state: "cancelled" },
      { state: "running" },
    ]);
    await drain();
    await feedReprocesses(world.deps.db);
    expect(await rows(sql`select state, made from reprocess order by id desc limit 1`)).toEqual([
      { state: "done", made: 2 },
    ]);
  });

  test("are over only when what the other made due is through", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await more.start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    await another();
    for (let turn = 0; turn < 3; turn++) await feedReprocesses(world.deps.db);
    expect(await rows(sql`select state from reprocess order by id`)).toEqual([
      { state: "running" },
      { state: "running" },
    ]);
    await work();
    expect(await rows(sql`select state from reprocess order by id`)).toEqual([
      { state: "done" },
      { state: "done" },
    ]);
  });
});

describe("a paused run", () => {
  test("tells what is through and goes on with the rest, also after the workers were away", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"), named("3", "Renée"));
    await drain();
    await more.start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    // One was taken by a worker that died; its lease runs out later.
    await more.take(1);
    await change("pause");
    expect((await status()).run).toMatchObject({ state: "paused", total: 3, through: 0, written: 0 });
    expect((await status()).census?.left).toBe(2);
    await rows(
      sql`update record set lease_until = now() - interval '1 second' where lease_token is not null`,
    );
    await work();
    expect((await status()).run).toMatchObject({ state: "paused", total: 3, through: 1, written: 1 });
    await contacts(named("2", "Zoé"));
    await work();
    expect((await status()).run).toMatchObject({ state: "paused", total: 3, through: 1, written: 1 });
    await change("resume");
    await work();
    expect((await status()).run).toMatchObject({ state: "done", total: 3, through: 3 });
    expect(firstNames()).toEqual(["EDNA", "ZOÉ", "RENÉE"]);
  });

  test("that has nothing left when somebody pauses it is done", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await more.start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    await drain();
    await change("pause");
    expect((await status()).run).toMatchObject({ state: "done", total: 1, through: 1, written: 1 });
  });

  test("is done once the last record, which a worker had in hand, is through", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await more.start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    const batch = await more.take(1);
    await change("pause");
    expect((await status()).run).toMatchObject({ state: "paused", through: 0 });
    await syncBatch(world.deps, batch);
    await feedReprocesses(world.deps.db);
    expect((await status()).run).toMatchObject({ state: "done", through: 1, written: 1 });
  });
});
