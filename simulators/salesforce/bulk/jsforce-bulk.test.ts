import { Connection } from "jsforce";
import { beforeAll, describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg({ bulk: { shortestMs: 20 } });
let connection: Connection;

beforeAll(() => {
  connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: "62.0" });
  connection.bulk2.pollInterval = 10;
});

const people = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, n) => ({ SyncId__c: `${prefix}-${n}`, LastName: `Person ${n}` }));

describe("jsforce's bulk2", () => {
  it("loads rows and gets all results", async () => {
    const { successfulResults, failedResults, unprocessedRecords } =
      await connection.bulk2.loadAndWaitForResults({
        object: "Contact",
        operation: "insert",
        input: [...people(200, "ins"), { FirstName: "Nobody" }],
      });
    expect(successfulResults).toHaveLength(200);
    expect(successfulResults[0]).toMatchObject({ sf__Created: "true", LastName: "Person 0" });
    expect(failedResults).toMatchObject([
      { sf__Id: "", sf__Error: "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --" },
    ]);
    expect(unprocessedRecords).toEqual([]);
  });

  it("upserts by external id with empty Id columns, and empties fields that are null", async () => {
    const load = (Title: string | null) =>
      connection.bulk2.loadAndWaitForResults({
        object: "Contact",
        operation: "upsert",
        externalIdFieldName: "SyncId__c",
        input: people(3, "ups").map((row) => ({ ...row, Title })),
      });
    expect((await load("Chief")).successfulResults.map((row) => row.sf__Created)).toEqual([
      "true",
      "true",
      "true",
    ]);
    expect((await load(null)).successfulResults.map((row) => row.sf__Created)).toEqual([
      "false",
      "false",
      "false",
    ]);
    const rows = await org.query<{ Title: unknown }>(
      "SELECT Title FROM Contact WHERE SyncId__c LIKE 'ups-%'",
    );
    expect(rows.map(({ Title }) => Title)).toEqual([null, null, null]);
  });

  it("updates and deletes what it found", async () => {
    await org.upsert("Contact", people(5, "upd"));
    const found = await connection.query<{ Id: string; Title: string }>(
      "SELECT Id, Title FROM Contact WHERE SyncId__c LIKE 'upd-%'",
    );
    const updated = await connection.bulk2.loadAndWaitForResults({
      object: "Contact",
      operation: "update",
      input: found.records.map((record) => ({ ...record, Title: "Clerk", DoNotCall: true })),
    });
    expect(updated.successfulResults).toHaveLength(5);
    const deleted = await connection.bulk2.loadAndWaitForResults({
      object: "Contact",
      operation: "delete",
      input: found.records,
    });
    expect(deleted.successfulResults).toHaveLength(5);
    expect(await org.query("SELECT Id FROM Contact WHERE SyncId__c LIKE 'upd-%'")).toEqual([]);
  });

  it("takes empty input for a job without records", async () => {
    const results = await connection.bulk2.loadAndWaitForResults({
      object: "Contact",
      operation: "insert",
      input: [],
    });
    expect(results).toEqual({ successfulResults: [], failedResults: [], unprocessedRecords: [] });
  });

  it("goes step by step: open, upload, close, check, poll, results, delete", async () => {
    const job = connection.bulk2.createJob({ object: "Contact", operation: "insert" });
    const opened = await job.open();
    expect(opened).toMatchObject({ state: "Open", concurrencyMode: "Parallel", apiVersion: 62 });
    await job.uploadData("LastName,Phone\nStepwise,123\n");
    await job.close();
    await job.poll(10, 5_000);
    expect(await job.check()).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 1 });
    expect(await job.getSuccessfulResults()).toMatchObject([{ LastName: "Stepwise", Phone: "123" }]);
    await job.delete();
    await expect(job.check()).rejects.toMatchObject({ errorCode: "NOT_FOUND" });
  });

  it("picks a job up again by its id, and aborts an open one", async () => {
    const job = connection.bulk2.createJob({ object: "Contact", operation: "insert" });
    await job.open();
    const again = connection.bulk2.job("ingest", { id: job.id ?? "" });
    await again.abort();
    expect(await again.check()).toMatchObject({ state: "Aborted" });
    await expect(again.poll(10, 1_000)).rejects.toThrow("Job has been aborted");
  });

  it("tells why a job failed, and why one could not be created", async () => {
    await expect(
      connection.bulk2.loadAndWaitForResults({
        object: "Contact",
        operation: "insert",
        input: [{ LastName: "x", Nope__c: "y" }],
      }),
    ).rejects.toThrow("InvalidBatch : Field name not found : Nope__c");
    await expect(
      connection.bulk2.createJob({ object: "Nope", operation: "insert" }).open(),
    ).rejects.toMatchObject({ errorCode: "INVALIDJOB", message: "InvalidJob : Unable to find object: Nope" });
  });

  it("queries into a stream of records, and follows locators", async () => {
    await org.upsert("Contact", people(30, "que"));
    const stream = await connection.bulk2.query(
      "SELECT Id, SyncId__c, DoNotCall FROM Contact WHERE SyncId__c LIKE 'que-%' ORDER BY SyncId__c",
      { pollInterval: 10 },
    );
    const found = await stream.toArray();
    expect(found).toHaveLength(30);
    expect(found[0]).toMatchObject({ SyncId__c: "que-0", DoNotCall: "false" });
  });

  it("fails a query that Bulk does not do", async () => {
    await expect(connection.bulk2.query("SELECT MailingAddress FROM Contact")).rejects.toMatchObject({
      errorCode: "API_ERROR",
      message: "Selecting compound data not supported in Bulk Query",
    });
  });

  it("updates and destroys what a query finds, beyond 200 rows, through Bulk 2.0", async () => {
    const load = await connection.bulk2.loadAndWaitForResults({
      object: "Contact",
      operation: "insert",
      input: people(250, "many"),
    });
    expect(load.successfulResults).toHaveLength(250);
    const found = () => connection.sobject("Contact").find({ SyncId__c: { $like: "many-%" } });
    const updated = await found().update({ Title: "Guest of ${LastName}" }, { bulkApiVersion: 2 });
    expect(updated.filter(({ success }) => success)).toHaveLength(250);
    const destroyed = await found().destroy({ bulkApiVersion: 2 });
    expect(destroyed.filter(({ success }) => success)).toHaveLength(250);
  });

  it("signs in again when its session has ended", async () => {
    let refreshes = 0;
    const renewing = new Connection({
      instanceUrl: org.url,
      accessToken: "00D000000000000!old",
      version: "62.0",
      refreshFn: (_connection, done) => {
        refreshes += 1;
        done(null, org.accessToken);
      },
    });
    renewing.bulk2.pollInterval = 10;
    const { successfulResults } = await renewing.bulk2.loadAndWaitForResults({
      object: "Contact",
      operation: "insert",
      input: people(2, "renewed"),
    });
    expect(successfulResults).toHaveLength(2);
    expect(refreshes).toBe(1);
  });
});
