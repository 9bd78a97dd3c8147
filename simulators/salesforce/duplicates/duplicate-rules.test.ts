import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { useOrg, type RowResult } from "../test-org";

const org = useOrg();
const INSIST = { "Sforce-Duplicate-Rule-Header": "allowSave=true" };

const addRule = (rule: Record<string, unknown>) =>
  org.control<{ id: string; error?: string }>("POST", "/duplicate-rules", {
    object: "Contact",
    name: "Contacts_DR",
    matchingRule: "Contact_MR",
    match: [{ field: "Email" }],
    ...rule,
  });
const create = (row: Record<string, unknown>, headers: Record<string, string> = {}, version?: string) =>
  org.api<Record<string, unknown>[]>("POST", "/sobjects/Contact", row, headers, version);

let first = "";
beforeAll(async () => {
  first = await org.create("Contact", { FirstName: "José", LastName: "Müller", Email: "jm@mail.example" });
});
afterEach(async () => {
  await org.control("DELETE", "/duplicate-rules");
});

const twin = { LastName: "Twin", Email: "JM@mail.example" };

describe("an org", () => {
  it("has no duplicate rules to begin with", async () => {
    const { body } = await org.control("GET", "/duplicate-rules");
    expect(body).toEqual({ duplicateRules: [] });
  });
});

describe("a duplicate rule that alerts", () => {
  it("refuses a match with the recorded body, and lets the caller insist", async () => {
    await addRule({});
    const { status, body } = await create(twin);
    expect(status).toBe(400);
    expect(body).toEqual([
      {
        duplicateResut: {
          allowSave: true,
          duplicateRule: "Contacts_DR",
          duplicateRuleEntityType: "Contact",
          errorMessage: "Use one of these records?",
          matchResults: [
            {
              entityType: "Contact",
              errors: [],
              matchEngine: "ExactMatchEngine",
              matchRecords: [
                {
                  additionalInformation: [],
                  fieldDiffs: [],
                  matchConfidence: 100,
                  record: {
                    attributes: { type: "Contact", url: `/services/data/v62.0/sobjects/Contact/${first}` },
                    Id: first,
                  },
                },
              ],
              rule: "Contact_MR",
              size: 1,
              success: true,
            },
          ],
        },
        errorCode: "DUPLICATES_DETECTED",
        message: "Use one of these records?",
      },
    ]);
    const insisted = await create(twin, INSIST);
    expect(insisted.status).toBe(201);
    const { id } = insisted.body as unknown as { id: string };
    await org.api("DELETE", `/sobjects/Contact/${id}`);
  });

  it("shows the match with its fields when asked", async () => {
    await addRule({});
    const { body } = await create(twin, {
      "Sforce-Duplicate-Rule-Header": "allowSave=false; includeRecordDetails=true; runAsCurrentUser=true",
    });
    expect(body).toMatchObject([
      { duplicateResut: { matchResults: [{ matchRecords: [{ record: { LastName: "Müller" } }] }] } },
    ]);
  });

  it("tells rows of Collections only that there are matches, and does not compare them with each other", async () => {
    await addRule({});
    const results = await org.upsert("Contact", [
      { SyncId__c: "d1", ...twin },
      { SyncId__c: "d2", LastName: "New", Email: "new@mail.example" },
      { SyncId__c: "d3", LastName: "New too", Email: "new@mail.example" },
    ]);
    expect(results.map(({ success }) => success)).toEqual([false, true, true]);
    expect(results[0]).toEqual({
      success: false,
      created: false,
      errors: [{ statusCode: "DUPLICATES_DETECTED", message: "Use one of these records?", fields: [] }],
    });
    const insisted = await org.api<RowResult[]>(
      "POST",
      "/composite/sobjects",
      { records: [{ attributes: { type: "Contact" }, SyncId__c: "d4", ...twin }] },
      INSIST,
    );
    expect(insisted.body[0]?.success).toBe(true);
    await org.api("DELETE", `/sobjects/Contact/SyncId__c/d4`);
  });

  it("knows the header since 52.0, and refuses one it cannot read", async () => {
    await addRule({});
    expect((await create(twin, INSIST, "51.0")).status).toBe(400);
    expect((await create(twin, { "Sforce-Duplicate-Rule-Header": "allowSave=perhaps" })).status).toBe(400);
    expect((await create(twin, { "Sforce-Duplicate-Rule-Header": "insist=true" })).status).toBe(400);
  });
});

describe("a duplicate rule that blocks", () => {
  it("refuses even who insists", async () => {
    await addRule({ onCreate: "block" });
    const { body } = await create(twin, INSIST);
    expect(body).toMatchObject([{ errorCode: "DUPLICATES_DETECTED", duplicateResut: { allowSave: false } }]);
  });
});

describe("a duplicate rule on edit", () => {
  it("runs on upserts that update, and only when what it compares changes", async () => {
    await org.upsert("Contact", [{ SyncId__c: "e1", LastName: "Edited", Email: "e1@mail.example" }]);
    await addRule({ onCreate: "off", onEdit: "block" });
    const upsert = async (row: Record<string, unknown>) =>
      (await org.upsert("Contact", [{ SyncId__c: "e1", ...row }]))[0]?.success;
    expect(await upsert({ Title: "Chief" })).toBe(true);
    expect(await upsert({ Email: "jm@mail.example" })).toBe(false);
    expect(await upsert({ Email: "free@mail.example" })).toBe(true);
    expect((await create(twin)).status).toBe(201);
    const [row] = await org.query<{ Id: string }>("SELECT Id FROM Contact WHERE LastName = 'Twin'");
    await org.api("DELETE", `/sobjects/Contact/${row?.Id}`);
  });
});

describe("matching", () => {
  it("is fuzzy on names when told so, and never on empty values", async () => {
    await addRule({
      match: [
        { field: "FirstName", method: "fuzzy" },
        { field: "LastName", method: "fuzzy" },
      ],
    });
    const { body } = await create({ FirstName: "JOSE", LastName: "Muller" });
    expect(body).toMatchObject([
      { duplicateResut: { matchResults: [{ matchEngine: "FuzzyMatchEngine", size: 1 }] } },
    ]);
    expect((await create({ LastName: "Müller" })).status).toBe(201);
  });

  it("follows records that are changed, deleted and brought back", async () => {
    const id = await org.create("Contact", { LastName: "Moving", Email: "moving@mail.example" });
    await addRule({ onCreate: "block" });
    const isRefused = async () =>
      (await create({ LastName: "x", Email: "moving@mail.example", MobilePhone: "no" })).status === 400;
    expect(await isRefused()).toBe(true);
    await org.api("DELETE", `/sobjects/Contact/${id}`);
    const failing = await org.api<RowResult[]>("POST", "/composite/sobjects", {
      allOrNone: true,
      records: [
        { attributes: { type: "Contact" }, LastName: "Taken back", Email: "moving@mail.example" },
        { attributes: { type: "Contact" } },
      ],
    });
    expect(failing.body[0]?.success).toBe(false);
    await org.control("POST", "/undelete", { object: "Contact", id });
    expect(await isRefused()).toBe(true);
    await org.api("PATCH", `/sobjects/Contact/${id}`, { Email: "moved@mail.example" });
    expect(await isRefused()).toBe(false);
  });

  it("does not take unknown objects, fields or actions", async () => {
    expect((await addRule({ object: "Nope" })).body.error).toBe("There is no object Nope.");
    expect((await addRule({ match: [{ field: "Nope" }] })).status).toBe(400);
    expect((await addRule({ onEdit: "shout" })).status).toBe(400);
  });
});
