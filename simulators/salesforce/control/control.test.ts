import { generateKeyPairSync } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg({ dailyApiRequests: 5000 });
const fault = (body: Record<string, unknown>) => org.control("POST", "/faults", body);

afterEach(async () => {
  await org.control("DELETE", "/faults");
});

describe("faults", () => {
  it("answer a status as often as ordered, for the calls they are meant for", async () => {
    await fault({ kind: "status", status: 503, times: 2, match: "composite" });
    expect((await org.api("GET", "/limits")).status).toBe(200);
    const call = () => org.api<ErrorBody>("PATCH", "/composite/sobjects", { records: [] });
    expect(await call()).toMatchObject({ status: 503, body: [{ errorCode: "SERVER_UNAVAILABLE" }] });
    expect((await call()).status).toBe(503);
    expect((await call()).status).toBe(200);
  });

  it("reach the token endpoint only when it is named", async () => {
    await fault({ kind: "status", status: 500, times: 1 });
    await org.signIn();
    expect((await org.api("GET", "/limits")).status).toBe(500);
    await fault({ kind: "status", status: 502, times: 1, match: "oauth2/token" });
    expect((await fetch(`${org.url}/services/oauth2/token`, { method: "POST" })).status).toBe(502);
  });

  it("lock rows: one by key, or the next of an object", async () => {
    await fault({ kind: "row-lock", object: "Contact", times: 1, key: "lock-2" });
    const rows = ["lock-1", "lock-2", "lock-3"].map((SyncId__c) => ({ SyncId__c, LastName: "x" }));
    const results = await org.upsert("Contact", rows);
    expect(results.map(({ success }) => success)).toEqual([true, false, true]);
    expect(results[1]?.errors[0]?.statusCode).toBe("UNABLE_TO_LOCK_ROW");
    expect(results[1]?.errors[0]?.message).toMatch(
      /^unable to obtain exclusive access to this record or 1 records: 003/,
    );
    expect((await org.upsert("Contact", rows)).every(({ success }) => success)).toBe(true);
  });

  it("drop the connection after the write was done, or before", async () => {
    await fault({ kind: "drop-after-write", times: 1, match: "composite" });
    await expect(org.upsert("Contact", [{ SyncId__c: "dropped", LastName: "x" }])).rejects.toThrow();
    expect(await org.query("SELECT Id FROM Contact WHERE SyncId__c = 'dropped'")).toHaveLength(1);
    await fault({ kind: "drop-before-write", times: 1, match: "composite" });
    await expect(org.upsert("Contact", [{ SyncId__c: "never", LastName: "x" }])).rejects.toThrow();
    expect(await org.query("SELECT Id FROM Contact WHERE SyncId__c = 'never'")).toHaveLength(0);
  });

  it("exceed the daily limit, on order and really", async () => {
    await fault({ kind: "limit-exceeded", times: 1 });
    const refused = {
      status: 403,
      body: [{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded." }],
    };
    expect(await org.api("GET", "/limits")).toMatchObject(refused);
    const answer = await org.api("GET", "/limits");
    expect(answer.headers.get("sforce-limit-info")).toMatch(/^api-usage=\d+\/5000$/);
  });

  it("fail a whole chunk at an Apex limit, until the chunk is small enough", async () => {
    await fault({ kind: "apex-limit", object: "Contact", times: 1, rowsOver: 2 });
    const rows = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({ SyncId__c: `apex-${from + n}`, LastName: "x" }));
    expect((await org.upsert("Contact", rows(0, 2))).every(({ success }) => success)).toBe(true);
    const failed = await org.upsert("Contact", rows(2, 3));
    expect(failed.every(({ errors }) => errors[0]?.message.includes("Apex CPU time limit exceeded"))).toBe(
      true,
    );
  });

  it("make calls slow", async () => {
    await fault({ kind: "hang", ms: 150, times: 1 });
    const start = performance.now();
    await org.api("GET", "/limits");
    expect(performance.now() - start).toBeGreaterThan(140);
  });

  it.each([
    { kind: "status", status: 42 },
    { kind: "status", status: 600 },
    { kind: "status", status: 503.5 },
    { kind: "status", status: 503, probability: 2 },
    { kind: "status", status: 503, times: 0 },
    { kind: "limit-exceeded", times: 1.5 },
    { kind: "hang", ms: 1e12 },
    { kind: "latency", ms: -1 },
    { kind: "bulk-fail", message: "x", afterRows: 0.5 },
  ])("are refused with a number that makes no sense: %j", async (body) => {
    expect(await fault(body)).toMatchObject({ status: 400 });
    expect((await org.api("GET", "/limits")).status).toBe(200);
  });

  it("are refused when nobody knows them", async () => {
    expect(await fault({ kind: "earthquake" })).toMatchObject({ status: 400 });
    expect((await org.control<{ known: string[] }>("GET", "/nothing")).body.known).toContain(
      "POST /__control/reset",
    );
  });
});

describe("records, calls and counts", () => {
  it("are edited as the org's admin, without an API call", async () => {
    const before = await org.control<{ apiCalls: number }>("GET", "/stats");
    await org.control("POST", "/records", {
      object: "Contact",
      externalId: "SyncId__c",
      records: [{ SyncId__c: "edited", LastName: "By hand" }],
    });
    const after = await org.control<{ apiCalls: number }>("GET", "/stats");
    expect(after.body.apiCalls).toBe(before.body.apiCalls);
    const [row] = await org.query<{ LastModifiedBy: { Username: string } }>(
      "SELECT LastModifiedBy.Username FROM Contact WHERE SyncId__c = 'edited'",
    );
    expect(row?.LastModifiedBy.Username).toBe("admin@myvenue.example");
  });

  it("log every call and count rows by object", async () => {
    await org.control("POST", "/reset");
    await org.upsert("Contact", [{ SyncId__c: "n1", LastName: "x" }, { SyncId__c: "n2" }]);
    await org.upsert("Contact", [{ SyncId__c: "n1", LastName: "y" }]);
    const stats = await org.control("GET", "/stats");
    expect(stats.body).toEqual({
      apiCalls: 2,
      objects: { Contact: { created: 1, updated: 1, deleted: 0, failed: 1 } },
    });
    const { body } = await org.control<{ calls: unknown[] }>("GET", "/calls");
    expect(body.calls).toMatchObject([
      {
        method: "PATCH",
        path: "/services/data/v62.0/composite/sobjects/Contact/SyncId__c",
        status: 200,
        rows: 2,
      },
      { rows: 1, counted: true },
    ]);
  });

  it("leave an empty org of the asked shape after a change of org", async () => {
    await org.upsert("Contact", [{ SyncId__c: "old", LastName: "x" }]);
    await org.control("POST", "/org", { personAccounts: false, prefix: "secutix__" });
    expect(await org.stored("Contact")).toEqual([]);
    const [saved] = await org.upsert(
      "Account",
      [{ secutix__SyncId__c: "1", Name: "x" }],
      false,
      "secutix__SyncId__c",
    );
    expect(saved?.success).toBe(true);
    const [sale] = await org.upsert(
      "secutix__SecutixSale__c",
      [{ secutix__SyncId__c: "2", secutix__Account__r: { secutix__SyncId__c: "1" } }],
      false,
      "secutix__SyncId__c",
    );
    expect(sale?.success).toBe(true);
    await org.control("POST", "/org", { secutixPackage: false });
    expect((await org.api("GET", "/sobjects/secutix__SecutixSale__c/describe")).status).toBe(404);
  });
});

describe("a client", () => {
  const pem = (bits: number) => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
    return publicKey.export({ type: "spki", format: "pem" });
  };
  const curve = () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    return publicKey.export({ type: "spki", format: "pem" });
  };
  const register = (publicKeyPem: unknown) =>
    org.control("POST", "/clients", {
      clientId: "keyed",
      publicKeyPem,
      username: "integration@myvenue.example",
    });

  it.each([
    ["no key", () => "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"],
    ["a key that RS256 does not take", curve],
    ["a key that is too short", () => pem(1024)],
  ])("is refused with %s", async (_what, key) => {
    expect(await register(key())).toMatchObject({ status: 400 });
  });

  it("is taken with an RSA key", async () => {
    expect(await register(pem(2048))).toMatchObject({ status: 200 });
  });

  it("is not read from a body that nests without end", async () => {
    const response = await fetch(`${org.url}/__control/records`, {
      method: "POST",
      body: `{"object":"Contact","records":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
    });
    expect(response.status).toBe(400);
  });
});

describe("a misspelt wish", () => {
  it.each([
    ["/org", { personAccount: false }, "personAccount"],
    ["/org", {}, "POST /__control/reset"],
    ["/faults", { kind: "row-lock", object: "Acount" }, "Acount"],
    ["/faults", { kind: "status", status: 503, tmes: 2 }, "tmes"],
    ["/faults", { kind: "status", status: 200 }, "400 to 599"],
    ["/faults", { kind: "drop-after-write", object: "Contact" }, "object"],
    ["/permissions", { object: "Account", edit: true, reed: false }, "reed"],
    ["/records", { object: "Contact", records: [], externalID: "SyncId__c" }, "externalID"],
    [
      "/validation-rules",
      { object: "Account", formula: "TRUE", message: "m", errorfield: "Phone" },
      "errorfield",
    ],
    ["/validation-rules", { object: "Account", formula: "Name", message: "m" }, "true or false"],
  ])("is refused with its name: %s %o", async (path, body, named) => {
    const answer = await org.control<{ error: string }>("POST", path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(named);
  });
});
