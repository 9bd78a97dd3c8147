import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import { call, contactService, control, token, tokenPath } from "../testing/api-client";

const now = () => Math.floor(Date.now() / 1000);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("signing in at the API", () => {
  let s360: S360Simulator;
  const read = (authorization: string) =>
    call(s360, `${contactService}/getContactData`, { contactNumber: "1" }, { authorization });
  const bearer = async (made: Promise<string>) => read(`Bearer ${await made}`);

  beforeEach(async () => {
    s360 = await startS360Simulator();
    s360.simulator.put("contacts", { contactNumber: "1" });
  });
  afterEach(() => s360.close());

  it("takes a token that the caller signed with the operator's secret", async () => {
    expect(await bearer(token())).toMatchObject({ status: 200, body: { contactNumber: "1" } });
    expect((await bearer(token({ sub: "MYVENUE" }))).status).toBe(200);
    expect((await bearer(token({ exp: now() + 895 }))).status).toBe(200);
  });

  it("takes times in milliseconds as well as in seconds", async () => {
    const iat = Date.now();
    expect((await bearer(token({ iat, exp: iat + 30_000 }))).status).toBe(200);
    const old = iat - 20_000;
    expect((await bearer(token({ iat: old, exp: old + 300_000 }))).text).toContain("5 s old");
  });

  it.each([
    ["another secret", () => token({}, "another-secret"), "wrong signature"],
    ["another algorithm", () => token({}, "demo-s360-secret".padEnd(64), "HS512"), "alg is not HS256"],
    ["another institution", () => token({ sub: "opera" }), "sub is not"],
    ["another operator", () => token({ aud: "MYVENUE_POS" }), "aud is not"],
    ["another partner", () => token({ iss: "ERP" }), "iss is not"],
    ["no institution", () => token({ sub: undefined }), "sub is not"],
    ["no time of issue", () => token({ iat: undefined }), "iat and exp"],
    ["no end", () => token({ exp: undefined }), "iat and exp"],
    ["an end that is past", () => token({ iat: now() - 3, exp: now() - 1 }), "expired"],
    ["an old time of issue", () => token({ iat: now() - 7 }), "iat is more than 5 s old"],
    ["a time of issue to come", () => token({ iat: now() + 65, exp: now() + 90 }), "in the future"],
    ["a long life", () => token({ exp: now() + 1000 }), "15 minutes"],
  ])("refuses a token with %s", async (_what, made, why) => {
    const answer = await bearer(made());
    expect(answer.status).toBe(401);
    expect(answer.text).toContain(why);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  it("refuses what is no signed token", async () => {
    const claims = { sub: "myvenue", aud: "MYVENUE_CRM", iss: "CRM", iat: now(), exp: now() + 30 };
    const unsigned = `${encode({ alg: "none" })}.${encode(claims)}.`;
    const marked = `${encode({ alg: "none" })}.${encode(claims)}.AAAA`;
    const good = await token();
    const cut = good.slice(0, -1);
    for (const authorization of [
      "",
      "Basic dTpw",
      "Bearer",
      `Bearer ${unsigned}`,
      `Bearer ${marked}`,
      `Bearer ${cut}`,
    ])
      expect((await read(authorization)).status, authorization).toBe(401);
    expect((await read(`Bearer ${marked}`)).text).toContain("alg");
    expect((await read(`Bearer ${encode("x")}.${encode(1)}.AAAA`)).text).toContain("not a JWT");
  });

  it("moves its clock, for tokens and in the Date header", async () => {
    await control(s360, "POST", "settings", { api: { clockOffsetSeconds: 120 } });
    const behind = await bearer(token());
    expect(behind.status).toBe(401);
    const date = Date.parse(behind.headers.get("date") ?? "");
    expect(Math.abs(date - Date.now() - 120_000)).toBeLessThan(5_000);
    expect((await bearer(token({ iat: now() + 120, exp: now() + 150 }))).status).toBe(200);
    await control(s360, "POST", "settings", { api: { clockOffsetSeconds: 0, freshnessSeconds: 30 } });
    expect((await bearer(token({ iat: now() - 20 }))).status).toBe(200);
  });

  it("gives a token of five minutes for operator, partner and secret", async () => {
    const credentials = { operator: "MYVENUE_CRM", partner: "CRM", secret: "demo-s360-secret" };
    const { status, body } = await call(s360, tokenPath, credentials, { authorization: "" });
    expect(status).toBe(200);
    const claims = JSON.parse(Buffer.from(String(body.token).split(".")[1] ?? "", "base64url").toString());
    expect(claims.exp - claims.iat).toBe(300);
    await control(s360, "POST", "settings", { api: { clockOffsetSeconds: 290 } });
    expect((await read(`Bearer ${body.token}`)).status).toBe(200);
    await control(s360, "POST", "settings", { api: { clockOffsetSeconds: 310 } });
    expect((await read(`Bearer ${body.token}`)).text).toContain("expired");
    for (const wrong of [{ secret: "x" }, { operator: "MYVENUE_POS" }, { partner: "" }])
      expect((await call(s360, tokenPath, { ...credentials, ...wrong })).status).toBe(401);
    expect((await call(s360, tokenPath, {})).status).toBe(401);
  });

  it("ends old tokens at once when the secret is rotated", async () => {
    const credentials = { operator: "MYVENUE_CRM", partner: "CRM", secret: "demo-s360-secret" };
    const { body: issued } = await call(s360, tokenPath, credentials);
    expect((await control(s360, "POST", "rotate-secret", { secret: "next-secret" })).body).toEqual({
      secret: "next-secret",
    });
    expect((await bearer(token())).text).toContain("wrong signature");
    expect((await read(`Bearer ${issued.token}`)).text).toContain("wrong signature");
    expect((await bearer(token({}, "next-secret"))).status).toBe(200);
    const random = await control(s360, "POST", "rotate-secret");
    expect((await bearer(token({}, random.body.secret))).status).toBe(200);
  });

  it("never shows the secret in its state", async () => {
    const { body } = await control(s360, "GET", "state");
    expect(body.api.settings).toMatchObject({ operator: "MYVENUE_CRM", partner: "CRM" });
    expect(JSON.stringify(body)).not.toContain("demo-s360-secret");
  });
});
