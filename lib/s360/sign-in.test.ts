import { createHmac } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { errorOf, faultOf, refusal, scriptedVenues, secret, type Script } from "./test-scripted-venue";

const { open } = scriptedVenues();
const expired = { status: 401, body: "Expired token" };

function bearerOf(call: { headers: { authorization?: string } } | undefined): string {
  return (call?.headers.authorization ?? "").replace("Bearer ", "");
}

function opened(token: string): { header: unknown; claims: { iat: number; exp: number } } {
  const [header = "", claims = "", signature] = token.split(".");
  const expected = createHmac("sha256", secret).update(`${header}.${claims}`).digest("base64url");
  expect(signature).toBe(expected);
  const [readHeader, readClaims] = [header, claims].map((part) =>
    JSON.parse(Buffer.from(part, "base64url").toString("utf8")),
  );
  return { header: readHeader, claims: readClaims };
}

describe("a token of our own making", () => {
  it("names institution, operator and partner, in seconds, for half a minute", async () => {
    const nowMs = Date.UTC(2026, 2, 1, 12, 0, 0, 900);
    const { venue, side } = await open(undefined, { now: () => nowMs });
    await side.read("7");
    const { header, claims } = opened(bearerOf(venue.calls[0]));
    expect(header).toEqual({ alg: "HS256", typ: "JWT" });
    const iat = Math.floor(nowMs / 1000);
    expect(claims).toEqual({ sub: "myvenue", aud: "MYVENUE_CRM", iss: "CRM", iat, exp: iat + 30 });
  });

  it("is made anew for every call, after the gate has let it pass", async () => {
    let nowMs = 1_800_000_000_000;
    const { venue, side } = await open(undefined, {
      now: () => nowMs,
      takeToken: async () => {
        nowMs += 60_000;
      },
    });
    await side.read("7");
    await side.read("7");
    const issued = venue.calls.map((call) => opened(bearerOf(call)).claims.iat);
    expect(issued).toEqual([1_800_000_060, 1_800_000_120]);
  });

  it("is issued on S-360's clock", async () => {
    const { venue, side } = await open(undefined, {
      now: () => 1_800_000_000_000,
      clockSkewMs: () => -42_000,
    });
    await side.read("7");
    expect(opened(bearerOf(venue.calls[0])).claims.iat).toBe(1_799_999_958);
  });

  it("is not tried again when it is refused", async () => {
    const { venue, side } = await open(() => expired);
    expect(await faultOf(side.read("7"))).toMatchObject({
      code: "s360_sign_in",
      sentence: expect.stringMatching(/operator.*partner.*secret.*clock/),
      origin: { code: "HTTP_401", message: "Expired token" },
    });
    expect(venue.calls).toHaveLength(1);
  });

  it("is not made without a secret", async () => {
    const { venue, side } = await open(undefined, { secret: "" });
    expect(await faultOf(side.read("7"))).toMatchObject({ code: "s360_sign_in" });
    expect(venue.calls).toEqual([]);
  });
});

describe("the clock", () => {
  const at = (aheadMs: number): Script => {
    return () => ({ ...expired, headers: { date: new Date(Date.now() + aheadMs).toUTCString() } });
  };

  it.each([
    [42_000, "42 s behind S-360's"],
    [-600_000, "600 s ahead of S-360's"],
  ])("is named when it is %i ms off and S-360 refuses the sign-in", async (aheadMs, words) => {
    const told: number[] = [];
    // In the middle of a second, which is what the header is taken for.
    const nowMs = Date.UTC(2026, 2, 1, 12, 0, 0, 500);
    const { side } = await open(
      () => ({ ...expired, headers: { date: new Date(nowMs + aheadMs).toUTCString() } }),
      { now: () => nowMs, onClock: (skewMs) => told.push(skewMs) },
    );
    expect((await faultOf(side.read("7"))).sentence).toContain(words);
    expect(told).toEqual([aheadMs]);
  });

  it("is no reason while it is within five seconds", async () => {
    const { side } = await open(at(3_000));
    expect((await faultOf(side.read("7"))).sentence).not.toMatch(/behind|ahead/);
  });

  it("is told with every answer, failures included", async () => {
    const told: number[] = [];
    const { side } = await open(at(0), { onClock: (skewMs) => told.push(skewMs) });
    await faultOf(side.read("7"));
    await faultOf(side.read("7"));
    expect(told).toHaveLength(2);
  });

  it("is not told where the answer has no date", async () => {
    const told: number[] = [];
    const { side } = await open(() => ({ body: "", headers: { date: "yesterday" } }), {
      onClock: (skewMs) => told.push(skewMs),
    });
    await faultOf(side.read("7"));
    expect(told).toEqual([]);
  });
});

describe("a token of S-360's", () => {
  const authentication = "token";

  it("is asked for with operator, partner and secret, and used until it is five minutes old", async () => {
    let nowMs = 1_800_000_000_000;
    const { venue, side } = await open(undefined, { authentication, now: () => nowMs });
    await side.read("7");
    nowMs += 299_000;
    await side.read("7");
    nowMs += 1_000;
    await side.read("7");
    expect(venue.calls.map(({ method }) => method)).toEqual([
      ...["auth", "getContactData", "getContactData"],
      ...["auth", "getContactData"],
    ]);
    expect(venue.calls[0]?.path).toBe("/tnai/backend-apis/v1/auth");
    expect(venue.calls[0]?.headers.authorization).toBeUndefined();
    expect(JSON.parse(venue.calls[0]?.text ?? "")).toEqual({
      operator: "MYVENUE_CRM",
      partner: "CRM",
      secret,
    });
    expect(venue.calls.filter(({ method }) => method !== "auth").map(bearerOf)).toEqual([
      "token-1",
      "token-1",
      "token-2",
    ]);
  });

  it("is fetched once for calls that start together, and renewed once for calls refused together", async () => {
    const { venue, side } = await open((call) => (bearerOf(call) === "token-1" ? expired : undefined), {
      authentication,
    });
    await Promise.all([1, 2, 3, 4].map((number) => side.read(String(number))));
    expect(venue.calls.filter(({ method }) => method === "auth")).toHaveLength(2);
    expect(venue.calls).toHaveLength(2 + 4 + 4);
  });

  it("is renewed once, then given up", async () => {
    const { venue, side } = await open(({ method }) => (method === "auth" ? undefined : expired), {
      authentication,
    });
    expect(await faultOf(side.save("individual", {}))).toMatchObject({ code: "s360_sign_in" });
    expect(venue.calls.map(({ method }) => method)).toEqual([
      ...["auth", "saveIndividualContactData"],
      ...["auth", "saveIndividualContactData"],
    ]);
  });

  it("is not renewed for anything but 401", async () => {
    const { venue, side } = await open(
      ({ method }) => (method === "auth" ? undefined : { status: 403, body: "" }),
      { authentication },
    );
    expect(await faultOf(side.read("7"))).toMatchObject({ code: "s360_sign_in" });
    expect(venue.calls).toHaveLength(2);
  });

  it.each([
    ["401", { status: 401, body: "no" }, "s360_sign_in"],
    ["400", { status: 400, body: "no" }, "s360_sign_in"],
    ["a refusal with 200", refusal("error.auth", "unknown operator"), "s360_sign_in"],
    ["a token that cannot be sent", { body: { token: "two\r\nlines" } }, "s360_sign_in"],
    ["422", { status: 422, body: refusal("error.auth", "unknown").body }, "s360_sign_in"],
    ["500", { status: 500, body: "" }, "s360_unavailable"],
    ["404", { status: 404, body: "" }, "s360_unreachable"],
    ["a page", { body: "<html></html>" }, "s360_unreachable"],
    ["509", { status: 509, body: "" }, "s360_limit"],
    ["503", { status: 503, body: "" }, "s360_unavailable"],
    ["a broken connection", "drop", "s360_unavailable"],
  ] as const)("is not had: %s, so the save was never sent", async (_, outcome, code) => {
    const { venue, side } = await open(() => outcome, { authentication });
    expect(await faultOf(side.save("individual", {}))).toMatchObject({ code });
    expect(venue.calls.map(({ method }) => method)).toEqual(["auth"]);
  });
});

describe("secrets", () => {
  const repeating: Script = ({ headers, text }, count) => ({
    status: count % 2 ? 500 : 200,
    body:
      count % 2
        ? `${"x".repeat(480)} ${headers.authorization} ${text}`
        : refusal("e", `${headers.authorization}`).body,
  });

  it.each(["jwt", "token"] as const)("are in no fault, message or cause (%s)", async (authentication) => {
    const { venue, side } = await open(
      (call, count) =>
        call.method === "auth" ? { body: { token: "opaque-token-of-s360" } } : repeating(call, count),
      { authentication },
    );
    for (const call of [1, 2, 3, 4]) {
      const error = await errorOf(side.save("individual", { function: secret, contactNumber: String(call) }));
      expect(error).toBeInstanceOf(FaultError);
      const shown = inspect(error, { depth: 20 }) + JSON.stringify(error);
      for (const sent of [...venue.calls.map(bearerOf), secret, JSON.stringify(secret).slice(1, -1)]) {
        if (sent !== "") expect(shown.includes(sent)).toBe(false);
      }
      expect(shown).not.toMatch(/eyJ\w{8}|opaque-|s3cret/);
    }
  });

  it("are in no fault when the call for a token fails and is repeated to us", async () => {
    const { side } = await open(({ text }) => ({ status: 401, body: text }), { authentication: "token" });
    const error = await errorOf(side.read("7"));
    expect(error).toBeInstanceOf(FaultError);
    expect(inspect(error, { depth: 20 })).not.toMatch(/s3cret/);
  });

  it.each([
    ["under another name", { body: { accessToken: "opaque-token" } }],
    ["as a bare text", { body: "opaque-token" }],
    ["with what cannot be sent", { body: { token: "opaque-token\n" } }],
  ])("are in no fault when a token comes %s", async (_, reply) => {
    const { side } = await open(() => reply, { authentication: "token" });
    const error = await errorOf(side.read("7"));
    expect(error).toBeInstanceOf(FaultError);
    expect(inspect(error, { depth: 20 })).not.toMatch(/opaque/);
  });
});
