import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg({ stateCountryPicklists: true });

interface Address {
  Id: string;
  MailingCountry: string | null;
  MailingCountryCode: string | null;
  MailingState: string | null;
  MailingStateCode: string | null;
}

const contact = (fields: Record<string, unknown>) =>
  org.api<ErrorBody & { id: string }>("POST", "/sobjects/Contact", { LastName: "Muster", ...fields });

const update = (id: string, fields: Record<string, unknown>) =>
  org.api<ErrorBody | undefined>("PATCH", `/sobjects/Contact/${id}`, fields);

async function addressOf(id: string): Promise<(string | null)[]> {
  const [row] = await org.query<Address>(
    `SELECT MailingCountry, MailingCountryCode, MailingState, MailingStateCode FROM Contact WHERE Id = '${id}'`,
  );
  return [
    row?.MailingCountry ?? null,
    row?.MailingCountryCode ?? null,
    row?.MailingState ?? null,
    row?.MailingStateCode ?? null,
  ];
}

async function stored(fields: Record<string, unknown>): Promise<(string | null)[]> {
  const { body } = await contact(fields);
  return addressOf(body.id);
}

async function refusal(fields: Record<string, unknown>): Promise<unknown> {
  const { status, body } = await contact(fields);
  expect(status).toBe(400);
  return body;
}

const california = ["United States", "US", "California", "CA"];

describe("an org with state and country picklists", () => {
  it("has a code beside each text, and states that depend on their country", async () => {
    const { body } = await org.api<{ fields: Record<string, unknown>[] }>(
      "GET",
      "/sobjects/Account/describe",
    );
    const names = body.fields.map((field) => field.name);
    for (const address of ["Billing", "Shipping", "PersonMailing", "PersonOther"]) {
      expect(names).toContain(`${address}CountryCode`);
      expect(names).toContain(`${address}StateCode`);
    }
    const state = body.fields.find((field) => field.name === "BillingStateCode");
    expect(state).toMatchObject({
      type: "picklist",
      length: 10,
      label: "Billing State/Province Code",
      restrictedPicklist: true,
      dependentPicklist: true,
      controllerName: "BillingCountryCode",
      compoundFieldName: "BillingAddress",
    });
  });

  it("says by bits which country a state belongs to", async () => {
    const { body } = await org.api<{
      fields: { name: string; picklistValues: { value: string; label: string; validFor: string | null }[] }[];
    }>("GET", "/sobjects/Account/describe");
    const valuesOf = (name: string) => body.fields.find((field) => field.name === name)?.picklistValues ?? [];
    const countries = valuesOf("BillingCountryCode");
    expect(countries.length).toBeGreaterThan(240);
    const countryOf = (label: string) => {
      const bits = Buffer.from(
        valuesOf("BillingStateCode").find((state) => state.label === label)?.validFor ?? "",
        "base64",
      );
      return countries
        .filter((_, position) => ((bits[position >> 3] ?? 0) & (0x80 >> (position & 7))) !== 0)
        .map(({ value }) => value);
    };
    expect(countryOf("California")).toEqual(["US"]);
    expect(countryOf("Cagliari")).toEqual(["IT"]);
    expect(countryOf("Hokkaido")).toEqual(["JP"]);
  });

  it("fills the texts from codes and the codes from texts", async () => {
    expect(await stored({ MailingCountryCode: "US", MailingStateCode: "CA" })).toEqual(california);
    expect(await stored({ MailingCountry: "United States", MailingState: "California" })).toEqual(california);
    expect(await stored({ MailingCountry: "switzerland" })).toEqual(["Switzerland", "CH", null, null]);
  });

  it("answers the compound address with its codes", async () => {
    const id = await org.create("Contact", {
      LastName: "Muster",
      MailingCountryCode: "US",
      MailingStateCode: "CA",
    });
    const { body } = await org.api<{ MailingAddress: unknown }>(
      "GET",
      `/sobjects/Contact/${id}?fields=MailingAddress`,
    );
    expect(body.MailingAddress).toEqual({
      city: null,
      country: "United States",
      countryCode: "US",
      geocodeAccuracy: null,
      latitude: null,
      longitude: null,
      postalCode: null,
      state: "California",
      stateCode: "CA",
      street: null,
    });
  });

  it("refuses a country it does not know in Salesforce's words", async () => {
    expect(await refusal({ MailingCountry: "USA" })).toEqual([
      {
        message:
          "There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.: Mailing Country",
        errorCode: "FIELD_INTEGRITY_EXCEPTION",
        fields: ["MailingCountry"],
      },
    ]);
    expect(await refusal({ MailingCountryCode: "USA" })).toEqual([
      {
        message: "Mailing Country Code: bad value for restricted picklist field: USA",
        errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        fields: ["MailingCountryCode"],
      },
    ]);
  });

  it("takes no code where it asks for a text", async () => {
    expect(await refusal({ MailingCountry: "CH" })).toMatchObject([{ fields: ["MailingCountry"] }]);
  });

  it("refuses a state that its country does not have", async () => {
    expect(await refusal({ MailingCountry: "United States", MailingState: "Bavaria" })).toEqual([
      {
        message:
          "There's a problem with this state, even though it may appear correct. Please select a state from the list of valid states.: Mailing State/Province",
        errorCode: "FIELD_INTEGRITY_EXCEPTION",
        fields: ["MailingState"],
      },
    ]);
    expect(await refusal({ MailingCountryCode: "CA", MailingStateCode: "NY" })).toEqual([
      {
        message:
          "The existing country/territory doesn't recognize the state value for field: Mailing State/Province Code",
        errorCode: "FIELD_INTEGRITY_EXCEPTION",
        fields: ["MailingStateCode"],
      },
    ]);
    expect(await refusal({ MailingCountryCode: "CH", MailingStateCode: "VD" })).toEqual([
      {
        message:
          "The MailingStateCode field contains VD, which isn't an available state. Your administrator can add it for you.",
        errorCode: "FIELD_INTEGRITY_EXCEPTION",
        fields: ["MailingStateCode"],
      },
    ]);
  });

  it("refuses a state without its country", async () => {
    expect(await refusal({ MailingState: "California" })).toEqual([
      {
        message:
          "A country/territory must be specified before specifying a state value for field: Mailing State/Province",
        errorCode: "FIELD_INTEGRITY_EXCEPTION",
        fields: ["MailingState"],
      },
    ]);
  });

  it("lets the code win on a new record and refuses the contradiction on an old one", async () => {
    expect(await stored({ MailingCountry: "France", MailingCountryCode: "CH" })).toEqual([
      "Switzerland",
      "CH",
      null,
      null,
    ]);
    const { body } = await contact({ MailingCountryCode: "CH" });
    const answer = await update(body.id, { MailingCountry: "France", MailingCountryCode: "DE" });
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode: "FIELD_INTEGRITY_EXCEPTION" }] });
    expect(await addressOf(body.id)).toEqual(["Switzerland", "CH", null, null]);
  });

  it("knows the country that the record has when only the state changes", async () => {
    const { body } = await contact({ MailingCountryCode: "US", MailingStateCode: "CA" });
    expect((await update(body.id, { MailingState: "Texas" })).status).toBe(204);
    expect(await addressOf(body.id)).toEqual(["United States", "US", "Texas", "TX"]);
  });

  it("empties the state with its country", async () => {
    for (const emptied of [{ MailingCountryCode: null }, { MailingCountry: null }]) {
      const { body } = await contact({ MailingCountryCode: "US", MailingStateCode: "CA" });
      expect((await update(body.id, emptied)).status).toBe(204);
      expect(await addressOf(body.id)).toEqual([null, null, null, null]);
    }
  });

  it("refuses another country while the state of the old one stays", async () => {
    const { body } = await contact({ MailingCountryCode: "US", MailingStateCode: "CA" });
    const answer = await update(body.id, { MailingCountryCode: "CH" });
    expect(answer).toMatchObject({ status: 400, body: [{ fields: ["MailingStateCode"] }] });
  });

  it("keeps a person and its contact in step, whichever is edited", async () => {
    const accountId = await org.create("Account", {
      LastName: "Muster",
      RecordTypeId: await org.personRecordTypeId(),
      PersonMailingCountry: "United States",
      PersonMailingState: "California",
    });
    const [person] = await org.query<{ PersonContactId: string }>(
      `SELECT PersonContactId FROM Account WHERE Id = '${accountId}'`,
    );
    const contactId = person?.PersonContactId ?? "";
    expect(await addressOf(contactId)).toEqual(california);
    expect((await update(contactId, { MailingCountry: "Switzerland", MailingState: null })).status).toBe(204);
    const [after] = await org.query<Record<string, unknown>>(
      `SELECT PersonMailingCountryCode, PersonMailingStateCode FROM Account WHERE Id = '${accountId}'`,
    );
    expect(after).toMatchObject({ PersonMailingCountryCode: "CH", PersonMailingStateCode: null });
  });

  it("refuses row by row in Collections", async () => {
    const results = await org.upsert("Contact", [
      { SyncId__c: "sc-1", LastName: "A", MailingCountry: "Schweiz" },
      { SyncId__c: "sc-2", LastName: "B", MailingCountry: "Switzerland" },
    ]);
    expect(results.map((result) => [result.success, result.errors[0]?.statusCode])).toEqual([
      [false, "FIELD_INTEGRITY_EXCEPTION"],
      [true, undefined],
    ]);
  });
});
