import { beforeAll, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();

beforeAll(async () => {
  await org.upsert("Account", [
    { SyncId__c: "1", Name: "A", Type: "Prospect", Rating: "Hot", AnnualRevenue: 10, NumberOfEmployees: 1 },
    { SyncId__c: "2", Name: "B", Type: "Prospect", Rating: "Cold", AnnualRevenue: 20, NumberOfEmployees: 2 },
    { SyncId__c: "3", Name: "C", Type: "Other", Rating: "Cold", NumberOfEmployees: 4 },
    { SyncId__c: "4", Name: "a", Rating: "Warm" },
  ]);
  await org.upsert("Contact", [
    { SyncId__c: "1", LastName: "One", Birthdate: "1980-04-25", Account: { SyncId__c: "1" } },
    { SyncId__c: "2", LastName: "Two", Birthdate: "1980-05-01", Account: { SyncId__c: "1" } },
    { SyncId__c: "3", LastName: "Three", Birthdate: "1991-05-01" },
  ]);
  await org.upsert("SecutixSale__c", [
    { SyncId__c: "1", Total_Amount__c: 0.1 },
    { SyncId__c: "2", Total_Amount__c: 0.2 },
  ]);
});

const groups = async (soql: string) => {
  const rows = await org.query<{ attributes: unknown }>(soql);
  expect(rows.every(({ attributes }) => JSON.stringify(attributes) === '{"type":"AggregateResult"}')).toBe(
    true,
  );
  return rows.map(({ attributes: _type, ...values }) => values);
};

describe("Aggregates", () => {
  it("sum up all rows, and leave out empty values", async () => {
    expect(
      await groups(
        "SELECT COUNT(Id), COUNT(Type) types, COUNT_DISTINCT(Rating), SUM(AnnualRevenue), AVG(NumberOfEmployees) FROM Account",
      ),
    ).toEqual([{ expr0: 4, types: 3, expr1: 3, expr2: 30, expr3: 2.33333333333333 }]);
    expect(await groups("SELECT SUM(Total_Amount__c) total FROM SecutixSale__c")).toEqual([{ total: 0.3 }]);
    expect(
      await groups("SELECT MAX(Birthdate), MIN(Birthdate) FROM Contact WHERE LastName = 'nobody'"),
    ).toEqual([{ expr0: null, expr1: null }]);
  });

  it("take the order of a picklist's definition for its least and greatest value", async () => {
    expect(await groups("SELECT MIN(Rating) least, MAX(Rating) most FROM Account")).toEqual([
      { least: "Hot", most: "Cold" },
    ]);
  });

  it("are formatted by FORMAT", async () => {
    expect(await groups("SELECT FORMAT(MAX(Birthdate)) latest FROM Contact")).toEqual([
      { latest: "5/1/1991" },
    ]);
  });
});

describe("GROUP BY", () => {
  it("groups by fields without case, by fields of parents, and names them by their field or alias", async () => {
    expect(
      await groups("SELECT Type t, COUNT(Id) FROM Account GROUP BY Type ORDER BY COUNT(Id) DESC, Type"),
    ).toEqual([
      { t: "Prospect", expr0: 2 },
      { t: null, expr0: 1 },
      { t: "Other", expr0: 1 },
    ]);
    expect(await groups("SELECT Name, COUNT(Id) n FROM Account GROUP BY Name ORDER BY Name")).toEqual([
      { Name: "A", n: 2 },
      { Name: "B", n: 1 },
      { Name: "C", n: 1 },
    ]);
    expect(
      await groups("SELECT Account.Name, COUNT(Id) FROM Contact GROUP BY Account.Name ORDER BY Account.Name"),
    ).toEqual([
      { Name: null, expr0: 1 },
      { Name: "A", expr0: 2 },
    ]);
  });

  it("groups by functions of dates, and filters groups with HAVING", async () => {
    expect(
      await groups(
        "SELECT CALENDAR_YEAR(Birthdate) year, COUNT(Id) n FROM Contact GROUP BY CALENDAR_YEAR(Birthdate) ORDER BY CALENDAR_YEAR(Birthdate) DESC",
      ),
    ).toEqual([
      { year: 1991, n: 1 },
      { year: 1980, n: 2 },
    ]);
    expect(
      await groups("SELECT Type FROM Account GROUP BY Type HAVING COUNT(Id) > 1 OR (NOT Type LIKE 'P%')"),
    ).toEqual([{ Type: "Prospect" }, { Type: "Other" }, { Type: null }]);
    expect(
      await groups(
        "SELECT Type FROM Account GROUP BY Type HAVING SUM(AnnualRevenue) >= 30 AND COUNT(Id) = 2",
      ),
    ).toEqual([{ Type: "Prospect" }]);
  });

  it("gives subtotals with ROLLUP and CUBE, told from empty values by GROUPING", async () => {
    expect(
      await groups(
        "SELECT Type, Rating, GROUPING(Rating) sub, COUNT(Id) n FROM Account WHERE Type != null GROUP BY ROLLUP(Type, Rating)",
      ),
    ).toEqual([
      { Type: "Other", Rating: "Cold", sub: 0, n: 1 },
      { Type: "Other", Rating: null, sub: 1, n: 1 },
      { Type: "Prospect", Rating: "Cold", sub: 0, n: 1 },
      { Type: "Prospect", Rating: "Hot", sub: 0, n: 1 },
      { Type: "Prospect", Rating: null, sub: 1, n: 2 },
      { Type: null, Rating: null, sub: 1, n: 3 },
    ]);
    expect(
      await groups(
        "SELECT CALENDAR_YEAR(Birthdate) y, COUNT(Id) n FROM Contact GROUP BY ROLLUP(CALENDAR_YEAR(Birthdate))",
      ),
    ).toEqual([
      { y: 1980, n: 2 },
      { y: 1991, n: 1 },
      { y: null, n: 3 },
    ]);
    const cube = await groups(
      "SELECT Type, Rating, COUNT(Id) n FROM Account WHERE Type != null GROUP BY CUBE(Type, Rating) ORDER BY GROUPING(Type), GROUPING(Rating)",
    );
    expect(cube.slice(-3)).toEqual([
      { Type: null, Rating: "Cold", n: 2 },
      { Type: null, Rating: "Hot", n: 1 },
      { Type: null, Rating: null, n: 3 },
    ]);
  });

  it("refuses more groups than fit on a page", { timeout: 20_000 }, async () => {
    for (let start = 0; start < 2200; start += 200) {
      const rows = Array.from({ length: 200 }, (_, n) => ({ SyncId__c: `g-${String(start + n)}` }));
      await org.upsert("SecutixSale__c", rows);
    }
    const soql = "SELECT SyncId__c, COUNT(Id) FROM SecutixSale__c GROUP BY SyncId__c";
    const { status, body } = await org.api<ErrorBody>("GET", `/query?q=${encodeURIComponent(soql)}`);
    expect(status).toBe(400);
    expect(body[0]).toEqual({
      errorCode: "EXCEEDED_ID_LIMIT",
      message:
        "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch",
    });
    expect(await groups(`${soql} LIMIT 10`)).toHaveLength(10);
  });

  it.each([
    ["SELECT Name, COUNT(Id) FROM Account GROUP BY Type", "Field must be grouped or aggregated: Name"],
    ["SELECT Name, COUNT(Id) FROM Account", "Field must be grouped or aggregated: Name"],
    ["SELECT CALENDAR_YEAR(CreatedDate) FROM Account", "Field must be grouped or aggregated: CreatedDate"],
    [
      "SELECT Type FROM Account GROUP BY Type HAVING COUNT(Id) > 1 AND Name = 'x'",
      "Field must be grouped or aggregated: Name",
    ],
    [
      "SELECT Type FROM Account GROUP BY Type ORDER BY Name",
      "Ordered field must be grouped or aggregated: Name",
    ],
    ["SELECT COUNT() FROM Account ORDER BY Name", "Ordered field must be grouped or aggregated: Name"],
    ["SELECT COUNT(Type) FROM Account GROUP BY Type", "Grouped field should not be aggregated: Type"],
    [
      "SELECT COUNT(Id) FROM Account GROUP BY Description",
      "field 'Description' can not be grouped in a query call",
    ],
    ["SELECT COUNT(Description) FROM Account", "field Description does not support aggregate operator COUNT"],
    ["SELECT SUM(Name) FROM Account", "field Name does not support aggregate operator SUM"],
    ["SELECT MAX(IsDeleted) FROM Account", "field IsDeleted does not support aggregate operator MAX"],
    [
      "SELECT MAX(Name) FROM Account LIMIT 1",
      "Non-grouped query that uses overall aggregate functions cannot also use LIMIT",
    ],
    [
      "SELECT MAX(Name) FROM Account OFFSET 1",
      "Non-grouped query that uses overall aggregate functions cannot also use OFFSET",
    ],
    ["SELECT Name, Owner.Name FROM Account GROUP BY Name, Owner.Name", "duplicate alias: Name"],
    [
      "SELECT Id, (SELECT COUNT(Id) FROM Contacts) FROM Account",
      "only root queries support aggregate expressions",
    ],
    [
      "SELECT convertTimezone(CreatedDate) FROM Account",
      "convertTimezone can only be used inside a date function",
    ],
  ])("refuses %s", async (soql, reason) => {
    const { status, body } = await org.api<ErrorBody>("GET", `/query?q=${encodeURIComponent(soql)}`);
    expect(status).toBe(400);
    expect(body[0]?.errorCode).toBe("MALFORMED_QUERY");
    expect(body[0]?.message).toContain(reason);
  });
});
