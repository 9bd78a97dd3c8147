import { beforeAll, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();

interface Page {
  nextRecordsUrl: string;
  records: unknown[];
}

const allow = (object: string, rights: object) => org.control("POST", "/permissions", { object, ...rights });

/** Opens a cursor on the contacts, and gives the path of its second page. */
async function opened(): Promise<string> {
  const soql = encodeURIComponent("SELECT LastName, Department FROM Contact");
  const { body } = await org.api<Page>("GET", `/query?q=${soql}`, undefined, {
    "Sforce-Query-Options": "batchSize=200",
  });
  return body.nextRecordsUrl.replace("/services/data/v62.0", "");
}

const next = (path: string) => org.api<Page & ErrorBody>("GET", path);

beforeAll(async () => {
  for (const from of [0, 125]) {
    const rows = Array.from({ length: 125 }, (_, n) => ({ SyncId__c: `c${from + n}`, LastName: "Many" }));
    await org.upsert("Contact", rows);
  }
});

describe("an open cursor", () => {
  it.each([
    ["a field", { fields: { Department: { read: false } } }, { fields: { Department: { read: true } } }],
    ["the object", { read: false }, { read: true, create: true, edit: true, delete: true }],
  ])("ends when the user loses %s", async (_what, taken, given) => {
    const path = await opened();
    await allow("Contact", taken);
    expect(await next(path)).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_QUERY_LOCATOR" }] });
    await allow("Contact", given);
  });

  it("goes on when the user may see more than before", async () => {
    await allow("Opportunity", { fields: { NextStep: { read: false } } });
    const path = await opened();
    await allow("Opportunity", { fields: { NextStep: { read: true, edit: true } } });
    const { status, body } = await next(path);
    expect([status, body.records.length]).toEqual([200, 50]);
  });
});
