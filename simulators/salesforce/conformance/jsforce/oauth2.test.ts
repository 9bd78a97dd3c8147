import { OAuth2 } from "jsforce";
import { beforeAll, describe, expect, it } from "vitest";
import { publicNames, uncovered, watched } from "../touched";
import { TestBrowser } from "../../oauth/test-browser";
import { restStatus } from "../../oauth/test-flow";
import { useOrg } from "../../test-org";

const org = useOrg();
const touched = new Set<string>();
const REDIRECT_URI = "http://localhost:1717/OauthRedirect";

const oauth2 = (useVerifier = true) =>
  watched(
    new OAuth2({
      loginUrl: org.url,
      clientId: "demo-client",
      clientSecret: "demo-secret",
      redirectUri: REDIRECT_URI,
      useVerifier,
    }),
    touched,
  );

describe.each([1, 2])("jsforce OAuth2, round %i on the same running simulator", (round) => {
  beforeAll(async () => {
    await org.control("POST", "/clients", {
      clientId: `password-${round}`,
      clientSecret: "secret",
      username: "integration@myvenue.example",
      allowPasswordFlow: true,
    });
  });

  it("goes the whole way of the web server flow, renews and revokes", async () => {
    const client = oauth2();
    const address = client.getAuthorizationUrl({ scope: "api id refresh_token", state: `s-${round}` });
    const answer = await new TestBrowser(org.url).allow(address);
    expect(answer.get("state")).toBe(`s-${round}`);
    const tokens = await client.requestToken(answer.get("code") ?? "");
    expect(tokens).toMatchObject({ token_type: "Bearer", instance_url: org.url });
    expect(await restStatus(org, tokens.access_token)).toBe(200);
    const renewed = await client.refreshToken(tokens.refresh_token ?? "");
    expect(await restStatus(org, renewed.access_token)).toBe(200);
    await client.revokeToken(tokens.refresh_token ?? "");
    await expect(client.refreshToken(tokens.refresh_token ?? "")).rejects.toMatchObject({
      name: "invalid_grant",
      message: "expired access/refresh token",
    });
    expect(await restStatus(org, renewed.access_token)).toBe(401);
  });

  it("takes client credentials", async () => {
    const tokens = await oauth2(false).requestToken({ grant_type: "client_credentials" });
    expect(await restStatus(org, tokens.access_token)).toBe(200);
  });

  it("hears why a code, a secret or a grant is not good", async () => {
    await expect(oauth2().requestToken("aPrxNothing")).rejects.toMatchObject({ name: "invalid_grant" });
    const stranger = new OAuth2({ loginUrl: org.url, clientId: "demo-client", clientSecret: "wrong" });
    await expect(stranger.requestToken({ grant_type: "client_credentials" })).rejects.toMatchObject({
      name: "invalid_client",
    });
    await expect(oauth2().requestToken({ grant_type: "magic" })).rejects.toMatchObject({
      name: "unsupported_grant_type",
    });
  });

  it("is refused by user name and password, unless the org allows that flow", async () => {
    await expect(oauth2().authenticate("admin@myvenue.example", "demo-password")).rejects.toMatchObject({
      name: "invalid_grant",
    });
    const allowed = watched(
      new OAuth2({ loginUrl: org.url, clientId: `password-${round}`, clientSecret: "secret" }),
      touched,
    );
    const tokens = await allowed.authenticate("admin@myvenue.example", "demo-password");
    expect(await restStatus(org, tokens.access_token)).toBe(200);
  });
});

it("every public call of jsforce's OAuth2 is exercised", () => {
  expect(uncovered(publicNames(new OAuth2({}), "jsforce/lib/oauth2.d.ts"), touched, {})).toEqual({
    notExercised: [],
    unknown: [],
  });
});
