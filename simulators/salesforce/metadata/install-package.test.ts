import { describe, expect, it } from "vitest";
import {
  deploy,
  field,
  fieldPermission,
  file,
  manifest,
  NOW,
  objectPermission,
  objectProperties,
  problems,
} from "./test-package";
import { useOrg } from "../test-org";

const org = useOrg({ secutixPackage: false });

const SYNC_ID =
  "<externalId>true</externalId><unique>true</unique><caseSensitive>false</caseSensitive><length>40</length>";
const LOOKUP = (target: string) =>
  `<referenceTo>${target}</referenceTo><relationshipLabel>Sales</relationshipLabel><relationshipName>SecutixSales</relationshipName>`;
const PACKAGE = {
  "package.xml": manifest({
    CustomObject: ["SecutixSale__c"],
    CustomField: ["Account.SyncId__c", "Contact.SyncId__c"],
    CustomTab: ["SecutixSale__c"],
    PermissionSet: ["Secutix_Integration"],
  }),
  "objects/SecutixSale__c.object": file(
    "CustomObject",
    field("SyncId__c", "Text", SYNC_ID) +
      field("Account__c", "Lookup", LOOKUP("Account")) +
      field("Contact__c", "Lookup", LOOKUP("Contact")) +
      field("Total__c", "Number", "<precision>18</precision><scale>2</scale>") +
      field("Remark__c", "LongTextArea", "<length>32768</length><visibleLines>3</visibleLines>") +
      objectProperties("SecutixSale"),
  ),
  "objects/Account.object": file("CustomObject", field("SyncId__c", "Text", SYNC_ID)),
  "objects/Contact.object": file("CustomObject", field("SyncId__c", "Text", SYNC_ID)),
  "tabs/SecutixSale__c.tab": file(
    "CustomTab",
    "<customObject>true</customObject><motif>Custom53: Bell</motif>",
  ),
  "permissionsets/Secutix_Integration.permissionset": file(
    "PermissionSet",
    ["Account.SyncId__c", "Contact.SyncId__c"].map((name) => fieldPermission(name)).join("") +
      ["SyncId__c", "Account__c", "Contact__c", "Total__c", "Remark__c"]
        .map((name) => fieldPermission(`SecutixSale__c.${name}`))
        .join("") +
      "<label>SecuTix Integration</label>" +
      ["Account", "Contact", "SecutixSale__c"].map((name) => objectPermission(name)).join("") +
      "<tabSettings><tab>SecutixSale__c</tab><visibility>Visible</visibility></tabSettings>",
  ),
};

interface Describe {
  fields: { name: string; externalId: boolean; updateable: boolean }[];
}

const fieldsOf = async (object: string) => {
  const { status, body } = await org.api<Describe>("GET", `/sobjects/${object}/describe`);
  return status === 200 ? body.fields.map(({ name }) => name) : [];
};

describe("our package in an org that has nothing of it", () => {
  it("is deployed whole", async () => {
    const result = await deploy(org, PACKAGE, NOW);
    expect(problems(result)).toEqual([]);
    expect(result).toMatchObject({ status: "Succeeded", success: true, numberComponentsTotal: 10 });
    const created = result.details?.componentSuccesses.filter((one) => one.created) ?? [];
    expect(created.map(({ componentType, fullName }) => `${componentType} ${fullName}`)).toContain(
      "CustomField SecutixSale__c.Remark__c",
    );
  });

  it("is seen by nobody before its permission set is assigned", async () => {
    expect(await fieldsOf("SecutixSale__c")).toEqual([]);
    expect(await fieldsOf("Account")).not.toContain("SyncId__c");
    const [result] = await org.upsert("Contact", [{ SyncId__c: "C-1", LastName: "Nobody" }]).catch(() => []);
    expect(result?.success).not.toBe(true);
    const query = await org.api("GET", `/query?q=${encodeURIComponent("SELECT SyncId__c FROM Contact")}`);
    expect(query).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
  });

  it("works for the user who was given the permission set", async () => {
    const [set] = await org.query<{ Id: string }>(
      "SELECT Id FROM PermissionSet WHERE Name = 'Secutix_Integration'",
    );
    const [user] = await org.query<{ Id: string }>(
      "SELECT Id FROM User WHERE Username = 'integration@myvenue.example'",
    );
    await org.create("PermissionSetAssignment", { AssigneeId: user?.Id, PermissionSetId: set?.Id });
    expect(await fieldsOf("SecutixSale__c")).toContain("Remark__c");
    expect(await fieldsOf("Account")).toEqual(expect.arrayContaining(["SyncId__c", "SyncId__pc"]));
    const [contact] = await org.upsert("Contact", [{ SyncId__c: "C-1", LastName: "Somebody" }]);
    expect(contact).toMatchObject({ success: true, created: true });
    const [sale] = await org.upsert("SecutixSale__c", [
      { SyncId__c: "S-1", Total__c: 12.5, Contact__r: { SyncId__c: "C-1" } },
    ]);
    expect(sale).toMatchObject({ success: true, created: true });
    expect(await org.query("SELECT Contact__r.LastName, Total__c FROM SecutixSale__c")).toMatchObject([
      { Contact__r: { LastName: "Somebody" }, Total__c: 12.5 },
    ]);
  });

  it("can be deployed again without a change", async () => {
    const result = await deploy(org, PACKAGE, NOW);
    expect(problems(result)).toEqual([]);
    expect(result.details?.componentSuccesses.some((one) => one.created)).toBe(false);
    expect((await org.query("SELECT Id FROM SecutixSale__c")).length).toBe(1);
  });
});
