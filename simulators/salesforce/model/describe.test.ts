import { describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg({ prefix: "secutix__" });

interface Describe {
  fields: Record<string, unknown>[];
  childRelationships: Record<string, unknown>[];
  recordTypeInfos: Record<string, unknown>[];
  keyPrefix: string;
}

const describeOf = async (name: string) =>
  (await org.api<Describe>("GET", `/sobjects/${name}/describe`)).body;

describe("describe", () => {
  it("lists the objects with their key prefixes", async () => {
    const { body } = await org.api<{ sobjects: { name: string; keyPrefix: string }[] }>("GET", "/sobjects");
    const prefixes = new Map(body.sobjects.map(({ name, keyPrefix }) => [name, keyPrefix]));
    expect([...prefixes.keys()]).toEqual([...prefixes.keys()].sort());
    expect(Object.fromEntries(prefixes)).toMatchObject({
      Account: "001",
      Contact: "003",
      Opportunity: "006",
      Organization: "00D",
      Product2: "01t",
      RecordType: "012",
      User: "005",
      secutix__SecutixSale__c: "a00",
    });
  });

  it("tells of a key field that it is one, and of a person field what it is", async () => {
    const { fields, recordTypeInfos } = await describeOf("Account");
    const field = (name: string) => fields.find((candidate) => candidate.name === name);
    expect(field("secutix__SyncId__c")).toMatchObject({
      type: "string",
      length: 40,
      externalId: true,
      unique: true,
      caseSensitive: false,
      idLookup: true,
      custom: true,
    });
    expect(field("secutix__SyncId__pc")).toMatchObject({ externalId: false });
    expect(field("PersonEmail")).toMatchObject({
      type: "email",
      length: 80,
      label: "Email",
      soapType: "xsd:string",
    });
    expect(field("IsPersonAccount")).toMatchObject({ createable: false, updateable: false });
    expect(recordTypeInfos.map((info) => info.developerName)).toEqual([
      "Business_Account",
      "PersonAccount",
      "Master",
    ]);
  });

  it("gives the sale its numbers as setup shows them and its lookups with their names", async () => {
    const { fields } = await describeOf("secutix__SecutixSale__c");
    const field = (name: string) => fields.find((candidate) => candidate.name === `secutix__${name}`);
    expect(field("Total_Amount__c")).toMatchObject({ type: "double", precision: 18, scale: 2 });
    expect(field("Account__c")).toMatchObject({
      referenceTo: ["Account"],
      relationshipName: "secutix__Account__r",
    });
    expect(field("Remark__c")).toMatchObject({ type: "textarea", length: 32768, filterable: false });
    const { childRelationships } = await describeOf("Contact");
    expect(childRelationships).toContainEqual(
      expect.objectContaining({ childSObject: "secutix__SecutixSale__c", field: "secutix__Contact__c" }),
    );
  });
});
