import { beforeAll, describe, expect, it } from "vitest";
import { TestBrowser } from "./test-browser";
import { useOrg } from "../test-org";

const org = useOrg();
const BIN = "/lightning/o/DeleteEvent/home";
const MERGE = "/lightning/o/Contact/merge";
const ACCOUNT_MERGE = "/lightning/o/Account/merge";
const viewPath = (id: string, object = "Contact") => `/lightning/r/${object}/${id}/view`;
const deletePath = (id: string, object = "Contact") => `/lightning/r/${object}/${id}/delete`;
const stored = async (id: string, object = "Contact") =>
  (await org.stored(object)).find((row) => row.Id === id);

describe("Delete", () => {
  it("asks first, says what goes along, and can be taken back from the message", async () => {
    const accountId = await org.create("Account", { Name: "Closing" });
    const contactId = await org.create("Contact", { LastName: "Staff", AccountId: accountId });
    const window = new TestBrowser(org);
    const question = await window.open(deletePath(accountId, "Account"));
    expect(question.text).toContain("Are you sure you want to delete this account, Closing ?");
    expect(question.text).toContain("Deleted with it: Contacts (1).");
    expect(await stored(accountId, "Account")).toBeDefined();
    const list = await window.submit(deletePath(accountId, "Account"));
    expect(list.text).toContain("Account “Closing” was deleted. Undo");
    expect(await stored(contactId)).toBeUndefined();
    const back = await window.submit(BIN, { id: accountId });
    expect(back.text).toContain("Account “Closing” was restored.");
    expect(await stored(contactId)).toBeDefined();
  });

  it("tells why a record cannot be deleted", async () => {
    const personType = await org.personRecordTypeId();
    const accountId = await org.create("Account", { LastName: "Whole", RecordTypeId: personType });
    const contactId = String((await stored(accountId, "Account"))?.PersonContactId);
    const window = new TestBrowser(org);
    expect((await window.open(viewPath(contactId))).html).not.toContain(deletePath(contactId));
    await window.open(deletePath(contactId));
    const refused = await window.submit(deletePath(contactId));
    expect(refused.html).toContain('role="alert"');
    expect(refused.path).toBe(viewPath(contactId));
  });
});

describe("the Recycle Bin", () => {
  it("lists what was deleted, by whom and when, and brings it back", async () => {
    const id = await org.create("Contact", { LastName: "Lost & found" });
    await org.api("DELETE", `/sobjects/Contact/${id}`);
    const window = new TestBrowser(org);
    const bin = await window.open(BIN);
    expect(bin.text).toMatch(/Lost & found C Contact S-360 integration \d+ \w+ \d{4}, \d\d:\d\d UTC/);
    const form = window.formFields(BIN);
    const shown = await window.submit(BIN, { id });
    expect(form.has("_token")).toBe(true);
    expect(shown.text).toContain("Contact “Lost & found” was restored.");
    expect((await window.open(BIN)).text).not.toContain("Lost & found");
  });

  it("says when a record is no longer in it", async () => {
    const id = await org.create("Contact", { LastName: "Purged" });
    await org.api("DELETE", `/sobjects/Contact/${id}`);
    const window = new TestBrowser(org);
    await window.open(BIN);
    await org.control("POST", "/empty-recycle-bin");
    const refused = await window.submit(BIN, { id });
    expect(refused.html).toContain('class="toast error"');
    expect(refused.text).toContain("The Recycle Bin is empty.");
  });
});

describe("Merge", () => {
  let first = "";
  let second = "";

  beforeAll(async () => {
    const accountId = await org.create("Account", { Name: "Employer" });
    first = await org.create("Contact", {
      FirstName: "Jean",
      LastName: "Favre",
      Title: "Director",
      Phone: "1",
    });
    second = await org.create("Contact", {
      FirstName: "Jean-Marc",
      LastName: "Favre",
      Email: "jm@mail.example",
      Phone: "2",
      AccountId: accountId,
      SyncId__c: "merge-2",
      MailingCity: "Lausanne",
      MailingPostalCode: "1003",
    });
    await org.create("SecutixSale__c", { Name: "Sold", Contact__c: second });
  });

  it("needs two or three records of a list", async () => {
    const window = new TestBrowser(org);
    const list = await window.open("/lightning/o/Contact/list");
    expect(list.html).toContain(`form="merge"`);
    const alone = await window.open(`${MERGE}?id=${first}`);
    expect(alone.text).toContain("Select 2 or 3 contacts to merge.");
    expect((await window.open("/lightning/o/SecutixSale__c/merge?id=1&id=2")).status).toBe(403);
  });

  it("compares, proposes the values that are there, and merges as chosen", async () => {
    const window = new TestBrowser(org);
    const compare = await window.open(`${MERGE}?id=${first}&id=${second}`);
    expect(compare.text).toContain("Compare Contacts");
    const proposed = window.formFields(MERGE);
    expect(proposed.get("principal")).toBe(first);
    expect(proposed.get("field.Title")).toBe(first);
    expect(proposed.get("field.Email")).toBe(second);
    expect(proposed.get("field.MailingAddress")).toBe(second);
    const shown = await window.submit(MERGE, { "field.FirstName": second });
    expect(shown.text).toContain("Contacts were merged into “Jean-Marc Favre” .");
    expect(shown.path).toBe(viewPath(first));
    expect(shown.text).toContain("SecutixSales (1)");
    expect(await stored(first)).toMatchObject({
      FirstName: "Jean-Marc",
      Title: "Director",
      Phone: "1",
      Email: "jm@mail.example",
      SyncId__c: "merge-2",
      MailingCity: "Lausanne",
      MailingPostalCode: "1003",
    });
    expect(await stored(second)).toBeUndefined();
    expect((await window.open(BIN)).text).toContain("merged into Jean-Marc Favre");
  });

  it("compares no person with a business", async () => {
    const personType = await org.personRecordTypeId();
    const person = await org.create("Account", { LastName: "Person", RecordTypeId: personType });
    const business = await org.create("Account", { Name: "Business" });
    const other = await org.create("Account", { LastName: "Other", RecordTypeId: personType });
    const window = new TestBrowser(org);
    const refused = await window.open(`${ACCOUNT_MERGE}?id=${person}&id=${business}`);
    expect(refused.path).toBe("/lightning/o/Account/list");
    expect(refused.html).toContain('class="toast error"');
    expect(refused.text).toContain("Person accounts can be merged with person accounts only.");
    const people = await window.open(`${ACCOUNT_MERGE}?id=${person}&id=${other}`);
    expect(people.text).toContain("Compare Accounts");
  });

  it("tells why records cannot be merged, and changes nothing", async () => {
    const first = await org.create("Account", { Name: "Twin" });
    const second = await org.create("Account", { Name: "Twin", Phone: "13" });
    const rule = { object: "Account", formula: 'Phone = "13"', message: "Not this number." };
    await org.control("POST", "/validation-rules", rule);
    const window = new TestBrowser(org);
    await window.open(`${ACCOUNT_MERGE}?id=${first}&id=${second}`);
    const refused = await window.submit(ACCOUNT_MERGE, { "field.Phone": second });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("Not this number.");
    expect(await stored(second, "Account")).toBeDefined();
  });

  it("breaks a long name in the heads of its columns, as a narrow window has no room for it", async () => {
    const window = new TestBrowser(org);
    const one = await org.create("Account", { Name: "x".repeat(80) });
    const two = await org.create("Account", { Name: "y".repeat(80) });
    const { html } = await window.open(`${ACCOUNT_MERGE}?id=${one}&id=${two}`);
    expect(html).toMatch(/\.compare th,\.compare td\{[^}]*overflow-wrap:anywhere/);
  });
});

describe("who acts", () => {
  it("is the admin, or another active user whom one chooses", async () => {
    const [user] = await org.query<{ Id: string }>(
      "SELECT Id FROM User WHERE Username = 'integration@myvenue.example'",
    );
    const window = new TestBrowser(org);
    expect((await window.open("/")).text).toContain("CRM administrator");
    const switched = await window.submit("/lightning/acting-user", { user: user?.Id ?? "" });
    expect(switched.text).toContain("The pages act as S-360 integration now.");
    await window.open("/lightning/o/Contact/new");
    const shown = await window.submit("/lightning/o/Contact/new", { LastName: "By machine" });
    expect(shown.text).toContain("Created By S-360 integration ,");
    const strange = await window.submit("/lightning/acting-user", { user: "005000000000000AAA" });
    expect(strange.text).toContain("This user is not active.");
  });

  it("sees and changes only what this user may", async () => {
    const limited = await TestBrowserOf();
    const list = await limited.open("/lightning/o/Contact/list");
    expect(list.status).toBe(404);
    expect((await limited.open("/lightning/o/Contact/new")).status).toBe(404);
  });

  it("must come from a page of this org: a form without its token changes nothing", async () => {
    const id = await org.create("Contact", { LastName: "Guarded" });
    const window = new TestBrowser(org);
    await window.open(deletePath(id));
    const forged = await window.submit(deletePath(id), { _token: "guess" });
    expect([forged.status, forged.text.includes("Nothing was saved.")]).toEqual([403, true]);
    const foreign = await fetch(`${org.url}${deletePath(id)}`, { method: "POST" });
    expect(foreign.status).toBe(403);
    expect(await stored(id)).toBeDefined();
  });
});

const minimal = useOrg({ integrationAccess: "minimal" });

/** A browser that acts as a user who may see no contacts. */
async function TestBrowserOf(): Promise<TestBrowser> {
  const [user] = await org.query<{ Id: string }>("SELECT Id FROM User WHERE Username LIKE 'integration%'");
  const window = new TestBrowser(minimal);
  await window.open("/");
  await window.submit("/lightning/acting-user", { user: user?.Id ?? "" });
  return window;
}
