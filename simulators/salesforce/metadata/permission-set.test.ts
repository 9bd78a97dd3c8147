import { describe, expect, it } from "vitest";
import {
  deploy,
  field,
  fieldPermission,
  file,
  manifest,
  NOW,
  objectPermission,
  problems,
} from "./test-package";
import { TestAdmin } from "../access/test-admin";
import { useOrg } from "../test-org";

const org = useOrg();
const admin = new TestAdmin(org);

const LABEL = "<label>Tested</label>";
const filesOf = (content: string, name = "Tested") => ({
  "package.xml": manifest({ PermissionSet: [name] }),
  [`permissionsets/${name}.permissionset`]: file("PermissionSet", content),
});
const problemOf = async (content: string) => {
  const [problem] = problems(await deploy(org, filesOf(content), { ...NOW, checkOnly: true }));
  return problem?.slice("Tested: ".length);
};

describe("a permission set", () => {
  it("is there for queries with what it grants", async () => {
    await admin.signIn();
    const content =
      "<description>Reads accounts</description>" +
      fieldPermission("Account.Phone", false) +
      LABEL +
      objectPermission("Account", "Read") +
      "<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>" +
      "<userPermissions><enabled>false</enabled><name>ViewSetup</name></userPermissions>";
    expect(problems(await deploy(org, filesOf(content)))).toEqual([]);
    expect(
      await admin.query(
        "SELECT Label, Description, IsOwnedByProfile, PermissionsApiEnabled, PermissionsViewSetup FROM PermissionSet WHERE Name = 'Tested'",
      ),
    ).toMatchObject([
      {
        Label: "Tested",
        Description: "Reads accounts",
        IsOwnedByProfile: false,
        PermissionsApiEnabled: true,
        PermissionsViewSetup: false,
      },
    ]);
    expect(
      await admin.query(
        "SELECT Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE Parent.Name = 'Tested'",
      ),
    ).toMatchObject([{ Field: "Account.Phone", PermissionsRead: true, PermissionsEdit: false }]);
  });

  it("grants no longer what a later deployment leaves out", async () => {
    const [before] = await admin.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Tested'");
    expect(problems(await deploy(org, filesOf(LABEL + objectPermission("Account"))))).toEqual([]);
    expect(await admin.query("SELECT Id FROM PermissionSet WHERE Name = 'Tested'")).toMatchObject([
      { Id: before?.Id },
    ]);
    expect(await admin.query("SELECT Id FROM FieldPermissions WHERE Parent.Name = 'Tested'")).toEqual([]);
    expect(
      await admin.query(
        "SELECT SobjectType, PermissionsDelete FROM ObjectPermissions WHERE Parent.Name = 'Tested'",
      ),
    ).toMatchObject([{ SobjectType: "Account", PermissionsDelete: true }]);
  });
});

describe("a permission set that cannot be deployed", () => {
  it("names fields that everybody sees", async () => {
    for (const name of ["Contact.LastName", "Contact.OwnerId", "Account.Id"]) {
      expect(await problemOf(fieldPermission(name) + LABEL)).toBe(
        `You cannot deploy to a required field: ${name}`,
      );
    }
  });

  it("names a required field that comes with it", async () => {
    const required = "<length>20</length><required>true</required>";
    const result = await deploy(org, {
      ...filesOf(fieldPermission("Contact.Must__c") + LABEL),
      "package.xml": manifest({ CustomField: ["Contact.Must__c"], PermissionSet: ["Tested"] }),
      "objects/Contact.object": file("CustomObject", field("Must__c", "Text", required)),
    });
    expect(problems(result)).toEqual(["Tested: You cannot deploy to a required field: Contact.Must__c"]);
  });

  it("names fields, objects, tabs, record types and apps that are not there", async () => {
    expect(await problemOf(fieldPermission("Contact.Nothing__c") + LABEL)).toBe(
      "In field: field - no CustomField named Contact.Nothing__c found",
    );
    expect(await problemOf(LABEL + objectPermission("Nothing__c"))).toBe(
      "In field: object - no CustomObject named Nothing__c found",
    );
    const tab = "<tabSettings><tab>Nothing__c</tab><visibility>Visible</visibility></tabSettings>";
    expect(await problemOf(LABEL + tab)).toBe("In field: tab - no CustomTab named Nothing__c found");
    const type =
      "<recordTypeVisibilities><recordType>Account.Nothing</recordType><visible>true</visible></recordTypeVisibilities>";
    expect(await problemOf(LABEL + type)).toBe(
      "In field: recordType - no RecordType named Account.Nothing found",
    );
    expect(await problemOf(LABEL + type.replace("Nothing", "PersonAccount"))).toBeUndefined();
    const app =
      "<applicationVisibilities><application>Sales</application><visible>true</visible></applicationVisibilities>";
    expect(await problemOf(app + LABEL)).toBe(
      "In field: application - no CustomApplication named Sales found",
    );
  });

  it("grants a right without the one it needs", async () => {
    expect(await problemOf(LABEL + objectPermission("Account", "Edit"))).toBe(
      "Permission Edit Account depends on permission(s): Read Account",
    );
    expect(await problemOf(LABEL + objectPermission("Account", "Read Delete"))).toBe(
      "Permission Delete Account depends on permission(s): Edit Account",
    );
    expect(await problemOf(LABEL + objectPermission("Contact", "Read"))).toBe(
      "Permission Read Contact depends on permission(s): Read Account",
    );
    const all = objectPermission("Account", "Read").replace(
      "<modifyAllRecords>false",
      "<modifyAllRecords>true",
    );
    expect(await problemOf(LABEL + all)).toBe(
      "Permission Modify All Account depends on permission(s): Delete Account, Edit Account, View All Account",
    );
  });

  it("has no label, an unknown user permission, or parts of an address", async () => {
    expect(await problemOf("")).toBe("Required field is missing: label");
    const permission = "<userPermissions><enabled>true</enabled><name>FlyToTheMoon</name></userPermissions>";
    expect(await problemOf(LABEL + permission)).toBe("Unknown user permission: FlyToTheMoon");
    expect(await problemOf(fieldPermission("Account.BillingCity") + LABEL)).toBe(
      "Field-level security of Account.BillingCity is that of Account.BillingAddress: list that field",
    );
    expect(await problemOf(fieldPermission("Account.BillingAddress") + LABEL)).toBeUndefined();
  });
});
