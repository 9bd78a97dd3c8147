import { describe, expect, it } from "vitest";
import { deploy, field, file, manifest, NOW, objectProperties, problems } from "./test-package";
import { TestAdmin } from "../access/test-admin";
import { useOrg } from "../test-org";

const org = useOrg();
const admin = new TestAdmin(org);

const EMPTY = manifest({});
const remove = (types: Readonly<Record<string, readonly string[]>>, options: object = NOW) =>
  deploy(org, { "package.xml": EMPTY, "destructiveChanges.xml": manifest(types) }, options);
const fieldsOf = async (object: string) => {
  const { status, body } = await org.api<{ fields: { name: string }[] }>(
    "GET",
    `/sobjects/${object}/describe`,
  );
  return status === 200 ? body.fields.map(({ name }) => name) : undefined;
};
const show = (object: string, fields: readonly string[]) =>
  org.control("POST", "/permissions", {
    object,
    read: true,
    create: true,
    edit: true,
    fields: Object.fromEntries(fields.map((name) => [name, { read: true, edit: true }])),
  });
const DOOR = {
  "package.xml": manifest({ CustomObject: ["Door__c"] }),
  "objects/Door__c.object": file(
    "CustomObject",
    field("Code__c", "Text", "<length>20</length>") + objectProperties("Door"),
  ),
};

describe("a list of deletions", () => {
  it("takes a field away with its values and its permissions", async () => {
    await deploy(org, DOOR);
    await show("Door__c", ["Code__c"]);
    const id = await org.create("Door__c", { Name: "North", Code__c: "N" });
    const result = await remove({ CustomField: ["Door__c.Code__c"] });
    expect(result.details?.componentSuccesses).toContainEqual(
      expect.objectContaining({ fullName: "Door__c.Code__c", deleted: true, success: true }),
    );
    expect(await fieldsOf("Door__c")).not.toContain("Code__c");
    await deploy(org, DOOR);
    expect(await fieldsOf("Door__c")).not.toContain("Code__c");
    await show("Door__c", ["Code__c"]);
    const { body } = await org.api("GET", `/sobjects/Door__c/${id}`);
    expect(body).toMatchObject({ Name: "North", Code__c: null });
  });

  it("takes an object away with its records", async () => {
    expect(problems(await remove({ CustomObject: ["Door__c"] }))).toEqual([]);
    expect(await fieldsOf("Door__c")).toBeUndefined();
    await deploy(org, DOOR);
    await show("Door__c", []);
    expect(await org.query("SELECT Id FROM Door__c")).toEqual([]);
  });

  it("takes a field of Contact from person accounts too", async () => {
    await deploy(org, {
      "package.xml": manifest({ CustomField: ["Contact.Seat__c"] }),
      "objects/Contact.object": file("CustomObject", field("Seat__c", "Text", "<length>20</length>")),
    });
    await show("Contact", ["Seat__c"]);
    expect(await fieldsOf("Account")).toContain("Seat__pc");
    await remove({ CustomField: ["Contact.Seat__c"] });
    expect(await fieldsOf("Account")).not.toContain("Seat__pc");
  });

  it("takes a permission set away from those who have it", async () => {
    await admin.signIn();
    await deploy(org, {
      "package.xml": manifest({ PermissionSet: ["Short_Lived"] }),
      "permissionsets/Short_Lived.permissionset": file("PermissionSet", "<label>Short-lived</label>"),
    });
    const [set] = await admin.query<{ Id: string }>(
      "SELECT Id FROM PermissionSet WHERE Name = 'Short_Lived'",
    );
    const [user] = await admin.query<{ Id: string }>("SELECT Id FROM User LIMIT 1");
    await admin.create("PermissionSetAssignment", { AssigneeId: user?.Id, PermissionSetId: set?.Id });
    await remove({ PermissionSet: ["Short_Lived"] });
    expect(await admin.query("SELECT Id FROM PermissionSet WHERE Name = 'Short_Lived'")).toEqual([]);
    expect(await admin.query("SELECT Id FROM PermissionSetAssignment")).toEqual([]);
  });

  it("is done before what is added, unless it is named to come last", async () => {
    const files = {
      "package.xml": manifest({ CustomObject: ["Late__c"] }),
      "objects/Late__c.object": file("CustomObject", objectProperties("Late")),
    };
    const list = manifest({ CustomObject: ["Late__c"] });
    const last = await deploy(org, { ...files, "destructiveChangesPost.xml": list });
    expect(problems(last)).toEqual([]);
    await show("Late__c", []);
    expect(await fieldsOf("Late__c")).toBeUndefined();
  });
});

describe("a deletion that cannot be done", () => {
  it("warns of what is not there, which fails unless warnings are ignored", async () => {
    const types = { CustomField: ["Account.Nothing__c"] };
    expect(problems(await remove(types))).toEqual([
      "Account.Nothing__c: No CustomField named: Account.Nothing__c found",
    ]);
    const ignored = await remove(types, { ...NOW, ignoreWarnings: true });
    expect(ignored).toMatchObject({ status: "Succeeded", success: true });
    expect(ignored.details?.componentSuccesses).toContainEqual(
      expect.objectContaining({ problemType: "Warning", success: true }),
    );
  });

  it("is refused of standard components, of what others point to, and of what rules use", async () => {
    expect(problems(await remove({ CustomObject: ["Account"], CustomField: ["Account.Phone"] }))).toEqual([
      "Account: The CustomObject called 'Account' is standard and cannot be deleted",
      "Account.Phone: The CustomField called 'Account.Phone' is standard and cannot be deleted",
    ]);
    await org.control("POST", "/validation-rules", {
      object: "Contact",
      formula: 'SyncId__c = "never"',
      message: "Never",
    });
    const [problem] = problems(await remove({ CustomField: ["Contact.SyncId__c"] }));
    expect(problem).toContain("This custom field is referenced elsewhere in salesforce.com.");
  });
});
