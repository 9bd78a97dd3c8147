import { invalidJob } from "./errors";
import { JOB_PREFIX } from "./find-job";
import type { IngestJob, IngestOperation } from "./job";
import { readProperties, requiredChoice, type Properties } from "./properties";
import { FORMAT_PROPERTIES, readFormat } from "./read-format";
import { ApiError } from "../http/errors";
import type { RestCall } from "../http/messages";
import type { SObject } from "../model/schema";
import type { JsonObject } from "../resources/json-body";

const OPERATIONS = ["insert", "update", "upsert", "delete", "hardDelete"] as const;
const PROPERTIES = [...FORMAT_PROPERTIES, "assignmentRuleId", "externalIdFieldName", "object", "operation"];

/**
 * Makes the job that a request asks for, in the state Open (Bulk API 2.0 guide, "Create a Job").
 * @throws ApiError INVALIDJOB, API_ERROR, FEATURENOTENABLED, EXCEEDEDQUOTA
 */
export function readIngestRequest(call: RestCall, body: JsonObject, bodyText: string): IngestJob {
  const { org, session, schema, request } = call;
  const properties = readProperties(body, PROPERTIES, bodyText);
  const operation = requiredChoice(properties, "operation", OPERATIONS);
  const object = schema.find(properties.object ?? "");
  if (!object) throw invalidJob(`Unable to find object: ${properties.object ?? ""}`);
  if (properties.assignmentRuleId !== undefined) {
    throw invalidJob(`Assignment rules are for Case and Lead, not for ${object.name}`);
  }
  const externalIdFieldName = keyName(properties, operation, object);
  refuseHardDelete(call, operation);
  refuseBeyondBatches(call);
  const now = org.now();
  return {
    kind: "ingest",
    id: org.ids.next(JOB_PREFIX),
    objectName: object.name,
    operation,
    externalIdFieldName,
    ...readFormat(properties),
    createdById: session.userId,
    createdAt: now,
    changedAt: now,
    version: request.version,
    state: "Open",
    queuedAt: undefined,
    startedAt: undefined,
    content: undefined,
    isGarbled: false,
    file: undefined,
    processed: 0,
    saved: [],
    failed: [],
    failedCount: 0,
    errorMessage: undefined,
    isDataGone: false,
  };
}

/** The key of an upsert, and of nothing else. @throws ApiError INVALIDJOB */
function keyName(properties: Properties, operation: IngestOperation, object: SObject): string | undefined {
  const name = properties.externalIdFieldName;
  if (operation !== "upsert") {
    if (name === undefined) return undefined;
    throw invalidJob("An External ID can only be specified for upsert");
  }
  if (name === undefined) {
    throw invalidJob(
      `External ID was blank for ${object.name}. An External ID must be specified for upsert.`,
    );
  }
  const field = object.field(name);
  if (field && (field.type === "id" || field.externalId || field.idLookup)) return name;
  throw invalidJob(`Field name provided, ${name} does not match an External ID for ${object.name}`);
}

function refuseHardDelete({ org, session }: RestCall, operation: IngestOperation): void {
  if (operation !== "hardDelete" || org.userMay(session.userId, "BulkApiHardDelete")) return;
  throw new ApiError(
    400,
    "FEATURENOTENABLED",
    "FeatureNotEnabled : hardDelete operation requires special user profile permission, please contact your system administrator",
  );
}

function refuseBeyondBatches({ org }: RestCall): void {
  const { DailyBulkApiBatches: used } = org.jobs.usage(org.now());
  if (used < org.options.bulk.allowances.DailyBulkApiBatches) return;
  throw new ApiError(400, "EXCEEDEDQUOTA", "ExceededQuota : ApiBatchItems Limit exceeded.");
}
