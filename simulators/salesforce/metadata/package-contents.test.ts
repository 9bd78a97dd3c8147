import { describe, expect, it } from "vitest";
import { deploy, field, file, manifest, NOW, objectProperties, problems } from "./test-package";
import { useOrg } from "../test-org";

const org = useOrg();

const TEXT = "<length>20</length>";
const ACCOUNT = { "objects/Account.object": file("CustomObject", field("Gate__c", "Text", TEXT)) };
const problemsOf = async (files: Readonly<Record<string, string>>, options: object = NOW) =>
  problems(await deploy(org, files, options));

describe("package.xml", () => {
  it("must be at the top, or in each folder when the zip is no single package", async () => {
    const content = { "package.xml": manifest({ CustomField: ["Account.Gate__c"] }), ...ACCOUNT };
    const inFolder = Object.fromEntries(Object.entries(content).map(([name, text]) => [`pkg/${name}`, text]));
    expect(await problemsOf(inFolder)).toEqual(["package.xml: No package.xml found"]);
    expect(await problemsOf(content, { rollbackOnError: true })).toEqual([
      "package.xml: No package.xml found",
    ]);
    const result = await deploy(org, inFolder, { rollbackOnError: true });
    expect(result.status).toBe("Succeeded");
    expect(result.details?.componentSuccesses[1]?.fileName).toBe("pkg/objects/Account.object");
  });

  it("names only what the zip holds", async () => {
    const types = {
      CustomField: ["Account.Gate__c", "Account.Other__c"],
      PermissionSet: ["Missing"],
      CustomObject: ["Missing__c"],
    };
    expect(await problemsOf({ "package.xml": manifest(types), ...ACCOUNT })).toEqual([
      "Missing__c: An object 'Missing__c' of type CustomObject was named in package.xml, but was not found in zipped directory",
      "Account.Other__c: An object 'Account.Other__c' of type CustomField was named in package.xml, but was not found in zipped directory",
      "Missing: An object 'Missing' of type PermissionSet was named in package.xml, but was not found in zipped directory",
    ]);
    const missing = { "package.xml": manifest({ PermissionSet: ["Missing"] }) };
    expect(await problemsOf(missing, { ...NOW, allowMissingFiles: true })).toEqual([]);
  });

  it("names all that the zip holds", async () => {
    const files = {
      "package.xml": manifest({ CustomField: ["Contact.Gate__c"] }),
      "objects/Contact.object": file(
        "CustomObject",
        field("Gate__c", "Text", TEXT) + field("Door__c", "Text", TEXT),
      ),
      ...ACCOUNT,
    };
    expect(await problemsOf(files)).toEqual([
      "Contact.Door__c: Not in package.xml",
      "Account: Not in package.xml",
    ]);
  });

  it("may name all files of a type by a star", async () => {
    const result = await deploy(org, {
      "package.xml": manifest({ CustomObject: ["*"] }),
      "objects/Star__c.object": file("CustomObject", objectProperties("Star")),
    });
    expect(result.details?.componentSuccesses.map(({ fullName }) => fullName)).toEqual([
      "package.xml",
      "Star__c",
    ]);
  });

  it("names types that Salesforce knows, in a version that it has", async () => {
    expect(await problemsOf({ "package.xml": manifest({ Nonsense: ["A"], ApexClass: ["B"] }) })).toEqual([
      "package.xml: Unknown type name 'Nonsense' specified in package.xml",
      "B: Not available for deploy for this organization",
    ]);
    expect(await problemsOf({ "package.xml": manifest({}, "67.0") })).toEqual([
      "package.xml: Invalid version specified: 67.0",
    ]);
  });
});

describe("an XML file", () => {
  const contact = (content: string) => ({
    "package.xml": manifest({ CustomField: ["Contact.X__c"] }),
    "objects/Contact.object": content,
  });

  it("must be well-formed, without document types", async () => {
    const [broken] = await problemsOf(contact("<CustomObject><fields></CustomObject>"));
    expect(broken).toMatch(/^Contact\.X__c: Error parsing file: /);
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + file("CustomObject", "");
    expect(await problemsOf(contact(bomb))).toEqual([
      "Contact.X__c: Error parsing file: DOCTYPE is not allowed",
    ]);
  });

  it("holds only elements of its type, each kind in one place", async () => {
    expect(await problemsOf(contact(file("CustomObject", "<colour>red</colour>")))).toEqual([
      "Contact.X__c: Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}colour invalid at this location in type CustomObject",
    ]);
    const apart = field("X__c", "Text", TEXT) + "<label>Contact</label>" + field("Y__c", "Text", TEXT);
    expect(await problemsOf(contact(file("CustomObject", apart)))).toContain(
      "Contact.X__c: Error parsing file: Element fields is duplicated at this location in type CustomObject",
    );
  });

  it("may hold nothing that this org would have to leave out", async () => {
    const rule = file("CustomObject", "<validationRules><fullName>A</fullName></validationRules>");
    expect(await problemsOf(contact(rule))).toEqual([
      "Contact.X__c: The simulated org does not deploy validationRules of a CustomObject.",
    ]);
  });
});
