import { Connection } from "jsforce";
import { beforeAll, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();

beforeAll(() =>
  org.upsert(
    "Contact",
    Array.from({ length: 20 }, (_, n) => ({ SyncId__c: String(n), LastName: `Person ${String(n)}` })),
  ),
);

describe("A query plan", () => {
  it("starts with the index that jsforce's client would see used", async () => {
    const connection = new Connection({
      instanceUrl: org.url,
      accessToken: org.accessToken,
      version: "62.0",
    });
    const soql = "SELECT Id FROM Contact WHERE SyncId__c = '7' AND Title = 'x'";
    const { plans } = await connection.query(soql).explain();
    const notes = ["IsDeleted", "Title"].map((name) => ({
      description: "Not considering filter for optimization because unindexed",
      fields: [name],
      tableEnumOrId: "Contact",
    }));
    expect(plans).toEqual([
      {
        cardinality: 1,
        fields: ["SyncId__c"],
        leadingOperationType: "Index",
        notes,
        relativeCost: 0.5,
        sobjectCardinality: 20,
        sobjectType: "Contact",
      },
      {
        cardinality: 0,
        fields: [],
        leadingOperationType: "TableScan",
        notes,
        relativeCost: 2.8,
        sobjectCardinality: 20,
        sobjectType: "Contact",
      },
    ]);
  });

  it("is given for a list view by its id, and refused for an id of nothing", async () => {
    const views = await org.api<{ listviews: { id: string }[] }>("GET", "/sobjects/Contact/listviews");
    const explain = (id: string) =>
      org.api<{ plans: object[] }>("GET", `/query?explain=${encodeURIComponent(id)}`);
    expect((await explain(views.body.listviews[0]?.id ?? "")).body.plans).toMatchObject([
      { leadingOperationType: "TableScan", sobjectType: "Contact", cardinality: 20 },
    ]);
    const { status, body } = await explain("00B000000000000");
    expect(status).toBe(400);
    expect(body).toMatchObject([{ errorCode: "INVALID_ID" }]);
  });

  it("is refused for a query that would be", async () => {
    const { status, body } = await org.api<ErrorBody>(
      "GET",
      `/query?explain=${encodeURIComponent("SELECT Foo FROM Contact")}`,
    );
    expect(status).toBe(400);
    expect(body[0]?.errorCode).toBe("INVALID_FIELD");
  });
});
