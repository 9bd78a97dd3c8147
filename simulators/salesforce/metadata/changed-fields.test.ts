import { beforeAll, describe, expect, it } from "vitest";
import { deploy, field, file, manifest, problems } from "./test-package";
import { useOrg } from "../test-org";

const org = useOrg();

const deployField = async (name: string, type: string, content: string) =>
  problems(
    await deploy(org, {
      "package.xml": manifest({ CustomField: [`Contact.${name}`] }),
      "objects/Contact.object": file("CustomObject", field(name, type, content)),
    }),
  );
const show = (name: string) =>
  org.control("POST", "/permissions", {
    object: "Contact",
    fields: { [name]: { read: true, edit: true } },
  });
const read = async (id: string) =>
  (await org.api<Record<string, unknown>>("GET", `/sobjects/Contact/${id}`)).body;

describe("a field that becomes unique", () => {
  const text = (isUnique: boolean, caseSensitive = false) =>
    `<length>20</length>${isUnique ? `<unique>true</unique><caseSensitive>${caseSensitive}</caseSensitive>` : ""}`;
  const REFUSED = ["Contact.Badge__c: Duplicate value found when building unique index"];
  let second = "";

  beforeAll(async () => {
    await deployField("Badge__c", "Text", text(false));
    await show("Badge__c");
    await org.create("Contact", { LastName: "One", Badge__c: "Same" });
    second = await org.create("Contact", { LastName: "Two", Badge__c: "same" });
    await org.create("Contact", { LastName: "None" });
    await org.create("Contact", { LastName: "None either" });
  });

  it("is refused while two records hold the same value, ignoring case unless it counts", async () => {
    expect(await deployField("Badge__c", "Text", text(true))).toEqual(REFUSED);
    expect(await deployField("Badge__c", "Text", text(true, true))).toEqual([]);
    expect(await deployField("Badge__c", "Text", text(true))).toEqual(REFUSED);
  });

  it("is refused while the recycle bin holds the other record", async () => {
    await org.api("DELETE", `/sobjects/Contact/${second}`);
    expect(await deployField("Badge__c", "Text", text(true))).toEqual(REFUSED);
    await org.control("POST", "/empty-recycle-bin", {});
    expect(await deployField("Badge__c", "Text", text(true))).toEqual([]);
  });
});

describe("an automation of an org whose fields change", () => {
  it("writes a field as it is now", async () => {
    await deployField("Note__c", "Text", "<length>5</length>");
    await show("Note__c");
    await org.control("POST", "/automations", {
      kind: "field-trigger",
      object: "Contact",
      timing: "before",
      set: { Note__c: "longer than five" },
    });
    const refused = await org.api("POST", "/sobjects/Contact", { LastName: "Short" });
    expect(refused).toMatchObject({ status: 400, body: [{ errorCode: "STRING_TOO_LONG" }] });
    await deployField("Note__c", "Text", "<length>50</length>");
    const id = await org.create("Contact", { LastName: "Long" });
    expect(await read(id)).toMatchObject({ Note__c: "longer than five" });
  });

  it("formats phone fields that came after it", async () => {
    await org.control("POST", "/automations", { kind: "phone-formatter", object: "Contact" });
    await deployField("Pager__c", "Phone", "");
    await show("Pager__c");
    const id = await org.create("Contact", { LastName: "Paged", Pager__c: "4155551212" });
    expect(await read(id)).toMatchObject({ Pager__c: "(415) 555-1212" });
  });
});

describe("a formula field of Contact", () => {
  it("may use Contact's own custom fields, and shows on person accounts", async () => {
    await deployField("Aisle__c", "Text", "<length>20</length>");
    expect(
      await deployField("AisleText__c", "Text", "<formula>&quot;Aisle &quot; &amp; Aisle__c</formula>"),
    ).toEqual([]);
    await show("Aisle__c");
    await show("AisleText__c");
    const id = await org.create("Account", {
      LastName: "Person",
      RecordTypeId: await org.personRecordTypeId(),
      Aisle__pc: "7",
    });
    const { body } = await org.api("GET", `/sobjects/Account/${id}`);
    expect(body).toMatchObject({ AisleText__pc: "Aisle 7" });
  });

  it("may read another formula field, whichever was defined first", async () => {
    await deployField("First__c", "Text", "<formula>LastName &amp; &quot;1&quot;</formula>");
    await deployField("Second__c", "Text", "<formula>LastName &amp; &quot;2&quot;</formula>");
    await deployField("First__c", "Text", "<formula>Second__c &amp; &quot;1&quot;</formula>");
    await show("First__c");
    const id = await org.create("Contact", { LastName: "Ada" });
    expect(await read(id)).toMatchObject({ First__c: "Ada21" });
    const person = { LastName: "Bea", RecordTypeId: await org.personRecordTypeId() };
    const { body } = await org.api("GET", `/sobjects/Account/${await org.create("Account", person)}`);
    expect(body).toMatchObject({ First__pc: "Bea21" });
  });

  it("never reads itself, not even by way of another", async () => {
    const circle = await deployField("Second__c", "Text", "<formula>First__c &amp; &quot;2&quot;</formula>");
    expect(circle).toEqual([
      "Contact.Second__c: The formula of Second__c reads the field itself, maybe by way of others.",
    ]);
  });
});
