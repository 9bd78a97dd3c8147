import { describe, expect, it } from "vitest";
import { readDeployOptions } from "./deploy-options";
import type { Deployment } from "./deployments";
import { runDeployment } from "./run-deployment";
import { manifest, NOW, zip } from "./test-package";
import { Org } from "../org/org";
import { resolveOptions } from "../org/options";

const EMPTY = zip({ "package.xml": manifest({}) });

async function run(
  bytes: Uint8Array,
  checkOnly: boolean,
  meanwhile: (org: Org) => void = () => undefined,
): Promise<Deployment> {
  const org = new Org(resolveOptions({}));
  const deployment: Deployment = {
    id: "0Af",
    userId: org.setup.adminUserId,
    createdAt: org.now(),
    options: readDeployOptions(JSON.stringify({ deployOptions: { ...NOW, checkOnly } })),
    validatedId: null,
    zip: bytes,
    finishedAt: undefined,
    outcome: undefined,
    canceledBy: undefined,
  };
  const work = runDeployment(org, deployment);
  meanwhile(org);
  await work;
  return deployment;
}

describe("the zip of a deployment that has ended", () => {
  it("is kept after a validation that succeeded, for a quick deployment", async () => {
    expect(await run(EMPTY, true)).toMatchObject({ outcome: { status: "Succeeded" }, zip: EMPTY });
  });

  it("is dropped after a validation that failed, and after a deployment", async () => {
    expect(await run(new Uint8Array(10), true)).toMatchObject({
      outcome: { status: "Failed" },
      zip: undefined,
    });
    expect(await run(EMPTY, false)).toMatchObject({ outcome: { status: "Succeeded" }, zip: undefined });
  });
});

describe("a deployment in the queue", () => {
  it("is not worked on once another org has taken its org's place", async () => {
    expect((await run(EMPTY, false, (org) => org.retire())).finishedAt).toBeUndefined();
  });
});
