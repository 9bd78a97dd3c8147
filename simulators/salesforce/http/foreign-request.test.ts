import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg();

/** The status of a request with headers that no fetch would send. */
function statusOf(method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(org.url);
    const sent = httpRequest({ hostname, port, method, path, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end();
  });
}

const port = () => new URL(org.url).port;

describe("the control endpoint", () => {
  it.each([
    ["a page of another site", { origin: "https://evil.example" }],
    ["a page of another port of this machine", { origin: "http://127.0.0.1:1" }],
    ["a page that hides where it is from", { origin: "null" }],
    ["another site, by the browser's word", { "sec-fetch-site": "cross-site" }],
  ])("does not listen to %s", async (_who, headers) => {
    const id = await org.create("Contact", { LastName: "Kept" });
    expect(await statusOf("POST", "/__control/reset", headers)).toBe(403);
    expect(await statusOf("GET", "/__control/records?object=Contact", headers)).toBe(403);
    expect((await org.stored("Contact")).map((row) => row.Id)).toContain(id);
  });

  it("does not listen to a name that somebody made point here", async () => {
    expect(await statusOf("GET", "/__control/stats", { host: `evil.example:${port()}` })).toBe(403);
    expect(await statusOf("GET", "/__control/stats", { host: `localhost.evil.example:${port()}` })).toBe(403);
  });

  it.each(["localhost", "127.0.0.1", "[::1]", "10.0.0.7", "app.localhost"])("listens as %s", async (name) => {
    expect(await statusOf("GET", "/__control/stats", { host: `${name}:${port()}` })).toBe(200);
  });

  it("listens to its own pages, and to programs, which name no origin", async () => {
    const own = { origin: org.url, "sec-fetch-site": "same-origin" };
    expect(await statusOf("POST", "/__control/empty-recycle-bin", own)).toBe(200);
    expect(await statusOf("POST", "/__control/empty-recycle-bin", {})).toBe(200);
  });

  it("takes the method of the request, and not one that its address names", async () => {
    expect(await statusOf("POST", "/__control/calls?_HttpMethod=DELETE", {})).toBe(404);
    const faults = { kind: "status", status: 503, match: "nowhere" };
    await org.control("POST", "/faults", faults);
    await statusOf("POST", "/__control/faults?_HttpMethod=DELETE", {});
    const { body } = await org.control<{ faults: unknown[] }>("GET", "/faults");
    expect(body.faults).toHaveLength(1);
  });
});

describe("the pages", () => {
  const HOME = "/lightning/page/home";

  it("are not shown under a name that somebody made point here", async () => {
    expect(await statusOf("GET", HOME, { host: `evil.example:${port()}` })).toBe(403);
    expect(await statusOf("GET", HOME, { host: `localhost:${port()}` })).toBe(200);
  });

  it("may be linked to from elsewhere", async () => {
    expect(await statusOf("GET", HOME, { "sec-fetch-site": "cross-site" })).toBe(200);
  });
});

describe("a simulator that listens on a name", () => {
  const named = useOrg({ host: "localhost" });

  it("answers its control endpoint there", async () => {
    expect((await named.control("GET", "/stats")).status).toBe(200);
  });
});
