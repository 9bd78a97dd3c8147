import { describe, expect, it } from "vitest";
import { Org } from "../org/org";
import { resolveOptions } from "../org/options";
import { SchemaClock } from "../org/schema-clock";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();
const get = (path: string, since?: string) =>
  org.api<unknown>("GET", path, undefined, since === undefined ? {} : { "If-Modified-Since": since });

describe("If-Modified-Since", () => {
  it.each([
    "/sobjects",
    "/sobjects/Account/describe",
    "/sobjects/Account/describe/layouts",
    "/compactLayouts?q=Account",
  ])("%s: 304 without a body while nothing changed", async (path) => {
    const first = await get(path);
    const modified = first.headers.get("last-modified") ?? "";
    expect(new Date(modified).toUTCString()).toBe(modified);
    const again = await get(path, modified);
    expect([again.status, again.body]).toEqual([304, undefined]);
    expect(again.headers.get("last-modified")).toBe(modified);
    expect(again.headers.get("sforce-limit-info")).not.toBeNull();
    expect((await get(path, "Mon, 01 Jan 2024 00:00:00 GMT")).status).toBe(200);
    expect((await get(path, "no date")).status).toBe(200);
  });
});

describe("If-Unmodified-Since", () => {
  it.each(["/sobjects", "/sobjects/Account/describe"])("%s: 412 when it changed later", async (path) => {
    const ask = (since: string) =>
      org.api<ErrorBody>("GET", path, undefined, { "If-Unmodified-Since": since });
    const refused = await ask("Tue, 23 Mar 2010 00:00:00 GMT");
    expect([refused.status, refused.body[0]?.errorCode]).toEqual([412, "PRECONDITION_FAILED"]);
    const modified = (await get(path)).headers.get("last-modified") ?? "";
    expect((await ask(modified)).status).toBe(200);
    expect((await ask("whenever")).status).toBe(200);
  });
});

describe("Last-Modified", () => {
  const models = new Org(resolveOptions({})).schema;
  const clock = new SchemaClock(new Date("2026-01-01T10:00:00.700Z"));
  const moment = new Date("2026-01-02T10:00:00.900Z");

  it("is the start of the org, in whole seconds, until the schema changes", () => {
    expect(clock.lastChange("a", models, moment).toISOString()).toBe("2026-01-01T10:00:00.000Z");
    expect(clock.lastChange("a", models, moment).toISOString()).toBe("2026-01-01T10:00:00.000Z");
  });

  it("moves with every change, even with two in one second, and for each user alone", () => {
    expect(clock.lastChange("a", models.with([]), moment).toISOString()).toBe("2026-01-02T10:00:00.000Z");
    expect(clock.lastChange("a", models.with([]), moment).toISOString()).toBe("2026-01-02T10:00:01.000Z");
    expect(clock.lastChange("b", models, moment).toISOString()).toBe("2026-01-01T10:00:00.000Z");
  });
});

describe("when permissions change", () => {
  const limited = useOrg({ integrationAccess: "minimal" });

  it("what this user sees is another schema, with a later date", async () => {
    interface Global {
      sobjects: { name: string }[];
    }
    const first = await limited.api<Global>("GET", "/sobjects");
    expect(first.body.sobjects.map(({ name }) => name)).not.toContain("Contact");
    const since = first.headers.get("last-modified") ?? "";
    expect((await limited.api("GET", "/sobjects", undefined, { "If-Modified-Since": since })).status).toBe(
      304,
    );
    await limited.control("POST", "/permissions", { object: "Contact", read: true });
    const again = await limited.api<Global>("GET", "/sobjects", undefined, { "If-Modified-Since": since });
    expect(again.status).toBe(200);
    expect(again.body.sobjects.map(({ name }) => name)).toContain("Contact");
    expect(Date.parse(again.headers.get("last-modified") ?? "")).toBeGreaterThan(Date.parse(since));
  });
});
