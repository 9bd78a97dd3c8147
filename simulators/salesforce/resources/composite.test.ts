import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody, type RowResult, type SubResult } from "../test-org";

const org = useOrg();
const BASE = "/services/data/v62.0";
const DESCRIBE = { method: "GET", url: `${BASE}/sobjects/Contact/describe` };

interface CompositeBody {
  compositeResponse: SubResult<never>[];
}

async function composite(compositeRequest: unknown[], more: Record<string, unknown> = {}) {
  const answer = await org.api<CompositeBody>("POST", "/composite", { compositeRequest, ...more });
  expect(answer.status).toBe(200);
  return answer.body.compositeResponse as SubResult[];
}

const upsertOf = (object: string, referenceId: string, rows: Record<string, unknown>[]) => ({
  method: "PATCH",
  url: `${BASE}/composite/sobjects/${object}/SyncId__c`,
  referenceId,
  body: { allOrNone: false, records: rows.map((row) => ({ attributes: { type: object }, ...row })) },
});

describe("Composite", () => {
  it("writes accounts, contacts and sales that point to each other in one counted call", async () => {
    const before = await org.control<{ apiCalls: number }>("GET", "/stats");
    const replies = await composite(
      [
        upsertOf("Account", "accounts", [{ SyncId__c: "c1", Name: "Étoile" }]),
        upsertOf("Contact", "contacts", [
          { SyncId__c: "c2", LastName: "Relay", Account: { SyncId__c: "c1" } },
          { SyncId__c: "c3", LastName: "Early", Account: { SyncId__c: "later" } },
        ]),
        upsertOf("SecutixSale__c", "sales", [{ SyncId__c: "c4", Contact__r: { SyncId__c: "c2" } }]),
      ],
      { allOrNone: false, collateSubrequests: false },
    );
    const rows = replies.map((reply) => reply.body as RowResult[]);
    expect(rows.map((list) => list.map(({ success }) => success))).toEqual([[true], [true, false], [true]]);
    expect(rows[1]?.[1]?.errors[0]?.message).toContain("Foreign key external ID: later not found");
    const after = await org.control<{ apiCalls: number }>("GET", "/stats");
    expect(after.body.apiCalls - before.body.apiCalls).toBe(1);
    const { body } = await org.control<{ calls: { subrequests?: unknown[] }[] }>("GET", "/calls");
    expect(body.calls.at(-1)?.subrequests).toMatchObject([
      { referenceId: "accounts", object: "Account", rows: 1, status: 200 },
      { referenceId: "contacts", object: "Contact", rows: 2 },
      { referenceId: "sales", object: "SecutixSale__c", rows: 1 },
    ]);
  });

  it("hands ids from one subrequest to the next, and halts where there is none", async () => {
    const replies = await composite([
      { method: "POST", url: `${BASE}/sobjects/Account`, referenceId: "acc", body: { Name: "Parent" } },
      {
        method: "POST",
        url: `${BASE}/sobjects/Contact`,
        referenceId: "con",
        body: { LastName: "Child", AccountId: "@{acc.id}" },
      },
      {
        method: "GET",
        url: `${BASE}/query?q=SELECT+Account.Name+FROM+Contact+WHERE+Id='@{con.id}'`,
        referenceId: "read",
      },
      { method: "GET", url: `${BASE}/sobjects/Account/@{acc.nothing}`, referenceId: "bad" },
    ]);
    expect(replies.map((reply) => reply.httpStatusCode)).toEqual([201, 201, 200, 400]);
    expect(replies[0]?.httpHeaders.Location).toContain("/sobjects/Account/001");
    expect(replies[2]?.body).toMatchObject({ records: [{ Account: { Name: "Parent" } }] });
    expect(replies[3]?.body).toEqual([
      {
        errorCode: "PROCESSING_HALTED",
        message:
          "Invalid reference specified. No value for acc.nothing found in acc. Provided referenceId ('acc.nothing') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').",
      },
    ]);
  });

  it("takes everything back with allOrNone and says so", async () => {
    const replies = await composite(
      [
        {
          method: "POST",
          url: `${BASE}/sobjects/Account`,
          referenceId: "good",
          body: { Name: "Taken back" },
        },
        { method: "POST", url: `${BASE}/sobjects/Contact`, referenceId: "bad", body: {} },
      ],
      { allOrNone: true },
    );
    expect(replies.map((reply) => (reply.body as ErrorBody)[0]?.errorCode)).toEqual([
      "PROCESSING_HALTED",
      "REQUIRED_FIELD_MISSING",
    ]);
    expect(await org.query("SELECT Id FROM Account WHERE Name = 'Taken back'")).toEqual([]);
  });

  it("answers describe, queries and unknown resources inside it", async () => {
    const replies = await composite([
      { ...DESCRIBE, referenceId: "d" },
      { method: "GET", url: `${BASE}/tooling/query`, referenceId: "t" },
      { method: "POST", url: `${BASE}/composite`, referenceId: "c", body: {} },
    ]);
    expect(replies.map((reply) => reply.httpStatusCode)).toEqual([200, 404, 404]);
  });

  it("refuses as a whole: 26 subrequests, six Collections or queries, one reference id twice", async () => {
    const refused = async (compositeRequest: unknown[]) => {
      const answer = await org.api<ErrorBody>("POST", "/composite", { compositeRequest });
      expect(answer.status).toBe(400);
      return answer.body[0]?.errorCode;
    };
    const many = Array.from({ length: 26 }, (_, n) => ({ ...DESCRIBE, referenceId: `r${n}` }));
    expect(await refused(many)).toBe("LIMIT_EXCEEDED");
    const heavy = Array.from({ length: 6 }, (_, n) => upsertOf("Contact", `r${n}`, []));
    expect(await refused(heavy)).toBe("LIMIT_EXCEEDED");
    const twice = { ...DESCRIBE, referenceId: "same" };
    expect(await refused([twice, twice])).toBe("INVALID_INPUT");
    const allowed = Array.from({ length: 20 }, (_, n) => ({ ...DESCRIBE, referenceId: `d${n}` }));
    await composite([...heavy.slice(0, 5), ...allowed]);
  });
});
