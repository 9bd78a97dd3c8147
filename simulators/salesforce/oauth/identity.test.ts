import { beforeAll, describe, expect, it } from "vitest";
import { webServerFlow } from "./test-flow";
import { useOrg } from "../test-org";

const org = useOrg();
let id = "";
let token = "";

beforeAll(async () => {
  const { body } = await webServerFlow(org);
  id = body.id ?? "";
  token = body.access_token ?? "";
});

async function get(address: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) {
  const response = await fetch(address, { headers });
  const text = await response.text();
  return { status: response.status, text, headers: response.headers };
}

describe("the identity URL", () => {
  it("tells everything that Salesforce documents of the user", async () => {
    const { status, text } = await get(`${id}?format=json`);
    expect(status).toBe(200);
    const [userId = "", organizationId = ""] = id.split("/").reverse();
    const body = JSON.parse(text) as Record<string, unknown>;
    expect(body).toMatchObject({
      id,
      asserted_user: true,
      user_id: userId,
      organization_id: organizationId,
      username: "admin@myvenue.example",
      display_name: "CRM administrator",
      email: "admin@myvenue.example",
      timezone: "Europe/Zurich",
      status: { created_date: null, body: null },
      active: true,
      user_type: "STANDARD",
      language: "en_US",
      locale: "en_US",
      utcOffset: 3_600_000,
      is_app_installed: true,
    });
    expect(body.last_modified_date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(body.urls).toMatchObject({
      rest: `${org.url}/services/data/v{version}/`,
      partner: `${org.url}/services/Soap/u/{version}/${organizationId.slice(0, 15)}`,
      profile: `${org.url}/${userId}`,
      custom_domain: org.url,
    });
  });

  it.each([
    ["latest", "66.0"],
    ["62.0", "62.0"],
    ["62", "62.0"],
  ])("fills in the version: %s", async (version, shown) => {
    const { text } = await get(`${id}?version=${version}`);
    const { urls } = JSON.parse(text) as { urls: Record<string, string> };
    expect(urls.sobjects).toBe(`${org.url}/services/data/v${shown}/sobjects/`);
  });

  it("takes the token in the header or as a parameter, and ids of 15 characters", async () => {
    for (const name of ["oauth_token", "access_token"]) {
      expect((await get(`${id}?${name}=${encodeURIComponent(token)}`, {})).status).toBe(200);
    }
    const short = id.replace(/\/(\w{15})\w{3}\/(\w{15})\w{3}$/, "/$1/$2");
    expect((await get(short)).status).toBe(200);
  });

  it("of another user is open to a token of the same org, and says that it is another's", async () => {
    const { text } = await get(id, { authorization: `Bearer ${org.accessToken}` });
    expect(JSON.parse(text)).toMatchObject({ asserted_user: false, username: "admin@myvenue.example" });
  });

  it.each([
    ["without a token", () => id, {}, 403, "Missing_OAuth_Token"],
    ["with a bad token", () => id, { authorization: "Bearer x" }, 403, "Bad_OAuth_Token"],
    [
      "of a user who is not there",
      () => id.replace(/\w{18}$/, "005000000000001AAA"),
      undefined,
      404,
      "Bad_Id",
    ],
    ["of another org", () => id.replace(/00D\w{15}/, "00D000000000001EAA"), undefined, 404, "Bad_Id"],
    ["of what is no id", () => id.replace(/\w{18}$/, "me"), undefined, 404, "Bad_Id"],
    ["with an unknown version", () => `${id}?version=99.0`, undefined, 406, "Invalid_Version"],
    ["with a callback", () => `${id}?callback=f`, undefined, 406, "Invalid_Callback"],
    ["as XML", () => `${id}?format=xml`, undefined, 406, "Invalid_Format"],
  ])("%s is refused with one word", async (_what, address, headers, status, word) => {
    const answer = await get(address(), headers as Record<string, string> | undefined);
    expect(answer).toMatchObject({ status, text: word });
  });
});

describe("userinfo", () => {
  const address = () => `${org.url}/services/oauth2/userinfo`;

  it("tells of the session's own user, by GET and POST", async () => {
    const { status, text } = await get(address());
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      sub: id,
      user_id: id.split("/").at(-1),
      preferred_username: "admin@myvenue.example",
      family_name: "CRM administrator",
      email_verified: true,
      zoneinfo: "Europe/Zurich",
      address: {},
      user_type: "STANDARD",
    });
    const posted = await fetch(address(), {
      method: "POST",
      body: new URLSearchParams({ access_token: token }),
    });
    expect(posted.status).toBe(200);
  });

  it("is refused without a valid token", async () => {
    expect(await get(address(), {})).toMatchObject({ status: 403, text: "Missing_OAuth_Token" });
    const bad = await get(address(), { authorization: "Bearer x" });
    expect(bad).toMatchObject({ status: 403, text: "Bad_OAuth_Token" });
  });
});

describe("discovery", () => {
  it("names only what this org answers", async () => {
    const { text } = await get(`${org.url}/.well-known/openid-configuration`, {});
    const configuration = JSON.parse(text) as Record<string, unknown>;
    expect(configuration).toMatchObject({
      issuer: org.url,
      response_types_supported: ["code"],
      code_challenge_methods_supported: ["S256"],
    });
    const endpoints = Object.entries(configuration).filter(([name]) => /_endpoint$|_uri$/.test(name));
    expect(endpoints.length).toBeGreaterThanOrEqual(6);
    for (const [, endpoint] of endpoints) {
      expect((await fetch(String(endpoint))).status, String(endpoint)).not.toBe(404);
    }
  });

  it("publishes one RSA key, without its private half", async () => {
    const { text } = await get(`${org.url}/id/keys`, {});
    const { keys } = JSON.parse(text) as { keys: Record<string, string>[] };
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  });
});
