import { rowError, type RowError } from "../../http/errors";
import type { Org } from "../../org/org";
import { isPersonContactEdit, type Change } from "../change";

/**
 * People stand in no hierarchy (Salesforce Help, "Considerations for Using Person Accounts"): a person account has no
 * parent account and is none, and its contact reports to nobody. The wording is ours.
 */
export function refusesPeopleInHierarchies(change: Change, org: Org): RowError[] {
  const { object, after, isPerson } = change;
  const givenParent = (name: string) =>
    [...change.given].some((field) => field.name === name) ? (after[name] ?? null) : null;
  if (object.name === "Account") {
    const parentId = givenParent("ParentId");
    if (parentId === null) return [];
    if (isPerson) return [notOfPeople("Account", "ParentId")];
    return org.store.table(object).get(String(parentId))?.IsPersonAccount === true ? [noParent()] : [];
  }
  const isRefused = isPersonContactEdit(change) && givenParent("ReportsToId") !== null;
  return isRefused ? [notOfPeople("Contact", "ReportsToId")] : [];
}

function notOfPeople(objectName: string, fieldName: string): RowError {
  return rowError(
    "INVALID_FIELD_FOR_INSERT_UPDATE",
    `${objectName}: bad field names on insert/update call: ${fieldName}`,
    [fieldName],
  );
}

function noParent(): RowError {
  return rowError(
    "FIELD_INTEGRITY_EXCEPTION",
    "A person account cannot be a parent account: choose a business account: Parent Account ID",
    ["ParentId"],
  );
}
