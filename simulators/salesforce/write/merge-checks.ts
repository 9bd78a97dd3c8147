import { failure, type FailedSave } from "./save-result";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import type { Org } from "../org/org";

const MAX_LOSERS = 2;

/** The records of a merge, or why they cannot be merged (SOAP API guide, "merge()"). */
export function rowsToMerge(
  org: Org,
  object: SObject,
  masterId: string,
  loserIds: readonly string[],
): { master: Row; losers: Row[] } | FailedSave {
  if (!object.model.mergeable) {
    return failure("INVALID_TYPE_FOR_OPERATION", "entity type does not support merge");
  }
  if (!object.model.updateable || !object.model.deletable) {
    return failure(
      "INSUFFICIENT_ACCESS_OR_READONLY",
      `merging ${object.model.labelPlural.toLowerCase()} needs the right to edit and to delete them`,
    );
  }
  if (loserIds.length === 0 || loserIds.length > MAX_LOSERS) {
    return failure("INVALID_NUMBER_FIELDS", `a merge takes one or ${MAX_LOSERS} records besides the master`);
  }
  const rows: Row[] = [];
  for (const id of [masterId, ...loserIds]) {
    const row = org.store.table(object).get(id);
    if (!row) return failure("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
    if (row.IsDeleted) return failure("ENTITY_IS_DELETED", "entity is deleted");
    if (rows.includes(row)) return failure("DUPLICATE_VALUE", `Duplicate id specified: ${id}`);
    rows.push(row);
  }
  const [master, ...losers] = rows;
  if (!master) return failure("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  return refusedKinds(object, rows) ?? { master, losers };
}

/** Person accounts merge with person accounts alone, and not as contacts (Salesforce Help, "Considerations for Merging"). */
function refusedKinds(object: SObject, rows: readonly Row[]): FailedSave | undefined {
  const people = rows.filter((row) => row.IsPersonAccount === true).length;
  if (object.name === "Contact" && people > 0) {
    return failure(
      "INVALID_PERSON_ACCOUNT_OPERATION",
      "contacts of person accounts cannot be merged: merge the accounts",
    );
  }
  if (people > 0 && people < rows.length) {
    return failure(
      "INVALID_PERSON_ACCOUNT_OPERATION",
      "person accounts can be merged with person accounts only",
    );
  }
  return undefined;
}
