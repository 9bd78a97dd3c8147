import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import {
  callJobs,
  createJob,
  ended,
  load,
  look,
  resultsOf,
  setState,
  upload,
  type JobInfo,
} from "./test-jobs";
import { TestAdmin } from "../access/test-admin";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg({ bulk: { shortestMs: 20 } });
const csvOf = (count: number, name = "Row") =>
  `LastName\n${Array.from({ length: count }, (_, n) => `${name} ${n}`).join("\n")}\n`;

async function started(csv: string, properties: Record<string, unknown> = {}): Promise<string> {
  const { id } = await createJob(org, { operation: "insert", ...properties });
  await upload(org, id, csv);
  await setState(org, id, "UploadComplete");
  return id;
}

async function inProgress(id: string, moreThan = -1): Promise<JobInfo> {
  for (;;) {
    const info = await look(org, id);
    if (info.state !== "UploadComplete" && (info.numberRecordsProcessed ?? 0) > moreThan) return info;
    await sleep(5);
  }
}

describe("an ingest job", () => {
  it("goes from Open over UploadComplete and InProgress to JobComplete, rows appearing on the way", async () => {
    await org.control("POST", "/faults", { kind: "bulk-slow", ms: 600 });
    const { id } = await createJob(org, { operation: "insert" });
    expect(await look(org, id)).toMatchObject({ state: "Open" });
    await upload(org, id, csvOf(1_000, "Gradual"));
    expect((await setState(org, id, "UploadComplete")).body).toEqual({
      id,
      operation: "insert",
      object: "Contact",
      createdById: expect.any(String) as string,
      createdDate: expect.any(String) as string,
      systemModstamp: expect.any(String) as string,
      state: "UploadComplete",
      concurrencyMode: "Parallel",
      contentType: "CSV",
      apiVersion: 62,
    });
    expect(await look(org, id)).toMatchObject({ state: "UploadComplete", numberRecordsProcessed: 0 });
    const middle = await inProgress(id, 0);
    expect(middle.state).toBe("InProgress");
    expect(middle.numberRecordsProcessed).toBeLessThan(1_000);
    const there = await org.query("SELECT Id FROM Contact WHERE LastName LIKE 'Gradual%'");
    expect(there.length).toBeGreaterThan(0);
    const last = await ended(org, id);
    expect(last).toMatchObject({
      state: "JobComplete",
      numberRecordsProcessed: 1_000,
      numberRecordsFailed: 0,
      apexProcessingTime: 0,
      isPkChunkingSupported: false,
    });
    expect(last.totalProcessingTime).toBeGreaterThanOrEqual(600);
    expect(last).not.toHaveProperty("contentUrl");
  });

  it("ends by itself, whether anyone asks or not", async () => {
    const id = await started(csvOf(300, "Unasked"));
    await sleep(300);
    expect(await look(org, id)).toMatchObject({ state: "JobComplete" });
  });

  it("lets other calls through while it works", async () => {
    const id = await started(csvOf(20_000, "Busy"));
    const seen = new Set<number>();
    for (let info = await look(org, id); info.state !== "JobComplete"; info = await look(org, id)) {
      seen.add(info.numberRecordsProcessed ?? 0);
    }
    expect(seen.size).toBeGreaterThan(5);
  });

  it("is done with no records when it has none", async () => {
    const { id } = await createJob(org, { operation: "insert" });
    await setState(org, id, "UploadComplete");
    expect(await ended(org, id)).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 0 });
    expect(await load(org, { operation: "insert" }, "LastName\n")).toMatchObject({ state: "JobComplete" });
  });
});

describe("aborting", () => {
  it("keeps what was saved, and answers the rest as unprocessed", async () => {
    await org.control("POST", "/faults", { kind: "bulk-slow", ms: 2_000 });
    const id = await started(csvOf(2_000, "Aborted"));
    await inProgress(id, 0);
    expect((await setState(org, id, "Aborted")).body).toMatchObject({ state: "Aborted" });
    const { numberRecordsProcessed: processed = 0 } = await look(org, id);
    await sleep(100);
    expect(await look(org, id)).toMatchObject({ state: "Aborted", numberRecordsProcessed: processed });
    const { saved, rest } = await resultsOf(org, id);
    expect(saved).toHaveLength(processed);
    expect(rest).toHaveLength(2_000 - processed);
    expect(rest[0]).toEqual({ LastName: `Aborted ${processed}` });
  });

  it("of an open job leaves all its data unprocessed", async () => {
    const { id } = await createJob(org, { operation: "insert" });
    await upload(org, id, csvOf(2));
    await setState(org, id, "Aborted");
    expect((await callJobs(org, "GET", `/ingest/${id}/unprocessedrecords`)).text).toBe(csvOf(2));
  });
});

describe("states that a job cannot move to", () => {
  it.each([
    ["JobComplete", "Aborted", "Aborting already Completed Job not allowed"],
    ["JobComplete", "UploadComplete", "Closing already closed Job not allowed"],
    ["Aborted", "UploadComplete", "Closing already aborted Job not allowed"],
    ["Aborted", "Aborted", "Aborting already Aborted Job not allowed"],
    ["Aborted", "Open", "A job cannot be moved to the state Open"],
  ])("from %s to %s", async (from, to, message) => {
    const { id } = await createJob(org, { operation: "insert" });
    await setState(org, id, from === "Aborted" ? "Aborted" : "UploadComplete");
    await ended(org, id);
    expect(await setState(org, id, to)).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALIDJOBSTATE", message }],
    });
  });

  it("are refused as values when they are no states", async () => {
    const { id } = await createJob(org, { operation: "insert" });
    expect(await setState(org, id, "Closed")).toMatchObject({
      status: 400,
      body: [{ errorCode: "API_ERROR", message: "Invalid value: 'Closed' supplied for property: 'state'" }],
    });
  });
});

describe("deleting a job", () => {
  it("needs it closed", async () => {
    const { id } = await createJob(org, { operation: "insert" });
    expect(await org.api<ErrorBody>("DELETE", `/jobs/ingest/${id}`)).toMatchObject({
      status: 400,
      body: [{ errorCode: "API_ERROR" }],
    });
  });

  const patient = useOrg({ bulk: { shortestMs: 600 } });
  it("stops a waiting one for good", async () => {
    const { id } = await createJob(patient, { operation: "insert" });
    await upload(patient, id, csvOf(10));
    await setState(patient, id, "UploadComplete");
    expect((await patient.api("DELETE", `/jobs/ingest/${id}`)).status).toBe(204);
    await sleep(400);
    expect(await patient.query("SELECT Id FROM Contact")).toEqual([]);
    expect(await patient.api<ErrorBody>("GET", `/jobs/ingest/${id}`)).toMatchObject({
      status: 404,
      body: [{ errorCode: "NOT_FOUND", message: "The requested resource does not exist" }],
    });
  });
});

describe("a job that is ordered to fail", () => {
  it("keeps what it had saved, and tells the message", async () => {
    await org.control("POST", "/faults", {
      kind: "bulk-fail",
      message: "InternalServerError : Unable to process the job",
      afterRows: 200,
    });
    const job = await load(org, { operation: "insert" }, csvOf(500, "Halfway"));
    expect(job).toMatchObject({
      state: "Failed",
      errorMessage: "InternalServerError : Unable to process the job",
      numberRecordsProcessed: 200,
    });
    const { saved, rest } = await resultsOf(org, job.id);
    expect([saved.length, rest.length]).toEqual([200, 300]);
    expect(await load(org, { operation: "insert" }, csvOf(1))).toMatchObject({ state: "JobComplete" });
  });

  it("is one of the object that is named, if one is", async () => {
    await org.control("POST", "/faults", { kind: "bulk-fail", message: "no", object: "Account" });
    expect(await load(org, { operation: "insert" }, csvOf(1))).toMatchObject({ state: "JobComplete" });
    expect(await load(org, { object: "Account", operation: "insert" }, "Name\nx\n")).toMatchObject({
      state: "Failed",
    });
  });
});

describe("lists of jobs", () => {
  interface List {
    done: boolean;
    nextRecordsUrl: string | null;
    records: JobInfo[];
  }
  const own = useOrg({ bulk: { shortestMs: 20 } });
  const list = async (path: string) => (await own.api<List>("GET", `/jobs${path}`)).body;

  it("hold jobs of one type, a thousand a page", async () => {
    for (let n = 0; n < 1_001; n += 77) {
      const count = Math.min(77, 1_001 - n);
      await Promise.all(Array.from({ length: count }, () => createJob(own, { operation: "insert" })));
    }
    const { body: query } = await own.api<JobInfo>("POST", "/jobs/query", {
      operation: "query",
      query: "SELECT Id FROM User",
    });
    const first = await list("/ingest");
    expect(first).toMatchObject({ done: false });
    expect(first.records).toHaveLength(1_000);
    expect(first.records[0]).toMatchObject({ jobType: "V2Ingest", state: "Open", lineEnding: "LF" });
    expect(first.nextRecordsUrl).toMatch(
      /^\/services\/data\/v62\.0\/jobs\/ingest\?queryLocator=01g\w{15}-1000$/,
    );
    const second = await list(first.nextRecordsUrl?.replace("/services/data/v62.0/jobs", "") ?? "");
    expect(second).toMatchObject({ done: true, nextRecordsUrl: null });
    expect(second.records).toHaveLength(1);
    expect((await list("/query")).records.map(({ id }) => id)).toEqual([query.id]);
    expect((await list("/query?jobType=V2Ingest")).records).toHaveLength(1_000);
    expect((await list("/ingest?jobType=Classic")).records).toEqual([]);
    expect((await list("/ingest?isPkChunkingEnabled=true")).records).toEqual([]);
    expect((await own.api("GET", "/jobs/ingest?jobType=Nope")).status).toBe(400);
    expect((await own.api("GET", "/jobs/ingest?queryLocator=01g000000000000AAA-1000")).status).toBe(400);
  });
});

describe("a reset", () => {
  it("takes the jobs along, and stops those under way", async () => {
    await org.control("POST", "/faults", { kind: "bulk-slow", ms: 1_000 });
    const id = await started(csvOf(2_000, "Reset"));
    await inProgress(id, 0);
    await org.control("POST", "/reset");
    expect((await org.api("GET", `/jobs/ingest/${id}`)).status).toBe(404);
    await sleep(100);
    expect(await org.query("SELECT Id FROM Contact WHERE LastName LIKE 'Reset%'")).toEqual([]);
  });
});

describe("the daily allowance of batches", () => {
  const small = useOrg({ bulk: { shortestMs: 0, dailyBatches: 1 } });

  it("refuses the next job", async () => {
    await load(small, { operation: "insert" }, csvOf(1));
    expect(
      await small.api<ErrorBody>("POST", "/jobs/ingest", { object: "Contact", operation: "insert" }),
    ).toMatchObject({
      status: 400,
      body: [{ errorCode: "EXCEEDEDQUOTA", message: "ExceededQuota : ApiBatchItems Limit exceeded." }],
    });
  });
});

describe("rights that are taken away while a job runs", () => {
  const changing = useOrg({ bulk: { shortestMs: 20 } });

  it("end the job where it is", async () => {
    await changing.control("POST", "/faults", { kind: "bulk-slow", ms: 1_000 });
    const { id } = await createJob(changing, { operation: "insert" });
    await upload(
      changing,
      id,
      csvOf(2_000).replaceAll("\n", ",Chief\n").replace("LastName,Chief", "LastName,Title"),
    );
    await setState(changing, id, "UploadComplete");
    while (((await look(changing, id)).numberRecordsProcessed ?? 0) === 0) await sleep(5);
    const rights = await changing.query<{ Id: string }>(
      "SELECT Id FROM FieldPermissions WHERE Field = 'Contact.Title'",
    );
    for (const right of rights) await changing.api("DELETE", `/sobjects/FieldPermissions/${right.Id}`);
    const job = await ended(changing, id);
    expect(job).toMatchObject({
      state: "Failed",
      errorMessage: "InvalidBatch : Field name not found : Title",
    });
    expect(job.numberRecordsProcessed).toBeGreaterThan(0);
  });
});

describe("another user than the one who created the job", () => {
  it("may abort it, but neither fill nor close it", async () => {
    const client = {
      clientId: "admin-client",
      clientSecret: "admin-secret",
      username: "admin@myvenue.example",
    };
    await org.control("POST", "/clients", client);
    const token = await org.requestToken({
      grant_type: "client_credentials",
      client_id: client.clientId,
      client_secret: client.clientSecret,
    });
    const authorization = `Bearer ${token.body.access_token}`;
    const { id } = await createJob(org, { operation: "insert" });
    const csv = { authorization, "content-type": "text/csv" };
    const filled = await callJobs(org, "PUT", `/ingest/${id}/batches`, csvOf(1), csv);
    expect(JSON.parse(filled.text)).toMatchObject([{ errorCode: "INVALIDUSER" }]);
    const patch = (state: string) =>
      org.api<ErrorBody>("PATCH", `/jobs/ingest/${id}`, { state }, { authorization });
    expect(await patch("UploadComplete")).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALIDUSER" }],
    });
    expect(await patch("Aborted")).toMatchObject({ status: 200, body: { state: "Aborted" } });
  });
});

describe("a user without rights", () => {
  const bare = useOrg({ integrationAccess: "minimal" });

  it("finds no object, and may not delete past the recycle bin", async () => {
    const insert = await bare.api<ErrorBody>("POST", "/jobs/ingest", {
      object: "Contact",
      operation: "insert",
    });
    expect(insert).toMatchObject({ status: 400, body: [{ errorCode: "INVALIDJOB" }] });
    const users = await bare.api("POST", "/jobs/ingest", { object: "User", operation: "hardDelete" });
    expect(users).toMatchObject(NOT_ENABLED);
  });
});

const NOT_ENABLED = {
  status: 400,
  body: [
    {
      errorCode: "FEATURENOTENABLED",
      message:
        "FeatureNotEnabled : hardDelete operation requires special user profile permission, please contact your system administrator",
    },
  ],
};

describe("a hard delete", () => {
  const full = useOrg();
  const admin = new TestAdmin(full);
  const ask = () => full.api("POST", "/jobs/ingest", { object: "Contact", operation: "hardDelete" });

  it("is for nobody until the permission is granted, by the control endpoint or a permission set", async () => {
    await admin.signIn();
    const job = { object: "Contact", operation: "hardDelete" };
    expect(await admin.api("POST", "/jobs/ingest", job)).toMatchObject(NOT_ENABLED);
    expect(await ask()).toMatchObject(NOT_ENABLED);
    await full.control("POST", "/permissions", { userPermissions: { BulkApiHardDelete: true } });
    expect((await ask()).status).toBe(200);
    await full.control("POST", "/permissions", { userPermissions: { BulkApiHardDelete: false } });
    expect(await ask()).toMatchObject(NOT_ENABLED);
    const set = { Name: "Hard_Delete", Label: "Hard delete", PermissionsBulkApiHardDelete: true };
    const [user] = await full.query<{ Id: string }>(
      "SELECT Id FROM User WHERE Username = 'integration@myvenue.example'",
    );
    await admin.create("PermissionSetAssignment", {
      PermissionSetId: await admin.create("PermissionSet", set),
      AssigneeId: user?.Id,
    });
    expect((await ask()).status).toBe(200);
  });
});
