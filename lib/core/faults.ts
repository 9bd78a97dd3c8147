/**
 * A fault says what went wrong in words an admin understands, when to try again and who must act. The thrower knows;
 * nobody reads a message later to find out.
 */

import type { System } from "./words";

/** `later`: the record is due again after its backoff. `never`: parked until something changes. */
export type FaultRetry = "later" | "never";
export type FaultActor = "crm-admin" | "box-office" | "it" | "nobody";

interface FaultRow {
  readonly retry: FaultRetry;
  readonly actor: FaultActor;
  /** Concerns the whole org or venue, not this record: the connection is held, records keep their place. */
  readonly wide?: boolean;
}

/** Every fault code with its retry and actor (salesforce.md §3.3, s360.md §4). */
export const faultTable = {
  // What S-360 sent
  unusable_item: { retry: "never", actor: "box-office" },
  missing_key: { retry: "never", actor: "box-office" },
  missing_value: { retry: "never", actor: "box-office" },
  invalid_value: { retry: "never", actor: "box-office" },
  too_long: { retry: "never", actor: "box-office" },
  unknown_code: { retry: "never", actor: "crm-admin" },
  kind_unknown: { retry: "never", actor: "box-office" },
  kind_changed: { retry: "never", actor: "crm-admin" },
  shared_record: { retry: "never", actor: "crm-admin" },
  number_reused: { retry: "never", actor: "crm-admin" },
  nothing_to_write: { retry: "never", actor: "nobody" },
  reference_missing: { retry: "later", actor: "crm-admin" },
  // The mapping
  expression_failed: { retry: "never", actor: "crm-admin" },
  // The clock also runs while the machine does something else.
  expression_slow: { retry: "later", actor: "crm-admin" },
  field_missing: { retry: "later", actor: "it" },
  no_mapping: { retry: "never", actor: "crm-admin" },
  // What Salesforce refused, row by row
  row_locked: { retry: "later", actor: "nobody" },
  duplicate_rule: { retry: "never", actor: "crm-admin" },
  duplicate_value: { retry: "never", actor: "crm-admin" },
  required_missing: { retry: "never", actor: "crm-admin" },
  validation_rule: { retry: "never", actor: "crm-admin" },
  picklist_value: { retry: "never", actor: "crm-admin" },
  record_deleted: { retry: "never", actor: "crm-admin" },
  permission: { retry: "never", actor: "it" },
  org_automation: { retry: "never", actor: "crm-admin" },
  refused: { retry: "never", actor: "crm-admin" },
  // The way there
  org_busy: { retry: "later", actor: "nobody" },
  org_limit: { retry: "later", actor: "it", wide: true },
  org_storage: { retry: "later", actor: "it", wide: true },
  org_crowded: { retry: "later", actor: "nobody", wide: true },
  org_unavailable: { retry: "later", actor: "nobody", wide: true },
  org_unreachable: { retry: "later", actor: "it", wide: true },
  sign_in: { retry: "later", actor: "it", wide: true },
  set_up: { retry: "later", actor: "it", wide: true },
  internal: { retry: "later", actor: "it" },
  // The way back to S-360
  not_expressible: { retry: "never", actor: "crm-admin" },
  contact_missing: { retry: "never", actor: "box-office" },
  order_missing: { retry: "never", actor: "box-office" },
  s360_refused: { retry: "never", actor: "crm-admin" },
  answer_lost: { retry: "later", actor: "nobody" },
  s360_busy: { retry: "later", actor: "nobody" },
  s360_limit: { retry: "later", actor: "nobody", wide: true },
  s360_quota: { retry: "later", actor: "it", wide: true },
  s360_unavailable: { retry: "later", actor: "nobody", wide: true },
  s360_unreachable: { retry: "later", actor: "it", wide: true },
  s360_sign_in: { retry: "later", actor: "it", wide: true },
  // For a person to settle
  mass_change: { retry: "never", actor: "crm-admin" },
  bounce: { retry: "never", actor: "crm-admin" },
  clone: { retry: "never", actor: "crm-admin" },
  merge_unclear: { retry: "never", actor: "crm-admin" },
  deleted_in_salesforce: { retry: "never", actor: "crm-admin" },
  create_unanswered: { retry: "never", actor: "box-office" },
  ambiguous: { retry: "never", actor: "box-office" },
  several_matches: { retry: "never", actor: "crm-admin" },
  create_in_s360: { retry: "never", actor: "crm-admin" },
  by_rule: { retry: "never", actor: "crm-admin" },
  anonymised: { retry: "never", actor: "crm-admin" },
} as const satisfies Record<string, FaultRow>;

export type FaultCode = keyof typeof faultTable;

export interface Fault {
  readonly code: FaultCode;
  /** One plain sentence or two: what is wrong and what to do. May hold personal data: database and screens only. */
  readonly sentence: string;
  /** Target field the fault is about, API name. */
  readonly field?: string;
  /** The other system's own code and words, for support. */
  readonly origin?: { readonly code: string; readonly message: string };
}

export function faultRow(code: FaultCode): FaultRow {
  return faultTable[code];
}

/** What becomes of a record that met it: due again after its backoff, or parked. */
export function outcomeOf(code: FaultCode): "retrying" | "failed" {
  return faultRow(code).retry === "later" ? "retrying" : "failed";
}

/** The system a wide fault is about; null for what is wrong with our own set-up. */
export function systemOf(code: FaultCode): System | null {
  if (code.startsWith("s360_")) return "s360";
  return code.startsWith("org_") || code === "sign_in" ? "salesforce" : null;
}

/** Thrown where a fault concerns the call as a whole. */
export class FaultError extends Error {
  constructor(
    readonly fault: Fault,
    options?: { cause?: unknown },
  ) {
    super(`${fault.code}: ${fault.origin?.code ?? "-"}`, options);
    this.name = "FaultError";
  }
}
