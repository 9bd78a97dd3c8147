/** What each of the org's error codes means and what to do about it (salesforce.md §3.3): one table, one row per code. */
import type { FaultCode } from "@/lib/core/faults";
import type { ObjectDescribe } from "@/lib/core/side";
import { limitMeaning } from "./call-failure";
import { after, before, fieldInMessage, labels, onObject, quoted, same, says } from "./fault-words";
import type { Reference } from "./references";
import type { OrgError } from "./wire";

/** What is known of the row an error is about. */
export interface RowContext {
  readonly describe?: ObjectDescribe;
  /** Set where the row is an update by id. */
  readonly id?: string | null;
  /** The references the row carries. */
  readonly references?: readonly Reference[];
}

export interface Meaning {
  readonly code: FaultCode;
  readonly sentence: string;
  readonly field?: string;
  readonly missingReference?: Reference;
}

type Rule = (error: OrgError, context: RowContext) => Meaning;

/** Codes that are not in the table are shown with the org's own words. */
export function meaningOf(error: OrgError, context: RowContext): Meaning {
  const rule =
    rules.get(error.code) ?? (error.code.startsWith("TXN_SECURITY") ? transactionSecurity : unknown);
  return rule(error, context);
}

/** The column in `No such column 'X' on …`, which one row's field makes true of a whole collection. */
export function unknownColumn(error: OrgError): string | null {
  if (error.code !== "INVALID_FIELD") return null;
  return /No such column '([^']+)'/.exec(error.message)?.[1] ?? null;
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

const permission: Rule = (error, context) => {
  const about = labels(error, context) || /fields: ([^.]+)\./.exec(error.message)?.[1];
  return {
    code: "permission",
    sentence: about
      ? `The connector's Salesforce user may not write ${about}. Give the user edit access to it, or take it out of the mapping.`
      : `The connector's Salesforce user may not write this record. Check the user's permission set and the sharing of the record. ${says(error)}`,
  };
};

const invalidField: Rule = (error, context) => {
  const missing = missingReference(error, context);
  if (missing) return missing;
  const column = unknownColumn(error);
  if (!column)
    return {
      code: "field_missing",
      sentence: `Salesforce does not take a field of this record. ${says(error)}`,
    };
  return {
    code: "field_missing",
    field: column,
    sentence: `Salesforce has no field ${column}${onObject(context)}, or hides it from the connector's user. Create the field, give the user access to it, or take it out of the mapping.`,
  };
};

/** `field` and `entity` are of the record referred to, not of the row: `… 1580 not found for field Key__c in entity User`. */
const FOREIGN_KEY = /Foreign key external ID: (.*?) not found for field (\S+) in entity (\w+)/i;

function missingReference(error: OrgError, { references = [] }: RowContext): Meaning | null {
  const match = FOREIGN_KEY.exec(error.message);
  if (!match) return null;
  const [, key = "", , entity = ""] = match;
  const sameObject = references.filter((reference) => same(reference.object, entity));
  const sameKey = references.filter((reference) => same(reference.key, key));
  const both = sameKey.find((reference) => sameObject.includes(reference));
  // The org may print the key in another form than it was sent in.
  const found = both ?? only(sameKey) ?? only(sameObject) ?? only(references);
  return {
    code: "reference_missing",
    field: found?.field,
    sentence: `The ${entity} with the external id ${key} is not in Salesforce yet.`,
    ...(found && { missingReference: found }),
  };
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

const crossReference: Rule = (error, context) => {
  if (/record type/i.test(error.message)) {
    return {
      code: "permission",
      sentence:
        "The connector's Salesforce user may not use this record type. Assign the record type to the user.",
    };
  }
  if (context.id && error.fields.length === 0) return deleted(error, context);
  const label = labels(error, context);
  return {
    code: "refused",
    sentence: `The record points${label ? ` in ${label}` : ""} to something that Salesforce does not have or does not show to the connector's user. ${says(error)}`,
  };
};

const deleted: Rule = () => ({
  code: "record_deleted",
  sentence:
    "The record was deleted in Salesforce. Restore it from the recycle bin, or unlink it so that it is created again.",
});

const locked: Rule = () => ({
  code: "row_locked",
  sentence: "Salesforce was changing this record or one it belongs to. It will be tried again by itself.",
});

const automation: Rule = (error, context) => {
  if (error.message.includes("UNABLE_TO_LOCK_ROW")) return locked(error, context);
  return {
    code: "org_automation",
    sentence: `A trigger or flow in Salesforce stopped this record. Ask the org's administrator to look at it. ${says(error)}`,
  };
};

const transactionSecurity: Rule = (error) => ({
  code: "permission",
  sentence: `A transaction security policy of the org stopped the connector. Exempt the connector's user from it. ${says(error)}`,
});

const duplicateValue: Rule = (error, context) => {
  const other = /record with id: (\w{15,18})/.exec(error.message)?.[1];
  const label = labels(error, context) || fieldInMessage(error, context) || "a field that must be unique";
  return {
    code: "duplicate_value",
    sentence: `Another Salesforce record${other ? ` (${other})` : ""} already has this value in ${label}. Merge the two records or correct the value.`,
  };
};

const unknownException: Rule = (error, context) =>
  /Apex|System\.|trigger|flow/i.test(error.message)
    ? automation(error, context)
    : {
        code: "org_busy",
        sentence: "Salesforce failed on this record without saying why. It will be tried again by itself.",
      };

const unknown: Rule = (error) => ({
  code: "refused",
  sentence: `Salesforce refused this record (${error.code}). ${says(error)}`,
});

const insufficientAccess: Rule = permission;
const valueRefused = onField(
  "invalid_value",
  (label, error) => `${label} has a value that Salesforce does not take. ${says(error)}`,
);
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
  (label, error) => `${label} is limited by a filter in Salesforce. ${says(error)}`,
);

const table: Readonly<Record<string, Rule>> = {
  UNABLE_TO_LOCK_ROW: locked,
  DUPLICATES_DETECTED: (error) => ({
    code: "duplicate_rule",
    sentence: `A duplicate rule in Salesforce stopped this record. Merge the duplicates, or let the rule pass the connector's user. ${says(error)}`,
  }),
  DUPLICATE_VALUE: duplicateValue,
  DUPLICATE_EXTERNAL_ID: (error) => ({
    code: "duplicate_value",
    sentence: `Several Salesforce records have the same external id. Merge them or clear the field on all but one. ${says(error)}`,
  }),
  REQUIRED_FIELD_MISSING: (error, context) => ({
    code: "required_missing",
    sentence: `Salesforce needs a value in ${labels(error, context) || /\[(.*)\]/.exec(error.message)?.[1] || "a field"}. Map a value to it or give it a default.`,
  }),
  STRING_TOO_LONG: (error, context) => ({
    code: "too_long",
    sentence: `${labels(error, context) || before(error, ":") || "A field"} is longer than Salesforce allows (${/max length=(\d+)/.exec(error.message)?.[1] ?? "see the field"} characters). Shorten it, or let the mapping cut it.`,
  }),
  INVALID_EMAIL_ADDRESS: onField(
    "invalid_value",
    (label, error) => `${label} is not an e-mail address that Salesforce takes. ${says(error)}`,
  ),
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: (error, context) => ({
    code: "picklist_value",
    sentence: `${labels(error, context) || before(error, ":") || "A picklist"} does not have the value ${quoted(after(error, "field:"))}. Add it to the picklist in Salesforce, or to the value map.`,
  }),
  FIELD_CUSTOM_VALIDATION_EXCEPTION: (error) => ({
    code: "validation_rule",
    sentence: `A validation rule in Salesforce stopped this record: “${error.message}”`,
  }),
  FIELD_FILTER_VALIDATION_EXCEPTION: restricted,
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: automation,
  CANNOT_EXECUTE_FLOW_TRIGGER: automation,
  FLOW_EXCEPTION: automation,
  APEX_ERROR: automation,
  LIMIT_EXCEEDED: automation,
  ENTITY_IS_DELETED: deleted,
  INVALID_CROSS_REFERENCE_KEY: crossReference,
  MALFORMED_ID: valueRefused,
  NUMBER_OUTSIDE_VALID_RANGE: valueRefused,
  INVALID_TYPE_ON_FIELD_IN_RECORD: valueRefused,
  FIELD_INTEGRITY_EXCEPTION: valueRefused,
  JSON_PARSER_ERROR: valueRefused,
  INVALID_FIELD: invalidField,
  INVALID_FIELD_FOR_INSERT_UPDATE: permission,
  INSUFFICIENT_ACCESS: insufficientAccess,
  INSUFFICIENT_ACCESS_OR_READONLY: insufficientAccess,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: insufficientAccess,
  CANNOT_UPDATE_CONVERTED_LEAD: unknown,
  INACTIVE_OWNER_OR_USER: plain(
    "refused",
    "The owner of this record is an inactive Salesforce user. Give the record an active owner.",
  ),
  STORAGE_LIMIT_EXCEEDED: plain(
    "org_limit",
    "The Salesforce org has no storage left. Delete records or buy storage.",
  ),
  REQUEST_LIMIT_EXCEEDED: (error) => limitMeaning(error),
  SERVER_UNAVAILABLE: plain(
    "org_unavailable",
    "Salesforce is not available at the moment. It will be tried again by itself.",
  ),
  ALL_OR_NONE_OPERATION_ROLLED_BACK: halted,
  PROCESSING_HALTED: halted,
  QUERY_TIMEOUT: plain(
    "org_busy",
    "Salesforce took too long to look this up. It will be tried again by itself.",
  ),
  UNKNOWN_EXCEPTION: unknownException,
  INVALID_TYPE: notSetUp,
  NOT_FOUND: notSetUp,
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
