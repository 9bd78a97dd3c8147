import { strToU8, zipSync } from "fflate";
import { Connection } from "jsforce";
import { describe, expect, it } from "vitest";
import { publicNames, uncovered, watched } from "../touched";
import { useOrg } from "../../test-org";

const org = useOrg();
const touched = new Set<string>();
const SOAP = "Metadata SOAP API";

/** Calls of the Metadata API that jsforce sends as SOAP, which the simulated org does not have (README). */
const OUT_OF_SCOPE = {
  create: SOAP,
  read: SOAP,
  update: SOAP,
  upsert: SOAP,
  delete: SOAP,
  rename: SOAP,
  describe: SOAP,
  list: SOAP,
  checkStatus: SOAP,
  retrieve: SOAP,
  checkRetrieveStatus: SOAP,
  deploy: `${SOAP}; deployRest sends the same zip by REST`,
  cancelDeploy: SOAP,
  deployRecentValidation: "a quick deploy needs Apex tests, which this org does not run",
};

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

function packageOf(fieldName: string, type: string): Buffer {
  const files = {
    "package.xml": `<?xml version="1.0" encoding="UTF-8"?><Package ${NAMESPACE}><types><members>Account.${fieldName}</members><name>CustomField</name></types><version>62.0</version></Package>`,
    "objects/Account.object": `<?xml version="1.0" encoding="UTF-8"?><CustomObject ${NAMESPACE}><fields><fullName>${fieldName}</fullName><label>Deployed</label>${type}</fields></CustomObject>`,
  };
  const zip = Object.entries(files).map(([name, content]) => [name, strToU8(content)] as const);
  return Buffer.from(zipSync(Object.fromEntries(zip)));
}

function metadata() {
  const conn = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: "62.0" });
  return watched(conn.metadata, touched);
}

/** Asks by REST until the deploy is done; `complete()` of jsforce asks by SOAP, also after deployRest. */
async function deployed(zip: Buffer) {
  const options = { singlePackage: true, rollbackOnError: true, testLevel: "NoTestRun" } as const;
  const { id } = await metadata().deployRest(zip, options);
  const status = () => metadata().checkDeployStatus(id, true, true);
  await expect.poll(async () => (await status()).done, { timeout: 5000 }).toBe(true);
  return status();
}

describe.each([1, 2])("jsforce Metadata, round %i on the same running simulator", (round) => {
  it("deploys a zip by REST", async () => {
    const status = await deployed(packageOf(`Round${round}__c`, "<type>Text</type><length>20</length>"));
    expect(status).toMatchObject({ success: true, status: "Succeeded", numberComponentErrors: 0 });
    expect(status.details?.componentSuccesses).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ componentType: "CustomField", fullName: `Account.Round${round}__c` }),
      ]),
    );
  });

  it("tells what is wrong with a component", async () => {
    const status = await deployed(packageOf(`Wrong${round}__c`, "<type>Nonsense</type>"));
    expect(status).toMatchObject({ success: false, status: "Failed" });
    expect(status.details?.componentFailures).toMatchObject([{ problemType: "Error", success: false }]);
  });
});

it("every public call of jsforce's Metadata API is exercised or named as out of scope", () => {
  const conn = new Connection({ instanceUrl: org.url });
  expect(
    uncovered(publicNames(conn.metadata, "jsforce/lib/api/metadata.d.ts"), touched, OUT_OF_SCOPE),
  ).toEqual({
    notExercised: [],
    unknown: [],
  });
});
