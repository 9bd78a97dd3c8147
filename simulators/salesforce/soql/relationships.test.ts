import { beforeAll, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const SHAPES = [
  { name: "person accounts", options: {}, prefix: "" },
  { name: "business accounts only", options: { personAccounts: false }, prefix: "" },
  { name: "the managed package's prefix", options: { prefix: "secutix__" }, prefix: "secutix__" },
];

describe.each(SHAPES)("In an org with $name", ({ options, prefix }) => {
  const org = useOrg(options);
  const sales = `${prefix}SecutixSales__r`;
  const sync = `${prefix}SyncId__c`;

  beforeAll(async () => {
    await org.upsert(
      "Account",
      [
        { [sync]: "a", Name: "Venue" },
        { [sync]: "b", Name: "Empty" },
      ],
      false,
      sync,
    );
    await org.upsert(
      "Contact",
      [
        { [sync]: "1", LastName: "Zoe", FirstName: "Ann", Account: { [sync]: "a" } },
        { [sync]: "2", LastName: "Bo", Account: { [sync]: "a" } },
      ],
      false,
      sync,
    );
    await org.upsert(
      `${prefix}SecutixSale__c`,
      [{ [sync]: "s", [`${prefix}Account__r`]: { [sync]: "a" }, [`${prefix}Contact__r`]: { [sync]: "1" } }],
      false,
      sync,
    );
  });

  it("a record shows its parents, level by level", async () => {
    const [sale] = await org.query<Record<string, unknown>>(
      `SELECT ${prefix}Contact__r.LastName, ${prefix}Contact__r.Account.Name, ${prefix}Contact__r.Account.Owner.Username FROM ${prefix}SecutixSale__c`,
    );
    expect(sale?.[`${prefix}Contact__r`]).toMatchObject({
      attributes: { type: "Contact" },
      LastName: "Zoe",
      Account: {
        attributes: { type: "Account" },
        Name: "Venue",
        Owner: { attributes: { type: "User" }, Username: "integration@myvenue.example" },
      },
    });
  });

  it("a record shows its children, filtered and sorted, and null when it has none", async () => {
    const rows = await org.query<Record<string, unknown>>(
      `SELECT Name, (SELECT LastName FROM Contacts WHERE LastName != 'x' ORDER BY LastName LIMIT 1), (SELECT Id FROM ${sales}) FROM Account WHERE ${sync} != null ORDER BY Name`,
    );
    expect(rows[0]).toMatchObject({ Name: "Empty", Contacts: null, [sales]: null });
    expect(rows[1]).toMatchObject({
      Name: "Venue",
      Contacts: {
        totalSize: 1,
        done: true,
        records: [
          {
            attributes: { type: "Contact", url: expect.stringMatching(/\/sobjects\/Contact\/003/) },
            LastName: "Bo",
          },
        ],
      },
      [sales]: { totalSize: 1, done: true },
    });
  });

  it("children have children since version 58.0", async () => {
    const soql = `SELECT Name, (SELECT LastName, (SELECT ${sync} FROM ${sales}) FROM Contacts ORDER BY LastName DESC) FROM Account WHERE Name = 'Venue'`;
    const path = `/query?q=${encodeURIComponent(soql)}`;
    const { body } = await org.api<{ records: unknown[] }>("GET", path);
    expect(body.records).toMatchObject([
      {
        Contacts: {
          records: [{ LastName: "Zoe", [sales]: { records: [{ [sync]: "s" }] } }, { LastName: "Bo" }],
        },
      },
    ]);
    const before = await org.api<ErrorBody>("GET", path, undefined, {}, "57.0");
    expect(before.body[0]?.errorCode).toBe("MALFORMED_QUERY");
  });

  it("the object's own name and aliases may stand before fields", async () => {
    expect(
      await org.query(
        "SELECT a.Name, (SELECT Contact.LastName FROM a.Contacts ORDER BY Contact.LastName) FROM Account a WHERE a.Name = 'Venue'",
      ),
    ).toMatchObject([{ Name: "Venue", Contacts: { records: [{ LastName: "Bo" }, { LastName: "Zoe" }] } }]);
    expect(await org.query("SELECT Account.Name FROM Account WHERE Account.Name = 'Empty'")).toMatchObject([
      { Name: "Empty" },
    ]);
  });

  it("deleted children show to queryAll only", async () => {
    const [row] = await org.query<{ Id: string }>(`SELECT Id FROM Contact WHERE ${sync} = '2'`);
    await org.api("DELETE", `/sobjects/Contact/${row?.Id ?? ""}`);
    const soql = encodeURIComponent(
      "SELECT (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Venue'",
    );
    const sizes = [];
    for (const resource of ["query", "queryAll"]) {
      const { body } = await org.api<{ records: { Contacts: { totalSize: number } }[] }>(
        "GET",
        `/${resource}?q=${soql}`,
      );
      sizes.push(body.records[0]?.Contacts.totalSize);
    }
    expect(sizes).toEqual([1, 2]);
  });

  it("unknown relationships are refused in Salesforce's words", async () => {
    const refusal = async (soql: string) =>
      (await org.api<ErrorBody>("GET", `/query?q=${encodeURIComponent(soql)}`)).body[0];
    expect(await refusal("SELECT Id, (SELECT Id FROM Contact) FROM Account")).toEqual({
      errorCode: "INVALID_TYPE",
      message:
        "\nSELECT Id, (SELECT Id FROM Contact) FROM Account\n                           ^\nERROR at Row:1:Column:28\nDidn't understand relationship 'Contact' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.",
    });
    expect(await refusal("SELECT Parent.Parent.Parent.Parent.Parent.Parent.Name FROM Account")).toMatchObject(
      {
        errorCode: "INVALID_FIELD",
      },
    );
  });
});
