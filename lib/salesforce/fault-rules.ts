/** What each of the org's error codes means and what to do about it (salesforce.md §3.3): one table, one row per code. */
import type { FaultCode } from "@/lib/core/faults";
import { limitMeaning } from "./call-failure";
import { duplicateMeaning } from "./duplicates";
import {
  automation,
  crossReference,
  deleted,
  duplicateValue,
  invalidField,
  locked,
  permission,
  picklist,
  required,
  tooLong,
  transactionSecurity,
  unknown,
  unknownException,
} from "./fault-causes";
import type { Meaning, Rule, RowContext } from "./fault-meaning";
import { before, labels, says } from "./fault-words";
import type { OrgError } from "./wire";

/** Codes that are not in the table are shown with the org's own words. */
export function meaningOf(error: OrgError, context: RowContext): Meaning {
  const rule =
    rules.get(error.code) ?? (error.code.startsWith("TXN_SECURITY") ? transactionSecurity : unknown);
  const meaning = rule(error, context);
  return { ...meaning, sentence: meaning.sentence.trim() };
}

const plain =
  (code: FaultCode, sentence: string): Rule =>
  () => ({ code, sentence });

/** A sentence with the field's label in front of it. */
const onField =
  (code: FaultCode, sentence: (label: string, error: OrgError) => string): Rule =>
  (error, context) => ({
    code,
    sentence: sentence(labels(error, context) || before(error, ":") || "A field", error),
  });

const valueRefused = onField(
  "invalid_value",
  (label, error) =>
    `${label} has a value that Salesforce does not take. Correct it in S-360 or in the mapping. ${says(error)}`,
);
/** Of one row of an update by id it means that the record is gone; of a collection, that the org lacks something. */
const notFound: Rule = (error, context) => (context.id ? deleted(error, context) : notSetUp(error, context));
const notSetUp: Rule = (error, context) => ({
  code: "set_up",
  sentence: `Salesforce does not know the object${context.describe ? ` ${context.describe.name}` : ""} or its external id field, or hides it from the connector's user. Install the package and assign its permission set. ${says(error)}`,
});
const ourFault: Rule = (error) => ({
  code: "internal",
  sentence: `Salesforce could not work with what the connector asked. Report this. ${says(error)}`,
});
const halted = plain(
  "org_busy",
  "Salesforce stopped before it came to this record. It will be tried again by itself.",
);
const restricted = onField(
  "validation_rule",
  (label, error) =>
    `${label} is limited by a filter in Salesforce. Choose a value that it lets pass, or change the filter. ${says(error)}`,
);

/** By the org's code. */
export const table: Readonly<Record<string, Rule>> = {
  UNABLE_TO_LOCK_ROW: locked,
  DUPLICATES_DETECTED: (error) => duplicateMeaning(error, null),
  DUPLICATE_VALUE: duplicateValue,
  DUPLICATE_EXTERNAL_ID: (error) => ({
    code: "duplicate_value",
    sentence: `Several Salesforce records have the same external id. Merge them or clear the field on all but one. ${says(error)}`,
  }),
  REQUIRED_FIELD_MISSING: required,
  STRING_TOO_LONG: tooLong,
  INVALID_EMAIL_ADDRESS: onField(
    "invalid_value",
    (label, error) =>
      `${label} is not an e-mail address that Salesforce takes. Correct it in S-360. ${says(error)}`,
  ),
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: picklist,
  FIELD_CUSTOM_VALIDATION_EXCEPTION: (error) => ({
    code: "validation_rule",
    sentence: `A validation rule in Salesforce stopped this record: “${error.message}” Correct the record in S-360 or the mapping, or let the rule pass the connector's user.`,
  }),
  FIELD_FILTER_VALIDATION_EXCEPTION: restricted,
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: automation,
  CANNOT_EXECUTE_FLOW_TRIGGER: automation,
  FLOW_EXCEPTION: automation,
  APEX_ERROR: automation,
  SELF_REFERENCE_FROM_TRIGGER: automation,
  LIMIT_EXCEEDED: automation,
  ENTITY_IS_DELETED: deleted,
  INVALID_CROSS_REFERENCE_KEY: crossReference,
  MALFORMED_ID: valueRefused,
  NUMBER_OUTSIDE_VALID_RANGE: valueRefused,
  INVALID_TYPE_ON_FIELD_IN_RECORD: valueRefused,
  FIELD_INTEGRITY_EXCEPTION: valueRefused,
  JSON_PARSER_ERROR: valueRefused,
  TEXT_DATA_OUTSIDE_SUPPORTED_RANGE: valueRefused,
  INVALID_CURRENCY_ISO: valueRefused,
  INVALID_FIELD: invalidField,
  INVALID_FIELD_FOR_INSERT_UPDATE: permission,
  INSUFFICIENT_ACCESS: permission,
  INSUFFICIENT_ACCESS_OR_READONLY: permission,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: permission,
  TRANSFER_REQUIRES_READ: permission,
  INACTIVE_OWNER_OR_USER: (error, context) => ({
    code: "refused",
    sentence: `${labels(error, context) || "The owner of this record"} is an inactive Salesforce user. Give the record an active owner, then try again.`,
  }),
  ENTITY_IS_LOCKED: plain(
    "refused",
    "Salesforce has locked this record, for example until it is approved. Unlock it there or finish the approval, then try again.",
  ),
  CANNOT_REPARENT_RECORD: (error, context) => ({
    code: "refused",
    sentence: `Salesforce does not let this record move to another parent${labels(error, context) && ` (${labels(error, context)})`}. Allow it in the field's settings, or take the field out of the mapping.`,
  }),
  STORAGE_LIMIT_EXCEEDED: plain(
    "org_storage",
    "The Salesforce org has no storage left. Delete records or buy storage; the connector waits and tries again by itself.",
  ),
  REQUEST_LIMIT_EXCEEDED: (error) => limitMeaning(error),
  SERVER_UNAVAILABLE: plain(
    "org_unavailable",
    "Salesforce is not available at the moment. It will be tried again by itself.",
  ),
  INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: plain(
    "org_unavailable",
    "Salesforce is being maintained and takes no changes. The connector waits and tries again by itself.",
  ),
  REQUEST_RUNNING_TOO_LONG: plain(
    "org_busy",
    "Salesforce took too long for this record. It will be tried again by itself.",
  ),
  ALL_OR_NONE_OPERATION_ROLLED_BACK: halted,
  PROCESSING_HALTED: halted,
  QUERY_TIMEOUT: plain(
    "org_busy",
    "Salesforce took too long to look this up. It will be tried again by itself.",
  ),
  UNKNOWN_EXCEPTION: unknownException,
  INVALID_TYPE: notSetUp,
  NOT_FOUND: notFound,
  METHOD_NOT_ALLOWED: notSetUp,
  MALFORMED_QUERY: ourFault,
  INVALID_QUERY_LOCATOR: ourFault,
  INVALID_REPLICATION_DATE: ourFault,
  EXCEEDED_ID_LIMIT: ourFault,
  INVALID_SESSION_ID: plain(
    "sign_in",
    "Salesforce ended the connector's session. It signs in again by itself.",
  ),
};

const rules: ReadonlyMap<string, Rule> = new Map(Object.entries(table));
