import type { Schema } from "../model/schema";
import type { Org } from "../org/org";

/** Who writes, what of the org this user may see and change, and what the request's headers allow. */
export interface Writer {
  readonly userId: string;
  /** The schema as this user may see it. */
  readonly schema: Schema;
  /** `Sforce-Duplicate-Rule-Header: allowSave=true`: duplicate rules that only warn let the row pass. */
  readonly allowDuplicates: boolean;
}

/**
 * The writer of a request: its user, and what its headers say (REST API developer guide, "Duplicate Rule Header").
 */
export function readWriter(
  org: Org,
  userId: string,
  headers: Readonly<Record<string, string | undefined>>,
): Writer {
  const header = headers["sforce-duplicate-rule-header"];
  const allowDuplicates = /\ballowSave\s*=\s*true\b/i.test(header ?? "");
  return { ...writerFor(org, userId), allowDuplicates };
}

/** A writer of this user without special headers. */
export function writerFor(org: Org, userId: string): Writer {
  return { userId, schema: org.schemaFor(userId), allowDuplicates: false };
}
