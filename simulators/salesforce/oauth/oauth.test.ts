import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg();
const CREDENTIALS = {
  grant_type: "client_credentials",
  client_id: "demo-client",
  client_secret: "demo-secret",
};

describe("client credentials", () => {
  it("opens a session for the integration user, without saying when it ends", async () => {
    const { status, body } = await org.requestToken(CREDENTIALS);
    expect(status).toBe(200);
    expect(body.access_token).toMatch(/^00D[A-Za-z0-9]{12}!\S{20,}$/);
    expect(body).toMatchObject({ instance_url: org.url, token_type: "Bearer" });
    expect(body).not.toHaveProperty("expires_in");
    const info = await fetch(`${org.url}/services/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(await info.json()).toMatchObject({ preferred_username: "integration@myvenue.example" });
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
    [{ ...CREDENTIALS, client_id: "other" }, "invalid_client_id", "client identifier invalid"],
    [{ ...CREDENTIALS, client_secret: "wrong" }, "invalid_client", "invalid client credentials"],
    [{ grant_type: "magic" }, "unsupported_grant_type", "grant type not supported"],
  ])("refuses %j", async (form, error, description) => {
    const { status, body } = await org.requestToken(form);
    expect(status).toBe(400);
    expect(body).toEqual({ error, error_description: description });
  });
});

describe("JWT bearer", () => {
  const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });

  beforeAll(async () => {
    await org.control("POST", "/clients", {
      clientId: "jwt-client",
      publicKeyPem: own.publicKey.export({ type: "spki", format: "pem" }),
      username: "integration@myvenue.example",
    });
  });

  async function assertion(
    claims: { aud?: string; sub?: string; iss?: string; expiresInSeconds?: number },
    key: KeyObject = own.privateKey,
  ): Promise<Record<string, string>> {
    const now = Math.floor(Date.now() / 1000);
    const jwt = await new SignJWT({})
      .setProtectedHeader({ alg: "RS256" })
      .setIssuer(claims.iss ?? "jwt-client")
      .setSubject(claims.sub ?? "integration@myvenue.example")
      .setAudience(claims.aud ?? org.url)
      .setExpirationTime(now + (claims.expiresInSeconds ?? 120))
      .sign(key);
    return { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: jwt };
  }

  it("opens a session for an assertion signed with the client's key", async () => {
    const { status, body } = await org.requestToken(await assertion({}));
    expect(status).toBe(200);
    expect(body.access_token).toContain("!");
    expect(body).not.toHaveProperty("refresh_token");
  });

  it.each([
    ["another key", {}, stranger.privateKey, "invalid_grant", "invalid assertion"],
    ["a past exp", { expiresInSeconds: -600 }, undefined, "invalid_grant", "expired authorization code"],
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
  ])("refuses an assertion with %s", async (_what, claims, key, error, description) => {
    const { status, body } = await org.requestToken(await assertion(claims, key));
    expect(status).toBe(400);
    expect(body).toEqual({ error, error_description: description });
  });
});

describe("sessions", () => {
  it("answers 401 INVALID_SESSION_ID without a token, after revoke and after the org expired them", async () => {
    const { body } = await org.requestToken(CREDENTIALS);
    const token = body.access_token ?? "";
    const call = () => org.api("GET", "/limits", undefined, { authorization: `Bearer ${token}` });
    expect((await call()).status).toBe(200);
    await fetch(`${org.url}/services/oauth2/revoke`, {
      method: "POST",
      body: new URLSearchParams({ token }),
    });
    const refused = await call();
    expect(refused.status).toBe(401);
    expect(refused.body).toEqual([
      { errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" },
    ]);
    await org.control("POST", "/faults", { kind: "expire-sessions" });
    expect((await org.api("GET", "/limits")).status).toBe(401);
    await org.signIn();
    expect((await org.api("GET", "/limits")).status).toBe(200);
  });

  it("lists the versions without a token", async () => {
    const versions = (await (await fetch(`${org.url}/services/data`)).json()) as {
      version: string;
      label: string;
    }[];
    expect(versions.at(0)).toMatchObject({ version: "37.0", label: "Summer '16" });
    expect(versions.at(-1)).toMatchObject({ version: "66.0", label: "Spring '26" });
  });
});
