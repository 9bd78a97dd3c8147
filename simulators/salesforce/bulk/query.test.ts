import { beforeAll, describe, expect, it } from "vitest";
import { DELIMITERS, LINE_ENDS } from "./csv-format";
import { callJobs, ended, look, queryResults, records, setState, type JobInfo } from "./test-jobs";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg({ bulk: { shortestMs: 20, dailyQueryJobs: 100 } });

beforeAll(async () => {
  await org.upsert("Account", [
    { SyncId__c: "parent", Name: 'The "Parent", Ltd', AnnualRevenue: 90_000_000 },
  ]);
  await org.upsert(
    "Contact",
    Array.from({ length: 7 }, (_, n) => ({
      SyncId__c: `q-${n}`,
      LastName: `Person ${n}`,
      ...(n === 0 ? { Description: "two\nlines", Account: { SyncId__c: "parent" }, DoNotCall: true } : {}),
    })),
  );
});

const create = (properties: Record<string, unknown>, version = "62.0") =>
  org.api<JobInfo & ErrorBody>("POST", "/jobs/query", { operation: "query", ...properties }, {}, version);

describe("a query job", () => {
  it("starts complete to be worked on, and tells all of itself when asked", async () => {
    const { status, body } = await create({ query: "SELECT Id FROM contact" });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: body.id,
      operation: "query",
      object: "Contact",
      createdById: expect.stringMatching(/^005/) as string,
      createdDate: body.createdDate,
      systemModstamp: body.createdDate,
      state: "UploadComplete",
      concurrencyMode: "Parallel",
      contentType: "CSV",
      apiVersion: 62,
      lineEnding: "LF",
      columnDelimiter: "COMMA",
    });
    expect(await ended(org, body.id, "query")).toMatchObject({
      state: "JobComplete",
      jobType: "V2Query",
      numberRecordsProcessed: 7,
      retries: 0,
      totalProcessingTime: expect.any(Number) as number,
      isPkChunkingSupported: true,
    });
    expect((await org.api("GET", `/jobs/ingest/${body.id}`)).status).toBe(404);
  });

  it("gives CSV with everything between quotes", async () => {
    const answer = await queryResults(
      org,
      "SELECT SyncId__c, account.name, Account.AnnualRevenue, Description, DoNotCall, CreatedDate, Birthdate FROM Contact WHERE SyncId__c IN ('q-0','q-1') ORDER BY SyncId__c",
    );
    expect(answer.headers.get("content-type")).toBe("text/csv");
    expect(answer.headers.get("sforce-locator")).toBe("null");
    expect(answer.headers.get("sforce-numberofrecords")).toBe("2");
    const [header, first, second, third] = answer.text.split("\n");
    expect(header).toBe(
      '"SyncId__c","Account.Name","Account.AnnualRevenue","Description","DoNotCall","CreatedDate","Birthdate"',
    );
    expect(first).toBe('"q-0","The ""Parent"", Ltd","9.0E7","two');
    expect(second).toMatch(/^lines","true","\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z",""$/);
    expect(third).toMatch(/^"q-1","","","","false","/);
    expect(records(answer.text)[0]).toMatchObject({
      "Account.Name": 'The "Parent", Ltd',
      Description: "two\nlines",
    });
  });

  it.each(["BACKQUOTE", "CARET", "COMMA", "PIPE", "SEMICOLON", "TAB"] as const)(
    "writes %s, with either line end",
    async (columnDelimiter) => {
      for (const lineEnding of ["LF", "CRLF"] as const) {
        const { text } = await queryResults(
          org,
          "SELECT SyncId__c, LastName FROM Contact WHERE SyncId__c = 'q-3'",
          {
            columnDelimiter,
            lineEnding,
          },
        );
        const delimiter = DELIMITERS[columnDelimiter];
        const lineEnd = LINE_ENDS[lineEnding];
        expect(text).toBe(`"SyncId__c"${delimiter}"LastName"${lineEnd}"q-3"${delimiter}"Person 3"${lineEnd}`);
      }
    },
  );

  it("answers a header for nothing, and columns by name up to version 49.0", async () => {
    const empty = await queryResults(org, "SELECT LastName, Id FROM Contact WHERE LastName = 'nobody'");
    expect(empty.text).toBe('"LastName","Id"\n');
    expect(empty.headers.get("sforce-numberofrecords")).toBe("0");
    const old = await create({ query: "SELECT LastName, Id FROM Contact LIMIT 1" }, "49.0");
    await ended(org, old.body.id, "query");
    const { text } = await callJobs(org, "GET", `/query/${old.body.id}/results`, undefined, {}, "49.0");
    expect(text).toMatch(/^"Id","LastName"\n/);
  });

  it("finds deleted records with queryAll", async () => {
    const id = await org.create("Contact", { LastName: "Deleted soon" });
    await org.api("DELETE", `/sobjects/Contact/${id}`);
    const query = "SELECT Id, IsDeleted FROM Contact WHERE LastName = 'Deleted soon'";
    expect((await queryResults(org, query)).text.split("\n")).toHaveLength(2);
    const all = await queryResults(org, query, { operation: "queryAll" });
    expect(all.text).toBe(`"Id","IsDeleted"\n"${id}","true"\n`);
  });

  it.each([
    ["SELECT COUNT() FROM Contact", "Aggregate Relationships not supported in Bulk Query"],
    ["SELECT MAX(CreatedDate) newest FROM Contact", "Aggregate Relationships not supported in Bulk Query"],
    ["SELECT Title FROM Contact GROUP BY Title", "Aggregate Relationships not supported in Bulk Query"],
    [
      "SELECT Id, (SELECT Id FROM Contacts) FROM Account",
      "Aggregate Relationships not supported in Bulk Query",
    ],
    ["SELECT Id FROM Contact OFFSET 5", "OFFSET not supported in Bulk Query"],
    ["SELECT TYPEOF Owner WHEN User THEN Name END FROM Contact", "TYPEOF not supported in Bulk Query"],
    ["SELECT Id, MailingAddress FROM Contact", "Selecting compound data not supported in Bulk Query"],
    ["SELECT Account.BillingAddress FROM Contact", "Selecting compound data not supported in Bulk Query"],
    ["SELECT FIELDS(ALL) FROM Contact LIMIT 5", "FIELDS(ALL) not supported in Bulk Query"],
  ])("does not do %s", async (query, message) => {
    expect(await create({ query })).toMatchObject({
      status: 400,
      body: [{ errorCode: "API_ERROR", message }],
    });
  });

  it("answers FIELDS(STANDARD) without compound fields", async () => {
    const { text } = await queryResults(org, "SELECT FIELDS(STANDARD) FROM Contact LIMIT 1");
    const [record] = records(text);
    expect(record).toHaveProperty("MailingCity");
    expect(record).not.toHaveProperty("MailingAddress");
    expect(record).not.toHaveProperty("SyncId__c");
  });

  it.each([
    [{ query: "SELECT Nope FROM Contact" }, "INVALID_FIELD"],
    [{ query: "SELECT Id FROM Nope" }, "INVALID_TYPE"],
    [{ query: "SELEC Id" }, "MALFORMED_QUERY"],
    [{}, "MALFORMED_QUERY"],
    [{ query: "SELECT Id FROM Contact", operation: "insert" }, "API_ERROR"],
    [{ query: "SELECT Id FROM Contact", contentType: "XML" }, "API_ERROR"],
    [{ query: ["SELECT Id FROM Contact"] }, "API_ERROR"],
    [{ query: "SELECT Id FROM Contact", object: "Contact" }, "API_ERROR"],
  ])("is refused for %j", async (properties, errorCode) => {
    expect(await create(properties)).toMatchObject({ status: 400, body: [{ errorCode }] });
  });
});

describe("results", () => {
  it("come by locators, as often as one likes", async () => {
    const { body } = await create({
      query: "SELECT SyncId__c FROM Contact WHERE SyncId__c != null ORDER BY SyncId__c",
    });
    await ended(org, body.id, "query");
    const seen: string[] = [];
    let locator = "";
    for (const expected of ["3", "3", "1"]) {
      const path = `/query/${body.id}/results?maxRecords=3${locator}`;
      const page = await callJobs(org, "GET", path, undefined, { accept: "text/csv" });
      expect(page.headers.get("sforce-numberofrecords")).toBe(expected);
      seen.push(...records(page.text).map((row) => row.SyncId__c ?? ""));
      locator = `&locator=${page.headers.get("sforce-locator")}`;
    }
    expect(locator).toBe("&locator=null");
    expect(seen).toEqual(["q-0", "q-1", "q-2", "q-3", "q-4", "q-5", "q-6"]);
    const pages = await org.api<Record<string, unknown>>("GET", `/jobs/query/${body.id}/resultPages`);
    expect(pages.body).toEqual({
      resultPages: [{ resultUrl: `/services/data/v62.0/jobs/query/${body.id}/results?locator=MA` }],
      nextRecordsUrl: null,
      done: true,
    });
  });

  it("want the version of the job, a known locator and a real maxRecords", async () => {
    const { body } = await create({ query: "SELECT Id FROM Contact" });
    await ended(org, body.id, "query");
    const path = `/query/${body.id}/results`;
    expect((await callJobs(org, "GET", path, undefined, {}, "61.0")).status).toBe(409);
    expect((await callJobs(org, "GET", `${path}?locator=nope`)).status).toBe(400);
    expect((await callJobs(org, "GET", `${path}?maxRecords=0`)).status).toBe(400);
    expect((await callJobs(org, "GET", path, undefined, { accept: "application/json" })).status).toBe(406);
  });

  it("are not there before the job is complete, and never of an aborted one", async () => {
    await org.control("POST", "/faults", { kind: "bulk-slow", ms: 60_000 });
    const { body } = await create({ query: "SELECT Id FROM Contact" });
    const early = await callJobs(org, "GET", `/query/${body.id}/results`);
    expect(JSON.parse(early.text)).toMatchObject([{ errorCode: "INVALIDJOBSTATE" }]);
    const deleted = await org.api<ErrorBody>("DELETE", `/jobs/query/${body.id}`);
    expect(deleted).toMatchObject({
      status: 400,
      body: [{ message: "Error encountered when deleting the job because the job is not terminated" }],
    });
    expect((await setState(org, body.id, "Aborted", "query")).body).toMatchObject({ state: "Aborted" });
    expect((await callJobs(org, "GET", `/query/${body.id}/results`)).status).toBe(400);
    expect((await org.api("DELETE", `/jobs/query/${body.id}`)).status).toBe(204);
    expect((await org.api("GET", `/jobs/query/${body.id}`)).status).toBe(404);
  });

  it("do not come when the job fails", async () => {
    await org.control("POST", "/faults", {
      kind: "bulk-fail",
      message: "InternalServerError : retried more than 15 times",
    });
    const { body } = await create({ query: "SELECT Id FROM Contact" });
    expect(await ended(org, body.id, "query")).toMatchObject({
      state: "Failed",
      errorMessage: "InternalServerError : retried more than 15 times",
    });
  });
});

describe("a completed query job", () => {
  it("is not aborted", async () => {
    const { body } = await create({ query: "SELECT Id FROM Contact" });
    await ended(org, body.id, "query");
    expect(await setState(org, body.id, "Aborted", "query")).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALIDJOBSTATE", message: "Aborting already Completed Job not allowed" }],
    });
    expect(await look(org, body.id, "query")).toMatchObject({ state: "JobComplete" });
  });
});

describe("the daily allowance of query jobs", () => {
  const small = useOrg({ bulk: { dailyQueryJobs: 2 } });

  it("refuses the next job", async () => {
    const again = () =>
      small.api<ErrorBody>("POST", "/jobs/query", { operation: "query", query: "SELECT Id FROM User" });
    expect([(await again()).status, (await again()).status]).toEqual([200, 200]);
    expect(await again()).toMatchObject({
      status: 400,
      body: [
        {
          errorCode: "LIMIT_EXCEEDED",
          message: "Max bulk v2 query jobs (2) per 24 hrs has been reached (3)",
        },
      ],
    });
  });
});
