import { afterEach, describe, expect, it } from "vitest";
import { deploy, field, file, manifest, NOW, objectProperties, problems } from "./test-package";
import { useOrg } from "../test-org";

const org = useOrg();

const TEXT = "<length>20</length>";
const deployFields = async (object: string, fields: Readonly<Record<string, string>>) => {
  const result = await deploy(org, {
    "package.xml": manifest({ CustomField: Object.keys(fields).map((name) => `${object}.${name}`) }),
    [`objects/${object}.object`]: file(
      "CustomObject",
      Object.entries(fields)
        .map(([name, content]) => field(name, "Text", content))
        .join(""),
    ),
  });
  expect(problems(result)).toEqual([]);
};
const remove = async (types: Readonly<Record<string, readonly string[]>>) =>
  problems(
    await deploy(org, { "package.xml": manifest({}), "destructiveChanges.xml": manifest(types) }, NOW),
  );
const inUse = (what: "field" | "object", fullName: string, where: unknown) =>
  `${fullName}: This custom ${what} is referenced elsewhere in salesforce.com. Remove the usage and try again: ${String(where)}`;
const addRule = async (object: string, formula: string) => {
  const { body } = await org.control<{ id: string }>("POST", "/validation-rules", {
    object,
    formula,
    message: "No",
  });
  return body.id;
};

afterEach(async () => {
  await org.control("DELETE", "/validation-rules");
  await org.control("DELETE", "/automations");
  await org.control("DELETE", "/duplicate-rules");
});

describe("a field that something speaks of cannot be deleted", () => {
  it("by a rule of Account that names the field of Contact as person accounts show it", async () => {
    await deployFields("Contact", { Gate__c: TEXT });
    const rule = await addRule("Account", 'Gate__pc = "bad"');
    expect(await remove({ CustomField: ["Contact.Gate__c"] })).toEqual([
      inUse("field", "Contact.Gate__c", rule),
    ]);
    expect((await org.api("POST", "/sobjects/Account", { Name: "Saved" })).status).toBe(201);
    await org.control("DELETE", "/validation-rules");
    expect(await remove({ CustomField: ["Contact.Gate__c"] })).toEqual([]);
  });

  it("by a rule that reaches it, or goes, over a custom lookup", async () => {
    const lookup =
      "<referenceTo>Contact</referenceTo><relationshipName>Bought</relationshipName><deleteConstraint>SetNull</deleteConstraint>";
    await deployFields("Contact", { Over__c: TEXT });
    const deployed = await deploy(org, {
      "package.xml": manifest({ CustomField: ["Opportunity.Buyer__c"] }),
      "objects/Opportunity.object": file("CustomObject", field("Buyer__c", "Lookup", lookup)),
    });
    expect(problems(deployed)).toEqual([]);
    const rule = await addRule("Opportunity", 'Buyer__r.Over__c = "bad"');
    expect(await remove({ CustomField: ["Contact.Over__c", "Opportunity.Buyer__c"] })).toEqual([
      inUse("field", "Contact.Over__c", rule),
      inUse("field", "Opportunity.Buyer__c", rule),
    ]);
  });

  it("by a formula field, unless that is deleted along with it", async () => {
    await deployFields("Account", { Gate2__c: TEXT });
    await deployFields("Account", { Calc2__c: "<formula>Gate2__c &amp; &quot;x&quot;</formula>" });
    expect(await remove({ CustomField: ["Account.Gate2__c"] })).toEqual([
      inUse("field", "Account.Gate2__c", "Account.Calc2__c"),
    ]);
    expect(await remove({ CustomField: ["Account.Gate2__c", "Account.Calc2__c"] })).toEqual([]);
  });

  it("by an automation or a duplicate rule", async () => {
    await deployFields("Contact", { Sent__c: TEXT, Same__c: TEXT });
    const { body: automation } = await org.control<{ id: string }>("POST", "/automations", {
      kind: "field-trigger",
      object: "Contact",
      timing: "before",
      set: { sent__C: "x" },
    });
    const { body: rule } = await org.control<{ id: string }>("POST", "/duplicate-rules", {
      object: "Contact",
      name: "DR",
      matchingRule: "MR",
      match: [{ field: "Same__c" }],
    });
    expect(await remove({ CustomField: ["Contact.Sent__c", "Contact.Same__c"] })).toEqual([
      inUse("field", "Contact.Sent__c", automation.id),
      inUse("field", "Contact.Same__c", rule.id),
    ]);
  });

  it("but may go when only a text speaks of it", async () => {
    await deployFields("Account", { Word__c: TEXT });
    await addRule("Account", 'Name = "Word__c"');
    expect(await remove({ CustomField: ["Account.Word__c"] })).toEqual([]);
  });
});

describe("an object with a rule", () => {
  it("cannot be deleted", async () => {
    await deploy(org, {
      "package.xml": manifest({ CustomObject: ["Ruled__c"] }),
      "objects/Ruled__c.object": file("CustomObject", objectProperties("Ruled")),
    });
    const rule = await addRule("Ruled__c", 'Name = "x"');
    expect(await remove({ CustomObject: ["Ruled__c"] })).toEqual([inUse("object", "Ruled__c", rule)]);
  });
});
