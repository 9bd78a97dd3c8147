import { readDeployOptions, type DeployOptions } from "./deploy-options";
import type { Deployment } from "./deployments";
import { MAX_ZIP_BYTES } from "./read-zip";
import { runDeployment } from "./run-deployment";
import { showDeployment } from "./show-deployment";
import { ApiError, notFound } from "../http/errors";
import { isMultipart, MULTIPART, readParts } from "../http/multipart";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";
import { normaliseId } from "../org/ids";
import { isJsonObject, objectBody } from "../resources/json-body";

const REQUESTS = /^\/metadata\/deployRequest\/?$/;
const REQUEST = /^\/metadata\/deployRequest\/([^/]+)\/?$/;

/** `/metadata/deployRequest` (Metadata API developer guide, "REST resources"). */
export const metadataRoutes: Route[] = [
  { method: "POST", pattern: REQUESTS, handle: start, accepts: MULTIPART },
  { method: "POST", pattern: REQUEST, handle: startValidated },
  { method: "GET", pattern: REQUEST, handle: show },
  { method: "PATCH", pattern: REQUEST, handle: cancel },
];

/**
 * A zip with its options as multipart/form-data, or `{ validatedDeployRequestId }` as JSON. The options are the part
 * `json`, which the guide names, or `entity_content`, which clients send.
 */
function start(call: RestCall): RestReply {
  refuseWithoutRight(call);
  const { request } = call;
  const contentType = request.headers["content-type"] ?? "";
  if (!isMultipart(contentType)) return startValidated(call);
  const parts = readParts(contentType, request.bytes);
  if (!parts) throw badMultipart("The multipart/form-data body cannot be read");
  const json = parts.find(({ name }) => name === "json" || name === "entity_content");
  if (!json) throw badMultipart("The json part with the deployOptions is required");
  const options = readDeployOptions(json.bytes.toString("utf8"));
  const file = parts.find(({ name }) => name === "file");
  if (!file) throw badMultipart("The file part with the zip is required");
  if (file.bytes.length > MAX_ZIP_BYTES) {
    throw new ApiError(
      400,
      "LIMIT_EXCEEDED",
      `Maximum size of request reached. Maximum size of request is ${MAX_ZIP_BYTES} bytes.`,
    );
  }
  return accepted(call, begin(call, options, file.bytes, null));
}

/** Deploys what a check-only request found good, without looking into another zip. */
function startValidated(call: RestCall): RestReply {
  refuseWithoutRight(call);
  const { validatedDeployRequestId: text } = objectBody(call.request.body);
  if (text === undefined) {
    throw badMultipart("A deploy request is multipart/form-data, or names a validatedDeployRequestId");
  }
  const id = typeof text === "string" ? normaliseId(text) : undefined;
  const validated = id === undefined ? undefined : call.org.deployments.find(id);
  const isGood = validated?.options.checkOnly === true && validated.outcome?.status === "Succeeded";
  if (!validated?.zip || !isGood) throw notFound();
  const options = { ...validated.options, checkOnly: false };
  return accepted(call, begin(call, options, validated.zip, validated.id));
}

function begin(
  { org, session }: RestCall,
  options: DeployOptions,
  zip: Uint8Array,
  validatedId: string | null,
): Deployment {
  const deployment: Deployment = {
    id: org.ids.next("0Af"),
    userId: session.userId,
    createdAt: org.now(),
    options,
    validatedId,
    zip,
    finishedAt: undefined,
    outcome: undefined,
    canceledBy: undefined,
  };
  org.deployments.add(deployment);
  void runDeployment(org, deployment);
  return deployment;
}

function accepted(call: RestCall, deployment: Deployment): RestReply {
  return {
    status: 201,
    body: { ...head(call, deployment), deployOptions: deployment.options, deployResult: null },
  };
}

function head({ request }: RestCall, { id, validatedId }: Deployment): object {
  return {
    id,
    validatedDeployRequestId: validatedId,
    url: `${request.origin}${versionPath(request.version)}/metadata/deployRequest/${id}`,
  };
}

function show(call: RestCall, parameters: readonly string[]): RestReply {
  refuseWithoutRight(call);
  const deployment = deploymentIn(call, parameters);
  const includeDetails = call.request.query.get("includeDetails") === "true";
  return {
    status: 200,
    body: {
      ...head(call, deployment),
      deployOptions: null,
      deployResult: showDeployment(call.org, deployment, includeDetails),
    },
  };
}

/** `{ "deployResult": { "status": "Canceling" } }`, until the work is done. */
function cancel(call: RestCall, parameters: readonly string[]): RestReply {
  refuseWithoutRight(call);
  const deployment = deploymentIn(call, parameters);
  const result = objectBody(call.request.body).deployResult;
  if (!isJsonObject(result) || result.status !== "Canceling") {
    throw new ApiError(
      400,
      "JSON_PARSER_ERROR",
      'The status of the deployResult can only be set to "Canceling"',
    );
  }
  if (deployment.finishedAt) {
    throw new ApiError(400, "INVALID_ID_FIELD", "Deployment already completed");
  }
  deployment.canceledBy = call.session.userId;
  deployment.zip = undefined;
  deployment.finishedAt = call.org.now();
  return {
    status: 202,
    body: { ...head(call, deployment), deployResult: showDeployment(call.org, deployment, false) },
  };
}

function deploymentIn({ org }: RestCall, [text = ""]: readonly string[]): Deployment {
  const deployment = org.deployments.find(normaliseId(text) ?? "");
  if (!deployment) throw notFound();
  return deployment;
}

function refuseWithoutRight({ org, session }: RestCall): void {
  const mayDeploy = ["ModifyMetadata", "ModifyAllData"].some((name) => org.userMay(session.userId, name));
  if (mayDeploy) return;
  throw new ApiError(
    403,
    "INSUFFICIENT_ACCESS",
    "use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions",
  );
}

function badMultipart(message: string): ApiError {
  return new ApiError(400, "INVALID_MULTIPART_REQUEST", message);
}
