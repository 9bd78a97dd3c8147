import { createLocalJWKSet, jwtVerify } from "jose";
import { createHash } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { pkcePair, TestBrowser } from "./test-browser";
import { asked, DEMO, REDIRECT_URI, restStatus, webServerFlow } from "./test-flow";
import { useOrg } from "../test-org";

const org = useOrg();
const PUBLIC_REDIRECT = "http://localhost:3000/callback";

beforeAll(async () => {
  const username = "integration@myvenue.example";
  const redirectUris = [PUBLIC_REDIRECT];
  await org.control("POST", "/clients", { clientId: "public", username, redirectUris });
  const clientSecret = "secret";
  await org.control("POST", "/clients", {
    clientId: "lenient",
    clientSecret,
    username,
    redirectUris,
    requireSecret: false,
  });
});

afterEach(() => {
  vi.useRealTimers();
});

async function newCode(changes: Record<string, string> = {}): Promise<string> {
  return (await new TestBrowser(org.url).allow(asked(changes))).get("code") ?? "";
}

const exchange = (code: string, changes: Record<string, string> = {}) =>
  org.requestToken({
    grant_type: "authorization_code",
    code,
    redirect_uri: REDIRECT_URI,
    ...DEMO,
    ...changes,
  });

describe("the web server flow", () => {
  it("ends in a session of the person who allowed it, with a refresh token and no expiry", async () => {
    const { status, body } = await webServerFlow(org, { scope: "api id refresh_token" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      instance_url: org.url,
      token_type: "Bearer",
      scope: "api id refresh_token",
    });
    expect(body.refresh_token).toMatch(/^5Aep861[\w.]{60,}$/);
    expect(body).not.toHaveProperty("expires_in");
    expect(body).not.toHaveProperty("id_token");
    const info = await fetch(body.id ?? "", { headers: { authorization: `Bearer ${body.access_token}` } });
    expect(await info.json()).toMatchObject({ username: "admin@myvenue.example" });
    expect(await restStatus(org, body.access_token)).toBe(200);
  });

  it.each([
    ["refresh_token", "api refresh_token", true],
    ["offline_access", "api offline_access", true],
    ["neither", "api full", false],
  ])("brings a refresh token for the scope: %s", async (_what, scope, isExpected) => {
    const { body } = await webServerFlow(org, { scope });
    expect(body.refresh_token !== undefined).toBe(isExpected);
  });

  it("brings an ID token for openid, signed with the key that the org publishes", async () => {
    const { body } = await webServerFlow(org, { scope: "openid api", nonce: "n-1" });
    const configuration = await fetch(`${org.url}/.well-known/openid-configuration`);
    const { issuer, jwks_uri } = (await configuration.json()) as Record<"issuer" | "jwks_uri", string>;
    const keys = createLocalJWKSet(
      (await (await fetch(jwks_uri)).json()) as Parameters<typeof createLocalJWKSet>[0],
    );
    const { payload } = await jwtVerify(body.id_token ?? "", keys, { issuer, audience: "demo-client" });
    expect(payload).toMatchObject({ sub: body.id, nonce: "n-1" });
    const hash = createHash("sha256")
      .update(body.access_token ?? "")
      .digest();
    expect(payload.at_hash).toBe(hash.subarray(0, 16).toString("base64url"));
  });

  it("takes the client's id and secret as a Basic header too", async () => {
    const basic = Buffer.from("demo-client:demo-secret").toString("base64");
    const { status } = await org.requestToken(
      { grant_type: "authorization_code", code: await newCode(), redirect_uri: REDIRECT_URI },
      { authorization: `Basic ${basic}` },
    );
    expect(status).toBe(200);
  });
});

describe("an authorization code", () => {
  it("is good once, and its second use harms nobody", async () => {
    const code = await newCode();
    const first = await exchange(code);
    expect(first.status).toBe(200);
    const second = await exchange(code);
    expect(second.status).toBe(400);
    expect(second.body).toEqual({
      error: "invalid_grant",
      error_description: "expired authorization code",
    });
    expect(await restStatus(org, first.body.access_token)).toBe(200);
  });

  it("lives fifteen minutes", async () => {
    const [early, late] = [await newCode(), await newCode()];
    const issuedAtMs = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: issuedAtMs + 14 * 60_000 });
    expect((await exchange(early)).status).toBe(200);
    vi.setSystemTime(issuedAtMs + 15 * 60_000 + 1000);
    expect((await exchange(late)).body.error_description).toBe("expired authorization code");
  });

  it.each([
    ["is unknown", "aPrxNothing==", {}, "invalid_grant", "invalid authorization code"],
    [
      "goes with another address",
      undefined,
      { redirect_uri: "http://127.0.0.1:1717/OauthRedirect" },
      "redirect_uri_mismatch",
      "redirect_uri must match configuration",
    ],
    [
      "comes with a wrong secret",
      undefined,
      { client_secret: "x" },
      "invalid_client",
      "invalid client credentials",
    ],
    [
      "comes with no secret",
      undefined,
      { client_secret: "" },
      "invalid_client",
      "invalid client credentials",
    ],
    [
      "comes with a needless verifier",
      undefined,
      { code_verifier: "x" },
      "invalid_grant",
      "invalid code verifier",
    ],
    [
      "is another client's",
      undefined,
      { client_id: "public", client_secret: "" },
      "invalid_grant",
      "invalid authorization code",
    ],
    ["names a scope", undefined, { scope: "api" }, "invalid_request", "scope parameter not supported"],
    ["asks for XML", undefined, { format: "xml" }, "invalid_request", "format not supported"],
  ])("is refused when it %s", async (_what, code, changes, error, error_description) => {
    const { status, body } = await exchange(code ?? (await newCode()), changes);
    expect(status).toBe(400);
    expect(body).toEqual({ error, error_description });
  });

  it.each([
    ["another verifier", { code_verifier: pkcePair().verifier }],
    ["no verifier", { code_verifier: undefined }],
  ])("is void after %s for its challenge", async (_what, changes) => {
    const { verifier, challenge } = pkcePair();
    const code = await newCode({ code_challenge: challenge, code_challenge_method: "S256" });
    const refused = await exchange(code, changes.code_verifier === undefined ? {} : changes);
    expect(refused.body).toEqual({ error: "invalid_grant", error_description: "invalid code verifier" });
    const late = await exchange(code, { code_verifier: verifier });
    expect(late.body.error_description).toBe("expired authorization code");
  });

  it("needs no secret where the client has none or is set up so, but a wrong one is refused", async () => {
    const { verifier, challenge } = pkcePair();
    const code = (client_id: string) =>
      newCode({ client_id, redirect_uri: PUBLIC_REDIRECT, code_challenge: challenge });
    const form = (client_id: string, client_secret: string) => ({
      client_id,
      client_secret,
      redirect_uri: PUBLIC_REDIRECT,
      code_verifier: verifier,
    });
    expect((await exchange(await code("public"), form("public", ""))).status).toBe(200);
    expect((await exchange(await code("lenient"), form("lenient", ""))).status).toBe(200);
    expect((await exchange(await code("lenient"), form("lenient", "secret"))).status).toBe(200);
    expect((await exchange(await code("lenient"), form("lenient", "x"))).body.error).toBe("invalid_client");
    expect((await exchange(await code("public"), form("public", "x"))).body.error).toBe("invalid_client");
  });

  it("survives a reset of the org", async () => {
    const code = await newCode();
    await org.control("POST", "/reset");
    expect((await exchange(code)).status).toBe(200);
  });
});
