import { describe, expect, it } from "vitest";
import { faultRow } from "@/lib/core/faults";
import { configFor, faultOf, refusal, scriptedVenues, type Outcome } from "./test-scripted-venue";
import { openContactSide } from "./contact-side";

const { open } = scriptedVenues();
const page = "<html><head><style>p{}</style></head><body><p>Please sign in</p></body></html>";
const create = {};
const update = { contactNumber: "7" };

describe("an answer other than success", () => {
  it.each<[string, Outcome, string]>([
    ["509", { status: 509, body: "Bandwidth Limit Exceeded" }, "s360_limit"],
    ["429", { status: 429, body: { message: "Too many calls" } }, "s360_limit"],
    ["509 about the month", { status: 509, body: "Monthly quota exceeded" }, "s360_quota"],
    ["429 about the month", { status: 429, body: { message: "10000 calls per month" } }, "s360_quota"],
    ["500 with text", { status: 500, body: "java.lang.NullPointerException" }, "s360_busy"],
    ["500 as a page", { status: 500, body: page }, "s360_busy"],
    ["502", { status: 502, body: page }, "s360_unavailable"],
    ["503", { status: 503, body: "" }, "s360_unavailable"],
    ["504", { status: 504, body: page }, "s360_unavailable"],
    ["401", { status: 401, body: "bad token" }, "s360_sign_in"],
    ["403", { status: 403, body: { statusCode: "error" } }, "s360_sign_in"],
    ["404", { status: 404, body: page }, "s360_unreachable"],
    ["421", { status: 421, body: "" }, "s360_unreachable"],
    ["a redirect", { status: 302, body: "", headers: { location: "/elsewhere" } }, "s360_unreachable"],
    ["400 of a gateway", { status: 400, body: "Bad Request" }, "s360_refused"],
    ["400 in S-360's words", { ...refusal("error.x", "no"), status: 400 }, "s360_refused"],
    ["a refusal", refusal("error.contact.zip", "Zip code is unknown"), "s360_refused"],
    ["a page with 200", { body: page }, "s360_unreachable"],
    ["JSON of another service", { body: { error: "blocked" } }, "s360_unreachable"],
    ["no JSON", { body: "OK" }, "s360_unreachable"],
    ["a list", { body: [] }, "s360_unreachable"],
    ["work in progress", { body: { statusCode: "in_progress", requestId: 3 } }, "s360_busy"],
  ])("%s is one fault after one call", async (_, outcome, code) => {
    const { venue, side } = await open(() => outcome);
    expect(await faultOf(side.read("7"))).toMatchObject({ code });
    expect(venue.calls).toHaveLength(1);
  });

  it("tells in S-360's words what it refused, with its code for support", async () => {
    const { side } = await open(() => refusal("error.contact.zip", "Zip code 99 is unknown"));
    expect(await faultOf(side.save("individual", update))).toEqual({
      code: "s360_refused",
      sentence: "S-360 refused this contact (error.contact.zip). S-360 says: Zip code 99 is unknown",
      origin: { code: "error.contact.zip", message: "Zip code 99 is unknown" },
    });
  });

  it("does not take a sentence for a code, since codes are logged", async () => {
    const { side } = await open(() => refusal("Ada Martin is not allowed", ""));
    expect(await faultOf(side.save("individual", update))).toMatchObject({
      origin: { code: "error", message: "Ada Martin is not allowed" },
    });
  });

  it("shows of a page what a person would read", async () => {
    const { side } = await open(() => ({ body: page }));
    expect(await faultOf(side.read("7"))).toMatchObject({
      sentence: expect.stringMatching(/something stands in between/),
      origin: { code: "HTTP_200", message: "Please sign in" },
    });
  });

  it("concerns one contact alone where S-360 fails on it, and the whole venue where it is away", () => {
    expect(faultRow("s360_busy").wide).toBeUndefined();
    expect(faultRow("s360_unavailable").wide).toBe(true);
  });

  it("is about the one contact when it nests too deeply", async () => {
    const body = `{"statusCode":"success","contactNumber":"7","a":${"[".repeat(100)}${"]".repeat(100)}}`;
    const { side } = await open(() => ({ body }));
    expect(await faultOf(side.read("7"))).toMatchObject({ code: "unusable_item" });
    expect(await faultOf(side.save("individual", update))).toMatchObject({ code: "answer_lost" });
  });
});

describe("an answer that does not come", () => {
  it.each(["drop", "break-body", "hang", "hang-body"] as const)(
    "leaves a save open and a question unanswered (%s)",
    async (outcome) => {
      const { venue, side } = await open(() => outcome, { timeoutMs: 300 });
      expect(await faultOf(side.read("7"))).toMatchObject({ code: "s360_unavailable" });
      expect(await faultOf(side.search({ lastName: "Martin" }))).toMatchObject({ code: "s360_unavailable" });
      expect(await faultOf(side.save("individual", update))).toMatchObject({ code: "answer_lost" });
      expect(await faultOf(side.save("individual", create))).toMatchObject({ code: "answer_lost" });
      expect(venue.calls).toHaveLength(4);
    },
  );

  it.each([
    [500, "s360_busy"],
    [502, "s360_unavailable"],
    [503, "s360_unavailable"],
    [504, "s360_unavailable"],
    [520, "s360_unavailable"],
  ])("leaves a create open after HTTP %i, for a second one would be a twin", async (status, code) => {
    const { side } = await open(() => ({ status, body: page }));
    expect(await faultOf(side.save("individual", create))).toMatchObject({
      code: "answer_lost",
      origin: { code: `HTTP_${status}` },
    });
    expect(await faultOf(side.save("individual", update))).toMatchObject({ code });
  });

  it("takes a create above the limit for refused", async () => {
    const { side } = await open(() => ({ status: 509, body: "Bandwidth Limit Exceeded" }));
    expect(await faultOf(side.save("individual", create))).toMatchObject({ code: "s360_limit" });
  });

  it.each<[string, Outcome]>([
    ["cut off", { body: '{"statusCode":"succ' }],
    ["empty", { body: "" }],
    ["still in progress", { body: { statusCode: "in_progress", requestId: 3 } }],
  ])("leaves a create open when the answer is %s", async (_, outcome) => {
    const { side } = await open(() => outcome);
    expect(await faultOf(side.save("individual", create))).toMatchObject({ code: "answer_lost" });
  });

  it("takes no page for an answer to a create", async () => {
    const { side } = await open(() => ({ body: page }));
    expect(await faultOf(side.save("individual", create))).toMatchObject({ code: "s360_unreachable" });
  });
});

describe("a call that could not be sent", () => {
  it("is not lost: nothing listens", async () => {
    const { venue, side } = await open();
    await venue.close();
    expect(await faultOf(side.save("individual", create))).toMatchObject({
      code: "s360_unreachable",
      sentence: expect.stringContaining(new URL(venue.url).host),
      origin: { code: "ECONNREFUSED" },
    });
  });

  it("is not lost: no encryption could be agreed on", async () => {
    const { venue } = await open();
    const side = openContactSide(configFor(venue.url.replace("http:", "https:")));
    expect(await faultOf(side.save("individual", create))).toMatchObject({ code: "s360_unreachable" });
    expect(venue.calls).toEqual([]);
  });

  it.each([
    ["an unknown name", { code: "ENOTFOUND", syscall: "getaddrinfo" }],
    ["a certificate nobody vouches for", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }],
    ["a connection that takes too long", { code: "UND_ERR_CONNECT_TIMEOUT" }],
    ["a network without a way", { code: "EHOSTUNREACH", syscall: "connect" }],
  ])("is not lost: %s", async (_, details) => {
    const cause = Object.assign(new Error("no"), details);
    const failing = async (): Promise<never> => Promise.reject(new TypeError("fetch failed", { cause }));
    const { side } = await open(undefined, { fetch: failing });
    expect(await faultOf(side.save("individual", create))).toMatchObject({
      code: "s360_unreachable",
      origin: { code: details.code },
    });
  });

  it("is taken for sent where the connection broke at an unknown point", async () => {
    const cause = Object.assign(new Error("read"), { code: "ECONNRESET", syscall: "read" });
    const failing = async (): Promise<never> => Promise.reject(new TypeError("fetch failed", { cause }));
    const { side } = await open(undefined, { fetch: failing });
    expect(await faultOf(side.save("individual", create))).toMatchObject({ code: "answer_lost" });
  });
});
