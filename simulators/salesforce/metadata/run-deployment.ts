import { setTimeout as sleep } from "node:timers/promises";
import { applyDraft } from "./apply-draft";
import { failed, type ComponentResult } from "./component";
import { deployPackage } from "./deploy-package";
import type { Deployment, DeployOutcome, FinalStatus } from "./deployments";
import { Draft } from "./draft";
import { PackageFolder } from "./package-folder";
import { PackageProblem, readZip, type PackageFiles } from "./read-zip";
import type { Org } from "../org/org";

/** How long a deployment waits in the queue, and how long it works. */
export const QUEUED_MS = 40;
const WORKING_MS = 80;

/**
 * Does the work of a deployment after its time, whether or not anybody asks for its status; not when another org has
 * taken this one's place by then.
 */
export async function runDeployment(org: Org, deployment: Deployment): Promise<void> {
  try {
    await sleep(QUEUED_MS + WORKING_MS, undefined, { ref: false });
    if (org.isRetired) return;
    if (!deployment.finishedAt) finish(org, deployment, deploy(org, deployment));
  } catch (error) {
    console.error(`simulated Salesforce: deployment ${deployment.id} failed unexpectedly:`, error);
    finish(org, deployment, asOutcome("UNKNOWN_EXCEPTION", "An unexpected error occurred"));
  }
}

function finish(org: Org, deployment: Deployment, outcome: DeployOutcome): void {
  deployment.outcome = outcome;
  deployment.finishedAt = org.now();
  const isValidation = deployment.options.checkOnly && outcome.status === "Succeeded";
  if (!isValidation) deployment.zip = undefined;
}

function deploy(org: Org, { options, userId, zip }: Deployment): DeployOutcome {
  let files: PackageFiles;
  try {
    files = readZip(zip ?? new Uint8Array());
  } catch (error) {
    if (error instanceof PackageProblem) return asOutcome(error.statusCode, error.message);
    throw error;
  }
  const draft = new Draft(org.schema, new Set(org.customTabs));
  const results = packageFolders(files, options.singlePackage)
    .flatMap((folder) => deployPackage(org, draft, folder, options))
    .map((result) => (options.ignoreWarnings ? result : warningAsError(result)));
  const hasErrors = results.some(({ outcome }) => outcome.kind === "failed");
  if (!options.checkOnly && !(hasErrors && options.rollbackOnError)) applyDraft(org, draft, userId);
  const status = finalStatus(results, options.rollbackOnError);
  return { status, results, errorStatusCode: null, errorMessage: null };
}

/** The root of the zip is the package, or each of its folders is one. */
function packageFolders(files: PackageFiles, isSingle: boolean): PackageFolder[] {
  if (isSingle) return [new PackageFolder(files, "")];
  const roots = files.names
    .filter((name) => name.includes("/"))
    .map((name) => name.slice(0, name.indexOf("/") + 1));
  const folders = [...new Set(roots)];
  return (folders.length > 0 ? folders : [""]).map((root) => new PackageFolder(files, root));
}

/** Metadata API developer guide, `ignoreWarnings`: without it a warning is treated like an error. */
function warningAsError(result: ComponentResult): ComponentResult {
  return result.outcome.kind === "warned" ? failed(result, result.outcome.problem) : result;
}

function finalStatus(results: readonly ComponentResult[], rollbackOnError: boolean): FinalStatus {
  if (!results.some(({ outcome }) => outcome.kind === "failed")) return "Succeeded";
  const hasDone = results.some(({ type, outcome }) => type !== "" && outcome.kind === "done");
  return hasDone && !rollbackOnError ? "SucceededPartial" : "Failed";
}

function asOutcome(errorStatusCode: string, errorMessage: string): DeployOutcome {
  return { status: "Failed", results: [], errorStatusCode, errorMessage };
}
