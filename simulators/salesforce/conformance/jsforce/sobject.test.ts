import { Connection } from "jsforce";
import { describe, expect, it } from "vitest";
import { publicNames, uncovered, watched } from "../touched";
import { useOrg } from "../../test-org";

const org = useOrg();
const touched = new Set<string>();
const touchedOfRecord = new Set<string>();
const touchedOfListView = new Set<string>();

const BULK_1 = "Bulk API 1.0";
/** Calls of SObject that lead to what the simulated org does not have (README). */
const OUT_OF_SCOPE = {
  bulkload: BULK_1,
  createBulk: BULK_1,
  insertBulk: BULK_1,
  updateBulk: BULK_1,
  upsertBulk: BULK_1,
  deleteBulk: BULK_1,
  destroyBulk: BULK_1,
  deleteHardBulk: BULK_1,
  destroyHardBulk: BULK_1,
  quickAction: "actions run in the page; only their list is there",
};

const connection = () =>
  new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: "62.0" });
const sobject = (name: string) => watched(connection().sobject(name), touched);

describe.each([1, 2])("jsforce SObject, round %i on the same running simulator", (round) => {
  const key = (name: string) => `so-${round}-${name}`;

  it("creates, reads, updates, upserts and deletes", async () => {
    const contacts = sobject("Contact");
    const created = await contacts.create({ LastName: "One", Title: key("crud") });
    const id = created.id ?? "";
    await contacts.update({ Id: id, FirstName: "Ann" });
    expect(await contacts.retrieve(id)).toMatchObject({ Name: "Ann One" });
    const upserted = await contacts.upsert({ SyncId__c: key("u"), LastName: "Two" }, "SyncId__c");
    const [inserted] = await contacts.insert([{ LastName: "Three" }]);
    expect(await contacts.destroy([id, upserted.id ?? ""])).toMatchObject([
      { success: true },
      { success: true },
    ]);
    expect(await contacts.delete(inserted?.id ?? "")).toMatchObject({ success: true });
    const again = await contacts.create({ LastName: "Four" });
    expect(await contacts.del(again.id ?? "")).toMatchObject({ success: true });
  });

  it("describes its fields and its layouts", async () => {
    const account = sobject("Account");
    expect((await account.describe()).name).toBe("Account");
    expect((await account.describe$()).name).toBe("Account");
    expect((await sobject("Contact").layouts()).layouts.length).toBeGreaterThan(0);
    expect((await account.layouts$()).recordTypeMappings.length).toBeGreaterThan(1);
    expect(account.layouts$$().recordTypeMappings.length).toBeGreaterThan(1);
    expect((await account.compactLayouts()).compactLayouts.length).toBeGreaterThan(0);
    expect(await account.compactLayouts$()).toHaveProperty("recordTypeCompactLayoutMappings");
    expect(account.compactLayouts$$()).toHaveProperty("defaultCompactLayoutId");
    expect(await account.approvalLayouts()).toEqual({ approvalLayouts: [] });
    expect(await account.approvalLayouts$()).toEqual({ approvalLayouts: [] });
    expect(account.approvalLayouts$$()).toEqual({ approvalLayouts: [] });
    expect(await account.quickActions()).toEqual(expect.any(Array));
    const held = sobject("Contact");
    await held.describe$();
    expect(held.describe$$().name).toBe("Contact");
  });

  it("finds records by conditions, and counts them", async () => {
    const contacts = sobject("Contact");
    await contacts.create([
      { LastName: "A", Title: key("find"), LeadSource: "Web" },
      { LastName: "B", Title: key("find"), LeadSource: "Other" },
    ]);
    const found = await contacts.find({ Title: key("find") }, ["LastName"]).sort("LastName", "DESC");
    expect(found.map(({ LastName }) => LastName)).toEqual(["B", "A"]);
    const one = await contacts.findOne({ Title: key("find"), LeadSource: "Web" }, "Id, LastName");
    expect(one?.LastName).toBe("A");
    expect(await contacts.count({ Title: key("find") })).toBe(2);
    const selected = await contacts
      .select("LastName")
      .where({ Title: key("find"), LastName: { $like: "A%" } });
    expect(selected).toHaveLength(1);
  });

  it("knows what changed, what was deleted and what was seen", async () => {
    const contacts = sobject("Contact");
    const kept = await contacts.create({ LastName: key("kept") });
    const gone = await contacts.create({ LastName: key("gone") });
    await contacts.destroy(gone.id ?? "");
    const [from, to] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 120_000)];
    expect((await contacts.updated(from, to)).ids).toContain(kept.id);
    expect((await contacts.deleted(from, to)).deletedRecords.map(({ id }) => id)).toContain(gone.id);
    expect(await contacts.recent()).toEqual(expect.any(Array));
  });

  it("handles a record by reference", async () => {
    const { id = "" } = await sobject("Contact").create({ LastName: "Reference" });
    const record = watched(sobject("Contact").record(id), touchedOfRecord);
    await record.update({ Title: "Chief" });
    expect(await record.retrieve()).toMatchObject({ Title: "Chief" });
    expect(await record.destroy()).toMatchObject({ success: true });
    const again = await sobject("Contact").create({ LastName: "Reference" });
    await watched(sobject("Contact").record(again.id ?? ""), touchedOfRecord).del();
    const third = await sobject("Contact").create({ LastName: "Reference" });
    await watched(sobject("Contact").record(third.id ?? ""), touchedOfRecord).delete();
  });

  it("shows list views with their rows", async () => {
    const accounts = sobject("Account");
    await accounts.create({ Name: key("listed") });
    const { listviews } = (await accounts.listviews()) as { listviews: { id: string }[] };
    const listView = watched(accounts.listview(listviews[0]?.id ?? ""), touchedOfListView);
    expect(await listView.describe()).toMatchObject({ sobjectType: "Account" });
    expect(await listView.results()).toMatchObject({ done: true, records: expect.any(Array) as unknown });
    expect(await listView.explain()).toMatchObject({ plans: expect.any(Array) as unknown });
  });
});

describe("every public call", () => {
  const contacts = connection().sobject("Contact");

  it("of SObject is exercised or named as out of scope", () => {
    expect(uncovered(publicNames(contacts, "jsforce/lib/sobject.d.ts"), touched, OUT_OF_SCOPE)).toEqual({
      notExercised: [],
      unknown: [],
    });
  });

  it("of a record reference is exercised or named as out of scope", () => {
    const outOfScope = { blob: "no object of this org holds files" };
    expect(
      uncovered(
        publicNames(contacts.record("x"), "jsforce/lib/record-reference.d.ts"),
        touchedOfRecord,
        outOfScope,
      ),
    ).toEqual({
      notExercised: [],
      unknown: [],
    });
  });

  it("of a list view is exercised", () => {
    expect(
      uncovered(publicNames(contacts.listview("x"), "jsforce/lib/sobject.d.ts"), touchedOfListView, {}),
    ).toEqual({
      notExercised: [],
      unknown: [],
    });
  });
});
