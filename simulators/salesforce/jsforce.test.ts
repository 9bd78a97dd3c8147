import { Connection } from "jsforce";
import { beforeAll, describe, expect, it } from "vitest";
import { useOrg } from "./test-org";

const org = useOrg();
let connection: Connection;

beforeAll(() => {
  connection = new Connection({
    instanceUrl: org.url,
    accessToken: org.accessToken,
    version: "62.0",
    maxRequest: 10,
  });
});

const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({ SyncId__c: `js-${from + n}`, LastName: `Person ${from + n}` }));

describe("jsforce", () => {
  it("describes the org and an object", async () => {
    const global = await connection.describeGlobal();
    expect(global.sobjects.map(({ name }) => name)).toContain("SecutixSale__c");
    const account = await connection.describe("Account");
    expect(account.fields.find(({ name }) => name === "PersonEmail")?.type).toBe("email");
    expect(connection.limitInfo).toHaveProperty("apiUsage.limit", 100_000);
  });

  it("creates, updates, retrieves and deletes one record", async () => {
    const created = await connection.sobject("Contact").create({ LastName: "Single" });
    expect(created.success).toBe(true);
    const id = created.id ?? "";
    await connection.sobject("Contact").update({ Id: id, FirstName: "One" });
    expect(await connection.sobject("Contact").retrieve(id)).toMatchObject({ Name: "One Single" });
    await connection.sobject("Contact").destroy(id);
    await expect(connection.sobject("Contact").retrieve(id)).rejects.toMatchObject({
      errorCode: "ENTITY_IS_DELETED",
    });
  });

  it("upserts, creates, updates, retrieves and deletes 200 records at once", async () => {
    const upserted = await connection.sobject("Contact").upsert(people(200), "SyncId__c");
    expect(upserted.filter(({ success }) => success)).toHaveLength(200);
    const created = await connection.sobject("Contact").create(people(200, 200));
    const ids = created.map(({ id }) => id ?? "");
    const updated = await connection.sobject("Contact").update(ids.map((Id) => ({ Id, Title: "Chief" })));
    expect(updated.every(({ success }) => success)).toBe(true);
    const read = await connection.sobject("Contact").retrieve(ids);
    expect(read.every((record) => record.Title === "Chief")).toBe(true);
    const deleted = await connection.sobject("Contact").destroy(ids);
    expect(deleted.every(({ success }) => success)).toBe(true);
  });

  it("upserts one record by external id", async () => {
    const result = await connection
      .sobject("Contact")
      .upsert({ SyncId__c: "single", LastName: "x" }, "SyncId__c");
    expect(result.success).toBe(true);
  });

  it("queries, pages and understands errors", async () => {
    const result = await connection.query<{ LastName: string }>(
      "SELECT LastName FROM Contact WHERE SyncId__c = 'js-7'",
    );
    expect(result.records[0]?.LastName).toBe("Person 7");
    const all = await connection.query("SELECT Id FROM Contact", { autoFetch: true });
    expect(all.done).toBe(true);
    await expect(connection.query("SELECT Nope FROM Contact")).rejects.toMatchObject({
      errorCode: "INVALID_FIELD",
    });
  });

  it("sends a Composite call through conn.request", async () => {
    const answer = await connection.request<{ compositeResponse: { httpStatusCode: number }[] }>({
      method: "POST",
      url: "/composite",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        collateSubrequests: false,
        compositeRequest: [
          {
            method: "PATCH",
            url: "/services/data/v62.0/composite/sobjects/Contact/SyncId__c",
            referenceId: "g0",
            body: { records: people(3).map((row) => ({ attributes: { type: "Contact" }, ...row })) },
          },
        ],
      }),
    });
    expect(answer.compositeResponse[0]?.httpStatusCode).toBe(200);
  });

  it("knows who it is, and signs in again when its session has ended", async () => {
    expect(await connection.identity()).toMatchObject({ username: "integration@myvenue.example" });
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
    const result = await renewing.query("SELECT Id FROM Organization");
    expect(result.totalSize).toBe(1);
    expect(refreshes).toBe(1);
  });
});
