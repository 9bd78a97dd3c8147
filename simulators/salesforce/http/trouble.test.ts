import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg({ concurrentLongRequests: 2, longRequestMs: 30 });
const order = (fault: Record<string, unknown>) => org.control("POST", "/faults", fault);
const limits = () => org.api<ErrorBody>("GET", "/limits");

beforeEach(async () => {
  await org.control("DELETE", "/faults");
});

describe("too many long calls at once", () => {
  const LIMIT = [{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "ConcurrentPerOrgLongTxn Limit exceeded." }];

  it("make the next one fail, until one of them is done", async () => {
    await order({ kind: "hang", ms: 400, times: 2 });
    const hanging = [limits(), limits()];
    await sleep(150);
    expect(await limits()).toMatchObject({ status: 403, body: LIMIT });
    expect((await Promise.all(hanging)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await limits()).status).toBe(200);
  });

  it("are no trouble while they are short", async () => {
    await order({ kind: "latency", ms: 5 });
    const answers = await Promise.all(Array.from({ length: 10 }, limits));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });

  it("do not stand in the way of other doors", async () => {
    await order({ kind: "hang", ms: 300, times: 2 });
    const hanging = [limits(), limits()];
    await sleep(100);
    expect((await fetch(`${org.url}/services/data`)).status).toBe(200);
    expect((await org.control("GET", "/stats")).status).toBe(200);
    await Promise.all(hanging);
  });
});

describe("ordered trouble", () => {
  it("answers a status in place of the work, so often and where it is meant", async () => {
    await order({ kind: "status", status: 503, times: 2, match: "POST /services/data" });
    expect((await limits()).status).toBe(200);
    for (let time = 0; time < 2; time++) {
      const { status, body } = await org.api<ErrorBody>("POST", "/sobjects/Contact", { LastName: "x" });
      expect([status, body[0]?.errorCode]).toEqual([503, "SERVER_UNAVAILABLE"]);
    }
    expect(await org.stored("Contact")).toEqual([]);
    expect((await org.api("POST", "/sobjects/Contact", { LastName: "x" })).status).toBe(201);
  });

  it("answers the daily limit as Salesforce does, with the header that tells of it", async () => {
    await order({ kind: "limit-exceeded" });
    const { status, body, headers } = await limits();
    expect(status).toBe(403);
    expect(body).toEqual([{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded." }]);
    expect(headers.get("sforce-limit-info")).toMatch(/^api-usage=/);
  });

  it("meets calls by chance, the same ones for the same seed", async () => {
    const statuses = async () => {
      await org.control("DELETE", "/faults");
      await order({ kind: "status", status: 503, probability: 0.5, times: 1000 });
      const seen: number[] = [];
      for (let call = 0; call < 20; call++) seen.push((await limits()).status);
      return seen;
    };
    const first = await statuses();
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await statuses()).toEqual(first);
  });

  it("locks a row, breaks the connection after the write, ends every session", async () => {
    await order({ kind: "row-lock", object: "Account" });
    const locked = await org.api<ErrorBody>("POST", "/sobjects/Account", { Name: "Locked" });
    expect(locked).toMatchObject({ status: 400, body: [{ errorCode: "UNABLE_TO_LOCK_ROW" }] });
    await order({ kind: "drop-after-write" });
    await expect(org.api("POST", "/sobjects/Account", { Name: "Written" })).rejects.toThrow("fetch failed");
    expect(await org.stored("Account")).toMatchObject([{ Name: "Written" }]);
    await order({ kind: "expire-sessions" });
    expect(await limits()).toMatchObject({
      status: 401,
      body: [{ errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" }],
    });
    await org.signIn();
    expect((await limits()).status).toBe(200);
  });
});

describe("the daily limit", () => {
  const small = useOrg({ dailyApiRequests: 2 });

  it("ends in 403 for every call after it", async () => {
    const get = () => small.api<ErrorBody>("GET", "/sobjects");
    expect([(await get()).status, (await get()).status]).toEqual([200, 200]);
    const { status, body, headers } = await get();
    expect([status, body[0]?.message]).toEqual([403, "TotalRequests Limit exceeded."]);
    expect(headers.get("sforce-limit-info")).toBe("api-usage=3/2");
  });
});
