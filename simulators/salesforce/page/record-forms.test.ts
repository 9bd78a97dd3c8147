import { describe, expect, it } from "vitest";
import { TestBrowser } from "./test-browser";
import { useOrg } from "../test-org";

const org = useOrg();
const browser = () => new TestBrowser(org);
const newPath = (object: string) => `/lightning/o/${object}/new`;
const contacts = async () => (await org.stored("Contact")) as { LastName: string; Id: string }[];
const contactNamed = async (name: string) => (await contacts()).find(({ LastName }) => LastName === name);
const editPath = (id: string, object = "Contact") => `/lightning/r/${object}/${id}/edit`;

describe("New", () => {
  it("saves a record as the admin, shows it, and says so once", async () => {
    const window = browser();
    await window.open(newPath("Contact"));
    const shown = await window.submit(newPath("Contact"), {
      FirstName: "Ada",
      LastName: "Weiß",
      Birthdate: "1980-04-25",
      HasOptedOutOfEmail: "true",
      MailingStreet: "Bahnhofstrasse 5\r\n3. Stock",
      Description: "Line 1\r\nLine 2",
    });
    expect(shown.text).toContain("Contact “Ada Weiß” was created.");
    expect(shown.path).toMatch(/^\/lightning\/r\/Contact\/003\w{15}\/view$/);
    expect((await window.open(shown.path)).text).not.toContain("was created");
    const stored = await contactNamed("Weiß");
    expect(stored).toMatchObject({
      Birthdate: "1980-04-25",
      HasOptedOutOfEmail: true,
      DoNotCall: false,
      MailingStreet: "Bahnhofstrasse 5\n3. Stock",
      Description: "Line 1\nLine 2",
    });
    expect(shown.text).toContain("Created By CRM administrator ,");
  });

  it("saves without a further form on Enter, which presses the first button of a form", async () => {
    const { html } = await browser().open(newPath("Contact"));
    const footer = /<footer>([\s\S]*?)<\/footer>/.exec(html)?.[1] ?? "";
    const buttons = [...footer.matchAll(/<button\b[^>]*>\s*([^<]*?)\s*<\/button>/g)].map(
      ([, label]) => label,
    );
    expect(buttons).toEqual(["Save", "Save &amp; New"]);
    const form =
      /<form method="post" action="\/lightning\/o\/Contact\/new"[\s\S]*?<\/form>/.exec(html)?.[0] ?? "";
    expect(/<button\b[^>]*>\s*([^<]*?)\s*</.exec(form)?.[1]).toBe("Save");
    expect(html).toContain(".window footer .brand{order:1}");
  });

  it("shows what is wrong at its field, in Salesforce's words, and keeps what was typed", async () => {
    const window = browser();
    await window.open(newPath("Contact"));
    const empty = await window.submit(newPath("Contact"), { Email: "not an address" });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain("We hit a snag. Review the errors on this page.");
    expect(empty.html).toMatch(/id="f-LastName-error">Complete this field\.</);
    const wrong = await window.submit(newPath("Contact"), { LastName: "Kept" });
    expect(wrong.html).toMatch(/id="f-Email-error">Email: invalid email address: not an address</);
    expect(window.formFields(newPath("Contact")).get("LastName")).toBe("Kept");
    expect(await contactNamed("Kept")).toBeUndefined();
    const saved = await window.submit(newPath("Contact"), { Email: "kept@mail.example" });
    expect(saved.text).toContain("“Kept” was created.");
  });

  it("shows a validation rule's message at its field, or for the whole record", async () => {
    const rule = { object: "Contact", formula: 'Title = "King"' };
    await org.control("POST", "/validation-rules", { ...rule, message: "No kings.", errorField: "Title" });
    await org.control("POST", "/validation-rules", { ...rule, message: "This is a republic." });
    const window = browser();
    await window.open(newPath("Contact"));
    const refused = await window.submit(newPath("Contact"), { LastName: "Arthur", Title: "King" });
    expect(refused.html).toMatch(/id="f-Title-error">No kings\.</);
    expect(refused.html).toContain("<li>This is a republic.</li>");
    await org.control("DELETE", "/validation-rules");
  });

  it("shows what a duplicate rule found; an alert lets the next save pass, a block does not", async () => {
    const rule = { object: "Contact", message: "Is it one of these?", match: [{ field: "Email" }] };
    await org.control("POST", "/duplicate-rules", { ...rule, onCreate: "alert" });
    const id = await org.create("Contact", { LastName: "Original", Email: "same@mail.example" });
    const window = browser();
    await window.open(newPath("Contact"));
    const alerted = await window.submit(newPath("Contact"), { LastName: "Copy", Email: "same@mail.example" });
    expect(alerted.text).toContain("Is it one of these? Original");
    expect(alerted.html).toContain(`/lightning/r/Contact/${id}/view`);
    expect(await contactNamed("Copy")).toBeUndefined();
    expect((await window.submit(newPath("Contact"))).text).toContain("“Copy” was created.");
    await org.control("DELETE", "/duplicate-rules");
    await org.control("POST", "/duplicate-rules", { ...rule, onCreate: "block" });
    await window.open(newPath("Contact"));
    await window.submit(newPath("Contact"), { LastName: "Third", Email: "same@mail.example" });
    expect((await window.submit(newPath("Contact"))).status).toBe(422);
    await org.control("DELETE", "/duplicate-rules");
  });

  it("asks for the record type of an account first, and shows the fields of that kind", async () => {
    const window = browser();
    const choice = await window.open(newPath("Account"));
    expect(choice.text).toContain("Select a record type Business Account Person Account");
    const personType = await org.personRecordTypeId();
    const form = await window.open(`${newPath("Account")}?recordTypeId=${personType}`);
    expect(form.text).toContain("New Account: Person Account");
    expect(form.html).toContain('name="PersonEmail"');
    expect(form.html).not.toContain('name="Website"');
    const shown = await window.submit(newPath("Account"), {
      FirstName: "Peter",
      LastName: "Person",
      PersonEmail: "peter@mail.example",
    });
    expect(shown.text).toContain("Account “Peter Person” was created.");
    const stored = (await org.stored("Account")).find(({ LastName }) => LastName === "Person");
    expect(stored).toMatchObject({ IsPersonAccount: true, PersonEmail: "peter@mail.example" });
  });

  it("may be saved to go on with another one", async () => {
    const window = browser();
    await window.open(newPath("SecutixSale__c"));
    const next = await window.submit(newPath("SecutixSale__c"), { Name: "First", _then: "new" });
    expect(next.path).toBe(newPath("SecutixSale__c"));
    expect(next.text).toContain("SecutixSale “First” was created.");
  });

  it("reads numbers as people write them, and refuses what is none", async () => {
    const window = browser();
    await window.open(newPath("SecutixSale__c"));
    const wrong = await window.submit(newPath("SecutixSale__c"), { Name: "Dear", Quantity__c: "many" });
    expect(wrong.html).toMatch(/id="f-Quantity__c-error">Enter a valid value\.</);
    await window.submit(newPath("SecutixSale__c"), {
      Quantity__c: "1'200",
      Total_Amount__c: "12,345.50",
      CreationDate__c: "2026-11-01T19:30",
    });
    const stored = (await org.stored("SecutixSale__c")).find(({ Name }) => Name === "Dear");
    expect(stored).toMatchObject({
      Quantity__c: 1200,
      Total_Amount__c: 12345.5,
      CreationDate__c: "2026-11-01T19:30:00.000+0000",
    });
  });
});

describe("a lookup", () => {
  it("takes the name of a record, or asks which one is meant", async () => {
    const first = await org.create("Account", { Name: "Twin", SyncId__c: "twin-1" });
    const second = await org.create("Account", { Name: "Twin", SyncId__c: "twin-2" });
    await org.create("Account", { Name: "Only Child" });
    const window = browser();
    await window.open(newPath("Contact"));
    const none = await window.submit(newPath("Contact"), { LastName: "Seeker", AccountId: "Nobody" });
    expect(none.text).toContain("Select an option from the picklist or remove the search term.");
    const several = await window.submit(newPath("Contact"), { AccountId: "twin" });
    expect(several.text).toContain("Several accounts have this name. Choose one.");
    expect(several.html).toContain(first);
    await window.submit(newPath("Contact"), { "AccountId.choice": second });
    expect(await contactNamed("Seeker")).toMatchObject({ AccountId: second });
    await window.open(newPath("Contact"));
    await window.submit(newPath("Contact"), { LastName: "Finder", AccountId: "ONLY child" });
    const account = (await org.stored("Account")).find(({ Name }) => Name === "Only Child");
    expect(await contactNamed("Finder")).toMatchObject({ AccountId: account?.Id });
  });

  it("is filled in beforehand by New of a related list", async () => {
    const accountId = await org.create("Account", { Name: "Parent" });
    const window = browser();
    const record = await window.open(`/lightning/r/Account/${accountId}/view`);
    const link = /href="(\/lightning\/o\/Contact\/new[^"]+)"/
      .exec(record.html)?.[1]
      ?.replaceAll("&amp;", "&");
    const form = await window.open(link ?? "");
    expect(form.html).toContain('value="Parent"');
    await window.submit(newPath("Contact"), { LastName: "Child" });
    expect(await contactNamed("Child")).toMatchObject({ AccountId: accountId });
  });

  it("offers records while somebody types", async () => {
    const answer = await fetch(`${org.url}/lightning/lookup?object=Account&q=only`);
    expect(await answer.json()).toMatchObject([{ value: "Only Child" }]);
  });
});

describe("Edit", () => {
  it("writes what was changed and nothing else", async () => {
    const accountId = await org.create("Account", { Name: "Same" });
    const id = await org.create("Contact", {
      LastName: "Editable",
      Title: "Old",
      AccountId: accountId,
      Description: "a\nb",
    });
    const window = browser();
    const form = await window.open(editPath(id));
    expect(form.text).toContain("Edit Editable");
    const shown = await window.submit(editPath(id), { Title: "New" });
    expect(shown.text).toContain("Contact “Editable” was saved.");
    expect(await contactNamed("Editable")).toMatchObject({
      Title: "New",
      AccountId: accountId,
      Description: "a\nb",
    });
    await window.open(editPath(id));
    await window.submit(editPath(id), { Title: "", AccountId: "" });
    expect(await contactNamed("Editable")).toMatchObject({ Title: null, AccountId: null });
  });

  it("does not write over what somebody else changed meanwhile, and shows it", async () => {
    const id = await org.create("Contact", { LastName: "Contested", Title: "Old", Phone: "1" });
    const window = browser();
    await window.open(editPath(id));
    await org.api("PATCH", `/sobjects/Contact/${id}`, { Title: "Theirs", Phone: "2" });
    const conflict = await window.submit(editPath(id), { Title: "Mine" });
    expect(conflict.status).toBe(422);
    expect(conflict.text).toContain("This record was changed by S-360 integration");
    expect(conflict.text).toContain("Now: Theirs");
    expect(await contactNamed("Contested")).toMatchObject({ Title: "Theirs" });
    const fields = window.formFields(editPath(id));
    expect([fields.get("Title"), fields.get("Phone")]).toEqual(["Mine", "2"]);
    await window.submit(editPath(id));
    expect(await contactNamed("Contested")).toMatchObject({ Title: "Mine", Phone: "2" });
  });

  it("keeps a picklist value that the list no longer has", async () => {
    const id = await org.create("Account", { Name: "Unlisted", Industry: "Theatre" });
    const window = browser();
    await window.open(editPath(id, "Account"));
    await window.submit(editPath(id, "Account"), { Phone: "5" });
    const stored = (await org.stored("Account")).find(({ Name }) => Name === "Unlisted");
    expect(stored).toMatchObject({ Industry: "Theatre", Phone: "5" });
  });

  it("opens at the addresses that describe names", async () => {
    const id = await org.create("Contact", { LastName: "Template" });
    expect((await browser().open(`/${id}/e`)).text).toContain("Edit Template");
    expect((await browser().open("/003/e")).text).toContain("New Contact");
  });
});
