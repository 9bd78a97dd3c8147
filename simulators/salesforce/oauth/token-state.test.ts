import { describe, expect, it } from "vitest";
import { asked, DEMO, restStatus, webServerFlow } from "./test-flow";
import { TestBrowser } from "./test-browser";
import { useOrg } from "../test-org";

const org = useOrg();

async function revoke(token: string | undefined, method = "POST", extra = {}) {
  const parameters = new URLSearchParams({ token: token ?? "", ...extra });
  const address = `${org.url}/services/oauth2/revoke`;
  const response = await (method === "GET"
    ? fetch(`${address}?${parameters}`)
    : fetch(address, { method, body: parameters }));
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const introspect = async (token: string | undefined, form: Record<string, string> = DEMO) => {
  const response = await fetch(`${org.url}/services/oauth2/introspect`, {
    method: "POST",
    body: new URLSearchParams({ token: token ?? "", ...form }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe("revoke", () => {
  it.each(["POST", "GET"])("by %s ends the session of an access token, and nothing else", async (method) => {
    const { body } = await webServerFlow(org);
    const answer = await revoke(body.access_token, method);
    expect(answer).toMatchObject({ status: 200, text: "" });
    expect(await restStatus(org, body.access_token)).toBe(401);
    const renewed = await org.requestToken({
      grant_type: "refresh_token",
      refresh_token: body.refresh_token ?? "",
      ...DEMO,
    });
    expect(renewed.status).toBe(200);
  });

  it("of a refresh token ends its sessions too, and the user is asked again", async () => {
    const { body } = await webServerFlow(org);
    const { body: renewed } = await org.requestToken({
      grant_type: "refresh_token",
      refresh_token: body.refresh_token ?? "",
      ...DEMO,
    });
    const { body: other } = await org.requestToken({ grant_type: "client_credentials", ...DEMO });
    const browser = new TestBrowser(org.url);
    await browser.allow(asked());
    expect((await revoke(body.refresh_token)).status).toBe(200);
    expect(await restStatus(org, body.access_token)).toBe(401);
    expect(await restStatus(org, renewed.access_token)).toBe(401);
    expect(await restStatus(org, other.access_token)).toBe(200);
    expect((await revoke(body.refresh_token)).text).toContain("error=invalid_token");
  });

  it.each([
    [
      "anything else",
      "nonsense",
      "error=unsupported_token_type&error_description=this%20token%20type%20is%20not%20supported",
    ],
    [
      "nothing",
      "",
      "error=unsupported_token_type&error_description=this%20token%20type%20is%20not%20supported",
    ],
    ["a refresh token that never was", "5Aep861x", "error=invalid_token&error_description=invalid%20token"],
  ])("refuses %s, as a form", async (_what, token, text) => {
    const answer = await revoke(token);
    expect(answer).toMatchObject({ status: 400, text });
    expect(answer.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
  });

  it("refuses the JSONP variant and leaves the token as it is", async () => {
    const { body } = await org.requestToken({ grant_type: "client_credentials", ...DEMO });
    expect((await revoke(body.access_token, "GET", { callback: "f" })).status).toBe(400);
    expect(await restStatus(org, body.access_token)).toBe(200);
  });
});

describe("introspect", () => {
  it("tells what an access token is", async () => {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const { body: token } = await webServerFlow(org, { scope: "api id refresh_token" });
    const { status, body } = await introspect(token.access_token);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      active: true,
      scope: "api id refresh_token",
      client_id: "demo-client",
      username: "admin@myvenue.example",
      sub: token.id,
      token_type: "access_token",
    });
    expect(body.iat).toBeGreaterThanOrEqual(nowSeconds);
    expect(body.nbf).toBe(body.iat);
    expect(Number(body.exp) - Number(body.iat)).toBe(2 * 60 * 60);
  });

  it("tells what a refresh token is, which has no end of its own", async () => {
    const { body: token } = await webServerFlow(org);
    const { body } = await introspect(token.refresh_token);
    expect(body).toMatchObject({ active: true, token_type: "refresh_token" });
    expect(body).not.toHaveProperty("exp");
  });

  it("says no more than that a token is not active when it is revoked, unknown or another client's", async () => {
    const { body: token } = await webServerFlow(org);
    await revoke(token.access_token);
    expect((await introspect(token.access_token)).body).toEqual({ active: false });
    expect((await introspect("nonsense")).body).toEqual({ active: false });
    const client = { clientId: "nosy", clientSecret: "s", username: "integration@myvenue.example" };
    await org.control("POST", "/clients", client);
    const nosy = { client_id: "nosy", client_secret: "s" };
    expect((await introspect(org.accessToken)).body.active).toBe(true);
    expect((await introspect(org.accessToken, nosy)).body).toEqual({ active: false });
  });

  it.each([
    ["a wrong secret", { ...DEMO, client_secret: "x" }, "invalid_client"],
    ["no secret", { client_id: "demo-client" }, "invalid_client"],
    ["no client", {}, "invalid_client_id"],
  ])("refuses %s", async (_what, form, error) => {
    const { status, body } = await introspect(org.accessToken, form as Record<string, string>);
    expect(status).toBe(400);
    expect(body.error).toBe(error);
  });
});
