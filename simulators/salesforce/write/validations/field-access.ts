import { rowError, type RowError } from "../../http/errors";
import type { FieldModel } from "../../model/types";
import type { Org } from "../../org/org";
import type { Change } from "../change";

/**
 * Fields that may not be written: read-only ones, and Name of a person account, which Salesforce makes from the
 * person's names (reference: forcedotcom/SFDX-Data-Move-Utility#6).
 */
export function refusesReadOnlyFields(change: Change): RowError[] {
  const refused = [...change.given].filter((field) => !isWritable(field, change)).map((field) => field.name);
  if (refused.length === 0) return [];
  return [
    rowError(
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      `Unable to create/update fields: ${refused.join(", ")}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      refused,
    ),
  ];
}

function isWritable(field: FieldModel, change: Change): boolean {
  if (change.isPerson && field.name === "Name") return false;
  return change.kind === "insert" ? field.createable : field.updateable;
}

/** Person fields on a business account (reference: texei/texei-sfdx-plugin#51). */
export function refusesPersonFieldsOfBusiness(change: Change): RowError[] {
  if (change.object.name !== "Account" || change.isPerson) return [];
  const refused = [...change.given].filter((field) => field.mirrors !== null).map((field) => field.name);
  if (refused.length === 0) return [];
  return [
    rowError(
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      `Account: bad field names on insert/update call: ${refused.join(", ")}`,
      refused,
    ),
  ];
}

/** Lookups to a record of an object that the user may not read (reference: salesforce.md, error codes). */
export function refusesInvisibleReferences({ given, after, writer }: Change, org: Org): RowError[] {
  const errors: RowError[] = [];
  for (const field of given) {
    const value = after[field.name];
    const target =
      field.type === "reference" && typeof value === "string" ? org.schema.ofId(value) : undefined;
    if (!target || !field.referenceTo.includes(target.name) || writer.schema.find(target.name)) continue;
    errors.push(
      rowError(
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
        "insufficient access rights on cross-reference id",
        [field.name],
      ),
    );
  }
  return errors;
}
