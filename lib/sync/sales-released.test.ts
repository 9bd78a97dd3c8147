/** The rules of sales are saved while a worker, or a Bulk job, has sales in hand that were evaluated by what they said before. */
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { SalesSettings } from "@/lib/core/sales-settings";
import { releaseSales } from "@/lib/mappings/release";
import { claimJobs, rowsOf } from "./bulk/jobs";
import { parkingOf } from "./bulk/park";
import { settleResults } from "./bulk/settle-results";
import { syncBatch } from "./sync-batch";
import { person, sale, syncWorld } from "./test-world";
import type { SyncDeps } from "./work";

const w = syncWorld();
const { world } = w;

/** As the Rules page saves them; gives what a worker goes by that has opened the connection before. */
async function save(sales: Partial<SalesSettings>): Promise<SyncDeps> {
  const before = world.deps;
  const all = { ...before.settings.sales, ...sales };
  world.deps = { ...before, settings: { ...before.settings, sales: all } };
  await world.deps.db.transaction(async (tx) => {
    await tx.execute(
      sql`update connection set settings = settings || ${JSON.stringify({ sales: all })}::jsonb`,
    );
    await releaseSales(tx, world.connectionId);
  });
  return before;
}

const inOrg = (key: string) => world.org.get("SecutixSale__c", key);
const state = async (key: string) => (await w.states()).find((row) => row["key"] === key)?.["state"];

describe("a sale that names no contact", () => {
  beforeEach(async () => {
    await save({ anonymous: "skip" });
    await w.orders(sale(1, undefined));
  });

  it("is evaluated anew when the rule was saved while a worker had it in hand", async () => {
    const batch = await w.take(10);
    const before = await save({ anonymous: "unlinked" });
    await syncBatch(before, batch);
    expect(inOrg("10")).toBeUndefined();
    expect(await state("10")).toBe("pending");
    await w.drain();
    expect(inOrg("10")).toBeDefined();
    expect(await state("10")).toBe("idle");
  });

  it("is evaluated anew when a worker took it after that, by the rule as it had read it before", async () => {
    const before = await save({ anonymous: "unlinked" });
    await syncBatch(before, await w.take(10));
    expect(await state("10")).toBe("pending");
    await w.drain();
    expect(inOrg("10")).toBeDefined();
  });

  it("is evaluated anew when it was in a Bulk job", async () => {
    await save({ anonymous: "unlinked" });
    const batch = await w.take(10);
    const bulk = { ...parkingOf(world.deps, batch, new Set()), wants: () => true };
    await syncBatch({ ...world.deps, bulk }, batch);
    await w.rows(sql`update bulk_job set due_at = now()`);
    await save({ anonymous: "placeholder", placeholder: "anonymous" });
    world.org.insert("Account", { Name: "Anonymous" }, "anonymous");
    const [job] = await claimJobs(world.deps.db);
    if (!job) throw new Error("no job");
    const held = await rowsOf(world.deps.db, job);
    const id = world.org.insert("SecutixSale__c", {}, "10");
    const results = held.map(({ row }) => ({ rowId: row.rowId, ok: true as const, id, created: true }));
    const recordOf = new Map(held.map(({ recordId, row }) => [row.rowId, recordId]));
    await settleResults(world.deps, job, recordOf, results);
    expect(await state("10")).toBe("pending");
    await w.drain();
    expect(inOrg("10")).toMatchObject({ Account__c: "anonymous" });
  });

  it("stays as it ended when nothing was saved in between, or nothing that concerns it", async () => {
    await w.contacts(person("1"));
    const batch = await w.take(10);
    await save({});
    await syncBatch(world.deps, batch);
    expect(await state("10")).toBe("ignored");
    await w.contacts(person("1", { function: "later" }));
    const contact = await w.take(10);
    await syncBatch(await save({ anonymous: "unlinked" }), contact);
    expect(await state("1")).toBe("idle");
  });
});

describe("a sale whose contact fails", () => {
  it("goes on without it, though the contact was in hand when the rule was saved that lets it", async () => {
    await w.contacts({ contactNumber: "9", role: "UNKNOWN" });
    const contact = await w.take(10);
    await w.orders(sale(1, "9"));
    await w.drain();
    expect(await state("10")).toBe("waiting");
    const before = await save({ withoutContact: "unlinked" });
    await w.drain();
    expect(await state("10")).toBe("waiting");
    await syncBatch(before, contact);
    await w.drain();
    expect(inOrg("10")).toMatchObject({ ContactSTXNumber__c: "9" });
    expect(await state("10")).toBe("idle");
  });
});
