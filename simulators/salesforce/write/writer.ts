import { readDuplicateRuleHeader } from "../duplicates/rule-header";
import { ApiError } from "../http/errors";
import { updatesRecentItems } from "../http/mru-header";
import type { Schema } from "../model/schema";
import { normaliseId } from "../org/ids";
import type { Org } from "../org/org";

/** Who writes, what of the org this user may see and change, and what the request's headers allow. */
export interface Writer {
  readonly userId: string;
  /** The schema as this user may see it. */
  readonly schema: Schema;
  /** `Sforce-Duplicate-Rule-Header: allowSave=true`: duplicate rules that only warn let the row pass. */
  readonly allowDuplicates: boolean;
  /** `includeRecordDetails=true` of the same header: errors show the matching records with their fields. */
  readonly showsDuplicateDetails: boolean;
  /** A merge is under way: duplicate rules do not run (Salesforce Help, "Things to Know About Duplicate Rules"). */
  readonly isMerging?: boolean;
}

/**
 * The writer of a request: its user, and what its headers say (REST API guide, "Duplicate Rule Header", "Assignment Rule
 * Header" and "MRU Header"). This org has no assignment rules, so that TRUE and FALSE mean the same.
 * @param version of the API that the request speaks
 * @throws ApiError 400 for a header whose value is not of the documented form
 */
export function readWriter(
  org: Org,
  userId: string,
  headers: Readonly<Record<string, string | undefined>>,
  version: number,
): Writer {
  refuseBadAutoAssign(headers["sforce-auto-assign"]);
  updatesRecentItems(headers, version);
  const options = readDuplicateRuleHeader(headers["sforce-duplicate-rule-header"], version);
  return {
    ...writerFor(org, userId),
    allowDuplicates: options.allowSave,
    showsDuplicateDetails: options.includeRecordDetails,
  };
}

/** A writer of this user without special headers. */
export function writerFor(org: Org, userId: string): Writer {
  return { userId, schema: org.schemaFor(userId), allowDuplicates: false, showsDuplicateDetails: false };
}

const ASSIGNMENT_RULE_PREFIX = "01Q";

function refuseBadAutoAssign(header: string | undefined): void {
  if (header === undefined || /^(true|false)$/i.test(header.trim())) return;
  if (normaliseId(header.trim())?.startsWith(ASSIGNMENT_RULE_PREFIX)) {
    throw new ApiError(
      400,
      "INVALID_CROSS_REFERENCE_KEY",
      `The Sforce-Auto-Assign header names an assignment rule that this org does not have: ${header}`,
    );
  }
  throw new ApiError(400, "INVALID_HEADER", `The Sforce-Auto-Assign header is not valid: ${header}`);
}
