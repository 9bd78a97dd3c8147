/** Bulk jobs against the simulated org, over HTTP. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BulkRefused, type BulkProgress, type BulkTarget } from "@/lib/core/bulk";
import type { WriteRow } from "@/lib/core/side";
import { createClient } from "../client";
import { createSchemaReader } from "../describe";
import { memoryCache } from "../schema-cache";
import { startSimulatedOrg, type SimulatedOrg } from "../test-simulated-org";
import { account, contact } from "../test-write-rows";
import { createBulkLoads } from "./loads";

let org: SimulatedOrg;
beforeAll(async () => {
  org = await startSimulatedOrg({ bulk: { shortestMs: 20 } });
});
afterAll(() => org.close());

const accounts: BulkTarget = { object: "Account", verb: "upsert", keyField: "SyncId__c" };
const contacts: BulkTarget = { ...accounts, object: "Contact" };

function loads(fileBytes?: number) {
  const client = createClient(org.config);
  return createBulkLoads(
    client,
    createSchemaReader(client, memoryCache(60_000, Date.now), Date.now),
    fileBytes,
  );
}

/** From rows to their results. */
async function run(target: BulkTarget, rows: readonly WriteRow[]) {
  const bulk = loads();
  const { text } = await bulk.file(target, rows);
  const id = await bulk.open(target);
  await bulk.load(id, text);
  const progress = await ended(id);
  return { id, text, progress, results: await bulk.results(id, target, rows, progress) };
}

async function ended(id: string): Promise<BulkProgress> {
  for (;;) {
    const progress = await loads().look(id);
    if (!progress) throw new Error("gone");
    if (progress.state !== "working") return progress;
    await sleep(10);
  }
}

const held = async (object: string, key: string) =>
  (await org.records(object)).find((record) => record["SyncId__c"] === key);

describe("a job", () => {
  it("creates by external id, points to parents by theirs, and tells which row became which record", async () => {
    const made = await run(accounts, [account("p1", { fields: { Name: 'A "B", C' } }), account("p2")]);
    expect(made.progress).toEqual({ state: "complete", processed: 2, failed: 0 });
    const parent = await held("Account", "p1");
    expect(made.results).toContainEqual({ rowId: "ap1", ok: true, id: parent?.["Id"], created: true });
    expect(parent?.["Name"]).toBe('A "B", C');

    const { results } = await run(contacts, [
      contact("k1", {
        fields: { LastName: "Doe\nRay", AccountId: "p1", Birthdate: "1980-01-31", Phone: "+41 1" },
      }),
      contact("k2", { fields: { LastName: "Nobody", AccountId: "not there" } }),
    ]);
    expect(await held("Contact", "k1")).toMatchObject({
      ...{ LastName: "Doe\nRay", AccountId: parent?.["Id"], Birthdate: "1980-01-31", Phone: "+41 1" },
    });
    expect(results.find(({ rowId }) => rowId === "ck2")).toMatchObject({
      ok: false,
      fault: { code: "reference_missing" },
      missingReference: "AccountId",
    });
  });

  it("updates by id: what is null is emptied, what a row does not say is left alone", async () => {
    await run(contacts, [
      contact("u1", { fields: { LastName: "Doe", Phone: "1", FirstName: "Ada" } }),
      contact("u2", { fields: { LastName: "Doe", Phone: "2", FirstName: "Bea" } }),
    ]);
    const ids = await Promise.all(
      ["u1", "u2"].map(async (key) => String((await held("Contact", key))?.["Id"])),
    );
    const { text, results } = await run({ ...contacts, verb: "update" }, [
      contact("u1", { id: ids[0] ?? "", fields: { Phone: null } }),
      contact("u2", { id: ids[1] ?? "", fields: { FirstName: "Cleo" } }),
    ]);
    expect(text.split("\n")).toEqual(["Id,Phone,FirstName", `${ids[0]},#N/A,`, `${ids[1]},,Cleo`, ""]);
    expect(results).toMatchObject([{ ok: true, created: false }, { ok: true }]);
    expect(await held("Contact", "u1")).toMatchObject({ Phone: null, FirstName: "Ada" });
    expect(await held("Contact", "u2")).toMatchObject({ Phone: "2", FirstName: "Cleo" });
  });

  it("costs five calls, however many rows it has", async () => {
    const before = await org.apiCalls();
    const rows = Array.from({ length: 500 }, (_, nth) => account(`many-${nth}`));
    const bulk = loads();
    const { text } = await bulk.file(accounts, rows);
    const described = await org.apiCalls();
    const id = await bulk.open(accounts);
    await bulk.load(id, text);
    await sleep(200);
    const progress = await bulk.look(id);
    if (progress?.state !== "complete") throw new Error("not yet");
    expect(await bulk.results(id, accounts, rows, progress)).toHaveLength(500);
    expect((await org.apiCalls()) - described).toBe(5);
    expect(described - before).toBeLessThan(3);
  });
});

describe("a file", () => {
  it("takes what has room, and says what is left", async () => {
    const rows = [1, 2, 3].map((nth) => account(`f${nth}`, { fields: { Name: "é".repeat(20) } }));
    const { text, rowIds, rest } = await loads(120).file(accounts, rows);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(120);
    expect([...rowIds]).toEqual(["af1", "af2"]);
    expect([...rest]).toEqual(["af3"]);
  });

  it("does not take a row with a field that the org does not have", async () => {
    const unknown = account("g2", { fields: { Nope__c: "x" } });
    const { text, rowIds } = await loads().file(accounts, [account("g1"), unknown]);
    expect([...rowIds]).toEqual(["ag1"]);
    expect(text).toBe("SyncId__c,Name\ng1,Name of g1\n");
  });
});

describe("a job that", () => {
  it("the org does not know is null, and there is nothing to abort", async () => {
    expect(await loads().look("750000000000001AAA")).toBeNull();
    await loads().abort("750000000000001AAA");
  });

  it("waits for its file is open, and aborted it has failed; again is harmless", async () => {
    const bulk = loads();
    const id = await bulk.open(accounts);
    expect(await bulk.look(id)).toMatchObject({ state: "open" });
    await bulk.abort(id);
    await bulk.abort(id);
    expect(await bulk.look(id)).toMatchObject({ state: "failed" });
    await expect(bulk.load(id, "SyncId__c,Name\n1,A\n")).rejects.toThrow(BulkRefused);
  });

  it("the org does not take is refused, without a fault of the whole org", async () => {
    await expect(loads().open({ ...accounts, keyField: "Name" })).rejects.toMatchObject({
      name: "BulkRefused",
      fault: { code: "refused" },
    });
  });

  it("cannot be asked for now is a fault of the org", async () => {
    await org.order("/faults", { kind: "limit-exceeded", times: 1 });
    await expect(loads().open(accounts)).rejects.toMatchObject({ fault: { code: "org_limit" } });
  });
});
