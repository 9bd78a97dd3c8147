import { beforeAll, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();

interface PageBody {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: Record<string, unknown>[];
}

beforeAll(async () => {
  await org.upsert("Account", [
    { SyncId__c: "q-a", Name: "etoile", NumberOfEmployees: 12, Rating: "Cold" },
    { SyncId__c: "q-b", Name: "Bar", NumberOfEmployees: 3, Rating: "Hot" },
    { SyncId__c: "q-c", Name: "zoo", Rating: "Warm" },
  ]);
  for (let start = 0; start < 2400; start += 200) {
    const rows = Array.from({ length: 200 }, (_, n) => ({
      SyncId__c: `page-${String(start + n)}`,
      Account__r: { SyncId__c: start + n < 2250 ? "q-a" : "q-b" },
    }));
    await org.upsert("SecutixSale__c", rows);
  }
});

const ordered = async (order: string) =>
  (await org.query<{ SyncId__c: string }>(`SELECT SyncId__c FROM Account ORDER BY ${order}`)).map(
    ({ SyncId__c }) => SyncId__c,
  );
const page = (path: string, headers: Record<string, string> = {}) =>
  org.api<PageBody>("GET", path, undefined, headers);
const query = (soql: string, headers: Record<string, string> = {}) =>
  page(`/query?q=${encodeURIComponent(soql)}`, headers);
const next = (url: string | undefined) => page((url ?? "").replace("/services/data/v62.0", ""));

describe("ORDER BY, LIMIT, OFFSET", () => {
  it("puts nulls first unless told otherwise", async () => {
    expect(await ordered("NumberOfEmployees")).toEqual(["q-c", "q-b", "q-a"]);
    expect(await ordered("NumberOfEmployees DESC NULLS LAST")).toEqual(["q-a", "q-b", "q-c"]);
    expect(await ordered("NumberOfEmployees NULLS LAST")).toEqual(["q-b", "q-a", "q-c"]);
  });

  it("sorts text without case and picklists as they are defined", async () => {
    expect(await ordered("Name")).toEqual(["q-b", "q-a", "q-c"]);
    expect(await ordered("Rating")).toEqual(["q-b", "q-c", "q-a"]);
  });

  it("sorts by several fields, by fields of parents and by functions of dates", async () => {
    expect(await ordered("Owner.Username, Name DESC")).toEqual(["q-c", "q-a", "q-b"]);
    expect(await ordered("CALENDAR_YEAR(CreatedDate), Name")).toEqual(["q-b", "q-a", "q-c"]);
    expect(await ordered("SystemModstamp, Id LIMIT 1 OFFSET 1")).toEqual(["q-b"]);
  });

  it("counts without records, up to the limit", async () => {
    expect((await query("SELECT COUNT() FROM SecutixSale__c")).body).toEqual({
      totalSize: 2400,
      done: true,
      records: [],
    });
    expect((await query("SELECT COUNT() FROM SecutixSale__c LIMIT 5")).body.totalSize).toBe(5);
  });
});

describe("Pages", () => {
  it("hold 2,000 rows, or as many as asked for", async () => {
    const first = await query("SELECT Id FROM SecutixSale__c");
    expect(first.body).toMatchObject({ totalSize: 2400, done: false });
    expect(first.body.records).toHaveLength(2000);
    expect(first.body.nextRecordsUrl).toMatch(/^\/services\/data\/v62\.0\/query\/01g\w{15}-2000$/);
    const second = await next(first.body.nextRecordsUrl);
    expect(second.body).toMatchObject({ totalSize: 2400, done: true });
    expect(second.body).not.toHaveProperty("nextRecordsUrl");
    expect(second.body.records).toHaveLength(400);
    const small = await query("SELECT Id FROM SecutixSale__c", { "Sforce-Query-Options": "batchSize=50" });
    expect(small.body.records).toHaveLength(200);
    expect((await next(small.body.nextRecordsUrl)).body.nextRecordsUrl).toMatch(/-400$/);
  });

  it("keep what the query found, though rows are deleted meanwhile", async () => {
    const first = await query("SELECT SyncId__c FROM SecutixSale__c ORDER BY SyncId__c");
    const [gone] = await org.query<{ Id: string }>(
      "SELECT Id FROM SecutixSale__c ORDER BY SyncId__c DESC LIMIT 1",
    );
    await org.api("DELETE", `/sobjects/SecutixSale__c/${gone?.Id ?? ""}`);
    expect((await next(first.body.nextRecordsUrl)).body.records).toHaveLength(400);
    await org.upsert("SecutixSale__c", [{ SyncId__c: "page-999", Account__r: { SyncId__c: "q-a" } }]);
  });

  it("count children as rows, and give children that do not fit a page of their own", async () => {
    const soql = "SELECT Name, (SELECT SyncId__c FROM SecutixSales__r) FROM Account ORDER BY Rating DESC";
    const first = await query(soql);
    expect(first.body).toMatchObject({ totalSize: 3, done: false });
    const [account] = first.body.records as { SecutixSales__r: PageBody }[];
    const children = account?.SecutixSales__r;
    expect(first.body.records).toHaveLength(1);
    expect(children).toMatchObject({ done: false });
    expect(children?.records).toHaveLength(2000);
    const rest = await next(children?.nextRecordsUrl);
    expect(rest.body.records.length).toBe((children?.totalSize ?? 0) - 2000);
    expect(rest.body.done).toBe(true);
    expect((await next(first.body.nextRecordsUrl)).body).toMatchObject({ done: true });
  });

  it("are refused without a cursor, and once ten newer cursors are open", async () => {
    const unknown = await org.api<ErrorBody>("GET", "/query/01g000000000000AAA-2000");
    expect(unknown.status).toBe(400);
    expect(unknown.body).toEqual([{ message: "invalid query locator", errorCode: "INVALID_QUERY_LOCATOR" }]);
    const oldest = await query("SELECT Id FROM SecutixSale__c");
    for (let count = 0; count < 10; count++) await query("SELECT Id FROM SecutixSale__c");
    expect((await next(oldest.body.nextRecordsUrl)).status).toBe(400);
  });

  it("are refused for options that are not understood", async () => {
    const { status } = await query("SELECT Id FROM Account", { "Sforce-Query-Options": "rows=3" });
    expect(status).toBe(400);
  });
});

describe("queryAll", () => {
  it("shows deleted rows, which query does not", async () => {
    const id = await org.create("Account", { Name: "Deleted" });
    await org.api("DELETE", `/sobjects/Account/${id}`);
    const soql = encodeURIComponent(`SELECT IsDeleted FROM Account WHERE Name = 'Deleted'`);
    expect((await page(`/query?q=${soql}`)).body.totalSize).toBe(0);
    expect((await page(`/queryAll?q=${soql}`)).body.records).toMatchObject([{ IsDeleted: true }]);
  });
});

describe("FOR VIEW", () => {
  it("notes that the user has seen the record, and changes nothing else of it", async () => {
    const read = async (how: string) =>
      (
        await org.query<Record<string, string | null>>(
          `SELECT LastViewedDate, LastReferencedDate, SystemModstamp FROM Account WHERE SyncId__c = 'q-c' ${how}`,
        )
      )[0];
    const before = await read("FOR REFERENCE");
    const referenced = await read("FOR VIEW");
    const viewed = await read("");
    expect(before).toMatchObject({ LastViewedDate: null, LastReferencedDate: null });
    expect(referenced?.LastReferencedDate).not.toBeNull();
    expect(referenced?.LastViewedDate).toBeNull();
    expect(viewed?.LastViewedDate).not.toBeNull();
    expect(viewed?.SystemModstamp).toBe(before?.SystemModstamp);
  });
});
