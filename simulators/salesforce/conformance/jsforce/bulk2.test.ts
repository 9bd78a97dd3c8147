import { Readable } from "node:stream";
import { Connection } from "jsforce";
import { describe, expect, it } from "vitest";
import { publicNames, uncovered, watched } from "../touched";
import { useOrg } from "../../test-org";

const org = useOrg();
const touched = { bulk: new Set<string>(), ingest: new Set<string>(), query: new Set<string>() };
const POLL = { pollInterval: 50, pollTimeout: 10_000 };

function bulk2() {
  const conn = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: "62.0" });
  return watched(Object.assign(conn.bulk2, POLL), touched.bulk);
}

describe.each([1, 2])("jsforce Bulk 2.0, round %i on the same running simulator", (round) => {
  const key = (name: string | number) => `bulk-${round}-${name}`;

  it("loads records and waits for their results", async () => {
    const input = [
      { LastName: "Good", SyncId__c: key(1), Title: key("load") },
      { LastName: "", SyncId__c: key(2), Title: key("load") },
    ];
    const results = await bulk2().loadAndWaitForResults({
      object: "Contact",
      operation: "insert",
      input,
      ...POLL,
    });
    expect(results.successfulResults).toMatchObject([
      { sf__Created: "true", LastName: "Good", SyncId__c: key(1) },
    ]);
    expect(results.failedResults).toMatchObject([{ SyncId__c: key(2) }]);
    expect(results.failedResults[0]?.sf__Error).toContain("REQUIRED_FIELD_MISSING");
    expect(results.unprocessedRecords).toEqual([]);
  });

  it("runs a job step by step, from text and from a stream", async () => {
    const job = watched(
      bulk2().createJob({ object: "Contact", operation: "upsert", externalIdFieldName: "SyncId__c" }),
      touched.ingest,
    );
    const opened = await job.open();
    expect(opened).toMatchObject({ state: "Open", externalIdFieldName: "SyncId__c", apiVersion: 62 });
    expect(job.id).toBe(opened.id);
    await job.uploadData(Readable.from([`SyncId__c,LastName\n${key("s1")},One\n`, `${key("s2")},Two\n`]));
    await job.close();
    await job.poll(20, 10_000);
    expect(await job.check()).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 2 });
    expect(job.getInfo()).toMatchObject({ state: "JobComplete", numberRecordsFailed: 0 });
    expect(await job.getSuccessfulResults()).toHaveLength(2);
    expect(await job.getSuccessfulResults(true)).toContain("sf__Id");
    expect(await job.getFailedResults()).toEqual([]);
    expect(await job.getUnprocessedRecords()).toEqual([]);
    expect((await job.getAllResults()).successfulResults).toHaveLength(2);
    await job.delete();
    await expect(
      bulk2()
        .job("ingest", { id: opened.id ?? "" })
        .check(),
    ).rejects.toThrow();
  });

  it("goes on with a job that another process began, and aborts one", async () => {
    const begun = bulk2().createJob({ object: "Contact", operation: "insert" });
    await begun.open();
    await begun.uploadData("LastName\nContinued\n");
    await begun.close();
    const same = watched(bulk2().job("ingest", { id: begun.id }), touched.ingest);
    await same.poll(20, 10_000);
    expect(await same.getSuccessfulResults()).toHaveLength(1);
    const unwanted = watched(bulk2().createJob({ object: "Contact", operation: "insert" }), touched.ingest);
    await unwanted.open();
    await unwanted.abort();
    expect(await unwanted.check()).toMatchObject({ state: "Aborted" });
  });

  it("updates and deletes by id, with null as #N/A", async () => {
    const conn = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: "62.0" });
    const created = await conn.create("Contact", [{ LastName: "Null", Title: "x", Department: "kept" }]);
    const id = created[0]?.id ?? "";
    const rows = [{ Id: id, Title: null }];
    await bulk2().loadAndWaitForResults({ object: "Contact", operation: "update", input: rows, ...POLL });
    expect(await conn.retrieve("Contact", id)).toMatchObject({ Title: null, Department: "kept" });
    const gone = await bulk2().loadAndWaitForResults({
      object: "Contact",
      operation: "delete",
      input: [{ Id: id }],
      ...POLL,
    });
    expect(gone.successfulResults).toHaveLength(1);
    await expect(conn.retrieve("Contact", id)).rejects.toMatchObject({ errorCode: "ENTITY_IS_DELETED" });
  });

  it("queries, also what was deleted", async () => {
    const conn = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: "62.0" });
    await conn.create("Contact", [
      { LastName: "q, 1", Title: key("query") },
      { LastName: 'q "2"', Title: key("query") },
    ]);
    const soql = `SELECT Id, LastName FROM Contact WHERE Title = '${key("query")}' ORDER BY LastName`;
    const records = await (await bulk2().query(soql, POLL)).toArray();
    expect(records.map(({ LastName }) => LastName as string)).toEqual(['q "2"', "q, 1"]);
    const gone = await conn.create("Contact", { LastName: "gone", Title: key("query") });
    await conn.destroy("Contact", gone.id ?? "");
    const all = await (await bulk2().query(soql, { ...POLL, scanAll: true })).toArray();
    expect(all).toHaveLength(3);
  });

  it("runs a query job step by step", async () => {
    const soql = "SELECT Id FROM Organization";
    const opened = await org.api<{ id: string }>("POST", "/jobs/query", { operation: "query", query: soql });
    const job = watched(bulk2().job("query", { id: opened.body.id }), touched.query);
    await job.poll(20, 10_000);
    expect(await job.check()).toMatchObject({
      state: "JobComplete",
      numberRecordsProcessed: 1,
      jobType: "V2Query",
    });
    expect(job.getInfo()).toMatchObject({ operation: "query" });
    expect(await (await job.result()).toArray()).toHaveLength(1);
    await job.delete();
    const second = await org.api<{ id: string }>("POST", "/jobs/query", { operation: "query", query: soql });
    const unwanted = watched(bulk2().job("query", { id: second.body.id }), touched.query);
    expect(await unwanted.abort()).toMatchObject({ state: "Aborted" });
    expect(unwanted.id).toBe(second.body.id);
  });

  it("hears why a job cannot be", async () => {
    await expect(bulk2().createJob({ object: "Nope__c", operation: "insert" }).open()).rejects.toThrow();
    await expect(bulk2().query("SELECT COUNT(Id) FROM Contact", POLL)).rejects.toThrow();
  });
});

describe("every public call", () => {
  it("of Bulk 2.0 is exercised", () => {
    const ingest = bulk2().createJob({ object: "Contact", operation: "insert" });
    const query = bulk2().job("query", { id: "x" });
    const declaration = "jsforce/lib/api/bulk2.d.ts";
    const covered = { notExercised: [], unknown: [] };
    expect(uncovered(publicNames(bulk2(), declaration), touched.bulk, {})).toEqual(covered);
    expect(uncovered(publicNames(ingest, declaration), touched.ingest, {})).toEqual(covered);
    const ofQuery = { open: "only for a job of BulkV2.query, which opens it itself" };
    expect(uncovered(publicNames(query, declaration), touched.query, ofQuery)).toEqual(covered);
  });
});
