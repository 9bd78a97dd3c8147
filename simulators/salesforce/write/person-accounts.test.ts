import { beforeAll, describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg();
const plainOrg = useOrg({ personAccounts: false });
let personType = "";

beforeAll(async () => {
  personType = await org.personRecordTypeId();
});

const person = (row: Record<string, unknown>) => ({ RecordTypeId: personType, LastName: "Müller", ...row });

describe("a person account", () => {
  it("is an account whose name is made of the person's, with one contact that shows the same values", async () => {
    const [saved] = await org.upsert("Account", [
      person({
        SyncId__c: "p1",
        FirstName: "Zoë",
        PersonEmail: "Zoe@Mail.example",
        PersonMailingCity: "Köln",
      }),
    ]);
    const [account] = await org.query<Record<string, unknown>>(
      "SELECT Name, IsPersonAccount, PersonContactId, PersonHasOptedOutOfEmail FROM Account WHERE SyncId__c = 'p1'",
    );
    expect(account).toMatchObject({
      Name: "Zoë Müller",
      IsPersonAccount: true,
      PersonHasOptedOutOfEmail: false,
    });
    const contact = await org.api<Record<string, unknown>>(
      "GET",
      `/sobjects/Contact/${String(account?.PersonContactId)}`,
    );
    expect(contact.body).toMatchObject({
      AccountId: saved?.id,
      Name: "Zoë Müller",
      Email: "Zoe@Mail.example",
      MailingCity: "Köln",
      IsPersonAccount: true,
      SyncId__c: null,
    });
  });

  it("changes with its contact, and its contact with it", async () => {
    await org.upsert("Account", [person({ SyncId__c: "p2", PersonTitle: "Clerk" })]);
    const contactOf = async () =>
      (
        await org.query<{ Id: string; LastName: string; Title: string }>(
          "SELECT Id, LastName, Title FROM Contact WHERE Account.SyncId__c = 'p2'",
        )
      )[0];
    const contact = await contactOf();
    await org.api("PATCH", `/sobjects/Contact/${contact?.Id}`, {
      LastName: "Frank",
      Email: "f@mail.example",
    });
    const [account] = await org.query<Record<string, unknown>>(
      "SELECT Name, PersonEmail FROM Account WHERE SyncId__c = 'p2'",
    );
    expect(account).toMatchObject({ Name: "Frank", PersonEmail: "f@mail.example" });
    await org.upsert("Account", [{ SyncId__c: "p2", PersonTitle: "Chief", LastName: "Weiß" }]);
    expect(await contactOf()).toMatchObject({ LastName: "Weiß", Title: "Chief" });
  });

  it("refuses Name, no last name, and a contact of its own", async () => {
    const [named, nameless, cleared] = await org.upsert("Account", [
      person({ SyncId__c: "p3", Name: "x" }),
      { SyncId__c: "p4", RecordTypeId: personType, FirstName: "x" },
      { SyncId__c: "p1", LastName: "" },
    ]);
    expect(named?.errors[0]).toMatchObject({
      statusCode: "INVALID_FIELD_FOR_INSERT_UPDATE",
      message:
        "Unable to create/update fields: Name. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
      fields: ["Name"],
    });
    expect(nameless?.errors[0]?.message).toBe("Required fields are missing: [LastName]");
    expect(cleared?.errors[0]?.message).toBe("Required fields are missing: [LastName]");
    const [relay] = await org.upsert("Contact", [
      { SyncId__c: "p5", LastName: "x", Account: { SyncId__c: "p1" } },
    ]);
    expect(relay?.errors[0]?.statusCode).toBe("FIELD_INTEGRITY_EXCEPTION");
  });

  it("takes its contact along when deleted, and cannot lose it before", async () => {
    const [saved] = await org.upsert("Account", [person({ SyncId__c: "p6" })]);
    const [contact] = await org.query<{ Id: string }>(
      "SELECT Id FROM Contact WHERE Account.SyncId__c = 'p6'",
    );
    const alone = await org.api("DELETE", `/sobjects/Contact/${contact?.Id}`);
    expect(alone.status).toBe(400);
    await org.api("DELETE", `/sobjects/Account/${saved?.id}`);
    expect((await org.api("GET", `/sobjects/Contact/${contact?.Id}`)).status).toBe(404);
  });

  it("keeps a contact's own key unique under its __pc name", async () => {
    const [first, second] = await org.upsert("Account", [
      person({ SyncId__c: "p7", SyncId__pc: "same" }),
      person({ SyncId__c: "p8", SyncId__pc: "same" }),
    ]);
    expect(first?.success).toBe(true);
    expect(second?.errors[0]?.statusCode).toBe("DUPLICATE_VALUE");
  });
});

describe("a business account", () => {
  it("is the default, needs a Name and refuses person fields", async () => {
    const [good, nameless, personal] = await org.upsert("Account", [
      { SyncId__c: "b1", Name: "Étoile" },
      { SyncId__c: "b2" },
      { SyncId__c: "b3", Name: "x", PersonEmail: "a@mail.example" },
    ]);
    expect(good?.success).toBe(true);
    expect(nameless?.errors[0]?.message).toBe("Required fields are missing: [Name]");
    expect(personal?.errors[0]).toEqual({
      statusCode: "INVALID_FIELD_FOR_INSERT_UPDATE",
      message: "Account: bad field names on insert/update call: PersonEmail",
      fields: ["PersonEmail"],
    });
  });
});

describe("an org without person accounts", () => {
  it("has neither record types nor person fields", async () => {
    const { body } = await plainOrg.api<{ fields: { name: string; nillable: boolean }[] }>(
      "GET",
      "/sobjects/Account/describe",
    );
    const names = body.fields.map(({ name }) => name);
    expect(names).not.toContain("IsPersonAccount");
    expect(names).not.toContain("RecordTypeId");
    expect(names).not.toContain("LastName");
    expect(body.fields.find(({ name }) => name === "Name")?.nillable).toBe(false);
    const answer = await plainOrg.api("POST", "/sobjects/Account", { LastName: "x" });
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
  });
});
