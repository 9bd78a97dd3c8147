import { Connection } from "jsforce";
import { describe, expect, it } from "vitest";
import { publicNames, uncovered, watched } from "../touched";
import { TestBrowser } from "../../oauth/test-browser";
import { useOrg } from "../../test-org";

const org = useOrg();
const touched = new Set<string>();
const VERSION = "62.0";
const REDIRECT_URI = "http://localhost:1717/OauthRedirect";

/** Calls of Connection that lead to what the simulated org does not have (README), by the API they belong to. */
const OUT_OF_SCOPE = {
  analytics: "Reports and Dashboards REST API",
  apex: "Apex REST",
  bulk: "Bulk API 1.0",
  chatter: "Connect REST API",
  search: "SOSL",
  soap: "SOAP API",
  streaming: "CometD",
  tooling: "Tooling API",
  login: "by user name and password: SOAP login() or the password flow, both on their way out",
  loginBySoap: "SOAP API",
  loginByOAuth2:
    "the password flow; jsforce/oauth2.test.ts shows that an org refuses it unless it is allowed",
  logoutBySoap: "SOAP API",
  quickAction: "actions run in the page; only their list is there",
};

const connect = () =>
  watched(new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: VERSION }), touched);

describe.each([1, 2])("jsforce Connection, round %i on the same running simulator", (round) => {
  const key = (name: string) => `conn-${round}-${name}`;

  it("describes the org and its objects, at once and from its cache", async () => {
    const conn = connect();
    const global = await conn.describeGlobal();
    expect(global.sobjects.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Account", "Contact", "Opportunity", "Product2", "SecutixSale__c", "User"]),
    );
    expect((await conn.describeGlobal$()).encoding).toBe("UTF-8");
    expect(conn.describeGlobal$$().maxBatchSize).toBe(200);
    const account = await conn.describe("Account");
    expect(account.fields.find(({ name }) => name === "PersonEmail")?.type).toBe("email");
    expect((await conn.describe$("Contact")).keyPrefix).toBe("003");
    expect(conn.describe$$("Contact").keyPrefix).toBe("003");
    expect((await conn.describeSObject("Contact")).name).toBe("Contact");
    expect((await conn.describeSObject$("Account")).name).toBe("Account");
    expect(conn.describeSObject$$("Account").name).toBe("Account");
  });

  it("creates, reads, updates and deletes one record", async () => {
    const conn = connect();
    const created = await conn.create("Contact", { LastName: "Single" });
    expect(created).toMatchObject({ success: true, errors: [] });
    const id = created.id ?? "";
    expect(await conn.update("Contact", { Id: id, FirstName: "One" })).toMatchObject({ id, success: true });
    expect(await conn.retrieve("Contact", id)).toMatchObject({ Id: id, Name: "One Single" });
    expect(await conn.destroy("Contact", id)).toMatchObject({ id, success: true });
    await expect(conn.retrieve("Contact", id)).rejects.toMatchObject({ errorCode: "ENTITY_IS_DELETED" });
    const inserted = await conn.insert("Contact", { LastName: "Inserted" });
    expect(await conn.delete("Contact", inserted.id ?? "")).toMatchObject({ success: true });
    const again = await conn.insert("Contact", { LastName: "Inserted" });
    expect(await conn.del("Contact", again.id ?? "")).toMatchObject({ success: true });
  });

  it("creates, reads, updates, upserts and deletes 200 records in one call each", async () => {
    const conn = connect();
    const people = Array.from({ length: 200 }, (_, n) => ({ LastName: `P${n}`, SyncId__c: key(`p${n}`) }));
    const created = await conn.upsert("Contact", people, "SyncId__c");
    expect(created.every(({ success }) => success)).toBe(true);
    const ids = created.map(({ id }) => id ?? "");
    const updated = await conn.update(
      "Contact",
      ids.map((Id) => ({ Id, Title: "Chief" })),
    );
    expect(updated.every(({ success }) => success)).toBe(true);
    const read = await conn.retrieve("Contact", ids, { fields: ["Title"] });
    expect(read.every(({ Title }) => Title === "Chief")).toBe(true);
    const once = await conn.upsert("Contact", { LastName: "Again", SyncId__c: key("p0") }, "SyncId__c");
    expect(once).toMatchObject({ success: true });
    const deleted = await conn.destroy("Contact", ids);
    expect(deleted.every(({ success }) => success)).toBe(true);
  });

  it("splits what is too much for one call, when it may", async () => {
    const conn = connect();
    const people = Array.from({ length: 450 }, (_, n) => ({ LastName: `Many ${n}`, Title: key("many") }));
    await expect(conn.create("Contact", people)).rejects.toMatchObject({
      errorCode: "EXCEEDED_ID_LIMIT",
    });
    const created = await conn.create("Contact", people, { allowRecursive: true });
    expect(created).toHaveLength(450);
    const deleted = await conn.destroy(
      "Contact",
      created.map(({ id }) => id ?? ""),
      { allowRecursive: true },
    );
    expect(deleted.every(({ success }) => success)).toBe(true);
  });

  it("hears the errors of a record and of the records of a collection", async () => {
    const conn = connect();
    await expect(conn.create("Contact", { FirstName: "No last name" })).rejects.toMatchObject({
      errorCode: "REQUIRED_FIELD_MISSING",
      message: "Required fields are missing: [LastName]",
    });
    const [good, bad] = await conn.create("Contact", [{ LastName: "Good" }, { FirstName: "Bad" }]);
    expect(good).toMatchObject({ success: true });
    expect(bad).toMatchObject({ success: false, errors: [{ statusCode: "REQUIRED_FIELD_MISSING" }] });
    const none = await conn.create("Contact", [{ LastName: "Good" }, { FirstName: "Bad" }], {
      allOrNone: true,
    });
    expect(none[0]?.errors[0]).toMatchObject({ statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK" });
  });

  it("queries, goes on where a page ended, and knows its limits", async () => {
    const conn = connect();
    await conn.create(
      "Contact",
      Array.from({ length: 200 }, (_, n) => ({ LastName: `Page ${n}`, Title: key("page") })),
    );
    await conn.create("Contact", { LastName: "Page 201", Title: key("page") });
    const soql = `SELECT LastName FROM Contact WHERE Title = '${key("page")}'`;
    const first = await conn.query(soql, { headers: { "Sforce-Query-Options": "batchSize=200" } });
    expect(first).toMatchObject({ totalSize: 201, done: false });
    const next = await conn.queryMore(first.nextRecordsUrl ?? "");
    expect(next).toMatchObject({ totalSize: 201, done: true });
    expect(next.records).toHaveLength(1);
    expect(conn.limitInfo.apiUsage).toEqual({ used: expect.any(Number) as number, limit: 100_000 });
    expect((await conn.limits()).DailyApiRequests).toMatchObject({ Max: 100_000 });
  });

  it("sends requests of its own, with every method", async () => {
    const conn = connect();
    const base = `/services/data/v${VERSION}/sobjects/Contact`;
    const created = await conn.requestPost<{ id: string }>(base, { LastName: "Own" });
    const path = `${base}/${created.id}`;
    await conn.requestPatch(path, { Title: "Patched" });
    expect(await conn.requestGet(`${path}?fields=Title`)).toMatchObject({ Title: "Patched" });
    expect(await conn.request(`/sobjects/Contact/${created.id}?fields=Title`)).toMatchObject({
      Title: "Patched",
    });
    await conn.requestDelete(path);
    await expect(conn.requestPut(path, {})).rejects.toMatchObject({ errorCode: "METHOD_NOT_ALLOWED" });
  });

  it("lists what changed, what was deleted and what was seen", async () => {
    const conn = connect();
    const kept = await conn.create("Contact", { LastName: "Kept" });
    const gone = await conn.create("Contact", { LastName: "Gone" });
    await conn.destroy("Contact", gone.id ?? "");
    const [from, to] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 120_000)];
    expect((await conn.updated("Contact", from, to)).ids).toContain(kept.id);
    const { deletedRecords } = await conn.deleted("Contact", from.toISOString(), to.toISOString());
    expect(deletedRecords.map(({ id }) => id)).toContain(gone.id);
    await conn.query(`SELECT Name FROM Contact WHERE Id = '${kept.id}' FOR VIEW`);
    expect(await conn.recent(5)).toEqual(
      expect.arrayContaining([expect.objectContaining({ Id: kept.id, Name: "Kept" })]),
    );
    expect((await conn.recent("Contact", 1))[0]).toMatchObject({ Id: kept.id });
  });

  it("reads the lists that pages are made of", async () => {
    const conn = connect();
    expect((await conn.tabs()).map(({ sobjectName }) => sobjectName)).toContain("Account");
    expect(await conn.theme()).toMatchObject({ themeItems: expect.any(Array) as unknown });
    expect(await conn.quickActions()).toEqual(expect.any(Array));
    expect(await conn.process.rule.list()).toEqual({});
    expect(await conn.process.approval.list()).toEqual({});
  });

  it("knows who it is, and signs in again when its session has ended", async () => {
    expect(await connect().identity()).toMatchObject({ username: "integration@myvenue.example" });
    let refreshes = 0;
    const renewing = new Connection({
      instanceUrl: org.url,
      accessToken: "00D000000000000!old",
      version: VERSION,
      refreshFn: (_connection, done) => {
        refreshes += 1;
        done(null, org.accessToken);
      },
    });
    const result = await renewing.query("SELECT Id FROM Organization");
    expect(result.totalSize).toBe(1);
    expect(refreshes).toBe(1);
  });

  it("signs in with a code and out again", async () => {
    const oauth2 = { loginUrl: org.url, clientId: "demo-client", clientSecret: "demo-secret" };
    const conn = watched(
      new Connection({ oauth2: { ...oauth2, redirectUri: REDIRECT_URI }, version: VERSION }),
      touched,
    );
    const address = conn.oauth2.getAuthorizationUrl({ scope: "api id refresh_token" });
    const answer = await new TestBrowser(org.url).allow(address);
    const user = await conn.authorize(answer.get("code") ?? "");
    expect(user).toMatchObject({ organizationId: expect.stringMatching(/^00D/) as unknown });
    expect(conn.instanceUrl).toBe(org.url);
    await conn.logout();
    await expect(conn.query("SELECT Id FROM Contact")).rejects.toThrow();
    await conn.authorize({ grant_type: "client_credentials", client_id: "demo-client" });
    await conn.logoutByOAuth2(true);
  });

  it("sends a Composite call as any request", async () => {
    const conn = connect();
    const answer = await conn.requestPost<{ compositeResponse: { httpStatusCode: number }[] }>("/composite", {
      collateSubrequests: false,
      compositeRequest: [
        {
          method: "PATCH",
          url: `/services/data/v${VERSION}/composite/sobjects/Contact/SyncId__c`,
          referenceId: "g0",
          body: { records: [{ attributes: { type: "Contact" }, SyncId__c: key("g"), LastName: "x" }] },
        },
      ],
    });
    expect(answer.compositeResponse[0]?.httpStatusCode).toBe(200);
  });

  it("gives the other parts of its API their own tests", () => {
    const conn = connect();
    expect(conn.sobject("Contact").type).toBe("Contact");
    expect(conn.bulk2.pollInterval).toBeGreaterThan(0);
    expect(conn.metadata.pollInterval).toBeGreaterThan(0);
  });
});

it("every public call of jsforce's Connection is exercised or named as out of scope", () => {
  const offered = publicNames(new Connection({ instanceUrl: org.url }), "jsforce/lib/connection.d.ts");
  expect(uncovered(offered, touched, OUT_OF_SCOPE)).toEqual({ notExercised: [], unknown: [] });
});
