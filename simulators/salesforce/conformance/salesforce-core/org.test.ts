import { setTimeout as sleep } from "node:timers/promises";
import { strToU8, zipSync } from "fflate";
import type { Connection, Org } from "@salesforce/core";
import { beforeAll, describe, expect, it } from "vitest";
import { registerJwtClient, useCore } from "./core-home";
import { useOrg } from "../../test-org";
import { publicNames, uncovered, watched } from "../touched";

const org = useOrg();
const home = useCore();
const touchedOfConnection = new Set<string>();
const touchedOfOrg = new Set<string>();
const INTEGRATION = "integration@myvenue.example";
let connection: Connection;
let coreOrg: Org;

const SCRATCH = "scratch orgs are made by a Dev Hub";
const SANDBOX = "sandboxes are made by a production org, through the Tooling API";
const LOCAL = "changes files of the command line only";
const OUT_OF_SCOPE = {
  checkScratchOrg: SCRATCH,
  scratchOrgCreate: SCRATCH,
  deleteFrom: SCRATCH,
  delete: SCRATCH,
  getDevHubOrg: SCRATCH,
  cloneSandbox: SANDBOX,
  createSandbox: SANDBOX,
  refreshSandbox: SANDBOX,
  resumeSandbox: SANDBOX,
  sandboxStatus: SANDBOX,
  querySandboxInfo: SANDBOX,
  querySandboxProcessById: SANDBOX,
  querySandboxProcessByOrgId: SANDBOX,
  querySandboxProcessBySandboxInfoId: SANDBOX,
  querySandboxProcessBySandboxName: SANDBOX,
  getSandboxConfig: LOCAL,
  setSandboxConfig: LOCAL,
  cleanLocalOrgData: LOCAL,
  addUsername: LOCAL,
  removeUsername: LOCAL,
  readUserAuthFiles: LOCAL,
  retrieveOrgUsersConfig: LOCAL,
  remove: LOCAL,
  setTracksSource: LOCAL,
  getFrontDoorUrl: "opens the org's own pages with /services/oauth2/singleaccess",
  getMetadataUIURL: "opens the org's setup pages; asks the Tooling API",
  init: "called by create",
};
const OUT_OF_SCOPE_OF_CONNECTION = { tooling: "Tooling API", init: "called by create" };

beforeAll(async () => {
  const { AuthInfo, Connection, Org } = home.core;
  const oauth2Options = await registerJwtClient(org, {
    clientId: "core-org",
    username: INTEGRATION,
    folder: home.folder,
  });
  const authInfo = await AuthInfo.create({ username: INTEGRATION, oauth2Options });
  await authInfo.save();
  connection = watched(await Connection.create({ authInfo }), touchedOfConnection);
  coreOrg = watched(await Org.create({ aliasOrUsername: INTEGRATION }), touchedOfOrg);
});

const CONNECTION_DECLARATION = "@salesforce/core/lib/org/connection.d.ts";
const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A permission set on Contact, as the command line would deploy it. */
function permissionSetZip(name: string): Buffer {
  const files = {
    "package.xml": `<?xml version="1.0" encoding="UTF-8"?><Package ${NAMESPACE}><types><members>${name}</members><name>PermissionSet</name></types><version>62.0</version></Package>`,
    [`permissionsets/${name}.permissionset`]: `<?xml version="1.0" encoding="UTF-8"?><PermissionSet ${NAMESPACE}><hasActivationRequired>false</hasActivationRequired><label>${name}</label></PermissionSet>`,
  };
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))),
  );
}

describe.each([1, 2])("@salesforce/core on an org, round %i on the same running simulator", (round) => {
  it("speaks the newest version, or the one it is told", async () => {
    expect(await connection.retrieveMaxApiVersion()).toBe("66.0");
    await connection.useLatestApiVersion();
    expect(connection.getApiVersion()).toBe("66.0");
    connection.setApiVersion("62.0");
    expect(connection.baseUrl()).toBe(`${org.url}/services/data/v62.0`);
    expect(connection.normalizeUrl("/sobjects")).toBe(`${org.url}/services/data/v62.0/sobjects`);
    expect(await connection.isResolvable()).toBe(true);
    expect(await coreOrg.retrieveMaxApiVersion()).toBe("66.0");
  });

  it("knows whose connection it is", async () => {
    expect(connection.getUsername()).toBe(INTEGRATION);
    expect(connection.isUsingAccessToken()).toBe(false);
    expect(connection.getAuthInfo().getUsername()).toBe(INTEGRATION);
    expect(connection.getAuthInfoFields().orgId).toMatch(/^00D/);
    expect(connection.getConnectionOptions().instanceUrl).toBe(org.url);
    await connection.refreshAuth();
    expect(await connection.identity()).toMatchObject({ username: INTEGRATION });
  });

  it("queries, all pages by itself, or exactly one record", async () => {
    const people = Array.from({ length: 200 }, (_, n) => ({ LastName: `n${n}`, Title: `core-${round}` }));
    await connection.create("Contact", people);
    const soql = `SELECT LastName FROM Contact WHERE Title = 'core-${round}'`;
    expect((await connection.query(soql)).totalSize).toBe(200);
    expect((await connection.autoFetchQuery(soql)).records).toHaveLength(200);
    const one = await connection.singleRecordQuery(`${soql} AND LastName = 'n7'`);
    expect(one.LastName).toBe("n7");
    await expect(connection.singleRecordQuery(soql)).rejects.toMatchObject({
      name: "SingleRecordQuery_MultipleRecords",
    });
    await expect(connection.singleRecordQuery(`${soql} AND LastName = 'no'`)).rejects.toMatchObject({
      name: "SingleRecordQuery_NoRecords",
    });
    const limits = await connection.request<object>(`${connection.baseUrl()}/limits`);
    expect(limits).toHaveProperty("DailyApiRequests.Max");
    expect((await connection.describe("Account")).name).toBe("Account");
  });

  it("signs in again when the session has ended", async () => {
    await org.control("POST", "/faults", { kind: "expire-sessions" });
    await org.signIn();
    expect((await connection.query("SELECT Id FROM Organization")).totalSize).toBe(1);
  });

  it("deploys by REST and gives a user the permission set", async () => {
    const { PermissionSetAssignment, User } = home.core;
    const name = `Core_${round}`;
    const started: unknown = await connection.deploy(permissionSetZip(name), {
      rest: true,
      singlePackage: true,
    });
    const { id } = started as { id: string };
    const status = () => connection.metadata.checkDeployStatus(id, true, true);
    while (!(await status()).done) await sleep(20);
    expect(await status()).toMatchObject({ success: true, status: "Succeeded" });
    const user = await User.create({ org: coreOrg });
    const { id: userId } = await user.retrieve(INTEGRATION);
    expect(userId).toMatch(/^005/);
    const assignments = await PermissionSetAssignment.init(coreOrg);
    expect(await assignments.create(userId, name)).toMatchObject({ assigneeId: userId });
    await expect(assignments.create(userId, name)).rejects.toThrow(/Duplicate PermissionSetAssignment/);
    await expect(user.assignPermissionSets(userId, ["Not_There"])).rejects.toThrow(/Not_There/);
  });

  it("knows the profile that new users get", async () => {
    const { DefaultUserFields } = home.core;
    const fields = await DefaultUserFields.create({ templateUser: INTEGRATION });
    expect(fields.getFields().profileId).toMatch(/^00e/);
  });

  it("describes the org", async () => {
    const { Org } = home.core;
    expect(await coreOrg.retrieveOrganizationInformation()).toMatchObject({
      Name: "myvenue",
      IsSandbox: false,
      TrialExpirationDate: null,
      OrganizationType: "Enterprise Edition",
    });
    expect(await coreOrg.updateLocalInformation()).toMatchObject({ name: "myvenue", isSandbox: false });
    expect(await coreOrg.determineIfDevHubOrg(true)).toBe(false);
    expect(await coreOrg.determineIfSandbox()).toBe(false);
    expect(await coreOrg.determineIfScratch()).toBe(false);
    expect(await coreOrg.isSandbox()).toBe(false);
    expect(coreOrg.isScratch()).toBe(false);
    expect(coreOrg.isDevHubOrg()).toBe(false);
    expect(await coreOrg.supportsSourceTracking()).toBe(false);
    expect(await coreOrg.tracksSource()).toBe(false);
    expect(coreOrg.getOrgId()).toMatch(/^00D/);
    expect(coreOrg.getUsername()).toBe(INTEGRATION);
    expect(coreOrg.getField(Org.Fields.INSTANCE_URL)).toBe(org.url);
    expect(coreOrg.getFields([Org.Fields.NAME])).toMatchObject({ name: "myvenue" });
    expect(coreOrg.getConnection("62.0").getApiVersion()).toBe("62.0");
    expect(coreOrg.getConfigAggregator().getPropertyValue("org-api-version")).toBeUndefined();
    await coreOrg.refreshAuth();
  });
});

describe("every public call", () => {
  it("that Connection adds to jsforce's is exercised or named as out of scope", () => {
    const own = Object.getOwnPropertyNames(home.core.Connection.prototype);
    const offered = publicNames(connection, CONNECTION_DECLARATION).filter((name) => own.includes(name));
    expect(uncovered(offered, touchedOfConnection, OUT_OF_SCOPE_OF_CONNECTION).notExercised).toEqual([]);
  });

  it("of Org is exercised or named as out of scope", () => {
    expect(
      uncovered(publicNames(coreOrg, "@salesforce/core/lib/org/org.d.ts"), touchedOfOrg, OUT_OF_SCOPE)
        .notExercised,
    ).toEqual([]);
  });
});
