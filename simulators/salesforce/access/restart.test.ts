import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestAdmin } from "./test-admin";
import { deploy, field, fieldPermission, file, manifest, objectPermission } from "../metadata/test-package";
import { TestOrg } from "../test-org";

let directory = "";
let stateFile = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "simulated-org-"));
  stateFile = join(directory, "org.json");
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const started = async () => {
  const org = new TestOrg();
  await org.start({ stateFile, integrationAccess: "minimal" });
  return org;
};
const fieldsOf = async (org: TestOrg, object: string) => {
  const { status, body } = await org.api<{ fields: { name: string }[] }>(
    "GET",
    `/sobjects/${object}/describe`,
  );
  return status === 200 ? body.fields.map(({ name }) => name) : undefined;
};
const DEPLOYED = {
  "package.xml": manifest({ CustomField: ["Account.Gate__c"], PermissionSet: ["Gates"] }),
  "objects/Account.object": file("CustomObject", field("Gate__c", "Text", "<length>20</length>")),
  "permissionsets/Gates.permissionset": file(
    "PermissionSet",
    fieldPermission("Account.Gate__c") + "<label>Gates</label>" + objectPermission("Account"),
  ),
};

/** Deploys as the administrator, whose profile may. */
const deployAsAdmin = async (org: TestOrg, admin: TestAdmin) => {
  await admin.signIn();
  const view = { url: org.url, accessToken: admin.accessToken, api: admin.api.bind(admin) };
  return deploy(view, DEPLOYED);
};

describe("an org that is stopped and started again", () => {
  it("has the fields, permission sets and assignments it had, and the rows with them", async () => {
    const first = await started();
    const admin = new TestAdmin(first);
    expect(await deployAsAdmin(first, admin)).toMatchObject({ status: "Succeeded" });
    const [set] = await admin.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Gates'");
    const [user] = await admin.query<{ Id: string }>(
      "SELECT Id FROM User WHERE Username LIKE 'integration%'",
    );
    await admin.create("PermissionSetAssignment", { AssigneeId: user?.Id, PermissionSetId: set?.Id });
    const id = await first.create("Account", { Name: "Kept", Gate__c: "North" });
    await first.stop();

    const second = await started();
    expect(await fieldsOf(second, "Account")).toContain("Gate__c");
    expect(await fieldsOf(second, "Account")).not.toContain("Phone");
    expect(await fieldsOf(second, "Contact")).toBeUndefined();
    expect((await second.api("GET", `/sobjects/Account/${id}`)).body).toMatchObject({ Gate__c: "North" });
    await second.stop();
  });

  it("starts from a file without permissions as every org did", async () => {
    const shape = { personAccounts: true, prefix: "", secutixPackage: true };
    const idCounters = { "001": 24_000_001 };
    writeFileSync(stateFile, JSON.stringify({ format: 1, seed: 1, shape, idCounters, rows: {} }));
    const org = new TestOrg();
    await org.start({ stateFile });
    expect(await fieldsOf(org, "Account")).toContain("Phone");
    expect(await fieldsOf(org, "SecutixSale__c")).toContain("SyncId__c");
    await org.stop();
  });
});
