import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();
let personType = "";
let businessType = "";

beforeAll(async () => {
  personType = await org.personRecordTypeId();
  const [row] = await org.query<{ Id: string }>(
    "SELECT Id FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = false",
  );
  businessType = row?.Id ?? "";
});

afterEach(async () => {
  await org.control("DELETE", "/validation-rules");
});

const convert = (id: string, more: Record<string, unknown> = {}, RecordTypeId = personType) =>
  org.api<ErrorBody>("PATCH", `/sobjects/Account/${id}`, { RecordTypeId, ...more });
const read = async (object: string, id: string) =>
  (await org.api<Record<string, unknown>>("GET", `/sobjects/${object}/${id}`)).body;

async function pair(contact: Record<string, unknown> = {}): Promise<{ account: string; contact: string }> {
  const account = await org.create("Account", { Name: "Was a business" });
  const id = await org.create("Contact", {
    FirstName: "Ada",
    LastName: "Frank",
    Email: "ada@mail.example",
    AccountId: account,
    ...contact,
  });
  return { account, contact: id };
}

describe("a business account with one contact", () => {
  it("becomes a person with the contact's name and fields; both ids stay", async () => {
    const { account, contact } = await pair();
    expect((await convert(account)).status).toBe(204);
    expect(await read("Account", account)).toMatchObject({
      IsPersonAccount: true,
      PersonContactId: contact,
      Name: "Ada Frank",
      LastName: "Frank",
      PersonEmail: "ada@mail.example",
      PersonHasOptedOutOfEmail: false,
    });
    expect(await read("Contact", contact)).toMatchObject({ IsPersonAccount: true, AccountId: account });
  });

  it("does so alone in the call, whatever validation rules say", async () => {
    const { account } = await pair();
    expect((await convert(account, { Phone: "1" })).body[0]).toMatchObject({
      errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE",
      message: "Cannot specify any additional fields when marrying or separating a Person-Account",
    });
    await org.control("POST", "/validation-rules", { object: "Account", formula: "true", message: "No" });
    expect((await convert(account)).status).toBe(204);
  });

  it("goes back to being a business whose person fields are empty, and keeps its contact", async () => {
    const { account, contact } = await pair();
    await convert(account);
    expect((await convert(account, {}, businessType)).status).toBe(204);
    expect(await read("Account", account)).toMatchObject({
      IsPersonAccount: false,
      Name: "Ada Frank",
      LastName: null,
      PersonEmail: null,
      PersonContactId: null,
    });
    expect(await read("Contact", contact)).toMatchObject({
      IsPersonAccount: false,
      AccountId: account,
      Email: "ada@mail.example",
    });
  });
});

describe("a business account", () => {
  const refusal = async (id: string) => {
    const { status, body } = await convert(id);
    expect(status).toBe(400);
    return body[0]?.message;
  };

  it("stays one with no contact or several", async () => {
    const none = await org.create("Account", { Name: "Nobody" });
    expect(await refusal(none)).toContain("exactly one contact: it has 0");
    const { account } = await pair();
    await org.create("Contact", { LastName: "Second", AccountId: account });
    expect(await refusal(account)).toContain("exactly one contact: it has 2");
  });

  it("stays one with a parent, with children, or with a contact that reports to somebody", async () => {
    const withParent = await pair();
    const child = await org.create("Account", { Name: "Child", ParentId: withParent.account });
    expect(await refusal(withParent.account)).toContain("child accounts");
    await org.create("Contact", { LastName: "Of the child", AccountId: child });
    expect(await refusal(child)).toContain("parent account");
    const boss = await org.create("Contact", { LastName: "Boss" });
    const reporting = await pair({ ReportsToId: boss });
    expect(await refusal(reporting.account)).toContain("reports to");
  });

  it("stays one when its contact has another owner", async () => {
    const [admin] = await org.query<{ Id: string }>(
      "SELECT Id FROM User WHERE Username = 'admin@myvenue.example'",
    );
    const { account } = await pair({ OwnerId: admin?.Id });
    expect(await refusal(account)).toContain("same owner");
  });
});
