import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { DEMO, restStatus, webServerFlow } from "./test-flow";
import { useOrg } from "../test-org";

const org = useOrg();
const CREDENTIALS = { grant_type: "client_credentials", ...DEMO };
const INTEGRATION = "integration@myvenue.example";

describe("the token endpoint", () => {
  it("refuses GET", async () => {
    const response = await fetch(`${org.url}/services/oauth2/token?grant_type=client_credentials`);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: "invalid_request",
      error_description: "must use HTTP POST",
    });
  });

  it.each([
    ["an unknown grant", { grant_type: "magic" }, "unsupported_grant_type", "grant type not supported"],
    ["no grant", {}, "unsupported_grant_type", "grant type not supported"],
    ["a client assertion", { ...CREDENTIALS, client_assertion: "x" }, "invalid_client", undefined],
  ])("refuses %s", async (_what, form, error, description) => {
    const { status, body } = await org.requestToken(form as Record<string, string>);
    expect(status).toBe(400);
    expect(body.error).toBe(error);
    if (description !== undefined) expect(body.error_description).toBe(description);
  });

  it("takes parameters from the address too", async () => {
    const query = new URLSearchParams(CREDENTIALS);
    const response = await fetch(`${org.url}/services/oauth2/token?${query}`, { method: "POST" });
    expect(response.status).toBe(200);
  });
});

describe("client credentials", () => {
  it("opens a session for the integration user, without saying when it ends", async () => {
    const { status, body } = await org.requestToken(CREDENTIALS);
    expect(status).toBe(200);
    expect(body.access_token).toMatch(/^00D[A-Za-z0-9]{12}![.\w]{20,}$/);
    expect(body).toMatchObject({
      instance_url: org.url,
      token_type: "Bearer",
      scope: "api web id openid full",
    });
    expect(body).not.toHaveProperty("expires_in");
    expect(body).not.toHaveProperty("refresh_token");
    const info = await fetch(`${org.url}/services/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(await info.json()).toMatchObject({ preferred_username: INTEGRATION });
  });

  it("takes id and secret as a Basic header too", async () => {
    const basic = Buffer.from("demo-client:demo-secret").toString("base64");
    const { status } = await org.requestToken(
      { grant_type: "client_credentials" },
      { authorization: `Basic ${basic}` },
    );
    expect(status).toBe(200);
  });

  it.each([
    ["an unknown client", { client_id: "other" }, "invalid_client_id", "client identifier invalid"],
    ["a wrong secret", { client_secret: "wrong" }, "invalid_client", "invalid client credentials"],
    ["no secret", { client_secret: "" }, "invalid_client", "invalid client credentials"],
    ["a scope", { scope: "api" }, "invalid_request", "scope parameter not supported"],
  ])("refuses %s", async (_what, changes, error, error_description) => {
    const { status, body } = await org.requestToken({ ...CREDENTIALS, ...changes });
    expect(status).toBe(400);
    expect(body).toEqual({ error, error_description });
  });

  it.each([
    ["has no user to run as", { username: "nobody@myvenue.example" }, "no client credentials user enabled"],
    ["has no scopes", { username: INTEGRATION, scopes: ["refresh_token"] }, "no valid scopes defined"],
  ])("refuses a client that %s", async (_what, settings, error_description) => {
    const client = { clientId: "service", clientSecret: "s", ...settings };
    await org.control("POST", "/clients", client);
    const { body } = await org.requestToken({
      grant_type: "client_credentials",
      client_id: "service",
      client_secret: "s",
    });
    expect(body).toEqual({ error: "invalid_grant", error_description });
  });
});

describe("user name and password", () => {
  const form = {
    grant_type: "password",
    ...DEMO,
    username: "admin@myvenue.example",
    password: "demo-password",
  };

  it("are refused as an org does that blocks the flow", async () => {
    const { status, body } = await org.requestToken(form);
    expect(status).toBe(400);
    expect(body).toEqual({ error: "invalid_grant", error_description: "authentication failure" });
  });

  it("open a session for a client that allows the flow, unless they are wrong", async () => {
    const client = { clientId: "old", clientSecret: "s", username: INTEGRATION, allowPasswordFlow: true };
    await org.control("POST", "/clients", client);
    const old = { ...form, client_id: "old", client_secret: "s" };
    const { status, body } = await org.requestToken(old);
    expect(status).toBe(200);
    expect(await restStatus(org, body.access_token)).toBe(200);
    expect(body).not.toHaveProperty("refresh_token");
    const wrong = await org.requestToken({ ...old, password: "x" });
    expect(wrong.body).toEqual({ error: "invalid_grant", error_description: "authentication failure" });
  });
});

describe("JWT bearer", () => {
  const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicKeyPem = own.publicKey.export({ type: "spki", format: "pem" });

  beforeAll(async () => {
    await org.control("POST", "/clients", { clientId: "jwt-client", publicKeyPem, username: INTEGRATION });
  });

  interface Claims {
    aud?: string;
    iss?: string;
    exp?: number;
    sub?: string;
    prn?: string;
  }

  async function assertion(
    { exp, ...claims }: Claims,
    key: KeyObject = own.privateKey,
  ): Promise<Record<string, string>> {
    const names = claims.prn === undefined ? { sub: INTEGRATION } : {};
    const jwt = await new SignJWT({ iss: "jwt-client", aud: org.url, ...names, ...claims })
      .setProtectedHeader({ alg: "RS256" })
      .setExpirationTime(exp ?? Math.floor(Date.now() / 1000) + 120)
      .sign(key);
    return { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: jwt };
  }

  it.each([{ aud: 7 }, { aud: [{}] }, { aud: {} }, { sub: 7 }, { iss: 7 }])(
    "refuses claims of a wrong type: %j",
    async (claims) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
      const good = { iss: "jwt-client", aud: org.url, sub: INTEGRATION, exp: Date.now() };
      const text = `${part({ alg: "RS256" })}.${part({ ...good, ...claims })}`;
      const signature = sign("RSA-SHA256", Buffer.from(text), own.privateKey).toString("base64url");
      const form = { ...(await assertion({})), assertion: `${text}.${signature}` };
      const { status, body } = await org.requestToken(form);
      const error = "iss" in claims ? "invalid_client_id" : "invalid_grant";
      expect([status, body.error]).toEqual([400, error]);
    },
  );

  it.each([
    ["signed with the client's key", {}],
    ["for login.salesforce.com", { aud: "https://login.salesforce.com" }],
    ["that names the user as prn", { prn: INTEGRATION }],
    ["whose exp is in milliseconds, as Salesforce's own command line writes it", { exp: Date.now() + 300 }],
  ])("opens a session for an assertion %s", async (_what, claims) => {
    const { status, body } = await org.requestToken(await assertion(claims));
    expect(status).toBe(200);
    expect(body.access_token).toContain("!");
    expect(body).not.toHaveProperty("refresh_token");
  });

  it.each<[string, Claims, KeyObject | undefined, string, string]>([
    ["another key", {}, stranger.privateKey, "invalid_grant", "invalid assertion"],
    ["a past exp", { exp: 1_700_000_000 }, undefined, "invalid_grant", "expired authorization code"],
    ["a foreign audience", { aud: "https://example.org" }, undefined, "invalid_grant", "audience is invalid"],
    [
      "the sandbox login host",
      { aud: "https://test.salesforce.com" },
      undefined,
      "app_not_found",
      "External client app is not installed in this org",
    ],
    [
      "an unknown user",
      { sub: "nobody@myvenue.example" },
      undefined,
      "invalid_grant",
      "user hasn't approved this consumer",
    ],
    ["an unknown client", { iss: "other" }, undefined, "invalid_client_id", "client identifier invalid"],
  ])("refuses an assertion with %s", async (_what, claims, key, error, error_description) => {
    const { status, body } = await org.requestToken(await assertion(claims, key));
    expect(status).toBe(400);
    expect(body).toEqual({ error, error_description });
  });

  it("refuses what is no assertion", async () => {
    const { body } = await org.requestToken({ ...(await assertion({})), assertion: "a.b.c" });
    expect(body).toEqual({ error: "invalid_grant", error_description: "invalid assertion" });
  });

  it("acts for a user who allowed the app before", async () => {
    const client = {
      clientId: "both",
      clientSecret: "s",
      publicKeyPem,
      username: INTEGRATION,
      redirectUris: ["http://localhost:1717/OauthRedirect"],
    };
    await org.control("POST", "/clients", client);
    const claims = { iss: "both", sub: "admin@myvenue.example" };
    const before = await org.requestToken(await assertion(claims));
    expect(before.body.error_description).toBe("user hasn't approved this consumer");
    await webServerFlow(org, { client_id: "both" }, { client_id: "both", client_secret: "s" });
    expect((await org.requestToken(await assertion(claims))).status).toBe(200);
  });

  it("refuses a client without the refresh_token scope", async () => {
    const client = { clientId: "online", publicKeyPem, username: INTEGRATION, scopes: ["api"] };
    await org.control("POST", "/clients", client);
    const { body } = await org.requestToken(await assertion({ iss: "online" }));
    expect(body).toEqual({
      error: "invalid_request",
      error_description:
        "refresh_token scope is required and the connected app should be installed and preauthorized",
    });
  });
});

describe("POST /__control/clients", () => {
  const client = { clientId: "c", username: INTEGRATION };

  it.each([
    ["an unknown setting", { pkce: true }],
    ["a redirect address that a browser would run", { redirectUris: ["javascript:alert(1)"] }],
    ["a redirect address with a fragment", { redirectUris: ["https://app.example/#x"] }],
    ["an unknown scope", { scopes: ["everything"] }],
    ["a flag that is none", { requirePkce: "yes" }],
  ])("refuses %s", async (_what, settings) => {
    const { status } = await org.control("POST", "/clients", { ...client, ...settings });
    expect(status).toBe(400);
  });
});
