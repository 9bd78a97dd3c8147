import { beforeAll, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();

beforeAll(async () => {
  await org.upsert("Account", [
    { SyncId__c: "q-a", Name: "Étoile Productions", NumberOfEmployees: 12 },
    { SyncId__c: "q-b", Name: "Bar 100%", NumberOfEmployees: 3 },
    { SyncId__c: "q-c", Name: "o'Neil \\ Sons" },
  ]);
  await org.upsert("Contact", [
    { SyncId__c: "q-1", LastName: "Weiß", Account: { SyncId__c: "q-a" }, Birthdate: "1980-04-25" },
    { SyncId__c: "q-2", LastName: "Frank", Account: { SyncId__c: "q-b" }, HasOptedOutOfEmail: true },
    { SyncId__c: "q-3", LastName: "private" },
  ]);
});

const names = async (where: string) =>
  (await org.query<{ Name: string }>(`SELECT Name FROM Account ${where} ORDER BY Name`)).map(
    ({ Name }) => Name,
  );
const contacts = async (where: string) =>
  (await org.query<{ LastName: string }>(`SELECT LastName FROM Contact ${where} ORDER BY SyncId__c`)).map(
    ({ LastName }) => LastName,
  );

describe("WHERE", () => {
  it("compares text without case, numbers, dates, booleans and null", async () => {
    expect(await names("WHERE Name = 'BAR 100%'")).toEqual(["Bar 100%"]);
    expect(await names("WHERE NumberOfEmployees > 3")).toEqual(["Étoile Productions"]);
    expect(await names("WHERE NumberOfEmployees = null")).toEqual(["o'Neil \\ Sons"]);
    expect(await contacts("WHERE Birthdate >= 1980-04-25")).toEqual(["Weiß"]);
    expect(await contacts("WHERE HasOptedOutOfEmail = true")).toEqual(["Frank"]);
    expect(await contacts("WHERE CreatedDate > 2020-01-01T00:00:00Z AND Birthdate = null")).toEqual([
      "Frank",
      "private",
    ]);
    expect(await contacts("WHERE CreatedDate < 2020-01-01T00:00:00+02:00")).toEqual([]);
  });

  it("knows IN, NOT IN, LIKE with escapes, NOT and parentheses", async () => {
    expect(await contacts("WHERE SyncId__c IN ('Q-1', 'q-3')")).toEqual(["Weiß", "private"]);
    expect(await contacts("WHERE SyncId__c NOT IN ('q-1', 'q-3')")).toEqual(["Frank"]);
    expect(await names("WHERE Name LIKE '%100\\%'")).toEqual(["Bar 100%"]);
    expect(await names("WHERE Name LIKE 'B_r%'")).toEqual(["Bar 100%"]);
    expect(await names("WHERE Name = 'O\\'Neil \\\\ Sons'")).toEqual(["o'Neil \\ Sons"]);
    expect(
      await contacts("WHERE (LastName = 'Frank' OR LastName = 'Weiß') AND (NOT Birthdate = null)"),
    ).toEqual(["Weiß"]);
  });

  it("reaches parents, and gives null for a parent that is not there", async () => {
    expect(await contacts("WHERE Account.SyncId__c = 'q-a'")).toEqual(["Weiß"]);
    const rows = await org.query<{ Account: { Name: string; Owner: { Username: string } } | null }>(
      "SELECT Account.Name, Account.Owner.Username FROM Contact ORDER BY SyncId__c",
    );
    expect(rows[0]?.Account).toMatchObject({
      attributes: { type: "Account" },
      Name: "Étoile Productions",
      Owner: { Username: "integration@myvenue.example" },
    });
    expect(rows[2]?.Account).toBeNull();
  });
});

describe("ORDER BY, LIMIT, OFFSET, COUNT", () => {
  it("puts nulls first unless told otherwise", async () => {
    const ordered = async (order: string) =>
      (await org.query<{ SyncId__c: string }>(`SELECT SyncId__c FROM Account ORDER BY ${order}`)).map(
        ({ SyncId__c }) => SyncId__c,
      );
    expect(await ordered("NumberOfEmployees")).toEqual(["q-c", "q-b", "q-a"]);
    expect(await ordered("NumberOfEmployees DESC NULLS LAST")).toEqual(["q-a", "q-b", "q-c"]);
    expect(await ordered("SystemModstamp, Id LIMIT 1 OFFSET 1")).toEqual(["q-b"]);
  });

  it("counts without records", async () => {
    const { body } = await org.api("GET", `/query?q=${encodeURIComponent("SELECT COUNT() FROM Contact")}`);
    expect(body).toEqual({ totalSize: 3, done: true, records: [] });
  });

  it("shows deleted rows to queryAll only", async () => {
    const id = await org.create("Account", { Name: "Deleted" });
    await org.api("DELETE", `/sobjects/Account/${id}`);
    const soql = encodeURIComponent(`SELECT IsDeleted FROM Account WHERE Id = '${id}'`);
    expect((await org.api<{ totalSize: number }>("GET", `/query?q=${soql}`)).body.totalSize).toBe(0);
    const all = await org.api<{ records: unknown[] }>("GET", `/queryAll?q=${soql}`);
    expect(all.body.records).toMatchObject([{ IsDeleted: true }]);
  });
});

describe("pages", () => {
  it("hold 2,000 rows, or as many as asked for", async () => {
    for (let start = 0; start < 2400; start += 200) {
      await org.upsert(
        "SecutixSale__c",
        Array.from({ length: 200 }, (_, n) => ({ SyncId__c: `page-${start + n}` })),
      );
    }
    const soql = encodeURIComponent("SELECT Id FROM SecutixSale__c");
    interface Page {
      totalSize: number;
      done: boolean;
      nextRecordsUrl?: string;
      records: unknown[];
    }
    const first = await org.api<Page>("GET", `/query?q=${soql}`);
    expect(first.body).toMatchObject({ totalSize: 2400, done: false });
    expect(first.body.records).toHaveLength(2000);
    expect(first.body.nextRecordsUrl).toMatch(/^\/services\/data\/v62\.0\/query\/01g\w{15}-2000$/);
    const next = first.body.nextRecordsUrl?.replace("/services/data/v62.0", "") ?? "";
    const second = await org.api<Page>("GET", next);
    expect(second.body).toMatchObject({ totalSize: 2400, done: true });
    expect(second.body.records).toHaveLength(400);
    const small = await org.api<Page>("GET", `/query?q=${soql}`, undefined, {
      "Sforce-Query-Options": "batchSize=200",
    });
    expect(small.body.records).toHaveLength(200);
    const unknown = await org.api<ErrorBody>("GET", "/query/01g000000000000AAA-2000");
    expect(unknown.body[0]?.errorCode).toBe("INVALID_QUERY_LOCATOR");
  });
});

describe("refusals", () => {
  it.each([
    ["SELECT Id, Foo FROM Account", "INVALID_FIELD", "No such column 'Foo' on entity 'Account'."],
    ["SELECT Id FROM Foo", "INVALID_TYPE", "sObject type 'Foo' is not supported."],
    [
      "SELECT Id, Boss.Name FROM Contact",
      "INVALID_FIELD",
      "Didn't understand relationship 'Boss' in field path.",
    ],
    ["SELECT Id FROM", "MALFORMED_QUERY", "unexpected token: '<EOF>'"],
    ["SELECT Id FROM Account WHERE Name == 'x'", "MALFORMED_QUERY", "unexpected token: '='"],
    [
      "SELECT Id FROM Account WHERE Name = 'a' OR Name = 'b' AND Phone = 'c'",
      "MALFORMED_QUERY",
      "unexpected token: 'AND'",
    ],
    [
      "SELECT Id FROM Account WHERE CreatedDate > '2020-01-01'",
      "INVALID_FIELD",
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Account WHERE Name = 5",
      "INVALID_FIELD",
      "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Account WHERE Description = 'x'",
      "INVALID_FIELD",
      "field 'Description' can not be filtered in a query call",
    ],
    ["SELECT Id FROM Account WHERE Id = 'junk'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: junk"],
    ["SELECT Id, Id FROM Account", "INVALID_FIELD", "duplicate field selected: Id"],
    ["SELECT FIELDS(ALL) FROM Account", "MALFORMED_QUERY", "LIMIT of at most 200"],
    ["SELECT Name, COUNT(Id) FROM Account GROUP BY Name", "MALFORMED_QUERY", "does not answer GROUP BY"],
  ])("%s", async (soql, errorCode, reason) => {
    const { status, body } = await org.api<ErrorBody>("GET", `/query?q=${encodeURIComponent(soql)}`);
    expect(status).toBe(400);
    expect(body[0]?.errorCode).toBe(errorCode);
    expect(body[0]?.message).toContain(reason);
    expect(body[0]?.message).toMatch(/ERROR at Row:1:Column:\d+/);
  });
});
