import { beforeAll, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const row = {
  SyncId__c: "1",
  Name: "Venue",
  Rating: "Hot",
  AnnualRevenue: 1234,
  BillingCity: "Bern",
  Description: "long",
};

describe("FIELDS()", () => {
  const org = useOrg();
  beforeAll(() => org.upsert("Account", [row]));

  it("selects all, standard or custom fields", async () => {
    const keys = async (soql: string) => Object.keys((await org.query<object>(soql))[0] ?? {});
    const all = await keys("SELECT FIELDS(ALL) FROM Account LIMIT 200");
    const standard = await keys("SELECT FIELDS(STANDARD) FROM Account");
    const custom = await keys("SELECT Name, FIELDS(CUSTOM) FROM Account LIMIT 1");
    expect(all).toEqual(expect.arrayContaining(["Id", "Description", "BillingAddress", "SyncId__c"]));
    expect(standard).not.toContain("SyncId__c");
    expect(custom).toEqual(["attributes", "Name", "SyncId__c", "SyncId__pc"]);
  });

  it.each([
    [
      "SELECT FIELDS(ALL) FROM Account",
      "MALFORMED_QUERY",
      "The SOQL FIELDS function must have a LIMIT of at most 200",
    ],
    [
      "SELECT FIELDS(CUSTOM) FROM Account LIMIT 201",
      "MALFORMED_QUERY",
      "The SOQL FIELDS function must have a LIMIT of at most 200",
    ],
    [
      "SELECT FIELDS(CUSTOM) FROM User LIMIT 200",
      "MALFORMED_QUERY",
      "'FIELDS(...)' expansion function must result in at least one field being selected.",
    ],
    ["SELECT Id, FIELDS(ALL) FROM Account LIMIT 200", "INVALID_FIELD", "duplicate field selected: Id"],
  ])("refuses %s", async (soql, errorCode, message) => {
    const { status, body } = await org.api<ErrorBody>("GET", `/query?q=${encodeURIComponent(soql)}`);
    expect(status).toBe(400);
    expect(body).toEqual([{ message, errorCode }]);
  });

  it("does not exist before version 51.0", async () => {
    const soql = encodeURIComponent("SELECT FIELDS(STANDARD) FROM Account");
    const { status } = await org.api("GET", `/query?q=${soql}`, undefined, {}, "50.0");
    expect(status).toBe(400);
  });
});

describe("Functions in SELECT", () => {
  const org = useOrg();
  beforeAll(() => org.upsert("Account", [row]));

  it("label and format values in the user's locale and time zone, under an alias or the field's name", async () => {
    const [answer] = await org.query<Record<string, string>>(
      "SELECT Rating, toLabel(Rating) label, FORMAT(AnnualRevenue), FORMAT(CreatedDate) created, CreatedDate FROM Account",
    );
    expect(answer).toMatchObject({ Rating: "Hot", label: "Hot", AnnualRevenue: "CHF 1,234.00" });
    const created = new Date((answer?.CreatedDate ?? "").replace("+0000", "Z"));
    const day = created.toLocaleDateString("en-US", { timeZone: "Europe/Zurich" });
    expect(answer?.created).toMatch(new RegExp(`^${day}, \\d{1,2}:\\d{2} [AP]M$`));
  });

  it("show a compound address as an object", async () => {
    const [answer] = await org.query<{ BillingAddress: object; ShippingAddress: object | null }>(
      "SELECT BillingAddress, ShippingAddress FROM Account",
    );
    expect(answer?.BillingAddress).toMatchObject({ city: "Bern", country: null, street: null });
    expect(answer?.ShippingAddress).toBeNull();
  });

  it.each([
    [
      "SELECT convertCurrency(AnnualRevenue) FROM Account",
      "convertCurrency() needs an org with multiple currencies.",
    ],
    ["SELECT toLabel(Name) FROM Account", "field 'Name' does not support toLabel"],
    ["SELECT FORMAT(Name) FROM Account", "field 'Name' does not support FORMAT"],
    [
      "SELECT DISTANCE(BillingAddress, GEOLOCATION(1,2), 'km') FROM Account",
      "does not answer DISTANCE in SELECT",
    ],
    ["SELECT Name n FROM Account", "only aggregate expressions use field aliasing"],
    ["SELECT TYPEOF Owner WHEN User THEN Name END FROM Account", "TYPEOF can only be used with polymorphic"],
  ])("refuses %s", async (soql, reason) => {
    const { status, body } = await org.api<ErrorBody>("GET", `/query?q=${encodeURIComponent(soql)}`);
    expect(status).toBe(400);
    expect(body[0]?.message).toContain(reason);
  });
});

describe("In an org with several currencies", () => {
  const org = useOrg({ multiCurrency: true });
  beforeAll(() =>
    org.upsert("Account", [
      { SyncId__c: "1", Name: "Swiss", AnnualRevenue: 100, CurrencyIsoCode: "CHF" },
      { SyncId__c: "2", Name: "French", AnnualRevenue: 210, CurrencyIsoCode: "EUR" },
    ]),
  );

  it("amounts are converted to the user's currency, and summed up in the corporate one", async () => {
    expect(
      await org.query("SELECT Name, convertCurrency(AnnualRevenue) own FROM Account ORDER BY Name"),
    ).toMatchObject([
      { Name: "French", own: 200 },
      { Name: "Swiss", own: 100 },
    ]);
    expect(await org.query("SELECT SUM(AnnualRevenue) total FROM Account")).toMatchObject([{ total: 300 }]);
    expect(
      await org.query("SELECT FORMAT(AnnualRevenue) amount FROM Account WHERE Name = 'French'"),
    ).toMatchObject([{ amount: "€210.00" }]);
  });

  it("amounts with a currency compare by their worth", async () => {
    expect(await org.query("SELECT Name FROM Account WHERE AnnualRevenue > EUR150")).toMatchObject([
      { Name: "French" },
    ]);
    expect(await org.query("SELECT Name FROM Account WHERE AnnualRevenue < GBP100")).toMatchObject([
      { Name: "Swiss" },
    ]);
  });
});
