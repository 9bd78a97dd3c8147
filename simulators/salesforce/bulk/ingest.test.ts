import { stringify } from "csv-stringify/sync";
import { describe, expect, it } from "vitest";
import { DELIMITERS, LINE_ENDS, type ColumnDelimiter, type LineEnding } from "./csv-format";
import { callJobs, createJob, ended, load, look, records, resultsOf, setState, upload } from "./test-jobs";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg({ bulk: { shortestMs: 20 } });
const UPSERT = { operation: "upsert", externalIdFieldName: "SyncId__c" };
const stored = async (syncId: string) =>
  (await org.stored("Contact")).find((row) => row.SyncId__c === syncId) ?? {};

describe("a new ingest job", () => {
  it("is open, and says where its data go", async () => {
    const { body } = await org.api<Record<string, unknown>>("POST", "/jobs/ingest", {
      object: "contact",
      ...UPSERT,
      columnDelimiter: "PIPE",
    });
    const id = String(body.id);
    expect(id).toMatch(/^750\w{15}$/);
    expect(body).toEqual({
      id,
      operation: "upsert",
      object: "Contact",
      createdById: expect.stringMatching(/^005/) as string,
      createdDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/) as string,
      systemModstamp: body.createdDate,
      state: "Open",
      externalIdFieldName: "SyncId__c",
      concurrencyMode: "Parallel",
      contentType: "CSV",
      apiVersion: 62,
      contentUrl: `services/data/v62.0/jobs/ingest/${id}/batches`,
      lineEnding: "LF",
      columnDelimiter: "PIPE",
    });
    expect(await look(org, id.slice(0, 15))).toMatchObject({
      id,
      jobType: "V2Ingest",
      contentUrl: body.contentUrl,
      retries: 0,
      totalProcessingTime: 0,
      apiActiveProcessingTime: 0,
      apexProcessingTime: 0,
    });
  });

  it.each([
    [{ object: "Nope", operation: "insert" }, "INVALIDJOB", "InvalidJob : Unable to find object: Nope"],
    [
      { object: "Contact", operation: "" },
      "API_ERROR",
      "Invalid value: '' supplied for property: 'operation'",
    ],
    [
      { object: "Contact", operation: "query" },
      "API_ERROR",
      "Invalid value: 'query' supplied for property: 'operation'",
    ],
    [
      { object: "Contact", operation: "insert", contentType: "JSON" },
      "API_ERROR",
      "Invalid value: 'JSON' supplied for property: 'contentType'",
    ],
    [
      { object: "Contact", operation: "insert", lineEnding: "CR" },
      "API_ERROR",
      "Invalid value: 'CR' supplied for property: 'lineEnding'",
    ],
    [
      { object: "Contact", operation: "insert", columnDelimiter: "," },
      "API_ERROR",
      "Invalid value: ',' supplied for property: 'columnDelimiter'",
    ],
    [
      { object: "Contact", operation: "insert", concurrencyMode: "Serial" },
      "API_ERROR",
      "Invalid value: 'Serial' supplied for property: 'concurrencyMode'",
    ],
    [
      { object: "Contact", operation: "upsert" },
      "INVALIDJOB",
      "InvalidJob : External ID was blank for Contact. An External ID must be specified for upsert.",
    ],
    [
      { object: "Contact", operation: "upsert", externalIdFieldName: "Title" },
      "INVALIDJOB",
      "InvalidJob : Field name provided, Title does not match an External ID for Contact",
    ],
    [
      { object: "Contact", operation: "insert", externalIdFieldName: "SyncId__c" },
      "INVALIDJOB",
      "InvalidJob : An External ID can only be specified for upsert",
    ],
    [
      { object: "Contact", operation: "insert", assignmentRuleId: "01Q000000000001AAA" },
      "INVALIDJOB",
      "InvalidJob : Assignment rules are for Case and Lead, not for Contact",
    ],
    [
      { object: "Contact", operation: "insert", colour: "red" },
      "API_ERROR",
      "Unrecognized property: 'colour'",
    ],
    [
      { object: "Contact", operation: 1 },
      "API_ERROR",
      "Value does not match expected type at [line:1, column:33]",
    ],
  ])("is refused for %j", async (body, errorCode, message) => {
    const answer = await org.api<ErrorBody>("POST", "/jobs/ingest", body);
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode, message }] });
  });

  it("needs version 41.0", async () => {
    const answer = await org.api(
      "POST",
      "/jobs/ingest",
      { object: "Contact", operation: "insert" },
      {},
      "40.0",
    );
    expect(answer.status).toBe(404);
  });
});

describe("data of a job", () => {
  it("are taken once, as CSV alone, while the job is open", async () => {
    const { id } = await createJob(org, { operation: "insert" });
    const json = await callJobs(org, "PUT", `/ingest/${id}/batches`, "{}", {
      "content-type": "application/json",
    });
    expect(json.status).toBe(415);
    const first = await upload(org, id, "LastName\nOnce\n");
    expect(first).toMatchObject({ status: 201, text: "" });
    const second = await upload(org, id, "LastName\nTwice\n");
    expect(second.status).toBe(400);
    expect(second.text).toContain(
      `Found multipe contents for job: <${id.slice(0, 15)}>, please 'Close' / 'Abort' / 'Delete' the current Job`,
    );
    await setState(org, id, "UploadComplete");
    const late = await upload(org, id, "LastName\nLate\n");
    expect(JSON.parse(late.text)).toMatchObject([{ errorCode: "INVALIDJOBSTATE" }]);
  });

  const combinations = (Object.keys(DELIMITERS) as ColumnDelimiter[]).flatMap((columnDelimiter) =>
    (Object.keys(LINE_ENDS) as LineEnding[]).map((lineEnding) => ({ columnDelimiter, lineEnding })),
  );
  it.each(combinations)("are read and answered in $columnDelimiter and $lineEnding", async (format) => {
    const delimiter = DELIMITERS[format.columnDelimiter];
    const lineEnd = LINE_ENDS[format.lineEnding];
    const key = `${format.columnDelimiter}-${format.lineEnding}`;
    const title = `Chief${delimiter}of "all"`;
    const csv = stringify(
      [
        ["SyncId__c", "LastName", "Title"],
        [key, "Müller", title],
        [`${key}-2`, "", ""],
      ],
      {
        delimiter,
        record_delimiter: lineEnd,
      },
    );
    const job = await load(org, { ...UPSERT, ...format }, csv);
    expect(job).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    expect(await stored(key)).toMatchObject({ LastName: "Müller", Title: title });
    const answer = await callJobs(org, "GET", `/ingest/${job.id}/successfulResults/`);
    expect(answer.headers.get("content-type")).toBe("text/csv");
    expect(answer.text.split(lineEnd)).toHaveLength(3);
    const { saved, failed, rest } = await resultsOf(org, job.id, delimiter);
    expect(saved).toMatchObject([{ sf__Created: "true", SyncId__c: key, LastName: "Müller", Title: title }]);
    expect(failed).toMatchObject([
      { sf__Id: "", sf__Error: "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --" },
    ]);
    expect(rest).toEqual([]);
  });

  it("leave a field alone where they are empty, and empty it for #N/A", async () => {
    await org.upsert("Contact", [{ SyncId__c: "na", LastName: "Old", Title: "Chief", Phone: "1" }]);
    await load(org, UPSERT, "SyncId__c,LastName,Title,Phone\nna,,,#N/A\n");
    expect(await stored("na")).toMatchObject({ LastName: "Old", Title: "Chief", Phone: null });
  });

  it("find parents by their keys, or say which one is missing", async () => {
    const accounts = await org.upsert("Account", [{ SyncId__c: "parent", Name: "Parent" }]);
    const accountId = accounts[0]?.id;
    const job = await load(
      org,
      UPSERT,
      `SyncId__c,LastName,Account.SyncId__c\nchild,Child,parent\norphan,Orphan,nobody\n`,
    );
    expect(await stored("child")).toMatchObject({ AccountId: accountId });
    expect((await resultsOf(org, job.id)).failed).toMatchObject([
      {
        sf__Error:
          "INVALID_FIELD:Foreign key external ID: nobody not found for field SyncId__c in entity Account:--",
        SyncId__c: "orphan",
      },
    ]);
    await load(org, UPSERT, "SyncId__c,Account.Id\nchild,#N/A\n");
    expect(await stored("child")).toMatchObject({ AccountId: null });
    await load(org, UPSERT, `SyncId__c,Account.Id\nchild,${accountId}\n`);
    expect(await stored("child")).toMatchObject({ AccountId: accountId });
  });

  it("fail row by row for values that are not of their field's type, and for rows of another length", async () => {
    const job = await load(
      org,
      { operation: "insert" },
      "LastName,Birthdate,DoNotCall\nA,01/02/2000,true\nB,,perhaps\nC\nD,,,\nE,2000-02-01,true\n",
    );
    expect(job).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 5, numberRecordsFailed: 4 });
    const { failed, saved } = await resultsOf(org, job.id);
    expect(failed.map((row) => row.sf__Error)).toEqual([
      "INVALID_FIELD:Failed to deserialize field at col 1. Due to, '01/02/2000' is not a valid value for the type xsd:date:Birthdate --",
      "INVALID_FIELD:Failed to deserialize field at col 2. Due to, 'perhaps' is not a valid value for the type xsd:boolean:DoNotCall --",
      "INVALID_FIELD:Failed to deserialize record. It has 1 columns, but the header has 3:--",
      "INVALID_FIELD:Failed to deserialize record. It has 4 columns, but the header has 3:--",
    ]);
    expect(saved).toHaveLength(1);
  });

  it.each([
    ["LastName,Nope\nx,y\n", "InvalidBatch : Field name not found : Nope"],
    [
      "LastName\r\nx\r\n",
      "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF",
    ],
    ["LastName;Phone\nx;y\n", "InvalidBatch : Field name not found : LastName;Phone"],
    ["\uFEFFLastName\nx\n", "InvalidBatch : Field name not found : \uFEFFLastName"],
    [
      '\uFEFF"LastName"\nx\n',
      "InvalidBatch : Failed to parse CSV. Found unescaped quote. A value with quote should be within a quote",
    ],
    ['LastName\ngood\nbad "one"\n', "InvalidBatch : Failed to parse CSV. Found unescaped quote."],
  ])("fail the whole job, with nothing saved: %j", async (csv, errorMessage) => {
    const job = await load(org, { operation: "insert" }, csv);
    expect(job.errorMessage).toContain(errorMessage);
    expect(job).toMatchObject({ state: "Failed", numberRecordsProcessed: 0, numberRecordsFailed: 0 });
    const { saved, failed, rest } = await resultsOf(org, job.id).catch(() => ({
      saved: [],
      failed: [],
      rest: [1],
    }));
    expect([saved.length, failed.length]).toEqual([0, 0]);
    expect(rest.length).toBeGreaterThan(0);
  });

  it("fail the job when they are not UTF-8", async () => {
    const job = await load(org, { operation: "insert" }, Buffer.from("LastName\nM\xfcller\n", "latin1"));
    expect(job).toMatchObject({
      state: "Failed",
      errorMessage: "ClientInputError : The job data are not valid UTF-8",
    });
  });

  it("come along with the job in a multipart request, which closes it", async () => {
    const body = [
      "--BOUNDARY",
      "Content-Type: application/json",
      'Content-Disposition: form-data; name="job"',
      "",
      JSON.stringify({ object: "Contact", contentType: "CSV", ...UPSERT }),
      "",
      "--BOUNDARY",
      "Content-Type: text/csv",
      'Content-Disposition: form-data; name="content"; filename="content"',
      "",
      "SyncId__c,LastName\nmultipart,Zoë\n",
      "--BOUNDARY--",
      "",
    ].join("\r\n");
    const answer = await callJobs(org, "POST", "/ingest", body, {
      "content-type": "multipart/form-data; boundary=BOUNDARY",
    });
    const created = JSON.parse(answer.text) as { id: string; state: string };
    expect(created).toMatchObject({ state: "UploadComplete" });
    expect(created).not.toHaveProperty("contentUrl");
    expect(await ended(org, created.id)).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 1 });
    expect(await stored("multipart")).toMatchObject({ LastName: "Zoë" });
  });

  it("are refused in a multipart request of another form", async () => {
    const answer = await callJobs(org, "POST", "/ingest", "--x\r\nnothing", {
      "content-type": "multipart/form-data; boundary=x",
    });
    expect(JSON.parse(answer.text)).toMatchObject([
      { errorCode: "API_ERROR", message: "A multipart request must have the parts 'job' and 'content'" },
    ]);
  });
});

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
