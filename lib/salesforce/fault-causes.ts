/** Errors of the org whose meaning depends on more than their code. */
import type { Meaning, Rule, RowContext } from "./fault-meaning";
import {
  after,
  before,
  duplicatedField,
  fieldInMessage,
  labels,
  onObject,
  quoted,
  same,
  says,
} from "./fault-words";
import type { OrgError } from "./wire";

/** The column in `No such column 'X' on …`, which one row's field makes true of a whole collection. */
export function unknownColumn(error: OrgError): string | null {
  if (error.code !== "INVALID_FIELD") return null;
  return /No such column '([^']+)'/.exec(error.message)?.[1] ?? null;
}

export const permission: Rule = (error, context) => {
  const about = labels(error, context) || /fields: ([^.]+)\./.exec(error.message)?.[1];
  return {
    code: "permission",
    sentence: about
      ? `The connector's Salesforce user may not write ${about}. Give the user edit access to it, or take it out of the mapping.`
      : `The connector's Salesforce user may not write this record. Check the user's permission set and the sharing of the record. ${says(error)}`,
  };
};

export const invalidField: Rule = (error, context) => {
  const missing = missingReference(error, context);
  if (missing) return missing;
  const column = unknownColumn(error);
  if (!column) {
    const about = labels(error, context) || "a field of this record";
    const sentence = `Salesforce does not take ${about}. Correct the mapping. ${says(error)}`;
    return { code: "field_missing", sentence };
  }
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
    sentence: `The ${entity} with the external id ${key} is not in Salesforce. Create it there with that Sync ID, or correct the mapping; it is tried again by itself.`,
    ...(found && { missingReference: found }),
  };
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

export const crossReference: Rule = (error, context) => {
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
    sentence: `The record points${label ? ` in ${label}` : ""} to something that Salesforce does not have or does not show to the connector's user. Correct the mapping, or give the user access to it. ${says(error)}`,
  };
};

export const deleted: Rule = () => ({
  code: "record_deleted",
  sentence:
    "The record was deleted in Salesforce. Restore it from the recycle bin, or unlink it so that it is created again.",
});

export const locked: Rule = () => ({
  code: "row_locked",
  sentence: "Salesforce was changing this record or one it belongs to. It will be tried again by itself.",
});

/** A trigger or flow that met a lock hands on the org's words in its own. */
const lockWithin = /UNABLE_TO_LOCK_ROW|unable to obtain exclusive access|Record Currently Unavailable/i;

export const automation: Rule = (error, context) => {
  if (lockWithin.test(error.message)) return locked(error, context);
  return {
    code: "org_automation",
    sentence: `A trigger or flow in Salesforce stopped this record. Ask the org's administrator to look at it. ${says(error)}`,
  };
};

export const transactionSecurity: Rule = (error) => ({
  code: "permission",
  sentence: `A transaction security policy of the org stopped the connector. Exempt the connector's user from it. ${says(error)}`,
});

export const tooLong: Rule = (error, context) => {
  const label = labels(error, context) || before(error, ":") || "A value";
  const most = /max length=(\d+)/.exec(error.message)?.[1];
  return {
    code: "too_long",
    sentence: `${label} is longer than Salesforce allows${most ? ` (${most} characters)` : ""}. Shorten it, or let the mapping cut it.`,
  };
};

export const required: Rule = (error, context) => {
  const named = labels(error, context) || /\[(.*)\]/.exec(error.message)?.[1] || "a field";
  return {
    code: "required_missing",
    sentence: `Salesforce needs a value in ${named}. Map a value to it or give it a default.`,
  };
};

export const picklist: Rule = (error, context) => {
  const label = labels(error, context) || before(error, ":") || "A picklist";
  return {
    code: "picklist_value",
    sentence: `${label} does not have the value ${quoted(after(error, "field:"))}. Add it to the picklist in Salesforce, or to the value map.`,
  };
};

export const duplicateValue: Rule = (error, context) => {
  const other = /record with id: (\w{15,18})/.exec(error.message)?.[1];
  const label = labels(error, context) || fieldInMessage(error, context) || "a field that must be unique";
  const field = duplicatedField(error);
  return {
    code: "duplicate_value",
    ...(field && { field }),
    sentence: `Another Salesforce record${other ? ` (${other})` : ""} already has this value in ${label}. Merge the two records or correct the value.`,
  };
};

export const unknownException: Rule = (error, context) =>
  lockWithin.test(error.message) || /Apex|System\.|trigger|flow/i.test(error.message)
    ? automation(error, context)
    : {
        code: "org_busy",
        sentence: "Salesforce failed on this record without saying why. It will be tried again by itself.",
      };

export const unknown: Rule = (error) => ({
  code: "refused",
  sentence: `Salesforce refused this record (${error.code}). ${says(error)}`,
});
