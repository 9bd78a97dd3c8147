import type { ComponentResult } from "./component";
import type { Deployment } from "./deployments";
import { QUEUED_MS } from "./run-deployment";
import { salesforceDateTime } from "../org/clock";
import type { Org } from "../org/org";

const NO_TESTS = {
  numFailures: 0,
  numTestsRun: 0,
  totalTime: 0,
  apexLogId: null,
  codeCoverage: [],
  codeCoverageWarnings: [],
  failures: [],
  flowCoverage: [],
  flowCoverageWarnings: [],
  successes: [],
};

function statusOf(org: Org, { createdAt, outcome, canceledBy }: Deployment): string {
  if (canceledBy !== undefined) return "Canceled";
  if (outcome) return outcome.status;
  return org.now().getTime() - createdAt.getTime() < QUEUED_MS ? "Pending" : "InProgress";
}

/** A deployResult with every property of the recorded answers. */
export function showDeployment(org: Org, deployment: Deployment, includeDetails: boolean): object {
  const { id, options, outcome, finishedAt, createdAt, canceledBy, userId } = deployment;
  const status = statusOf(org, deployment);
  const components = (outcome?.results ?? []).filter(({ type }) => type !== "");
  const started = status === "Pending" ? null : salesforceDateTime(createdAt);
  const ended = finishedAt ? salesforceDateTime(finishedAt) : null;
  return {
    id,
    messages: null,
    retrieveResult: null,
    success: status === "Succeeded" || status === "SucceededPartial",
    checkOnly: options.checkOnly,
    ignoreWarnings: options.ignoreWarnings,
    rollbackOnError: options.rollbackOnError,
    status,
    numberComponentsDeployed: components.filter(({ outcome: { kind } }) => kind !== "failed").length,
    numberComponentsTotal: components.length,
    numberComponentErrors: (outcome?.results ?? []).filter(({ outcome: { kind } }) => kind === "failed")
      .length,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    numberTestErrors: 0,
    details: includeDetails ? details(outcome?.results ?? [], ended) : null,
    createdDate: salesforceDateTime(createdAt),
    startDate: started,
    lastModifiedDate: ended ?? started ?? salesforceDateTime(createdAt),
    completedDate: ended,
    errorStatusCode: outcome?.errorStatusCode ?? null,
    errorMessage: outcome?.errorMessage ?? null,
    stateDetail: null,
    createdBy: userId.slice(0, 15),
    createdByName: userName(org, userId),
    canceledBy: canceledBy?.slice(0, 15) ?? null,
    canceledByName: canceledBy === undefined ? null : userName(org, canceledBy),
    done: finishedAt !== undefined,
    runTestsEnabled: false,
    runTestResult: null,
  };
}

function details(results: readonly ComponentResult[], createdDate: string | null): object {
  const messages = results.map((result) => message(result, createdDate));
  return {
    componentFailures: messages.filter(({ success }) => !success),
    componentSuccesses: messages.filter(({ success }) => success),
    retrieveResult: null,
    allComponentMessages: messages,
    runTestResult: NO_TESTS,
  };
}

function message({ type, fullName, fileName, outcome }: ComponentResult, createdDate: string | null) {
  const change = outcome.kind === "done" ? outcome.change : undefined;
  const isFailure = outcome.kind === "failed";
  return {
    componentType: type,
    fileName,
    fullName,
    id: outcome.kind === "done" ? outcome.id : null,
    problem: outcome.kind === "done" ? null : outcome.problem,
    success: !isFailure,
    warning: outcome.kind === "warned",
    created: change === "created",
    changed: change === "created" || change === "changed",
    deleted: change === "deleted",
    lineNumber: isFailure ? (outcome.line ?? null) : null,
    columnNumber: isFailure ? (outcome.column ?? null) : null,
    requiresProductionTestRun: false,
    createdDate,
    knownPackagingProblem: false,
    forPackageManifestFile: type === "",
    problemType: isFailure ? "Error" : outcome.kind === "warned" ? "Warning" : null,
  };
}

function userName(org: Org, userId: string): string {
  const user = org.store.table(org.schema.standard("User")).get(userId);
  return String(user?.Name ?? "");
}
