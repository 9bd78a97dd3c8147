import { beforeAll, describe, expect, it } from "vitest";
import { callJobs, ended, type JobInfo } from "./test-jobs";
import { TestAdmin } from "../access/test-admin";
import { useOrg } from "../test-org";

const org = useOrg({ integrationAccess: "minimal" });
const admin = new TestAdmin(org);
let queryId = "";
let ingestId = "";

/** A call of the integration user, who may do nothing but call the API. */
const asStranger = (method: string, path: string, body?: unknown) =>
  callJobs(org, method, path, body === undefined ? undefined : JSON.stringify(body), {
    "content-type": "application/json",
  });
const asOwner = (method: string, path: string) =>
  callJobs(org, method, path, undefined, { authorization: `Bearer ${admin.accessToken}` });

beforeAll(async () => {
  await admin.signIn();
  await admin.create("Contact", { LastName: "Private" });
  const query = { operation: "query", query: "SELECT LastName FROM Contact" };
  queryId = (await admin.api<JobInfo>("POST", "/jobs/query", query)).body.id;
  const ingest = { operation: "insert", object: "Contact" };
  ingestId = (await admin.api<JobInfo>("POST", "/jobs/ingest", ingest)).body.id;
  await ended(org, queryId, "query");
});

describe("a job of another user", () => {
  it.each(["results", "resultPages"])("does not show its %s", async (what) => {
    const { status, text } = await asStranger("GET", `/query/${queryId}/${what}`);
    expect([status, text]).toEqual([403, expect.stringContaining("INSUFFICIENT_ACCESS")]);
    expect(text).not.toContain("Private");
    expect((await asOwner("GET", `/query/${queryId}/${what}`)).status).toBe(200);
  });

  it("is neither aborted, filled nor deleted", async () => {
    const refused = { status: 403, text: expect.stringContaining("INSUFFICIENT_ACCESS") as string };
    expect(await asStranger("PATCH", `/ingest/${ingestId}`, { state: "Aborted" })).toMatchObject(refused);
    expect(await asStranger("DELETE", `/query/${queryId}`)).toMatchObject(refused);
    const filled = await callJobs(org, "PUT", `/ingest/${ingestId}/batches`, "LastName\nx\n", {
      "content-type": "text/csv",
    });
    expect(filled).toMatchObject({ status: 400, text: expect.stringContaining("INVALIDUSER") as string });
  });

  it.each(["successfulResults", "failedResults", "unprocessedrecords"])("hides its %s", async (what) => {
    const aborted = await admin.api("PATCH", `/jobs/ingest/${ingestId}`, { state: "Aborted" });
    expect([200, 400]).toContain(aborted.status);
    expect((await asStranger("GET", `/ingest/${ingestId}/${what}`)).status).toBe(403);
    expect((await asOwner("GET", `/ingest/${ingestId}/${what}`)).status).toBe(200);
  });

  it.each(["ModifyAllData", "ManageDataIntegrations"])("is open to who has %s", async (permission) => {
    const setId = await admin.create("PermissionSet", {
      Name: `Sees_${permission}`,
      Label: permission,
      [`Permissions${permission}`]: true,
      ...(permission === "ModifyAllData" ? { PermissionsViewAllData: true } : {}),
    });
    const [user] = await admin.query<{ Id: string }>(
      "SELECT Id FROM User WHERE Username = 'integration@myvenue.example'",
    );
    const assignment = await admin.create("PermissionSetAssignment", {
      AssigneeId: user?.Id,
      PermissionSetId: setId,
    });
    expect((await asStranger("GET", `/query/${queryId}/results`)).status).toBe(200);
    await admin.api("DELETE", `/sobjects/PermissionSetAssignment/${assignment}`);
    expect((await asStranger("GET", `/query/${queryId}/results`)).status).toBe(403);
  });
});
