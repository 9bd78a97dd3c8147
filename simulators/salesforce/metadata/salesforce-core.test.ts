import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ended, field, file, manifest, NOW, zip } from "./test-package";
import { useOrg } from "../test-org";

const org = useOrg();
let home = "";

/** The library keeps what it knows of orgs in the home directory: here it gets one of its own. */
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "simulated-org-"));
  vi.stubEnv("HOME", home);
  vi.stubEnv("SF_DISABLE_LOG_FILE", "true");
  vi.stubEnv("SF_USE_GENERIC_UNIX_KEYCHAIN", "true");
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

describe("@salesforce/core", () => {
  it("deploys a zip by REST as the command line does", { timeout: 30_000 }, async () => {
    const { AuthInfo, Connection } = await import("@salesforce/core");
    const authInfo = await AuthInfo.create({
      username: "integration@myvenue.example",
      accessTokenOptions: { accessToken: org.accessToken, instanceUrl: org.url, loginUrl: org.url },
    });
    const connection = await Connection.create({ authInfo, connectionOptions: { version: "62.0" } });
    const content = field("ByCore__c", "Text", "<length>20</length>");
    const bytes = zip({
      "package.xml": manifest({ CustomField: ["Contact.ByCore__c"] }),
      "objects/Contact.object": file("CustomObject", content),
    });
    const { id } = await connection.deploy(Buffer.from(bytes), { ...NOW, rest: true });
    expect(await connection.metadata.checkDeployStatus(id, true, true)).toMatchObject({ id });
    expect(await ended(org, id)).toMatchObject({ status: "Succeeded", numberComponentsTotal: 1 });
  });
});
