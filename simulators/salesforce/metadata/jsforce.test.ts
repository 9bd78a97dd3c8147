import { Connection } from "jsforce";
import { describe, expect, it } from "vitest";
import { field, file, manifest, NOW, zip } from "./test-package";
import { useOrg } from "../test-org";

const org = useOrg();

const connect = () =>
  new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: "62.0", maxRequest: 1 });
const packageOf = (name: string, type: string, content: string) =>
  Buffer.from(
    zip({
      "package.xml": manifest({ CustomField: [`Account.${name}`] }),
      "objects/Account.object": file("CustomObject", field(name, type, content)),
    }),
  );

/** As the Salesforce command line does with `--api rest`: asks by REST until the deployment is done. */
const finished = async (connection: Connection, id: string) => {
  for (;;) {
    const result = await connection.metadata.checkDeployStatus(id, true, true);
    if (result.done) return result;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe("jsforce", () => {
  it("deploys a zip by REST and reads the result", async () => {
    const connection = connect();
    const { id } = await connection.metadata.deployRest(
      packageOf("ByJsforce__c", "Text", "<length>20</length>"),
      NOW,
    );
    const result = await finished(connection, id);
    expect(result).toMatchObject({ status: "Succeeded", success: true, numberComponentsTotal: 1 });
    expect(result.details?.componentSuccesses).toContainEqual(
      expect.objectContaining({ componentType: "CustomField", fullName: "Account.ByJsforce__c" }),
    );
  });

  it("reads what is wrong with a component", async () => {
    const connection = connect();
    const { id } = await connection.metadata.deployRest(packageOf("Bad__c", "Text", ""), NOW);
    const result = await finished(connection, id);
    expect(result).toMatchObject({ status: "Failed", success: false });
    expect(result.details?.componentFailures).toContainEqual(
      expect.objectContaining({ problem: "Must specify 'length' for a CustomField of type Text" }),
    );
  });

  it("deploys what it validated before", async () => {
    const connection = connect();
    const checked = await connection.metadata.deployRest(packageOf("Checked__c", "Date", ""), {
      ...NOW,
      checkOnly: true,
    });
    await finished(connection, checked.id);
    const id = await connection.metadata.deployRecentValidation({ id: checked.id, rest: true });
    expect(await finished(connection, id)).toMatchObject({ status: "Succeeded", checkOnly: false });
  });
});
