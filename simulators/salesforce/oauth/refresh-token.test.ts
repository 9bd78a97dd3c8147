import { beforeAll, describe, expect, it } from "vitest";
import { asked, DEMO, restStatus, webServerFlow } from "./test-flow";
import { TestBrowser } from "./test-browser";
import { useOrg } from "../test-org";

const org = useOrg();
const ROTATING = { client_id: "rotating", client_secret: "secret" };
const EXPIRED = { error: "invalid_grant", error_description: "expired access/refresh token" };

beforeAll(async () => {
  await org.control("POST", "/clients", {
    clientId: "rotating",
    clientSecret: "secret",
    username: "integration@myvenue.example",
    redirectUris: ["http://localhost:1717/OauthRedirect"],
    rotateRefreshTokens: true,
  });
});

const refresh = (refresh_token: string | undefined, client: Record<string, string> = DEMO) =>
  org.requestToken({ grant_type: "refresh_token", refresh_token: refresh_token ?? "", ...client });

describe("a refresh token", () => {
  it("brings a new session of the same user and scopes, and no new refresh token", async () => {
    const first = await webServerFlow(org, { scope: "api refresh_token" });
    const { status, body } = await refresh(first.body.refresh_token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: first.body.id, scope: "api refresh_token", token_type: "Bearer" });
    expect(body.access_token).not.toBe(first.body.access_token);
    expect(body).not.toHaveProperty("refresh_token");
    expect(body).not.toHaveProperty("expires_in");
    expect(await restStatus(org, body.access_token)).toBe(200);
    expect(await restStatus(org, first.body.access_token)).toBe(200);
  });

  it("outlives the sessions that the org ends, and a reset", async () => {
    const { body } = await webServerFlow(org);
    await org.control("POST", "/faults", { kind: "expire-sessions" });
    expect(await restStatus(org, body.access_token)).toBe(401);
    await org.control("POST", "/reset");
    const renewed = await refresh(body.refresh_token);
    expect(await restStatus(org, renewed.body.access_token)).toBe(200);
    await org.signIn();
  });

  it.each([
    ["is unknown", "5Aep861nothing", DEMO, EXPIRED],
    ["is missing", "", DEMO, EXPIRED],
    ["is another client's", undefined, ROTATING, EXPIRED],
    [
      "comes with a wrong secret",
      undefined,
      { ...DEMO, client_secret: "x" },
      { error: "invalid_client", error_description: "invalid client credentials" },
    ],
    [
      "comes without a secret",
      undefined,
      { client_id: "demo-client" },
      { error: "invalid_client", error_description: "invalid client credentials" },
    ],
  ])("is refused when it %s", async (_what, token, client, refusal) => {
    const given = token ?? (await webServerFlow(org)).body.refresh_token;
    const { status, body } = await refresh(given, client);
    expect(status).toBe(400);
    expect(body).toEqual(refusal);
  });

  it("is one of five for a user and an app: the sixth ends the oldest and its sessions", async () => {
    const browser = new TestBrowser(org.url);
    await browser.allow(asked());
    const issued = [];
    for (let count = 0; count < 6; count++) {
      const code = (await browser.open(asked())).answer.get("code") ?? "";
      const redirect_uri = asked().redirect_uri ?? "";
      issued.push(await org.requestToken({ grant_type: "authorization_code", code, redirect_uri, ...DEMO }));
    }
    expect(await restStatus(org, issued[0]?.body.access_token)).toBe(401);
    const answers = [];
    for (const { body } of issued) answers.push((await refresh(body.refresh_token)).status);
    expect(answers).toEqual([400, 200, 200, 200, 200, 200]);
    expect((await refresh(issued[0]?.body.refresh_token)).body).toEqual(EXPIRED);
  });
});

describe("refresh token rotation", () => {
  const connect = async () => (await webServerFlow(org, { client_id: "rotating" }, ROTATING)).body;

  it("brings a new refresh token with every answer", async () => {
    let token = (await connect()).refresh_token;
    const seen = new Set([token]);
    for (let count = 0; count < 3; count++) {
      const { status, body } = await refresh(token, ROTATING);
      expect(status).toBe(200);
      token = body.refresh_token;
      seen.add(token);
    }
    expect(seen.size).toBe(4);
  });

  it("ends the grant and all its sessions when an old token is used again", async () => {
    const first = await connect();
    const second = (await refresh(first.refresh_token, ROTATING)).body;
    expect(await restStatus(org, second.access_token)).toBe(200);
    expect((await refresh(first.refresh_token, ROTATING)).body).toEqual(EXPIRED);
    expect((await refresh(second.refresh_token, ROTATING)).body).toEqual(EXPIRED);
    expect(await restStatus(org, first.access_token)).toBe(401);
    expect(await restStatus(org, second.access_token)).toBe(401);
  });
});
