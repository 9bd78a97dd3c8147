import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();

const undelete = (object: string, id: string) =>
  org.control<{ success: boolean; errors: { statusCode: string; message: string }[] }>("POST", "/undelete", {
    object,
    id,
  });
const remove = (object: string, id: string) => org.api<ErrorBody>("DELETE", `/sobjects/${object}/${id}`);
const read = (object: string, id: string) =>
  org.api<Record<string, unknown>>("GET", `/sobjects/${object}/${id}`);
const queryAll = async (soql: string) =>
  (await org.api<{ records: Record<string, unknown>[] }>("GET", `/queryAll?q=${encodeURIComponent(soql)}`))
    .body.records;

describe("a deleted record", () => {
  it("takes its contacts along and comes back with them, with lookups that were not filled since", async () => {
    const account = await org.create("Account", { Name: "Étoile" });
    const contact = await org.create("Contact", { LastName: "Along", AccountId: account });
    const kept = await org.create("SecutixSale__c", { Account__c: account });
    const moved = await org.create("SecutixSale__c", { Account__c: account });
    const other = await org.create("Account", { Name: "Other" });
    const stamp = (await read("SecutixSale__c", kept)).body.SystemModstamp;
    await remove("Account", account);
    expect((await read("Contact", contact)).status).toBe(404);
    expect((await read("SecutixSale__c", kept)).body).toMatchObject({
      Account__c: null,
      SystemModstamp: stamp,
    });
    await org.api("PATCH", `/sobjects/SecutixSale__c/${moved}`, { Account__c: other });
    expect((await undelete("Contact", contact)).body.errors[0]).toMatchObject({
      statusCode: "UNDELETE_FAILED",
      message: "Entity is not in the recycle bin",
    });
    expect((await undelete("Account", account)).body.success).toBe(true);
    expect((await read("Contact", contact)).body).toMatchObject({ AccountId: account });
    expect((await read("SecutixSale__c", kept)).body).toMatchObject({ Account__c: account });
    expect((await read("SecutixSale__c", moved)).body).toMatchObject({ Account__c: other });
  });

  it("comes back without a parent that is gone by now", async () => {
    const account = await org.create("Account", { Name: "Gone" });
    const contact = await org.create("Contact", { LastName: "Alone", AccountId: account });
    await remove("Contact", contact);
    await remove("Account", account);
    await undelete("Contact", contact);
    expect((await read("Contact", contact)).body).toMatchObject({ AccountId: null });
  });

  it("does not come back while its unique key belongs to another", async () => {
    const first = await org.create("Contact", { LastName: "First", SyncId__c: "bin-key" });
    await remove("Contact", first);
    const second = await org.create("Contact", { LastName: "Second", SyncId__c: "bin-key" });
    const refused = await undelete("Contact", first);
    expect(refused.body.errors[0]).toMatchObject({
      statusCode: "DUPLICATE_VALUE",
      message: `duplicate value found: SyncId__c duplicates value on record with id: ${second.slice(0, 15)}`,
    });
    await remove("Contact", second);
    expect((await undelete("Contact", first)).body.success).toBe(true);
  });

  it("is a merge's loser too, and comes back without its master", async () => {
    const master = await org.create("Contact", { LastName: "Master" });
    const loser = await org.create("Contact", { LastName: "Loser" });
    await org.control("POST", "/merge", { object: "Contact", masterId: master, mergeIds: [loser] });
    await undelete("Contact", loser);
    const [row] = await queryAll(`SELECT IsDeleted, MasterRecordId FROM Contact WHERE Id = '${loser}'`);
    expect(row).toMatchObject({ IsDeleted: false, MasterRecordId: null });
  });
});

describe("the recycle bin", () => {
  it("forgets what is taken out of it for good", async () => {
    const account = await org.create("Account", { Name: "For good" });
    const contact = await org.create("Contact", { LastName: "Along", AccountId: account });
    await remove("Account", account);
    const alone = await org.control("POST", "/empty-recycle-bin", { object: "Contact", id: contact });
    expect(alone.body).toMatchObject({
      success: false,
      errors: [{ statusCode: "INVALID_ID_FIELD", message: "invalid record id; no recycle bin entry found" }],
    });
    await org.control("POST", "/empty-recycle-bin", { object: "Account", id: account });
    expect(await queryAll(`SELECT Id FROM Contact WHERE Id = '${contact}'`)).toEqual([]);
    expect((await undelete("Account", account)).body.success).toBe(false);
  });

  it("is emptied as a whole", async () => {
    await remove("Contact", await org.create("Contact", { LastName: "Old" }));
    const { body } = await org.control<{ purged: number }>("POST", "/empty-recycle-bin", {});
    expect(body.purged).toBeGreaterThan(0);
    expect(await queryAll("SELECT Id FROM Contact WHERE IsDeleted = true")).toEqual([]);
  });
});
