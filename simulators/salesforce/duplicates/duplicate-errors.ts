import type { StoredDuplicateRule } from "./duplicate-rule";
import type { RowError } from "../http/errors";

/** What a duplicate rule found. Rows of Collections and Bulk do not show it, requests for a single row do. */
export interface FoundDuplicates {
  rule: StoredDuplicateRule;
  allowSave: boolean;
  ids: readonly string[];
  withDetails: boolean;
}

const found = new WeakMap<RowError, FoundDuplicates>();

export function rememberDuplicates(error: RowError, duplicates: FoundDuplicates): void {
  found.set(error, duplicates);
}

/** What the rule behind this error found; undefined for any other error. */
export function duplicatesOf(error: RowError): FoundDuplicates | undefined {
  return found.get(error);
}
