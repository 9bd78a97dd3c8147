import { describe, expect, it } from "vitest";
import { load, resultsOf } from "../bulk/test-jobs";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();
const create = (RecordType: Record<string, unknown>) =>
  org.api<{ id: string } & ErrorBody>("POST", "/sobjects/Account", { LastName: "Named", RecordType });

describe("the record type of a row", () => {
  it("can be given by its name", async () => {
    const { status, body } = await create({ Name: "Person Account" });
    expect(status).toBe(201);
    expect(await org.query(`SELECT IsPersonAccount FROM Account WHERE Id = '${body.id}'`)).toMatchObject([
      { IsPersonAccount: true },
    ]);
  });

  it("must exist, and its developer name is no key", async () => {
    expect(await create({ Name: "Nobody" })).toMatchObject({
      status: 400,
      body: [
        {
          errorCode: "INVALID_FIELD",
          message: "Foreign key external ID: Nobody not found for field Name in entity RecordType",
        },
      ],
    });
    expect(await create({ DeveloperName: "PersonAccount" })).toMatchObject({
      status: 400,
      body: [
        {
          message: "Field name provided, DeveloperName is not an External ID or indexed field for RecordType",
        },
      ],
    });
  });

  it("can be given by its name in a Bulk job too", async () => {
    const csv = "LastName,RecordType.Name\nBulk,Person Account\nBulk,Nobody\n";
    const { id } = await load(org, { object: "Account", operation: "insert" }, csv);
    const { saved, failed } = await resultsOf(org, id);
    expect([saved.length, failed.length]).toEqual([1, 1]);
    expect(failed[0]?.sf__Error).toContain("Foreign key external ID: Nobody not found");
    expect(
      await org.query(`SELECT IsPersonAccount FROM Account WHERE Id = '${saved[0]?.sf__Id ?? ""}'`),
    ).toMatchObject([{ IsPersonAccount: true }]);
  });
});
