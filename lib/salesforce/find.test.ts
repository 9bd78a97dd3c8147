import { describe, expect, it } from "vitest";
import type { FindRequest } from "@/lib/core/side";
import { scriptedOrgs } from "./test-open-scripted";
import { refusal, type Reply, type ScriptedOrg } from "./test-scripted-org";

const { openSide } = scriptedOrgs();

const contacts = (keys: readonly string[], fields: readonly string[] = []): FindRequest => ({
  object: "Contact",
  keyField: "SyncId__c",
  keys,
  fields,
});

const soqlOf = (url: string): string => decodeURIComponent(url.split("q=")[1] ?? "");

function findCalls(org: ScriptedOrg): string[][] {
  return org.calls
    .map(({ subs }) => subs.map(({ url }) => url).filter((url) => /SyncId__c%20IN|query\/01g/.test(url)))
    .filter((urls) => urls.length > 0);
}

function page(records: readonly object[], next?: string): Reply {
  return { status: 200, body: { totalSize: records.length, done: !next, records, nextRecordsUrl: next } };
}

describe("finding", () => {
  it("reads lookups back as external ids and answers keys as asked for", async () => {
    const { side } = await openSide({
      sub: ({ url }) =>
        url.includes("FROM%20Contact")
          ? page([
              { Id: "003A", SyncId__c: "AB", LastName: " Doe ", Account: { SyncId__c: "55" } },
              { Id: "003B", SyncId__c: "cd", LastName: "", Account: null },
              { Id: "003C", SyncId__c: "not asked for", LastName: "X", Account: null },
            ])
          : undefined,
    });
    const { rows } = await side.find([contacts(["ab", "cd"], ["LastName", "AccountId"])]);
    expect(rows).toEqual([
      { object: "Contact", key: "ab", id: "003A", fields: { LastName: "Doe", AccountId: "55" } },
      { object: "Contact", key: "cd", id: "003B", fields: { LastName: null, AccountId: null } },
    ]);
  });

  it("asks for 1,000 keys of two objects in one call, 500 to a query", async () => {
    const { org, side } = await openSide();
    const keys = (count: number) => Array.from({ length: count }, (_, index) => String(1_000_000 + index));
    await side.find([contacts(keys(501)), { ...contacts(keys(499)), object: "Account", fields: [] }]);
    const calls = findCalls(org);
    expect(calls.map((urls) => urls.length)).toEqual([3]);
    expect(calls[0]?.map((url) => soqlOf(url).split("','").length)).toEqual([500, 1, 499]);
  });

  it("splits long keys so that no address is longer than the org takes", async () => {
    const { org, side } = await openSide();
    const keys = Array.from({ length: 200 }, (_, index) => `${"é".repeat(30)}${index}`);
    await side.find([contacts(keys)]);
    const urls = findCalls(org).flat();
    expect(urls.length).toBeGreaterThan(1);
    expect(Math.max(...urls.map((url) => url.length))).toBeLessThan(12_500);
    const asked = urls.flatMap((url) => [...soqlOf(url).matchAll(/'([^']*)'/g)].map((match) => match[1]));
    expect(asked.toSorted()).toEqual(keys.toSorted());
  });

  it("lets no key out of its quotes", async () => {
    const { org, side } = await openSide();
    await side.find([contacts(["x') OR Name != ('", "back\\slash", "a&b=c#d é"])]);
    const [url = ""] = findCalls(org).flat();
    expect(soqlOf(url)).toContain("IN ('x\\') OR Name != (\\'','back\\\\slash','a&b=c#d é')");
    expect(url).not.toMatch(/[&# ]/);
  });

  it("asks for nothing that cannot exist", async () => {
    const { org, side } = await openSide();
    expect((await side.find([contacts(["", "  ", "\ud800", "x".repeat(41)]), contacts([])])).rows).toEqual(
      [],
    );
    expect(findCalls(org)).toEqual([]);
  });

  it("reads on while there are more pages", async () => {
    const next = "/services/data/v62.0/query/01gAA-2000";
    const { org, side } = await openSide({
      sub: ({ url }) => {
        if (url === next) return page([{ Id: "2", SyncId__c: "7" }]);
        return url.includes("FROM%20Contact") ? page([{ Id: "1", SyncId__c: "7" }], next) : undefined;
      },
    });
    const { rows } = await side.find([contacts(["7"])]);
    expect(rows.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(findCalls(org)).toHaveLength(2);
  });

  it("fails as a whole when one of its queries does", async () => {
    const { side } = await openSide({
      sub: ({ url }) => (url.includes("FROM%20Contact") ? refusal("QUERY_TIMEOUT", "too long") : undefined),
    });
    await expect(side.find([contacts(["1"])])).rejects.toMatchObject({ fault: { code: "org_busy" } });
  });

  it.each([
    [{ ...contacts(["1"]), object: "Nope__c" }, "set_up"],
    [{ ...contacts(["1"]), keyField: "Nope__c" }, "field_missing"],
    [contacts(["1"], ["Nope__c"]), "field_missing"],
  ])("fails before asking when the org lacks what is asked for", async (request, code) => {
    const { org, side } = await openSide();
    await expect(side.find([request])).rejects.toMatchObject({ fault: { code } });
    expect(findCalls(org)).toEqual([]);
  });
});
