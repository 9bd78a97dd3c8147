import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();

interface Field {
  name: string;
  createable: boolean;
  updateable: boolean;
  permissionable: boolean;
}

const allow = (object: string, fields: object) =>
  org.control<{ fields: Record<string, object> }>("POST", "/permissions", { object, fields });
const fieldsOf = async (object: string) => {
  const { body } = await org.api<{ fields: Field[] }>("GET", `/sobjects/${object}/describe`);
  return new Map(body.fields.map((field) => [field.name, field]));
};

describe("a field that the user may not read", () => {
  it("answers as a field that does not exist", async () => {
    const id = await org.create("Contact", { LastName: "Field", Department: "Tickets" });
    await allow("Contact", { Department: { read: false } });
    expect((await fieldsOf("Contact")).has("Department")).toBe(false);
    const written = await org.api<ErrorBody>("PATCH", `/sobjects/Contact/${id}`, { Department: "Sales" });
    expect(written).toMatchObject({
      status: 400,
      body: [
        { errorCode: "INVALID_FIELD", message: "No such column 'Department' on sobject of type Contact" },
      ],
    });
    const queried = await org.api<ErrorBody>("GET", "/query?q=SELECT+Department+FROM+Contact");
    expect(queried.body[0]?.message).toContain("No such column 'Department' on entity 'Contact'.");
    const { body } = await org.api<object>("GET", `/sobjects/Contact/${id}`);
    expect(body).not.toHaveProperty("Department");
  });

  it("keeps its value, which is there again with the right", async () => {
    const [contact] = await org.query<{ Id: string }>("SELECT Id FROM Contact WHERE LastName = 'Field'");
    await org.api("PATCH", `/sobjects/Contact/${contact?.Id ?? ""}`, { Title: "Dr" });
    await allow("Contact", { Department: { read: true, edit: true } });
    expect(await org.query("SELECT Department FROM Contact WHERE LastName = 'Field'")).toMatchObject([
      { Department: "Tickets" },
    ]);
  });

  it("cannot be the key of an upsert", async () => {
    await allow("Contact", { SyncId__c: { read: false } });
    const rows = await org.api<ErrorBody>("PATCH", "/composite/sobjects/Contact/SyncId__c", {
      records: [{ attributes: { type: "Contact" }, LastName: "X" }],
    });
    expect(rows.body[0]?.errorCode).toBe("INVALID_FIELD");
    const single = await org.api<ErrorBody>("PATCH", "/sobjects/Contact/SyncId__c/1", { LastName: "X" });
    expect(single.body[0]).toMatchObject({
      errorCode: "NOT_FOUND",
      message: "Provided external ID field does not exist or is not accessible: SyncId__c",
    });
    await allow("Contact", { SyncId__c: { read: true, edit: true } });
  });
});

describe("a field that the user may only read", () => {
  it("refuses the row that writes it and says so in describe", async () => {
    await allow("Contact", { Title: { edit: false } });
    const [result] = await org.upsert("Contact", [{ SyncId__c: "T", LastName: "T", Title: "Dr" }]);
    expect(result?.errors[0]).toMatchObject({
      statusCode: "INVALID_FIELD_FOR_INSERT_UPDATE",
      message:
        "Unable to create/update fields: Title. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
      fields: ["Title"],
    });
    expect((await fieldsOf("Contact")).get("Title")).toMatchObject({
      createable: false,
      updateable: false,
      permissionable: true,
    });
    await allow("Contact", { Title: { edit: true } });
    const [again] = await org.upsert("Contact", [{ SyncId__c: "T", LastName: "T", Title: "Dr" }]);
    expect(again).toMatchObject({ success: true });
  });
});

describe("what goes together", () => {
  it("takes an address with all its parts", async () => {
    await allow("Account", { BillingCity: { read: false } });
    const fields = await fieldsOf("Account");
    for (const part of ["BillingAddress", "BillingCity", "BillingStreet", "BillingPostalCode"]) {
      expect(fields.has(part), part).toBe(false);
    }
    expect(fields.has("ShippingCity")).toBe(true);
    await allow("Account", { BillingAddress: { read: true, edit: true } });
    expect((await fieldsOf("Account")).get("BillingStreet")).toMatchObject({ updateable: true });
  });

  it("shows of a person's account what may be seen of its contact", async () => {
    await allow("Contact", { Email: { read: false }, SyncId__c: { read: false } });
    const fields = await fieldsOf("Account");
    expect(fields.has("PersonEmail")).toBe(false);
    expect(fields.has("SyncId__pc")).toBe(false);
    expect(fields.has("SyncId__c")).toBe(true);
    await allow("Account", { PersonEmail: { read: true, edit: true } });
    await allow("Contact", { SyncId__c: { read: true, edit: true } });
    expect((await fieldsOf("Contact")).has("Email")).toBe(true);
  });

  it("never hides names, required fields and what the system writes", async () => {
    for (const name of ["LastName", "OwnerId", "CreatedDate", "Id"]) {
      const { status } = await allow("Contact", { [name]: { read: false } });
      expect(status, name).toBe(400);
    }
  });
});

describe("rights of one user", () => {
  it("are not those of another", async () => {
    await allow("Contact", { Department: { read: false } });
    const admin = await org.control<{ fields: Record<string, { read: boolean }> }>(
      "GET",
      "/permissions?object=Contact&username=admin@myvenue.example",
    );
    expect(admin.body.fields.Department).toEqual({ read: true, edit: true });
    await allow("Contact", { Department: { read: true, edit: true } });
  });
});
