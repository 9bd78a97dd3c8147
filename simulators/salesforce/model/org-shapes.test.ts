import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

interface Described {
  fields: Record<string, unknown>[];
  recordTypeInfos: { developerName: string }[];
}

describe("a new org as the demo has it", () => {
  const org = useOrg();

  it("has one currency, addresses as text, persons and our package", async () => {
    const { body } = await org.control("GET", "/org");
    expect(body).toEqual({
      personAccounts: true,
      prefix: "",
      secutixPackage: true,
      multiCurrency: false,
      stateCountryPicklists: false,
    });
    const account = await org.api<Described>("GET", "/sobjects/Account/describe");
    const names = account.body.fields.map((field) => field.name);
    expect(names).not.toContain("CurrencyIsoCode");
    expect(names).not.toContain("BillingCountryCode");
    expect(names).toContain("PersonEmail");
    expect(names).toContain("SyncId__pc");
    expect((await org.api("GET", "/sobjects/CurrencyType/describe")).status).toBe(404);
  });

  it("takes any country as text and any currency code where the package keeps one", async () => {
    const id = await org.create("Contact", {
      LastName: "Muster",
      MailingCountry: "CH",
      MailingState: "Vaud",
    });
    const [row] = await org.query<Record<string, unknown>>(
      `SELECT MailingCountry, MailingState FROM Contact WHERE Id = '${id}'`,
    );
    expect(row).toMatchObject({ MailingCountry: "CH", MailingState: "Vaud" });
  });
});

describe("an org without person accounts", () => {
  const org = useOrg({ personAccounts: false });

  it("has neither persons nor record types", async () => {
    const { body } = await org.api<Described>("GET", "/sobjects/Account/describe");
    expect(body.fields.map((field) => field.name)).not.toContain("IsPersonAccount");
    expect(body.recordTypeInfos.map((type) => type.developerName)).toEqual(["Master"]);
    expect(await org.query("SELECT Id FROM RecordType")).toEqual([]);
  });
});

describe("an org with nothing installed", () => {
  const org = useOrg({ secutixPackage: false, multiCurrency: true, stateCountryPicklists: true });

  it("has standard objects alone, without a field of ours", async () => {
    const { body } = await org.api<{ sobjects: { name: string; custom: boolean }[] }>("GET", "/sobjects");
    expect(body.sobjects.filter((object) => object.custom)).toEqual([]);
    for (const name of ["Account", "Contact"]) {
      const { body: described } = await org.api<Described>("GET", `/sobjects/${name}/describe`);
      expect(described.fields.filter((field) => field.custom)).toEqual([]);
    }
  });
});

describe("an org with the managed package", () => {
  const org = useOrg({ prefix: "secutix__", multiCurrency: true });

  it("has everything of ours under the prefix, and nothing else", async () => {
    const { body } = await org.api<Described>("GET", "/sobjects/secutix__SecutixSale__c/describe");
    const custom = body.fields.filter((field) => field.custom).map((field) => String(field.name));
    expect(custom.filter((name) => !name.startsWith("secutix__"))).toEqual([]);
    expect(body.fields.map((field) => field.name)).toContain("CurrencyIsoCode");
  });
});

describe("an org with several currencies", () => {
  const org = useOrg({ multiCurrency: true });

  it("lists them with their rates", async () => {
    const rows = await org.query<Record<string, unknown>>(
      "SELECT IsoCode, IsCorporate, IsActive, ConversionRate, DecimalPlaces FROM CurrencyType ORDER BY IsoCode",
    );
    expect(rows.map((row) => [row.IsoCode, row.IsCorporate, row.IsActive, row.DecimalPlaces])).toEqual([
      ["CHF", true, true, 2],
      ["EUR", false, true, 2],
      ["GBP", false, true, 2],
      ["USD", false, true, 2],
    ]);
    expect(rows[0]?.ConversionRate).toBe(1);
  });

  it("gives every record a currency: the one given, else that of the user", async () => {
    for (const object of ["Account", "Contact", "Opportunity", "Product2", "SecutixSale__c", "User"]) {
      const { body } = await org.api<Described>("GET", `/sobjects/${object}/describe`);
      expect(body.fields.find((field) => field.name === "CurrencyIsoCode")).toMatchObject({
        type: "picklist",
        length: 3,
        restrictedPicklist: true,
        defaultedOnCreate: true,
        defaultValue: "CHF",
      });
    }
    const given = await org.create("Account", { Name: "Euro", CurrencyIsoCode: "EUR" });
    const silent = await org.create("Account", { Name: "Franc" });
    const empty = await org.create("Account", { Name: "Blank", CurrencyIsoCode: null });
    const rows = await org.query<Record<string, unknown>>(
      `SELECT Name, CurrencyIsoCode FROM Account WHERE Id IN ('${given}', '${silent}', '${empty}') ORDER BY Name`,
    );
    expect(rows.map((row) => [row.Name, row.CurrencyIsoCode])).toEqual([
      ["Blank", "CHF"],
      ["Euro", "EUR"],
      ["Franc", "CHF"],
    ]);
  });

  it("keeps the currency of a record that is to lose it", async () => {
    const id = await org.create("Account", { Name: "Euro", CurrencyIsoCode: "EUR" });
    await org.api("PATCH", `/sobjects/Account/${id}`, { CurrencyIsoCode: null });
    expect(
      await org.query(`SELECT Id FROM Account WHERE Id = '${id}' AND CurrencyIsoCode = 'EUR'`),
    ).toHaveLength(1);
  });

  it("gives the contact of a person the person's currency", async () => {
    const id = await org.create("Account", {
      LastName: "Muster",
      RecordTypeId: await org.personRecordTypeId(),
      CurrencyIsoCode: "USD",
    });
    const [row] = await org.query<{ CurrencyIsoCode: string }>(
      `SELECT CurrencyIsoCode FROM Contact WHERE AccountId = '${id}'`,
    );
    expect(row?.CurrencyIsoCode).toBe("USD");
  });

  it("refuses a currency that it does not have", async () => {
    const { status, body } = await org.api<ErrorBody>("POST", "/sobjects/Account", {
      Name: "Yen",
      CurrencyIsoCode: "JPY",
    });
    expect({ status, body }).toEqual({
      status: 400,
      body: [
        {
          message: "Account Currency: bad value for restricted picklist field: JPY",
          errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
          fields: ["CurrencyIsoCode"],
        },
      ],
    });
  });

  it("tells the currency of each user", async () => {
    const users = await org.query<Record<string, unknown>>(
      "SELECT DefaultCurrencyIsoCode, CurrencyIsoCode FROM User",
    );
    expect(users.length).toBeGreaterThan(1);
    for (const user of users)
      expect(user).toMatchObject({ DefaultCurrencyIsoCode: "CHF", CurrencyIsoCode: "CHF" });
  });
});

describe("the control endpoint", () => {
  const org = useOrg();

  it("starts an org of another shape, and keeps what is not given", async () => {
    const { body } = await org.control("POST", "/org", { multiCurrency: true, stateCountryPicklists: true });
    expect(body).toMatchObject({ personAccounts: true, multiCurrency: true, stateCountryPicklists: true });
    const again = await org.control("POST", "/org", { personAccounts: false });
    expect(again.body).toMatchObject({
      personAccounts: false,
      multiCurrency: true,
      stateCountryPicklists: true,
    });
    expect((await org.api("GET", "/sobjects/CurrencyType/describe")).status).toBe(200);
  });

  it("refuses a switch that is neither on nor off", async () => {
    const { status, body } = await org.control("POST", "/org", { multiCurrency: "yes" });
    expect({ status, body }).toEqual({
      status: 400,
      body: { error: '"multiCurrency" must be true or false.' },
    });
  });
});
