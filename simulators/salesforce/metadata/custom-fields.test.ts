import { describe, expect, it } from "vitest";
import { deploy, field, file, manifest, NOW, objectProperties, problems } from "./test-package";
import { useOrg } from "../test-org";

const org = useOrg();

interface Field {
  name: string;
  type: string;
  length: number;
}

/** Deploys one field of Contact and answers what is wrong with it. */
const deployField = async (type: string, content: string, name = "Field__c") =>
  problems(
    await deploy(
      org,
      {
        "package.xml": manifest({ CustomField: [`Contact.${name}`] }),
        "objects/Contact.object": file("CustomObject", field(name, type, content)),
      },
      { ...NOW, checkOnly: true },
    ),
  ).map((problem) => problem.slice(`Contact.${name}: `.length));

const described = async (object: string, name: string) => {
  await org.control("POST", "/permissions", { object, fields: { [name]: { read: true, edit: true } } });
  const { body } = await org.api<{ fields: Field[] }>("GET", `/sobjects/${object}/describe`);
  return body.fields.find((one) => one.name === name);
};

const VALUES =
  "<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted><value><fullName>A</fullName><default>false</default><label>Letter A</label></value><value><fullName>B</fullName><default>true</default><label>B</label></value></valueSetDefinition></valueSet>";
const GOOD: readonly (readonly [type: string, content: string, described: object])[] = [
  ["Text", "<length>80</length><required>false</required>", { type: "string", length: 80, custom: true }],
  ["TextArea", "", { type: "textarea", length: 255 }],
  [
    "LongTextArea",
    "<length>32768</length><visibleLines>3</visibleLines>",
    { type: "textarea", length: 32768, filterable: false },
  ],
  [
    "Html",
    "<length>32768</length><visibleLines>25</visibleLines>",
    { type: "textarea", htmlFormatted: true },
  ],
  ["Number", "<precision>18</precision><scale>2</scale>", { type: "double", precision: 18, scale: 2 }],
  ["Currency", "<precision>16</precision><scale>2</scale>", { type: "currency", precision: 16, scale: 2 }],
  ["Percent", "<precision>5</precision><scale>1</scale>", { type: "percent" }],
  ["Date", "", { type: "date" }],
  ["DateTime", "", { type: "datetime" }],
  ["Checkbox", "<defaultValue>true</defaultValue>", { type: "boolean", defaultValue: true }],
  ["Email", "<unique>false</unique>", { type: "email", length: 80 }],
  ["Phone", "", { type: "phone", length: 40 }],
  ["Url", "", { type: "url", length: 255 }],
  ["Picklist", VALUES, { type: "picklist", restrictedPicklist: true }],
  ["MultiselectPicklist", `<visibleLines>4</visibleLines>${VALUES}`, { type: "multipicklist" }],
  ["AutoNumber", "<displayFormat>T-{0000}</displayFormat>", { autoNumber: true, createable: false }],
  [
    "Lookup",
    "<referenceTo>Account</referenceTo><relationshipName>Tested</relationshipName><deleteConstraint>SetNull</deleteConstraint>",
    { type: "reference", referenceTo: ["Account"] },
  ],
];

describe("a custom field of each type", () => {
  it("is deployed and described", async () => {
    const fields = GOOD.map(([type, content]) => field(`${type}_f__c`, type, content));
    const names = GOOD.map(([type]) => `Contact.${type}_f__c`);
    const result = await deploy(org, {
      "package.xml": manifest({ CustomField: names }),
      "objects/Contact.object": file("CustomObject", fields.join("")),
    });
    expect(problems(result)).toEqual([]);
    for (const [type, , expected] of GOOD) {
      expect(await described("Contact", `${type}_f__c`), type).toMatchObject(expected);
    }
  });

  it("shows on person accounts too", async () => {
    expect(await described("Account", "Text_f__pc")).toMatchObject({ type: "string", externalId: false });
    const personId = await org.create("Account", {
      LastName: "Person",
      RecordTypeId: await org.personRecordTypeId(),
      Text_f__pc: "seen",
    });
    expect(await org.query(`SELECT Text_f__c FROM Contact WHERE AccountId = '${personId}'`)).toMatchObject([
      { Text_f__c: "seen" },
    ]);
  });
});

describe("a field that is added to records", () => {
  it("holds its default or its formula's value in those that are there", async () => {
    const id = await org.create("Contact", { LastName: "Old", FirstName: "Very" });
    const fields =
      field("Vip__c", "Checkbox", "<defaultValue>true</defaultValue>") +
      field("Whole__c", "Text", '<formula>FirstName &amp; "-" &amp; LastName</formula>');
    const result = await deploy(org, {
      "package.xml": manifest({ CustomField: ["Contact.Vip__c", "Contact.Whole__c"] }),
      "objects/Contact.object": file("CustomObject", fields),
    });
    expect(problems(result)).toEqual([]);
    expect(await described("Contact", "Vip__c")).toMatchObject({ type: "boolean", defaultValue: true });
    expect(await described("Contact", "Whole__c")).toMatchObject({ calculated: true, updateable: false });
    const [row] = await org.query(`SELECT Vip__c, Whole__c FROM Contact WHERE Id = '${id}'`);
    expect(row).toMatchObject({ Vip__c: true, Whole__c: "Very-Old" });
  });
});

describe("a field whose definition lacks something or has too much", () => {
  const CASES: readonly (readonly [type: string, content: string, problem: string])[] = [
    ["Text", "", "Must specify 'length' for a CustomField of type Text"],
    [
      "LongTextArea",
      "<length>32768</length>",
      "Must specify 'visibleLines' for a CustomField of type LongTextArea",
    ],
    ["Checkbox", "", "Must specify 'defaultValue' for a CustomField of type Checkbox"],
    ["Number", "<precision>18</precision>", "Must specify 'scale' for a CustomField of type Number"],
    ["Currency", "<scale>2</scale>", "Must specify 'precision' for a CustomField of type Currency"],
    ["Picklist", "", "Must specify 'valueSet' for a CustomField of type Picklist"],
    ["TextArea", "<length>255</length>", "Can not specify 'length' for a CustomField of type TextArea"],
    ["Url", "<length>255</length>", "Can not specify 'length' for a CustomField of type Url"],
    [
      "Checkbox",
      "<defaultValue>false</defaultValue><required>true</required>",
      "Can not specify 'required' for a CustomField of type Checkbox",
    ],
    [
      "Phone",
      "<externalId>true</externalId>",
      "Can not specify 'externalId' for a CustomField of type Phone",
    ],
    [
      "Lookup",
      "<referenceTo>Account</referenceTo><relationshipName>R</relationshipName><unique>true</unique>",
      "Can not specify 'unique' for a CustomField of type Lookup",
    ],
    [
      "Lookup",
      "<referenceTo>Account</referenceTo>",
      "Must specify 'relationshipName' for a CustomField of type Lookup",
    ],
    [
      "Lookup",
      "<referenceTo>Nothing__c</referenceTo><relationshipName>R</relationshipName>",
      "referenceTo value of 'Nothing__c' does not resolve to a valid sObject type",
    ],
    [
      "Lookup",
      "<referenceTo>Account</referenceTo><relationshipName>R</relationshipName><required>true</required>",
      "field integrity exception: unknown (must specify either cascade delete or restrict delete for required lookup foreign key)",
    ],
    ["Text", "<length>256</length>", "The length of a CustomField of type Text must be between 1 and 255"],
    [
      "Number",
      "<precision>19</precision><scale>0</scale>",
      "The precision of a CustomField of type Number must be between 1 and 18",
    ],
    ["Summary", "", "The simulated org does not deploy a CustomField of type Summary."],
    [
      "MasterDetail",
      "<referenceTo>Account</referenceTo><relationshipName>R</relationshipName>",
      "A master-detail relationship cannot be created on Contact",
    ],
  ];

  it("is refused with what is wrong", async () => {
    const names = CASES.map((_, position) => `Contact.Case${position}__c`);
    const fields = CASES.map(([type, content], position) => field(`Case${position}__c`, type, content));
    const result = await deploy(org, {
      "package.xml": manifest({ CustomField: names }),
      "objects/Contact.object": file("CustomObject", fields.join("")),
    });
    expect(problems(result)).toEqual(
      CASES.map(([, , problem], position) => `${names[position]}: ${problem}`),
    );
  });

  it("has a name of its own, with a suffix and without another's namespace", async () => {
    const text = "<length>20</length>";
    expect(await deployField("Text", text, "NoSuffix")).toEqual([
      "Invalid fullName, must end in a custom suffix (e.g. __c)",
    ]);
    expect(await deployField("Text", text, "other__Field__c")).toEqual([
      "Cannot create a new component with the namespace: other.  Only components in the same namespace as the organization can be created through the API",
    ]);
    expect(await deployField("Text", text, "Email")).toEqual([
      "The simulated org does not change standard fields: Contact.Email",
    ]);
  });

  it("needs a relationship name that its parent does not have yet", async () => {
    const sales = "<referenceTo>Contact</referenceTo><relationshipName>SecutixSales</relationshipName>";
    expect(await deployField("Lookup", sales)).toEqual([
      "There is already a Child Relationship named SecutixSales on Contact.",
    ]);
  });
});

describe("a field that is there already", () => {
  const change = (type: string, content: string) => deployField(type, content, "SyncId__c");

  it("may become longer, and shorter as long as its values fit", async () => {
    await org.upsert("Contact", [{ SyncId__c: "1234567890", LastName: "Ten" }]);
    const key = "<externalId>true</externalId><unique>true</unique>";
    expect(await change("Text", `${key}<length>60</length>`)).toEqual([]);
    expect(await change("Text", `${key}<length>10</length>`)).toEqual([]);
    expect(await change("Text", `${key}<length>9</length>`)).toEqual([
      "Contact.SyncId__c holds values that are longer than 9 characters",
    ]);
  });

  it("never becomes a field of another type", async () => {
    expect(await change("Date", "")).toEqual([
      "The simulated org does not change the type of a field: Contact.SyncId__c is string",
    ]);
  });
});

describe("a detail object", () => {
  const MASTER =
    "<referenceTo>Account</referenceTo><relationshipLabel>Visits</relationshipLabel><relationshipName>Visits</relationshipName><relationshipOrder>0</relationshipOrder>";
  const visit = (sharing: string) => ({
    "package.xml": manifest({ CustomObject: ["Visit__c"] }),
    "objects/Visit__c.object": file(
      "CustomObject",
      field("Account__c", "MasterDetail", MASTER) + objectProperties("Visit", sharing),
    ),
  });

  it("is shared as its master is", async () => {
    expect(problems(await deploy(org, visit("ReadWrite")))[0]).toBe(
      "Visit__c: Cannot set sharingModel to ReadWrite on a CustomObject with a MasterDetail relationship field",
    );
    expect(problems(await deploy(org, visit("ControlledByParent")))).toEqual([]);
  });

  it("shows its master to everybody who sees it, and has no owner", async () => {
    await org.control("POST", "/permissions", { object: "Visit__c", read: true, create: true });
    const { body } = await org.api<{ fields: Field[] }>("GET", "/sobjects/Visit__c/describe");
    expect(body.fields.map(({ name }) => name)).toContain("Account__c");
    expect(body.fields.map(({ name }) => name)).not.toContain("OwnerId");
    const missing = await org.api("POST", "/sobjects/Visit__c", {});
    expect(missing).toMatchObject({ status: 400, body: [{ errorCode: "REQUIRED_FIELD_MISSING" }] });
  });
});
