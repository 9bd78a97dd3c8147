import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { registerJwtClient, useCore } from "./core-home";
import { TestBrowser } from "../../oauth/test-browser";
import { useOrg } from "../../test-org";
import { publicNames, uncovered, watched } from "../touched";

const org = useOrg();
const home = useCore();
const touched = new Set<string>();
const INTEGRATION = "integration@myvenue.example";
const ADMIN = "admin@myvenue.example";

const OUT_OF_SCOPE = {
  getOrgFrontDoorUrl: "deprecated: a page address with a session id in it",
  init: "called by create",
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "localhost");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** As `sf org logout`: the next round signs in anew. */
async function forget(username: string): Promise<void> {
  await (await home.core.AuthRemover.create()).removeAuth(username);
}

describe.each([1, 2])("AuthInfo of @salesforce/core, round %i on the same running simulator", (round) => {
  it("signs in with a signed assertion and keeps what it needs below its home folder", async () => {
    const { AuthInfo } = home.core;
    const oauth2Options = await registerJwtClient(org, {
      clientId: `core-jwt-${round}`,
      username: INTEGRATION,
      folder: home.folder,
    });
    const authInfo = watched(await AuthInfo.create({ username: INTEGRATION, oauth2Options }), touched);
    expect(authInfo.isJwt()).toBe(true);
    expect(authInfo.isOauth()).toBe(false);
    expect(authInfo.isUsingAccessToken()).toBe(false);
    expect(authInfo.isAccessTokenFlow()).toBe(false);
    expect(authInfo.isRefreshTokenFlow()).toBe(false);
    expect(authInfo.getUsername()).toBe(INTEGRATION);
    expect(authInfo.getClientId()).toBe(oauth2Options.clientId);
    expect(authInfo.getRedirectUri()).toContain("OauthRedirect");
    expect(authInfo.getFields()).toMatchObject({ instanceUrl: org.url, orgEdition: "Enterprise Edition" });
    expect(authInfo.getConnectionOptions()).toMatchObject({ instanceUrl: org.url });
    await authInfo.save();
    await authInfo.setAlias(`venue-${round}`);
    await authInfo.setAsDefault({ org: true });
    await authInfo.handleAliasAndDefaultSettings({
      alias: `venue-${round}`,
      setDefault: false,
      setDefaultDevHub: false,
    });
    authInfo.update({ orgId: authInfo.getFields().orgId });
    const [known] = await AuthInfo.listAllAuthorizations(({ username }) => username === INTEGRATION);
    expect(known).toMatchObject({ instanceUrl: org.url, isSandbox: false, isScratchOrg: false });
    expect(await AuthInfo.hasAuthentications()).toBe(true);
    expect(await AuthInfo.getDevHubAuthInfos()).toEqual([]);
    expect(AuthInfo.getDefaultInstanceUrl()).toMatch(/^https:/);
    await forget(INTEGRATION);
  });

  it("hears why an assertion is refused", async () => {
    const oauth2Options = await registerJwtClient(org, {
      clientId: `core-stranger-${round}`,
      username: INTEGRATION,
      folder: home.folder,
    });
    await expect(
      home.core.AuthInfo.create({
        username: `nobody-${round}@myvenue.example`,
        oauth2Options: { ...oauth2Options },
      }),
    ).rejects.toThrow(/user hasn't approved this consumer/);
  });

  it("signs in through the browser, with its own web server for the answer", async () => {
    const { WebOAuthServer, AuthInfo } = home.core;
    const port = await freePort();
    const redirectUri = `http://localhost:${port}/OauthRedirect`;
    const clientId = `core-web-${round}`;
    await org.control("POST", "/clients", {
      clientId,
      clientSecret: "secret",
      username: INTEGRATION,
      redirectUris: [redirectUri],
      requirePkce: true,
    });
    vi.spyOn(WebOAuthServer, "determineOauthPort").mockResolvedValue(port);
    const server = await WebOAuthServer.create({
      oauthConfig: { loginUrl: org.url, clientId, clientSecret: "secret", redirectUri },
    });
    await server.start();
    const authorized = server.authorizeAndSave();
    const browser = new TestBrowser(org.url);
    const answer = await browser.allow(server.getAuthorizationUrl());
    await fetch(`${redirectUri}?${answer.toString()}`);
    const authInfo = watched(await authorized, touched);
    expect(authInfo.getUsername()).toBe(ADMIN);
    expect(authInfo.isRefreshTokenFlow()).toBe(true);
    const sfdxAuthUrl = authInfo.getSfdxAuthUrl();
    expect(AuthInfo.parseSfdxAuthUrl(sfdxAuthUrl.replace(/@http:\/\//, "@"))).toMatchObject({ clientId });
    const connection = await home.core.Connection.create({
      authInfo: await AuthInfo.create({ username: ADMIN }),
    });
    await org.control("POST", "/faults", { kind: "expire-sessions" });
    await org.signIn();
    expect((await connection.query("SELECT Id FROM Organization")).totalSize).toBe(1);
    await forget(ADMIN);
  });

  it("takes an access token as it is", async () => {
    const { AuthInfo, Connection } = home.core;
    const authInfo = await AuthInfo.create({
      username: org.accessToken,
      accessTokenOptions: { accessToken: org.accessToken, instanceUrl: org.url },
    });
    expect(authInfo.isAccessTokenFlow()).toBe(true);
    const connection = await Connection.create({ authInfo });
    expect(connection.isUsingAccessToken()).toBe(true);
    expect(await connection.identity()).toMatchObject({ username: INTEGRATION });
  });

  it("makes the address of the authorization page", () => {
    const address = new URL(
      home.core.AuthInfo.getAuthorizationUrl({
        loginUrl: org.url,
        clientId: "demo-client",
        redirectUri: "http://localhost:1717/OauthRedirect",
      }),
    );
    expect(address.origin).toBe(org.url);
    expect(address.searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
  });
});

it("every public call of AuthInfo is exercised or named as out of scope", async () => {
  const authInfo = await home.core.AuthInfo.create({
    username: org.accessToken,
    accessTokenOptions: { accessToken: org.accessToken, instanceUrl: org.url },
  });
  expect(
    uncovered(publicNames(authInfo, "@salesforce/core/lib/org/authInfo.d.ts"), touched, OUT_OF_SCOPE)
      .notExercised,
  ).toEqual([]);
});
