import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { DEMO, restStatus, webServerFlow } from "./test-flow";
import { TestOrg, useOrg } from "../test-org";

const org = useOrg({ sessionTimeoutMinutes: 30 });
const folder = mkdtempSync(join(tmpdir(), "salesforce-sessions-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.useRealTimers();
});

const newToken = async () =>
  (await org.requestToken({ grant_type: "client_credentials", ...DEMO })).body.access_token ?? "";

describe("sessions", () => {
  it("answers 401 INVALID_SESSION_ID without a token, after revoke and after the org expired them", async () => {
    const token = await newToken();
    const call = (authorization: string) => org.api("GET", "/limits", undefined, { authorization });
    expect((await call(`Bearer ${token}`)).status).toBe(200);
    expect((await call(`OAuth ${token}`)).status).toBe(200);
    await fetch(`${org.url}/services/oauth2/revoke`, {
      method: "POST",
      body: new URLSearchParams({ token }),
    });
    for (const authorization of ["", `Bearer ${token}`, "Bearer x", "Basic x"]) {
      const refused = await call(authorization);
      expect(refused.status).toBe(401);
      expect(refused.body).toEqual([
        { errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" },
      ]);
    }
    await org.control("POST", "/faults", { kind: "expire-sessions" });
    expect(await restStatus(org, org.accessToken)).toBe(401);
    await org.signIn();
    expect(await restStatus(org, org.accessToken)).toBe(200);
  });

  it("without the scope api are good for the identity alone", async () => {
    const { body } = await webServerFlow(org, { scope: "id openid" });
    const headers = { authorization: `Bearer ${body.access_token}` };
    const refused = await org.api("GET", "/limits", undefined, headers);
    expect(refused.status).toBe(401);
    expect(refused.body).toEqual([
      { errorCode: "INVALID_SESSION_ID", message: "This session is not valid for use with the REST API" },
    ]);
    expect((await fetch(body.id ?? "", { headers })).status).toBe(200);
  });

  it("survive a reset", async () => {
    const token = await newToken();
    await org.control("POST", "/reset");
    expect(await restStatus(org, token)).toBe(200);
    await org.control("POST", "/org", { personAccounts: false });
    expect(await restStatus(org, token)).toBe(200);
    await org.control("POST", "/org", { personAccounts: true });
  });

  it("end after the time of inactivity", async () => {
    const token = await newToken();
    const openedAtMs = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: openedAtMs + 29 * 60_000 });
    expect(await restStatus(org, token)).toBe(200);
    vi.setSystemTime(openedAtMs + 58 * 60_000);
    expect(await restStatus(org, token)).toBe(200);
    vi.setSystemTime(openedAtMs + 89 * 60_000);
    expect(await restStatus(org, token)).toBe(401);
  });

  it("do not count as active in the first half of that time", async () => {
    const token = await newToken();
    const openedAtMs = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: openedAtMs + 10 * 60_000 });
    expect(await restStatus(org, token)).toBe(200);
    vi.setSystemTime(openedAtMs + 31 * 60_000);
    expect(await restStatus(org, token)).toBe(401);
  });
});

describe("a restart with a state file", () => {
  it("keeps apps connected by their refresh tokens, which the file does not hold", async () => {
    const stateFile = join(folder, "org.jsonl");
    const before = new TestOrg();
    await before.start({ stateFile });
    const { body } = await webServerFlow(before);
    await before.stop();
    expect(readFileSync(stateFile, "utf8")).not.toContain(body.refresh_token);
    const after = new TestOrg();
    await after.start({ stateFile });
    expect(await restStatus(after, body.access_token)).toBe(401);
    const renewed = await after.requestToken({
      grant_type: "refresh_token",
      refresh_token: body.refresh_token ?? "",
      ...DEMO,
    });
    expect(await restStatus(after, renewed.body.access_token)).toBe(200);
    await after.stop();
  });
});
