import { Connection, OAuth2 } from "jsforce";
import { beforeAll, describe, expect, it } from "vitest";
import { TestBrowser } from "./test-browser";
import { REDIRECT_URI } from "./test-flow";
import { useOrg } from "../test-org";

const org = useOrg();

beforeAll(async () => {
  await org.control("POST", "/clients", {
    clientId: "rotating",
    clientSecret: "secret",
    username: "integration@myvenue.example",
    redirectUris: [REDIRECT_URI],
    requirePkce: true,
    rotateRefreshTokens: true,
  });
});

const newOAuth2 = (clientId = "demo-client", clientSecret = "demo-secret") =>
  new OAuth2({ loginUrl: org.url, clientId, clientSecret, redirectUri: REDIRECT_URI, useVerifier: true });

async function connect(oauth2: OAuth2): Promise<Connection> {
  const answer = await new TestBrowser(org.url).allow(
    oauth2.getAuthorizationUrl({ scope: "api id refresh_token", state: "s-1" }),
  );
  expect(answer.get("state")).toBe("s-1");
  const connection = new Connection({ oauth2, version: "62.0" });
  await connection.authorize(answer.get("code") ?? "");
  return connection;
}

describe("jsforce", () => {
  it("goes through the web server flow with PKCE and knows who it is", async () => {
    const connection = await connect(newOAuth2());
    expect(connection.instanceUrl).toBe(org.url);
    const identity = await connection.identity();
    expect(identity).toMatchObject({ username: "admin@myvenue.example", asserted_user: true });
    expect(connection.userInfo?.organizationId).toBe(identity.organization_id);
    expect((await connection.query("SELECT Id FROM User")).totalSize).toBeGreaterThan(0);
  });

  it("hears why a code or a verifier is not good", async () => {
    const oauth2 = newOAuth2();
    const answer = await new TestBrowser(org.url).allow(oauth2.getAuthorizationUrl({}));
    const stranger = newOAuth2();
    await expect(stranger.requestToken(answer.get("code") ?? "")).rejects.toMatchObject({
      name: "invalid_grant",
      message: "invalid code verifier",
    });
    await expect(oauth2.requestToken("aPrx==")).rejects.toMatchObject({
      name: "invalid_grant",
      message: "invalid authorization code",
    });
  });

  it("renews its session on 401 and goes on", async () => {
    const connection = await connect(newOAuth2());
    const before = connection.accessToken;
    const renewed: string[] = [];
    connection.on("refresh", (accessToken: string) => renewed.push(accessToken));
    await org.control("POST", "/faults", { kind: "expire-sessions" });
    const { records } = await connection.query("SELECT Username FROM User");
    expect(records.length).toBeGreaterThan(0);
    expect(renewed).toEqual([connection.accessToken]);
    expect(connection.accessToken).not.toBe(before);
  });

  it("is locked out by rotation unless the app keeps the new refresh token", async () => {
    const oauth2 = newOAuth2("rotating", "secret");
    const connection = await connect(oauth2);
    const first = connection.refreshToken ?? "";
    let rotated = "";
    connection.on("refresh", (_token: string, answer: { refresh_token?: string }) => {
      rotated = answer.refresh_token ?? "";
    });
    await org.control("POST", "/faults", { kind: "expire-sessions" });
    await connection.query("SELECT Id FROM User");
    expect(rotated).toMatch(/^5Aep861/);
    const careful = new OAuth2({ loginUrl: org.url, clientId: "rotating", clientSecret: "secret" });
    const renewed = await careful.refreshToken(rotated);
    expect(renewed.refresh_token).toMatch(/^5Aep861/);
    await expect(careful.refreshToken(first)).rejects.toMatchObject({
      name: "invalid_grant",
      message: "expired access/refresh token",
    });
    await expect(careful.refreshToken(renewed.refresh_token ?? "")).rejects.toMatchObject({
      message: "expired access/refresh token",
    });
  });

  it("revokes, and hears that a token is none", async () => {
    const oauth2 = newOAuth2();
    const connection = await connect(oauth2);
    await connection.logout(true);
    await expect(oauth2.revokeToken("nonsense")).rejects.toMatchObject({
      name: "unsupported_token_type",
      message: "this token type is not supported",
    });
  });
});
