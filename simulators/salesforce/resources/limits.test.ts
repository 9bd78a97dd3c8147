import { describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg({ dailyApiRequests: 500 });

interface Limit {
  Max: number;
  Remaining: number;
}
const limits = async (version?: string) =>
  (await org.api<Record<string, Limit>>("GET", "/limits", undefined, {}, version)).body;

describe("limits", () => {
  it("tell what is left of the daily calls, as the header does", async () => {
    const answer = await org.api<Record<string, Limit>>("GET", "/limits");
    const used = Number(/=(\d+)\//.exec(answer.headers.get("sforce-limit-info") ?? "")?.[1]);
    expect(answer.body.DailyApiRequests).toEqual({ Max: 500, Remaining: 500 - used });
    expect((await limits()).DailyApiRequests?.Remaining).toBe(500 - used - 1);
  });

  it("list what the guide names, whole where the org does nothing of it", async () => {
    const body = await limits();
    expect(Object.keys(body)).toEqual([...Object.keys(body)].sort());
    expect(body).toMatchObject({
      ConcurrentAsyncGetReportInstances: { Max: 200, Remaining: 200 },
      DailyBulkApiBatches: { Max: 15_000, Remaining: 15_000 },
      DailyBulkV2QueryJobs: { Max: 10_000, Remaining: 10_000 },
      FileStorageMB: { Max: 10_240, Remaining: 10_240 },
      PermissionSets: { Max: 1_500, CreateCustom: { Max: 1_000 } },
    });
  });

  it("have the names of the version that is asked", async () => {
    expect(await limits("40.0")).not.toHaveProperty("DailyBulkApiBatches");
    expect(await limits("48.0")).toHaveProperty("DailyBulkApiRequests");
    expect(await limits("48.0")).toHaveProperty("MonthlyPlatformEventsUsageEntitlement");
    expect(await limits("40.0")).not.toHaveProperty("PermissionSets");
  });

  it("count 2 KB of storage for each record", async () => {
    const before = (await limits()).DataStorageMB?.Remaining ?? 0;
    for (let start = 0; start < 1000; start += 200) {
      await org.upsert(
        "SecutixSale__c",
        Array.from({ length: 200 }, (_, n) => ({ SyncId__c: `storage-${start + n}` })),
      );
    }
    const spent = before - ((await limits()).DataStorageMB?.Remaining ?? 0);
    expect([1, 2]).toContain(spent);
  });
});

describe("record counts", () => {
  interface Counts {
    sObjects: { name: string; count: number }[];
  }

  it("are those of live records, by object; unknown names are passed over", async () => {
    await org.create("Account", { Name: "One" });
    const gone = await org.create("Account", { Name: "Two" });
    await org.api("DELETE", `/sobjects/Account/${gone}`);
    const { body } = await org.api<Counts>("GET", "/limits/recordCount?sObjects=Account,Nothing,Contact");
    expect(body).toEqual({
      sObjects: [
        { count: 1, name: "Account" },
        { count: 0, name: "Contact" },
      ],
    });
  });

  it("are those of all objects when none is named, since version 40.0", async () => {
    const { body } = await org.api<Counts>("GET", "/limits/recordCount");
    expect(body.sObjects.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Account", "Contact", "User", "SecutixSale__c"]),
    );
    expect((await org.api("GET", "/limits/recordCount", undefined, {}, "39.0")).status).toBe(404);
  });
});

describe("the root of a version", () => {
  it("lists the resources that are answered", async () => {
    const { body } = await org.api<Record<string, string>>("GET", "/");
    expect(body).toMatchObject({
      limits: "/services/data/v62.0/limits",
      recent: "/services/data/v62.0/recent",
      sobjects: "/services/data/v62.0/sobjects",
      tabs: "/services/data/v62.0/tabs",
    });
    for (const name of ["limits", "quickActions", "recent", "sobjects", "tabs", "theme"]) {
      expect((await org.api("GET", `/${name}`)).status).toBe(200);
    }
    expect(body.identity).toMatch(/\/id\/00D\w{15}\/005\w{15}$/);
  });
});
