import { stringify } from "csv-stringify/sync";
import { describe, expect, it } from "vitest";
import { DELIMITERS, LINE_ENDS, type ColumnDelimiter, type LineEnding } from "./csv-format";
import { callJobs, createJob, ended, load, look, resultsOf, setState, upload } from "./test-jobs";
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
    const latin = await callJobs(org, "PUT", `/ingest/${id}/batches`, "LastName", {
      "content-type": "text/csv; charset=ISO-8859-1",
    });
    expect(latin.status).toBe(415);
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

  it("read a date with the zone Z as the guide's sample has it, and no other zone", async () => {
    const csv = 'LastName;Birthdate;Description\nZ;1940-06-07Z;"a; b\nc"\nO;1940-06-07+01:00;\n';
    const { id } = await load(org, { operation: "insert", columnDelimiter: "SEMICOLON" }, csv);
    const { failed, saved } = await resultsOf(org, id, ";");
    expect(saved).toMatchObject([{ LastName: "Z" }]);
    expect(failed.map((row) => row.sf__Error)).toEqual([
      "INVALID_FIELD:Failed to deserialize field at col 1. Due to, '1940-06-07+01:00' is not a valid value for the type xsd:date:Birthdate --",
    ]);
    const where = `Id = '${saved[0]?.sf__Id ?? ""}'`;
    const [stored] = await org.query(`SELECT Birthdate, Description FROM Contact WHERE ${where}`);
    expect(stored).toMatchObject({ Birthdate: "1940-06-07", Description: "a; b\nc" });
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
    const textOf = async (name: string) => (await callJobs(org, "GET", `/ingest/${job.id}/${name}`)).text;
    expect((await textOf("successfulResults")).trim().split("\n")).toHaveLength(1);
    expect((await textOf("failedResults")).trim().split("\n")).toHaveLength(1);
    expect(await textOf("unprocessedrecords")).toBe(csv.replace("\uFEFF", ""));
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
