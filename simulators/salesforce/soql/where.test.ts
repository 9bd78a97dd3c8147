import { beforeAll, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();

beforeAll(async () => {
  await org.upsert("Account", [
    { SyncId__c: "q-a", Name: "Étoile Productions", NumberOfEmployees: 12, Rating: "Hot" },
    { SyncId__c: "q-b", Name: "Bar 100%", NumberOfEmployees: 3, Rating: "Cold" },
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

  it("knows IN, NOT IN, LIKE with escapes, NOT and parentheses, in any case", async () => {
    expect(await contacts("where SyncId__c in ('Q-1', 'q-3')")).toEqual(["Weiß", "private"]);
    expect(await contacts("WHERE SyncId__c NOT IN ('q-1', 'q-3')")).toEqual(["Frank"]);
    expect(await names("WHERE Name like '%100\\%'")).toEqual(["Bar 100%"]);
    expect(await names("WHERE Name LIKE 'B_r%'")).toEqual(["Bar 100%"]);
    expect(await names("WHERE Name = 'O\\'Neil \\\\ Sons'")).toEqual(["o'Neil \\ Sons"]);
    expect(await names("WHERE Name = '\\u00c9toile Productions'")).toEqual(["Étoile Productions"]);
    expect(
      await contacts("WHERE (LastName = 'Frank' OR LastName = 'Weiß') AND (NOT Birthdate = null)"),
    ).toEqual(["Weiß"]);
  });

  it("reads the escapes of a LIKE pattern once: a backslash before a wildcard is a backslash", async () => {
    expect(await names("WHERE Name LIKE '%Neil \\\\_Sons'")).toEqual(["o'Neil \\ Sons"]);
    expect(await names("WHERE Name LIKE '%\\\\%'")).toEqual(["o'Neil \\ Sons"]);
    expect(await names("WHERE Name LIKE 'O\\'neil%'")).toEqual(["o'Neil \\ Sons"]);
    expect(await names("WHERE Name LIKE 'Bar 100\\_'")).toEqual([]);
    expect(await names("WHERE Name LIKE '\\u00C9toile%'")).toEqual(["Étoile Productions"]);
  });

  it("finds a record without a value by !=, but not by <", async () => {
    expect(await names("WHERE NumberOfEmployees != 3")).toEqual(["o'Neil \\ Sons", "Étoile Productions"]);
    expect(await names("WHERE NumberOfEmployees <> 3 AND Rating != null")).toEqual(["Étoile Productions"]);
    expect(await names("WHERE NumberOfEmployees < 100")).toEqual(["Bar 100%", "Étoile Productions"]);
  });

  it("takes ids of 15 and 18 characters for the same", async () => {
    const [row] = await org.query<{ Id: string }>("SELECT Id FROM Account WHERE SyncId__c = 'q-b'");
    const id = row?.Id ?? "";
    expect(await names(`WHERE Id = '${id.slice(0, 15)}'`)).toEqual(["Bar 100%"]);
    expect(await contacts(`WHERE AccountId IN ('${id.slice(0, 15)}', null)`)).toEqual(["Frank", "private"]);
    expect(await names(`WHERE Id > '${id}'`)).toEqual(["o'Neil \\ Sons"]);
  });

  it("reads fields of parents, and of parents that are not there as empty and false", async () => {
    expect(await contacts("WHERE Account.SyncId__c = 'q-a'")).toEqual(["Weiß"]);
    expect(await contacts("WHERE Account.Owner.Username LIKE 'integration@%'")).toEqual(["Weiß", "Frank"]);
    expect(await contacts("WHERE Account.Name = null")).toEqual(["private"]);
    expect(await contacts("WHERE Account.IsDeleted = false")).toEqual(["Weiß", "Frank", "private"]);
    expect(await contacts("WHERE LastName = 'private' OR Account.Rating = 'Cold'")).toEqual([
      "Frank",
      "private",
    ]);
  });

  it("compares a picklist's label with toLabel", async () => {
    expect(await names("WHERE toLabel(Rating) = 'hot'")).toEqual(["Étoile Productions"]);
  });

  it("knows names given in FROM", async () => {
    expect(
      await org.query("SELECT c.LastName FROM Contact c, c.Account a WHERE a.Rating = 'Cold'"),
    ).toMatchObject([{ LastName: "Frank" }]);
  });

  it("knows names in FROM that lead on from one another, and sources without a name", async () => {
    expect(
      await org.query(
        "SELECT LastName FROM Contact c, c.Account a, a.Owner o WHERE o.Username LIKE 'integration@%'",
      ),
    ).toHaveLength(2);
    expect(await org.query("SELECT LastName FROM Contact, Contact.Account")).toHaveLength(3);
  });

  it("keeps to the user's own records with USING SCOPE", async () => {
    await org.control("POST", "/records", { object: "Account", records: [{ Name: "The admin's" }] });
    expect(await names("USING SCOPE everything WHERE SyncId__c = null")).toEqual(["The admin's"]);
    expect(await names("USING SCOPE mine WHERE SyncId__c = null")).toEqual([]);
    expect(await names("USING SCOPE mine")).toHaveLength(3);
  });
});

describe("Semi-joins and anti-joins", () => {
  it("take the ids of another object's records", async () => {
    expect(await names("WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName = 'Frank')")).toEqual([
      "Bar 100%",
    ]);
    expect(
      await names(
        "WHERE SyncId__c != null AND Id NOT IN (SELECT AccountId FROM Contact WHERE Birthdate = null)",
      ),
    ).toEqual(["o'Neil \\ Sons", "Étoile Productions"]);
    expect(await contacts("WHERE AccountId IN (SELECT Id FROM Account WHERE Rating = 'Hot')")).toEqual([
      "Weiß",
    ]);
  });

  it.each([
    [
      "Name IN (SELECT Id FROM Contact)",
      "The left operand field in the where expression for outer query should be an id field, cannot use: 'Name'",
    ],
    [
      "Id IN (SELECT LastName FROM Contact)",
      "semi join sub-selects can only query id fields, cannot use: 'LastName'",
    ],
    [
      "Id IN (SELECT ParentId FROM Account)",
      "The inner and outer selects should not be on the same object type",
    ],
    [
      "Id IN (SELECT ReportsToId FROM Contact)",
      "The selected field 'ReportsToId' in the subquery and the left operand field in the where expression in the outer query 'Id' should point to the same object type",
    ],
    [
      "Id IN (SELECT Account.Id FROM Contact)",
      "inner select field cannot have more than one level of relationships",
    ],
    [
      "Parent.Id IN (SELECT AccountId FROM Contact)",
      "Left operand of semi join expression cannot have more than one level of relationships",
    ],
    [
      "Id IN (SELECT AccountId FROM Contact) OR Name = 'x'",
      "Semi join sub-selects are not allowed with the 'OR' operator",
    ],
    [
      "Name = 'x' AND (Id IN (SELECT AccountId FROM Contact) OR Name = 'y')",
      "Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.",
    ],
    [
      "Id IN (SELECT AccountId FROM Contact WHERE AccountId IN (SELECT Id FROM Account))",
      "Nesting of semi join sub-selects is not supported",
    ],
    [
      "Id IN (SELECT AccountId FROM Contact) AND Id IN (SELECT AccountId FROM Contact) AND Id NOT IN (SELECT AccountId FROM Contact)",
      "Maximum 2 semi join sub-selects are allowed",
    ],
    ["Id IN (SELECT AccountId FROM Contact GROUP BY AccountId)", "missing value at 'GROUP'"],
    ["Id IN (SELECT AccountId FROM Contact LIMIT 5)", "missing value at 'LIMIT'"],
  ])("refuse %s", async (where, reason) => {
    const soql = encodeURIComponent(`SELECT Id FROM Account WHERE ${where}`);
    const { status, body } = await org.api<ErrorBody>("GET", `/query?q=${soql}`);
    expect(status).toBe(400);
    expect(body[0]?.errorCode).toBe("MALFORMED_QUERY");
    expect(body[0]?.message).toContain(reason);
  });
});
