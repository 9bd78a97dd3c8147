import { exportPKCS8, generateKeyPair, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { FaultError, type Fault } from "@/lib/core/faults";
import { createClient, type SalesforceClient } from "./client";
import type { OutwardCall, SalesforceConfig } from "./config";
import { scriptedOrgs } from "./test-open-scripted";
import { configFor, expired, refusal, token, type Script, type ScriptedOrg } from "./test-scripted-org";

const orgs = scriptedOrgs();

async function open(
  script: Script = {},
  more: Partial<SalesforceConfig> = {},
): Promise<{ org: ScriptedOrg; client: SalesforceClient }> {
  const org = await orgs.start(script);
  return { org, client: createClient(configFor(org, more)) };
}

const question = [{ referenceId: "q0", method: "GET", path: "/query?q=SELECT" }] as const;

async function faultOf(call: Promise<unknown>): Promise<Fault> {
  try {
    await call;
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
    throw error;
  }
  throw new Error("it did not fail");
}

describe("a call", () => {
  it("names the connector, pins the version and sends one Composite request", async () => {
    const { org, client } = await open();
    await client.composite(question);
    expect(org.calls).toHaveLength(1);
    expect(org.calls[0]?.headers).toMatchObject({
      "sforce-call-options": "client=s360-connector",
      authorization: "Bearer token-1",
    });
    expect(org.calls[0]?.subs[0]?.url).toBe("/services/data/v62.0/query?q=SELECT");
  });

  it("asks the gate before every request, the sign-in included, and counts each of them", async () => {
    const counted: OutwardCall[] = [];
    let taken = 0;
    const takeToken = async (): Promise<void> => {
      taken += 1;
    };
    const { client } = await open({}, { takeToken, onCall: (call) => counted.push(call) });
    await client.composite(question);
    await client.composite(question);
    expect(taken).toBe(3);
    expect(counted).toEqual([
      { system: "salesforce", orgUsed: null, orgLimit: null },
      { system: "salesforce", orgUsed: 18, orgLimit: 15_000 },
      { system: "salesforce", orgUsed: 18, orgLimit: 15_000 },
    ]);
  });

  it.each([
    ["500", 500, refusal("UNKNOWN_EXCEPTION", "oops"), "org_unavailable"],
    ["503", 503, refusal("SERVER_UNAVAILABLE", "down"), "org_unavailable"],
    ["a proxy's HTML", 502, { body: "<html>Bad gateway</html>" }, "org_unavailable"],
    ["a deleted org", 420, { body: "" }, "org_unreachable"],
    [
      "a used-up allowance",
      403,
      refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
      "org_limit",
    ],
    [
      "long calls",
      403,
      refusal("REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded."),
      "org_crowded",
    ],
    ["a blocked API", 403, refusal("API_DISABLED_FOR_ORG", "no"), "set_up"],
    ["a retired version", 410, refusal("UNSUPPORTED_API_VERSION", "gone"), "set_up"],
    ["an unknown path", 404, refusal("NOT_FOUND", "none"), "set_up"],
    ["a redirect", 302, { body: "", headers: { location: "https://elsewhere.example/" } }, "set_up"],
  ])("turns %s into one fault with one request", async (_, status, reply, code) => {
    const { org, client } = await open({ call: () => ({ ...reply, status }) });
    expect(await faultOf(client.composite(question))).toMatchObject({ code });
    expect(org.calls).toHaveLength(1);
  });

  it("says that the org cannot be reached when nothing listens", async () => {
    const { org, client } = await open();
    await org.close();
    expect(await faultOf(client.composite(question))).toMatchObject({
      code: "org_unreachable",
      origin: { code: "ECONNREFUSED" },
    });
  });

  it("gives up on a connection that is dropped", async () => {
    const { org, client } = await open({ call: () => "drop" });
    expect(await faultOf(client.composite(question))).toMatchObject({ code: "org_unreachable" });
    expect(org.calls).toHaveLength(1);
  });

  it.each(["hang", "break-body"] as const)("ends in time when the answer does not (%s)", async (outcome) => {
    const { client } = await open({ call: () => outcome }, { timeoutMs: 300 });
    const startedAt = Date.now();
    expect(await faultOf(client.composite(question))).toMatchObject({ code: "org_unavailable" });
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });

  it("does not take a page of something else for an answer", async () => {
    const { client } = await open({
      call: () => ({ status: 200, body: "<html>Sign in to the guest network</html>" }),
    });
    expect(await faultOf(client.composite(question))).toMatchObject({ code: "org_unreachable" });
  });
});

describe("a session", () => {
  it("is opened once for calls that start together", async () => {
    const { org, client } = await open();
    await Promise.all([1, 2, 3, 4].map(() => client.composite(question)));
    expect(org.tokenRequests).toHaveLength(1);
    expect(org.calls).toHaveLength(4);
  });

  it("knows its user, in the form in which the org names users", async () => {
    const { org, client } = await open();
    expect(await client.userId()).toBe("005000000000001AAA");
    expect(await client.userId()).toBe("005000000000001AAA");
    expect(org.tokenRequests.length + org.calls.length).toBe(1);
  });

  it("knows the org's time from the sign-in on, and goes on by its own clock", async () => {
    let nowMs = Date.parse("2026-03-01T11:00:00Z");
    const { client } = await open({ clock: "2026-03-01T12:00:00Z" }, { now: () => nowMs });
    expect(client.serverNowMs()).toBe(Date.parse("2026-03-01T11:00:00Z"));
    await client.userId();
    nowMs += 5_000;
    expect(client.serverNowMs()).toBe(Date.parse("2026-03-01T12:00:05Z"));
  });

  it("is renewed once for all the calls that find it expired", async () => {
    const { org, client } = await open({
      call: (_, __, bearer) => (bearer === "token-1" && late ? expired : undefined),
    });
    let late = false;
    await client.composite(question);
    late = true;
    await Promise.all([1, 2, 3].map(() => client.composite(question)));
    expect(org.tokenRequests).toHaveLength(2);
    expect(org.calls).toHaveLength(1 + 3 + 3);
  });

  it("is given up after two requests when it never works", async () => {
    const { org, client } = await open({ call: () => expired });
    expect(await faultOf(client.composite(question))).toMatchObject({ code: "sign_in" });
    expect(org.tokenRequests.length + org.calls.length).toBe(2);
  });

  it("is given up after three requests when a new one is refused as well", async () => {
    const { org, client } = await open({ call: (_, count) => (count > 1 ? expired : undefined) });
    await client.composite(question);
    const before = org.tokenRequests.length + org.calls.length;
    expect(await faultOf(client.composite(question))).toMatchObject({ code: "sign_in" });
    expect(org.tokenRequests.length + org.calls.length - before).toBe(3);
  });

  it("is not tried again when the org hands out the same token", async () => {
    const { org, client } = await open({
      token: () => token(org0.url, "always-this"),
      call: (_, count) => (count > 1 ? expired : undefined),
    });
    const org0 = org;
    await client.composite(question);
    expect(await faultOf(client.composite(question))).toMatchObject({ code: "sign_in" });
    expect(org.calls).toHaveLength(2);
  });

  it.each(["This session is not valid for use with the REST API", "Connected app is not attached to Agent"])(
    "is not renewed for what renewal cannot cure: %s",
    async (message) => {
      const { org, client } = await open({
        call: (_, count) => (count > 1 ? refusal("INVALID_SESSION_ID", message, 401) : undefined),
      });
      await client.composite(question);
      expect(await faultOf(client.composite(question))).toMatchObject({ code: "sign_in" });
      expect(org.tokenRequests).toHaveLength(1);
    },
  );

  it.each([
    ["invalid_client_id", "consumer key"],
    ["invalid_client", "consumer secret"],
    ["invalid_grant", "run as"],
    ["inactive_user", "inactive"],
    ["inactive_org", "locked"],
    ["invalid_app_access", "permission set"],
    ["app_not_found", "My Domain"],
    ["something_new", "something_new"],
  ])("that is refused with %s says what to do", async (error, words) => {
    const { org, client } = await open({
      token: () => ({ status: 400, body: { error, error_description: "as the org puts it" } }),
    });
    const fault = await faultOf(client.composite(question));
    expect(fault).toMatchObject({ code: "sign_in", origin: { code: error } });
    expect(fault.sentence).toContain(words);
    expect(fault.sentence).toContain("as the org puts it");
    expect(org.tokenRequests).toHaveLength(1);
  });

  it.each([
    ["unknown_error", 400, "org_unavailable"],
    ["rate_limit_exceeded", 400, "org_limit"],
    ["", 503, "org_unavailable"],
  ])("that cannot be opened just now (%s %i) needs nobody", async (error, status, code) => {
    const { client } = await open({ token: () => ({ status, body: error ? { error } : "" }) });
    expect(await faultOf(client.composite(question))).toMatchObject({ code });
  });

  it("can be opened after a refusal was put right", async () => {
    const { client } = await open({
      token: (_, count) => (count === 1 ? { status: 400, body: { error: "inactive_user" } } : undefined),
    });
    await faultOf(client.composite(question));
    await expect(client.composite(question)).resolves.toBeDefined();
  });

  it("can be opened with an assertion signed by the connector's key, valid for three minutes at most", async () => {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    const signIn = {
      flow: "jwt",
      clientId: "app",
      username: "user@venue.example",
      privateKey: await exportPKCS8(privateKey),
    } as const;
    const { org, client } = await open({}, { signIn });
    await client.composite(question);
    const form = org.tokenRequests[0];
    expect(form?.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    const { payload } = await jwtVerify(form?.get("assertion") ?? "", publicKey, { algorithms: ["RS256"] });
    expect(payload).toMatchObject({ iss: "app", sub: "user@venue.example", aud: org.url });
    expect(payload.exp).toBeGreaterThan(Date.now() / 1000);
    expect(payload.exp).toBeLessThanOrEqual(Date.now() / 1000 + 180);
  });

  it("is not asked for at the address of Lightning pages", async () => {
    const { client } = await open({}, { loginUrl: "https://venue.lightning.force.com" });
    const fault = await faultOf(client.composite(question));
    expect(fault).toMatchObject({ code: "sign_in" });
    expect(fault.sentence).toContain("My Domain");
  });

  it("says when the private key is none", async () => {
    const signIn = { flow: "jwt", clientId: "app", username: "u", privateKey: "not a key" } as const;
    const { org, client } = await open({}, { signIn });
    expect((await faultOf(client.composite(question))).sentence).toContain("BEGIN PRIVATE KEY");
    expect(org.tokenRequests).toHaveLength(0);
  });
});
