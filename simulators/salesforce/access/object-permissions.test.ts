import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();

const allow = (rights: object) => org.control("POST", "/permissions", rights);
const describeStatus = async (object: string) =>
  (await org.api("GET", `/sobjects/${object}/describe`)).status;

describe("a user with every right, as the demo's", () => {
  it("sees every object and may write every field that can be written", async () => {
    const { body } = await org.control<{ read: boolean; create: boolean; edit: boolean; delete: boolean }>(
      "GET",
      "/permissions?object=Contact",
    );
    expect(body).toMatchObject({ read: true, create: true, edit: true, delete: true });
  });
});

describe("an object that the user may not read", () => {
  it("does not exist for this user until the right is given back", async () => {
    await allow({ object: "SecutixSale__c", read: false });
    expect(await describeStatus("SecutixSale__c")).toBe(404);
    const row = await org.api<ErrorBody>("POST", "/sobjects/SecutixSale__c", { SyncId__c: "S" });
    expect(row).toMatchObject({ status: 404, body: [{ errorCode: "NOT_FOUND" }] });
    const query = await org.api<ErrorBody>("GET", "/query?q=SELECT+Id+FROM+SecutixSale__c");
    expect(query.body[0]?.errorCode).toBe("INVALID_TYPE");
    expect(query.body[0]?.message).toContain("sObject type 'SecutixSale__c' is not supported.");
    const rows = await org.api<ErrorBody>("POST", "/composite/sobjects", {
      records: [{ attributes: { type: "SecutixSale__c" } }],
    });
    expect(rows.body[0]?.message).toContain("sObject type 'SecutixSale__c' is not supported.");
    const { body } = await org.api<{ sobjects: { name: string }[] }>("GET", "/sobjects");
    expect(body.sobjects.map(({ name }) => name)).not.toContain("SecutixSale__c");
    await allow({ object: "SecutixSale__c", read: true });
    expect(await describeStatus("SecutixSale__c")).toBe(200);
  });

  it("is no parent in queries and rows, and no child in describes", async () => {
    const accountId = await org.create("Account", { Name: "A" });
    const contactId = await org.create("Contact", { LastName: "C" });
    await allow({ object: "Account", read: false });
    const query = await org.api<ErrorBody>("GET", "/query?q=SELECT+Account.Name+FROM+Contact");
    expect(query.body[0]?.message).toContain("Didn't understand relationship 'Account'");
    const byKey = await org.api<ErrorBody>("PATCH", `/sobjects/Contact/${contactId}`, {
      Account: { SyncId__c: "A" },
    });
    expect(byKey.body[0]).toMatchObject({ errorCode: "INVALID_FIELD" });
    const byId = await org.api<ErrorBody>("PATCH", `/sobjects/Contact/${contactId}`, {
      AccountId: accountId,
    });
    expect(byId.body[0]).toMatchObject({
      errorCode: "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
      message: "insufficient access rights on cross-reference id",
    });
    await allow({ object: "Account", read: true });
    await allow({ object: "Contact", read: false });
    const account = await org.api<{ childRelationships: { childSObject: string }[] }>(
      "GET",
      "/sobjects/Account/describe",
    );
    expect(account.body.childRelationships.map((child) => child.childSObject)).not.toContain("Contact");
    await allow({ object: "Contact", read: true });
  });
});

describe("an object that the user may only read", () => {
  it("refuses to create, edit and delete, each in its own words", async () => {
    const id = await org.create("Contact", { LastName: "Kept" });
    await allow({ object: "Contact", create: false, edit: false, delete: false });
    expect(await org.api("POST", "/sobjects/Contact", { LastName: "New" })).toMatchObject({
      status: 400,
      body: [
        {
          errorCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
          message: "entity type cannot be inserted: Contact",
        },
      ],
    });
    expect(await org.api("PATCH", `/sobjects/Contact/${id}`, { LastName: "Else" })).toMatchObject({
      status: 400,
      body: [
        {
          errorCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
          message: "entity type cannot be updated: Contact",
        },
      ],
    });
    expect(await org.api("DELETE", `/sobjects/Contact/${id}`)).toMatchObject({
      status: 403,
      body: [
        {
          errorCode: "INSUFFICIENT_ACCESS_OR_READONLY",
          message: "insufficient access rights on object id",
        },
      ],
    });
    const { body } = await org.api("GET", "/sobjects/Contact/describe");
    expect(body).toMatchObject({ createable: false, updateable: false, deletable: false });
    await allow({ object: "Contact", create: true, edit: true, delete: true });
    expect((await org.api("DELETE", `/sobjects/Contact/${id}`)).status).toBe(204);
  });

  it("fails the rows of a Collections call one by one", async () => {
    await allow({ object: "SecutixSale__c", create: false });
    const results = await org.upsert("SecutixSale__c", [{ SyncId__c: "S-1" }]);
    expect(results[0]?.errors[0]).toMatchObject({
      statusCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
      message: "entity type cannot be inserted: SecutixSale",
    });
    await allow({ object: "SecutixSale__c", create: true });
  });
});

describe("the control endpoint", () => {
  it("refuses what makes no sense", async () => {
    const refused = [
      { object: "Nothing__c", read: true },
      { object: "Profile", read: true },
      { object: "Account", read: "yes" },
      { object: "Account", fields: { Nothing: { read: true } } },
      { object: "Account", fields: { Name: { read: false } } },
      { object: "Account", username: "nobody@myvenue.example" },
    ];
    for (const body of refused) expect((await allow(body)).status).toBe(400);
    for (const userPermissions of [{ FlyAPlane: true }, { constructor: true }, { ViewSetup: 1 }, []]) {
      expect((await allow({ userPermissions })).status).toBe(400);
    }
  });

  it("gives and takes user permissions, alone or with those on an object", async () => {
    const alone = await allow({ userPermissions: { BulkApiHardDelete: true } });
    expect(alone.body).toMatchObject({
      username: "integration@myvenue.example",
      userPermissions: { BulkApiHardDelete: true, ApiEnabled: true, ApiUserOnly: false },
    });
    const both = await allow({ object: "Account", userPermissions: { BulkApiHardDelete: false } });
    expect(both.body).toMatchObject({ read: true, userPermissions: { BulkApiHardDelete: false } });
  });
});

describe("the profiles of a new org", () => {
  it("are the administrator's, the integration user's, and one for standard users", async () => {
    const profiles = await org.query("SELECT Name, PermissionsApiEnabled FROM Profile ORDER BY Name");
    expect(profiles).toMatchObject([
      { Name: "S-360 Integration" },
      { Name: "Standard User", PermissionsApiEnabled: true },
      { Name: "System Administrator" },
    ]);
  });

  it("let standard users work with standard records, read products, and see nothing custom", async () => {
    const rights = await org.query(
      "SELECT SobjectType, PermissionsRead, PermissionsDelete, PermissionsModifyAllRecords FROM ObjectPermissions WHERE Parent.Profile.Name = 'Standard User' ORDER BY SobjectType",
    );
    const works = { PermissionsRead: true, PermissionsDelete: true, PermissionsModifyAllRecords: false };
    expect(rights).toMatchObject([
      { SobjectType: "Account", ...works },
      { SobjectType: "Contact", ...works },
      { SobjectType: "Opportunity", ...works },
      { SobjectType: "Product2", ...works, PermissionsDelete: false },
    ]);
    const fields = "SELECT Field FROM FieldPermissions WHERE Parent.Profile.Name = 'Standard User' AND";
    expect(await org.query(`${fields} Field = 'Contact.Email'`)).toHaveLength(1);
    expect(await org.query(`${fields} Field LIKE '%\\_\\_c'`)).toEqual([]);
  });
});
