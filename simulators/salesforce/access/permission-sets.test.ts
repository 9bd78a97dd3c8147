import { beforeAll, describe, expect, it } from "vitest";
import { TestAdmin } from "./test-admin";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg({ integrationAccess: "minimal" });

const admin = new TestAdmin(org);
const ids = { integration: "", admin: "", set: "" };

const userId = async (username: string) => {
  const [user] = await admin.query<{ Id: string }>(`SELECT Id FROM User WHERE Username = '${username}'`);
  return user?.Id ?? "";
};
const objectNames = async () => {
  const { body } = await org.api<{ sobjects: { name: string }[] }>("GET", "/sobjects");
  return body.sobjects.map(({ name }) => name);
};

beforeAll(async () => {
  await admin.signIn();
  ids.integration = await userId("integration@myvenue.example");
  ids.admin = await userId("admin@myvenue.example");
});

describe("an integration user with the API alone", () => {
  it("sees who is in the org, and no data", async () => {
    const names = await objectNames();
    expect(names).toEqual(expect.arrayContaining(["Organization", "Profile", "RecordType", "User"]));
    for (const name of ["Account", "Contact", "SecutixSale__c", "PermissionSet"]) {
      expect(names, name).not.toContain(name);
    }
    const [profile] = await org.query("SELECT Profile.Name FROM User WHERE Username LIKE 'integration%'");
    expect(profile).toMatchObject({ Profile: { Name: "Minimum Access - API Only Integrations" } });
  });

  it("may not give itself rights, nor deploy", async () => {
    const set = await org.api<ErrorBody>("POST", "/sobjects/PermissionSet", { Name: "Mine", Label: "Mine" });
    expect(set.status).toBe(404);
    const deploy = await org.api<ErrorBody>("GET", "/metadata/deployRequest/0Af000000000000AAA");
    expect(deploy).toMatchObject({ status: 403, body: [{ errorCode: "INSUFFICIENT_ACCESS" }] });
  });
});

describe("a permission set", () => {
  it("is made of object and field permissions by an administrator", async () => {
    ids.set = await admin.create("PermissionSet", { Name: "Contacts_In", Label: "Contacts in" });
    const right = { ParentId: ids.set, PermissionsRead: true };
    for (const row of [
      { SobjectType: "Account", ...right },
      { SobjectType: "Contact", ...right, PermissionsCreate: true, PermissionsEdit: true },
    ]) {
      await admin.create("ObjectPermissions", row);
    }
    for (const name of ["SyncId__c", "Email"]) {
      await admin.create("FieldPermissions", {
        ...right,
        SobjectType: "Contact",
        Field: `Contact.${name}`,
        PermissionsEdit: true,
      });
    }
    expect(
      await admin.query(
        `SELECT Field, Parent.Name FROM FieldPermissions WHERE ParentId = '${ids.set}' ORDER BY Field`,
      ),
    ).toMatchObject([
      { Field: "Contact.Email", Parent: { Name: "Contacts_In" } },
      { Field: "Contact.SyncId__c", Parent: { Name: "Contacts_In" } },
    ]);
  });

  it("gives nothing before it is assigned, and what it grants from then on", async () => {
    expect(await objectNames()).not.toContain("Contact");
    await admin.create("PermissionSetAssignment", {
      AssigneeId: ids.integration,
      PermissionSetId: ids.set,
    });
    expect(await objectNames()).toContain("Contact");
    const [row] = await org.upsert("Contact", [{ SyncId__c: "C-1", LastName: "A", Email: "a@mail.example" }]);
    expect(row).toMatchObject({ success: true, created: true });
    const phone = await org.api<ErrorBody>("GET", "/query?q=SELECT+Phone+FROM+Contact");
    expect(phone.body[0]?.errorCode).toBe("INVALID_FIELD");
  });

  it("cannot be assigned twice to one user", async () => {
    const again = await admin.api<ErrorBody>("POST", "/sobjects/PermissionSetAssignment", {
      AssigneeId: ids.integration,
      PermissionSetId: ids.set,
    });
    expect(again).toMatchObject({ status: 400, body: [{ errorCode: "DUPLICATE_VALUE" }] });
    expect(again.body[0]?.message).toBe(
      `Duplicate PermissionSetAssignment. Assignee: ${ids.integration.slice(0, 15)}; Permission Set: ${ids.set.slice(0, 15)}`,
    );
  });

  it("is taken away by deleting the assignment", async () => {
    const [assignment] = await admin.query<{ Id: string }>(
      `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${ids.integration}'`,
    );
    const deleted = await admin.api("DELETE", `/sobjects/PermissionSetAssignment/${assignment?.Id ?? ""}`);
    expect(deleted.status).toBe(204);
    expect(await objectNames()).not.toContain("Contact");
  });

  it("is taken back with the rest of a Collections call that fails", async () => {
    const { body } = await admin.api<{ success: boolean }[]>("POST", "/composite/sobjects", {
      allOrNone: true,
      records: [
        {
          attributes: { type: "PermissionSetAssignment" },
          AssigneeId: ids.integration,
          PermissionSetId: ids.set,
        },
        { attributes: { type: "Contact" }, FirstName: "No last name" },
      ],
    });
    expect(body.map(({ success }) => success)).toEqual([false, false]);
    expect(await objectNames()).not.toContain("Contact");
  });
});

describe("rows of permissions that make no sense", () => {
  const refusal = async (object: string, row: object) => {
    const { body } = await admin.api<ErrorBody>("POST", `/sobjects/${object}`, row);
    return `${body[0]?.errorCode ?? ""} ${body[0]?.message ?? ""}`;
  };

  it("are refused", async () => {
    const parent = { ParentId: ids.set };
    expect(
      await refusal("ObjectPermissions", { ...parent, SobjectType: "SecutixSale__c", PermissionsEdit: true }),
    ).toBe(
      "FIELD_INTEGRITY_EXCEPTION Permission Edit SecutixSale__c depends on permission(s): Read SecutixSale__c",
    );
    expect(
      await refusal("ObjectPermissions", { ...parent, SobjectType: "User", PermissionsRead: true }),
    ).toBe(
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST Object Type Name: bad value for restricted picklist field: User",
    );
    const name = { ...parent, SobjectType: "Account", Field: "Account.Name", PermissionsRead: true };
    expect(await refusal("FieldPermissions", name)).toBe(
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST Field Name: bad value for restricted picklist field: Account.Name",
    );
    const twice = { ...parent, SobjectType: "Contact", Field: "Contact.Email", PermissionsRead: true };
    expect(await refusal("FieldPermissions", twice)).toContain("DUPLICATE_VALUE");
    expect(await refusal("PermissionSet", { Name: "Contacts_In", Label: "Again" })).toContain(
      "DUPLICATE_VALUE",
    );
    expect(await refusal("PermissionSet", { Name: "Two words", Label: "Again" })).toContain(
      "The API Name can only contain underscores and alphanumeric characters.",
    );
  });

  it("are refused of profiles", async () => {
    const [own] = await admin.query<{ Id: string }>(
      "SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true LIMIT 1",
    );
    const edited = await admin.api("PATCH", `/sobjects/PermissionSet/${own?.Id ?? ""}`, { Label: "Mine" });
    expect(edited.status).toBe(403);
    expect(
      await refusal("PermissionSetAssignment", { AssigneeId: ids.admin, PermissionSetId: own?.Id }),
    ).toContain("FIELD_INTEGRITY_EXCEPTION");
  });
});
