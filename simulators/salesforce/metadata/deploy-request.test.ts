import { describe, expect, it } from "vitest";
import {
  deploy,
  ended,
  field,
  file,
  manifest,
  NOW,
  objectProperties,
  postZip,
  zip,
  type DeployResult,
} from "./test-package";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();

interface Started {
  id: string;
  url: string;
  deployOptions: Record<string, unknown>;
  deployResult: null;
  validatedDeployRequestId: string | null;
}

const packageOf = (name: string) => ({
  "package.xml": manifest({ CustomObject: [name] }),
  [`objects/${name}.object`]: file(
    "CustomObject",
    field("Code__c", "Text", "<length>20</length>") + objectProperties(name.replace("__c", "")),
  ),
});
const start = async (name: string, options: object = NOW) =>
  (await (await postZip(org, zip(packageOf(name)), options)).json()) as Started;
const status = async (id: string) =>
  (await org.api<{ deployResult: DeployResult }>("GET", `/metadata/deployRequest/${id}`)).body.deployResult;
/** Grants the profile what was deployed, to see whether it is there. */
const exists = async (object: string) =>
  (await org.control("POST", "/permissions", { object, read: true })).status === 200;

describe("a deploy request", () => {
  it("is accepted with its options, and done a moment later", async () => {
    const response = await postZip(org, zip(packageOf("Venue__c")), NOW);
    expect(response.status).toBe(201);
    const started = (await response.json()) as Started;
    expect(started.id).toMatch(/^0Af\w{15}$/);
    expect(started.url).toBe(`${org.url}/services/data/v62.0/metadata/deployRequest/${started.id}`);
    expect(started).toMatchObject({
      deployResult: null,
      deployOptions: { ...NOW, checkOnly: false, ignoreWarnings: false, runTests: null },
    });
    const early = await status(started.id);
    expect(["Pending", "InProgress", "Succeeded"]).toContain(early.status);
    expect(early.done).toBe(early.status === "Succeeded");
    expect(await ended(org, started.id)).toMatchObject({
      status: "Succeeded",
      success: true,
      done: true,
      numberComponentsTotal: 2,
      numberComponentsDeployed: 2,
      numberComponentErrors: 0,
    });
  });

  it("is done even if nobody asks", async () => {
    await start("Unwatched__c");
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await exists("Unwatched__c")).toBe(true);
  });

  it("tells of each component what became of it", async () => {
    const result = await deploy(org, packageOf("Gate__c"));
    expect(result.details?.componentSuccesses).toMatchObject([
      { componentType: "", fullName: "package.xml", fileName: "package.xml", changed: true },
      {
        componentType: "CustomObject",
        fullName: "Gate__c",
        fileName: "objects/Gate__c.object",
        created: true,
        changed: true,
        deleted: false,
        problem: null,
      },
      { componentType: "CustomField", fullName: "Gate__c.Code__c", created: true },
    ]);
    expect(result).toHaveProperty("createdByName", "S-360 integration");
  });

  it("can be cancelled before it is done", async () => {
    const { id } = await start("Cancelled__c");
    const cancelled = await org.api<{ deployResult: DeployResult }>(
      "PATCH",
      `/metadata/deployRequest/${id}`,
      { deployResult: { status: "Canceling" } },
    );
    expect(cancelled.status).toBe(202);
    expect(await ended(org, id)).toMatchObject({ status: "Canceled", success: false, done: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await exists("Cancelled__c")).toBe(false);
    const late = await org.api<ErrorBody>("PATCH", `/metadata/deployRequest/${id}`, {
      deployResult: { status: "Canceling" },
    });
    expect(late.body[0]?.message).toBe("Deployment already completed");
  });
});

describe("a validation", () => {
  it("changes nothing, and can be deployed afterwards without the zip", async () => {
    const checked = await deploy(org, packageOf("Quick__c"), { ...NOW, checkOnly: true });
    expect(checked).toMatchObject({ status: "Succeeded", checkOnly: true, numberComponentsTotal: 2 });
    expect(await exists("Quick__c")).toBe(false);
    const quick = await org.api<Started>("POST", "/metadata/deployRequest", {
      validatedDeployRequestId: checked.id,
    });
    expect(quick).toMatchObject({ status: 201, body: { validatedDeployRequestId: checked.id } });
    expect(await ended(org, quick.body.id)).toMatchObject({ status: "Succeeded", checkOnly: false });
    expect(await exists("Quick__c")).toBe(true);
  });

  it("must have succeeded for that", async () => {
    const { id } = await deploy(org, packageOf("Deployed__c"));
    for (const validatedDeployRequestId of [id, "0Af000000000000AAA", "nonsense"]) {
      const quick = await org.api("POST", "/metadata/deployRequest", { validatedDeployRequestId });
      expect(quick.status).toBe(404);
    }
  });
});

describe("a deployment with a component that fails", () => {
  const files = {
    "package.xml": manifest({ CustomField: ["Account.Good__c", "Account.Bad__c"] }),
    "objects/Account.object": file(
      "CustomObject",
      field("Good__c", "Text", "<length>20</length>") + field("Bad__c", "Text", ""),
    ),
  };
  const hasGood = async () => {
    const answer = await org.control("POST", "/permissions", {
      object: "Account",
      fields: { Good__c: { read: true } },
    });
    return answer.status === 200;
  };

  it("changes nothing when it is to be rolled back", async () => {
    const result = await deploy(org, files);
    expect(result).toMatchObject({ status: "Failed", success: false, numberComponentErrors: 1 });
    expect(await hasGood()).toBe(false);
  });

  it("keeps what was good otherwise", async () => {
    const result = await deploy(org, files, { singlePackage: true });
    expect(result).toMatchObject({ status: "SucceededPartial", numberComponentsDeployed: 1 });
    expect(await hasGood()).toBe(true);
  });
});

describe("requests that make no sense", () => {
  it("are refused before anything is started", async () => {
    const good = zip(packageOf("Never__c"));
    const refused = [
      { unknownOption: true },
      { checkOnly: "perhaps" },
      { testLevel: "All" },
      { runTests: ["A"] },
    ];
    for (const options of refused) expect((await postZip(org, good, options)).status).toBe(400);
    const headers = { authorization: `Bearer ${org.accessToken}` };
    const post = async (body: FormData) =>
      fetch(`${org.url}/services/data/v62.0/metadata/deployRequest`, { method: "POST", headers, body });
    const withoutFile = new FormData();
    withoutFile.append("json", JSON.stringify({ deployOptions: NOW }));
    expect((await post(withoutFile)).status).toBe(400);
    const withoutOptions = new FormData();
    withoutOptions.append("file", new Blob([good]), "package.zip");
    expect((await post(withoutOptions)).status).toBe(400);
    const json = await org.api("POST", "/metadata/deployRequest", { deployOptions: NOW });
    expect(json.status).toBe(400);
    const text = await org.api("POST", "/metadata/deployRequest", "<xml/>", { "content-type": "text/xml" });
    expect(text.status).toBe(415);
  });

  it("fail when the file is no zip", async () => {
    const { id } = (await (await postZip(org, new TextEncoder().encode("no zip"))).json()) as Started;
    expect(await ended(org, id)).toMatchObject({
      status: "Failed",
      errorMessage: "The zip file cannot be read",
    });
  });

  it("find no other resource below /metadata", async () => {
    expect((await org.api("GET", "/metadata/deployRequest/0Af000000000000AAA")).status).toBe(404);
    expect((await org.api("GET", "/metadata/retrieve")).status).toBe(404);
    expect((await org.api("GET", "/metadata")).status).toBe(404);
  });
});
