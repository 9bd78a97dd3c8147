import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();
const PAST = "Mon, 01 Jan 2024 00:00:00 GMT";
const future = () => new Date(Date.now() + 60_000).toUTCString();

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  org.api<Record<string, unknown>>(method, `/sobjects/${path}`, undefined, headers);
const patch = (path: string, headers: Record<string, string>) =>
  org.api<ErrorBody>("PATCH", `/sobjects/${path}`, { Description: "changed" }, headers);

describe("reading a record on a condition", () => {
  it("answers 304 without a body when it did not change since", async () => {
    const path = `Contact/${await org.create("Contact", { LastName: "Read" })}`;
    const read = await get(path);
    const lastModified = read.headers.get("last-modified") ?? "";
    expect(Date.parse(lastModified)).toBe(
      Date.parse(String(read.body.LastModifiedDate).replace("+0000", "Z")),
    );
    expect(await get(path, { "If-Modified-Since": lastModified })).toMatchObject({
      status: 304,
      body: undefined,
    });
    expect((await get(path, { "If-Modified-Since": PAST })).status).toBe(200);
    expect((await get(path, { "If-Modified-Since": "whenever" })).status).toBe(200);
    expect((await get(path, { "If-Unmodified-Since": PAST })).status).toBe(412);
    expect((await get(path, { "If-Unmodified-Since": future() })).status).toBe(200);
  });

  it("compares ETags for accounts, and only for them", async () => {
    const path = `Account/${await org.create("Account", { Name: "Tagged" })}`;
    const tag = (await get(path)).headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[A-Za-z0-9+/]{43}="$/);
    expect((await get(path, { "If-None-Match": tag })).status).toBe(304);
    expect((await get(path, { "If-None-Match": `"other", ${tag.replace(/"$/, '--gzip"')}` })).status).toBe(
      304,
    );
    expect((await get(path, { "If-None-Match": '"other"' })).status).toBe(200);
    expect((await get(path, { "If-Match": '"other"' })).status).toBe(412);
    expect((await get(path, { "If-Match": "*" })).status).toBe(200);
    await patch(path, {});
    expect((await get(path)).headers.get("etag")).not.toBe(tag);
    const contact = `Contact/${await org.create("Contact", { LastName: "Untagged" })}`;
    const untagged = await get(contact, { "If-Match": '"other"' });
    expect([untagged.status, untagged.headers.get("etag")]).toEqual([200, null]);
  });

  it("can be asked for by HEAD", async () => {
    const path = `Account/${await org.create("Account", { Name: "Head" })}`;
    const head = await get(path, {}, "HEAD");
    expect([head.status, head.body]).toEqual([200, undefined]);
    const tag = head.headers.get("etag") ?? "";
    expect((await get(path, { "If-None-Match": tag }, "HEAD")).status).toBe(304);
  });
});

describe("changing a record on a condition", () => {
  it("changes nothing when the condition is not met", async () => {
    const path = `Account/${await org.create("Account", { Name: "Locked" })}`;
    const tag = (await get(path)).headers.get("etag") ?? "";
    const statuses = [
      (await patch(path, { "If-Unmodified-Since": PAST })).status,
      (await patch(path, { "If-Match": '"other"' })).status,
      (await patch(path, { "If-None-Match": tag })).status,
      (await patch(path, { "If-None-Match": "*" })).status,
    ];
    expect(statuses).toEqual([412, 412, 412, 412]);
    expect((await get(path)).body.Description).toBeNull();
    expect((await patch(path, { "If-Match": tag, "If-Unmodified-Since": future() })).status).toBe(204);
  });

  it.each([
    ["If-Unmodified-Since", PAST],
    ["If-Match", '"other"'],
    ["If-None-Match", "*"],
  ])("is not possible for deletions, which take no notice of %s", async (name, value) => {
    const path = `Account/${await org.create("Account", { Name: "Gone" })}`;
    expect((await get(path, { [name]: value }, "DELETE")).status).toBe(204);
  });

  it.each([
    ["If-Unmodified-Since", "2024-01-01T00:00:00Z"],
    ["If-Unmodified-Since", "Mon, 45 Jan 2024 00:00:00 GMT"],
    ["If-Match", "unquoted"],
    ["If-None-Match", '"half'],
  ])("is refused with 400 for %s: %s", async (name, value) => {
    const id = await org.create("Account", { Name: "Invalid" });
    expect((await patch(`Account/${id}`, { [name]: value })).status).toBe(400);
    const create = await org.api("POST", "/sobjects/Account", { Name: "x" }, { [name]: value });
    expect(create.status).toBe(400);
  });
});
