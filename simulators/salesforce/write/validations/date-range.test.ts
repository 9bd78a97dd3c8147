import { describe, expect, it } from "vitest";
import { load, resultsOf } from "../../bulk/test-jobs";
import { useOrg, type RowResult } from "../../test-org";

const org = useOrg();

const save = async (object: string, row: Record<string, unknown>): Promise<RowResult | undefined> => {
  const records = [{ attributes: { type: object }, ...row }];
  return (await org.api<RowResult[]>("POST", "/composite/sobjects", { records })).body[0];
};

describe("the dates that Salesforce keeps", () => {
  it.each(["1700-01-01", "4000-12-31"])("begin in 1700 and end with 4000: %s", async (Birthdate) => {
    expect(await save("Contact", { LastName: "x", Birthdate })).toMatchObject({ success: true });
  });

  it.each(["1699-12-31", "0001-01-01", "4001-01-01"])("are no others: %s", async (Birthdate) => {
    const message = `Birthdate: invalid date: ${Birthdate}`;
    expect(await save("Contact", { LastName: "x", Birthdate })).toEqual({
      success: false,
      errors: [{ statusCode: "FIELD_INTEGRITY_EXCEPTION", message, fields: ["Birthdate"] }],
    });
  });

  it("bind datetimes too, by their day in UTC", async () => {
    const at = (CreationDate__c: string) => save("SecutixSale__c", { CreationDate__c });
    expect(await at("1700-01-01T00:30:00+01:00")).toMatchObject({
      errors: [{ statusCode: "FIELD_INTEGRITY_EXCEPTION", fields: ["CreationDate__c"] }],
    });
    expect(await at("9999-12-31T23:30:00-01:00")).toMatchObject({ success: false });
    expect(await at("4000-12-31T23:30:00Z")).toMatchObject({ success: true });
  });

  it("bind Bulk jobs too, where an empty cell says nothing", async () => {
    const csv = "LastName,Birthdate\nOld,1600-01-01\nNone,\n";
    const { id } = await load(org, { operation: "insert" }, csv);
    const { saved, failed } = await resultsOf(org, id);
    expect(saved).toHaveLength(1);
    expect(failed.map(({ sf__Error }) => sf__Error)).toEqual([
      "FIELD_INTEGRITY_EXCEPTION:Birthdate: invalid date: 1600-01-01:Birthdate --",
    ]);
  });
});
