import { beforeAll, describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg();
let personType = "";
beforeAll(async () => {
  personType = await org.personRecordTypeId();
});

type Deleted = Record<string, unknown>;

const merge = (object: string, masterId: string, mergeIds: string[], fields?: Record<string, unknown>) =>
  org.control<{
    success: boolean;
    mergedRecordIds: string[];
    updatedRelatedIds: string[];
    errors: { statusCode: string; message: string }[];
  }>("POST", "/merge", { object, masterId, mergeIds, fields });

const read = async (object: string, id: string) =>
  (await org.api<Record<string, unknown>>("GET", `/sobjects/${object}/${id}`)).body;

async function binned(object: string, id: string): Promise<Deleted | undefined> {
  const soql = `SELECT Id, IsDeleted, MasterRecordId FROM ${object} WHERE Id = '${id}'`;
  const { body } = await org.api<{ records: Deleted[] }>("GET", `/queryAll?q=${encodeURIComponent(soql)}`);
  return body.records[0];
}

const sleepPastTheSecond = () => new Promise((done) => setTimeout(done, 1100));

describe("merging contacts", () => {
  it("keeps the master's values, deletes the loser with its master named, and moves what hung on it", async () => {
    const master = await org.create("Contact", { LastName: "Master", Title: "Chief" });
    const loser = await org.create("Contact", { LastName: "Loser", Title: "Clerk", Department: "Sales" });
    const sale = await org.create("SecutixSale__c", { Contact__c: loser });
    const before = await read("SecutixSale__c", sale);
    const beforeMaster = await read("Contact", master);
    await sleepPastTheSecond();
    const { body } = await merge("Contact", master, [loser], { Department: "Sales" });
    expect(body).toMatchObject({ success: true, mergedRecordIds: [loser], updatedRelatedIds: [sale] });
    expect(await read("Contact", master)).toMatchObject({ Title: "Chief", Department: "Sales" });
    expect(await binned("Contact", loser)).toMatchObject({ IsDeleted: true, MasterRecordId: master });
    const after = await read("SecutixSale__c", sale);
    expect(after).toMatchObject({ Contact__c: master, LastModifiedDate: before.LastModifiedDate });
    expect(String(after.SystemModstamp) > String(before.SystemModstamp)).toBe(true);
    expect(String((await read("Contact", master)).SystemModstamp) > String(beforeMaster.SystemModstamp)).toBe(
      true,
    );
  });

  it("can give the master a unique key of the loser", async () => {
    const master = await org.create("Contact", { LastName: "Master" });
    const loser = await org.create("Contact", { LastName: "Loser", SyncId__c: "key-of-the-loser" });
    const { body } = await merge("Contact", master, [loser], { SyncId__c: "key-of-the-loser" });
    expect(body.success).toBe(true);
    const [row] = await org.query<{ Id: string }>(
      "SELECT Id FROM Contact WHERE SyncId__c = 'key-of-the-loser'",
    );
    expect(row?.Id).toBe(master);
  });

  it("takes two losers at most, and changes nothing when it fails", async () => {
    const [a, b, c, d] = await Promise.all(
      ["A", "B", "C", "D"].map((LastName) => org.create("Contact", { LastName })),
    );
    const three = await merge("Contact", a ?? "", [b ?? "", c ?? "", d ?? ""]);
    expect(three.body.success).toBe(false);
    const refused = await merge("Contact", a ?? "", [b ?? "", c ?? ""], { Email: "no address" });
    expect(refused.body.errors[0]?.statusCode).toBe("INVALID_EMAIL_ADDRESS");
    expect(await binned("Contact", b ?? "")).toMatchObject({ IsDeleted: false, MasterRecordId: null });
    expect((await merge("Contact", a ?? "", [b ?? "", c ?? ""])).body.mergedRecordIds).toEqual([b, c]);
  });

  it("takes over whom a loser reports to", async () => {
    const boss = await org.create("Contact", { LastName: "Boss" });
    const master = await org.create("Contact", { LastName: "Master" });
    const loser = await org.create("Contact", { LastName: "Loser", ReportsToId: boss });
    await merge("Contact", master, [loser]);
    expect(await read("Contact", master)).toMatchObject({ ReportsToId: boss });
  });
});

describe("merging accounts", () => {
  it("moves contacts and child accounts, and refuses a circle", async () => {
    const master = await org.create("Account", { Name: "Master" });
    const loser = await org.create("Account", { Name: "Loser" });
    const contact = await org.create("Contact", { LastName: "Of the loser", AccountId: loser });
    const child = await org.create("Account", { Name: "Child", ParentId: loser });
    const circle = await merge("Account", child, [loser]);
    expect(circle.body.errors[0]?.statusCode).toBe("MERGE_FAILED");
    expect(await read("Account", child)).toMatchObject({ ParentId: loser });
    const { body } = await merge("Account", master, [loser]);
    expect([...body.updatedRelatedIds].sort()).toEqual([child, contact].sort());
    expect(await read("Contact", contact)).toMatchObject({ AccountId: master });
    expect(await read("Account", child)).toMatchObject({ ParentId: master });
  });

  it("merges people with people only, their contacts along with them", async () => {
    const person = (LastName: string) => org.create("Account", { RecordTypeId: personType, LastName });
    const [master, loser] = [await person("Master"), await person("Loser")];
    const business = await org.create("Account", { Name: "Business" });
    const mixed = await merge("Account", business, [loser]);
    expect(mixed.body.errors[0]?.statusCode).toBe("INVALID_PERSON_ACCOUNT_OPERATION");
    const contactOf = async (id: string) => String((await read("Account", id)).PersonContactId);
    const [masterContact, loserContact] = [await contactOf(master), await contactOf(loser)];
    const sale = await org.create("SecutixSale__c", { Contact__c: loserContact });
    const asContacts = await merge("Contact", masterContact, [loserContact]);
    expect(asContacts.body.success).toBe(false);
    expect((await merge("Account", master, [loser])).body.success).toBe(true);
    expect(await binned("Contact", loserContact)).toMatchObject({
      IsDeleted: true,
      MasterRecordId: masterContact,
    });
    expect(await read("SecutixSale__c", sale)).toMatchObject({ Contact__c: masterContact });
  });
});

describe("merging anything else", () => {
  it("is refused in Salesforce's words", async () => {
    const [a, b] = [await org.create("SecutixSale__c", {}), await org.create("SecutixSale__c", {})];
    expect((await merge("SecutixSale__c", a, [b])).body.errors[0]).toMatchObject({
      statusCode: "INVALID_TYPE_FOR_OPERATION",
      message: "entity type does not support merge",
    });
  });
});
