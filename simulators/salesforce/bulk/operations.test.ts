import { describe, expect, it } from "vitest";
import { callJobs, createJob, ended, load, records, resultsOf, setState, upload } from "./test-jobs";
import { useOrg } from "../test-org";

const org = useOrg({ bulk: { shortestMs: 20 } });
const UPSERT = { operation: "upsert", externalIdFieldName: "SyncId__c" };

describe("operations", () => {
  it("update by Id and name rows that have none, a bad one, or the same one twice", async () => {
    const id = await org.create("Contact", { LastName: "Updatable" });
    const twice = await org.create("Contact", { LastName: "Twice" });
    const job = await load(
      org,
      { operation: "update" },
      `Id,Title\n${id.slice(0, 15)},Chief\n,None\n003000,Bad\n${twice},One\n${twice},Two\n003000000000000AAA,Gone\n`,
    );
    const { saved, failed } = await resultsOf(org, job.id);
    expect(saved).toMatchObject([{ sf__Id: id, sf__Created: "false", Title: "Chief" }]);
    expect(failed.map((row) => [row.sf__Id, row.sf__Error])).toEqual([
      ["", "MISSING_ARGUMENT:Id not specified in an update call:--"],
      ["", "MALFORMED_ID:Contact ID: id value of incorrect type: 003000:Id --"],
      [twice, `DUPLICATE_VALUE:Duplicate id specified: ${twice}:Id --`],
      [twice, `DUPLICATE_VALUE:Duplicate id specified: ${twice}:Id --`],
      ["", "INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--"],
    ]);
  });

  it("upsert by key, and name rows that have none or share one within 200 rows", async () => {
    const job = await load(
      org,
      UPSERT,
      "SyncId__c,LastName\n,Keyless\nsame,One\nSAME,Two\nalone,Three\n#N/A,Null\n",
    );
    const { saved, failed } = await resultsOf(org, job.id);
    expect(saved.map((row) => row.SyncId__c)).toEqual(["alone"]);
    expect(failed.map((row) => row.sf__Error)).toEqual([
      "MISSING_ARGUMENT:SyncId__c not specified:--",
      "DUPLICATE_VALUE:Duplicate external id specified: same:SyncId__c --",
      "DUPLICATE_VALUE:Duplicate external id specified: SAME:SyncId__c --",
      "MISSING_ARGUMENT:SyncId__c not specified:--",
    ]);
    const noKey = await load(org, UPSERT, "LastName\nx\n");
    expect((await resultsOf(org, noKey.id)).failed[0]?.sf__Error).toBe(
      "MISSING_ARGUMENT:SyncId__c not specified:--",
    );
  });

  it("upsert by Id", async () => {
    const id = await org.create("Contact", { LastName: "Before" });
    const job = await load(
      org,
      { operation: "upsert", externalIdFieldName: "Id" },
      `Id,LastName\n${id},After\n,New\n`,
    );
    expect((await resultsOf(org, job.id)).saved.map((row) => row.sf__Created)).toEqual(["false", "true"]);
  });

  it("name the record of a failed row since version 53.0", async () => {
    const [row] = await org.upsert("Contact", [{ SyncId__c: "known", LastName: "Known" }]);
    const csv = "SyncId__c,Email\nknown,no address\n";
    const job = await load(org, UPSERT, csv);
    expect((await resultsOf(org, job.id)).failed[0]?.sf__Id).toBe(row?.id);
    const old = await org.api<{ id: string }>(
      "POST",
      "/jobs/ingest",
      { object: "Contact", ...UPSERT },
      {},
      "52.0",
    );
    await upload(org, old.body.id, csv);
    await setState(org, old.body.id, "UploadComplete");
    await ended(org, old.body.id);
    expect((await resultsOf(org, old.body.id)).failed[0]?.sf__Id).toBe("");
  });

  it("delete into the recycle bin, and hard delete past it", async () => {
    const soft = await org.create("Contact", { LastName: "Soft" });
    const hard = await org.create("Contact", { LastName: "Hard" });
    const job = await load(org, { operation: "delete" }, `Id\n${soft}\n${soft.replace("003", "001")}\n`);
    expect(job).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    await org.control("POST", "/permissions", { userPermissions: { BulkApiHardDelete: true } });
    await load(org, { operation: "hardDelete" }, `Id\n${hard}\n`);
    const all = await org.api<{ records: { Id: string; IsDeleted: boolean }[] }>(
      "GET",
      `/queryAll?q=${encodeURIComponent(`SELECT Id, IsDeleted FROM Contact WHERE Id IN ('${soft}','${hard}')`)}`,
    );
    expect(all.body.records).toMatchObject([{ Id: soft, IsDeleted: true }]);
    const wrong = await load(org, { operation: "delete" }, `Id,LastName\n${soft},x\n`);
    expect(wrong).toMatchObject({
      state: "Failed",
      errorMessage: "InvalidBatch : The 'delete' batch must contain only ids",
    });
  });

  it("count in the org's statistics", async () => {
    const before = (await org.control<{ objects: Record<string, Record<string, number>> }>("GET", "/stats"))
      .body;
    await load(org, { operation: "insert" }, "LastName\nA\nB\n\n#N/A\n");
    const after = (await org.control<{ objects: Record<string, Record<string, number>> }>("GET", "/stats"))
      .body;
    const change = (what: string) =>
      (after.objects.Contact?.[what] ?? 0) - (before.objects.Contact?.[what] ?? 0);
    expect([change("created"), change("failed")]).toEqual([2, 1]);
  });
});

describe("trouble in a chunk", () => {
  it("fails all of its 200 rows at an Apex limit, and no other", async () => {
    await org.control("POST", "/faults", { kind: "apex-limit", object: "Contact", rowsOver: 150 });
    const rows = Array.from({ length: 250 }, (_, n) => `Chunk ${n}`);
    const job = await load(org, { operation: "insert" }, `LastName\n${rows.join("\n")}\n`);
    expect(job).toMatchObject({
      state: "JobComplete",
      numberRecordsProcessed: 250,
      numberRecordsFailed: 200,
    });
    expect((await resultsOf(org, job.id)).failed[0]?.sf__Error).toBe(
      "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY:ContactTrigger: System.LimitException: Apex CPU time limit exceeded:--",
    );
  });

  it("fails a row that is locked", async () => {
    await org.control("POST", "/faults", { kind: "row-lock", object: "Contact" });
    const job = await load(org, { operation: "insert" }, "LastName\nLocked\nFree\n");
    const { saved, failed } = await resultsOf(org, job.id);
    expect([saved.length, failed.length]).toEqual([1, 1]);
    expect(failed[0]?.sf__Error).toMatch(/^UNABLE_TO_LOCK_ROW:unable to obtain exclusive access/);
  });
});

describe("results", () => {
  it("quote what Salesforce adds, and keep the rest as it was uploaded", async () => {
    const job = await load(org, { operation: "insert" }, 'LastName,"Title"\n"Quoted",Plain\n\n"",x\n');
    const saved = await callJobs(org, "GET", `/ingest/${job.id}/successfulResults`);
    expect(saved.text).toMatch(
      /^"sf__Id","sf__Created",LastName,"Title"\n"003\w{15}","true","Quoted",Plain\n$/,
    );
    const failed = await callJobs(org, "GET", `/ingest/${job.id}/failedResults`);
    expect(failed.text).toBe(
      '"sf__Id","sf__Error",LastName,"Title"\n"","REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --","",x\n',
    );
    const rest = await callJobs(org, "GET", `/ingest/${job.id}/unprocessedrecords/`);
    expect(rest.text).toBe('LastName,"Title"\n');
    expect(records(rest.text)).toEqual([]);
  });

  it("are CSV alone, and only of an ended job", async () => {
    const { id } = await createJob(org, { operation: "insert" });
    const early = await callJobs(org, "GET", `/ingest/${id}/successfulResults`);
    expect(JSON.parse(early.text)).toMatchObject([{ errorCode: "INVALIDJOBSTATE" }]);
    await setState(org, id, "Aborted");
    const json = await callJobs(org, "GET", `/ingest/${id}/failedResults`, undefined, {
      accept: "application/json",
    });
    expect(json.status).toBe(406);
  });
});
