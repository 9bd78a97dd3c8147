import type { Writer } from "./writer";
import type { SObject } from "../model/schema";
import type { Value } from "../model/types";
import type { Org } from "../org/org";

/** What a new row holds before the caller's values: defaults of the fields, the owner, the record type. */
export function insertDefaults(org: Org, { userId }: Writer, object: SObject): Record<string, Value> {
  const row: Record<string, Value> = { IsDeleted: false };
  for (const field of object.model.fields) {
    if (field.mirrors) continue;
    if (field.defaultValue !== null) row[field.name] = field.defaultValue;
    else if (field.type === "boolean") row[field.name] = false;
  }
  if (object.field("OwnerId")) row.OwnerId = userId;
  const recordType = object.model.recordTypes.find((type) => type.isDefault);
  if (recordType) row.RecordTypeId = org.recordTypeId(object.name, recordType.developerName) ?? null;
  return row;
}

/** What a new person account holds besides. */
export function personDefaults(account: SObject): Record<string, Value> {
  const row: Record<string, Value> = { IsPersonAccount: true };
  for (const field of account.model.fields) {
    if (!field.mirrors) continue;
    if (field.defaultValue !== null) row[field.name] = field.defaultValue;
    else if (field.type === "boolean") row[field.name] = false;
  }
  return row;
}

/** Numbers that the org gives a new row, such as `INV-0001` for `INV-{0000}`. */
export function autoNumbers(org: Org, object: SObject): Record<string, Value> {
  const numbers: Record<string, Value> = {};
  for (const { name, autoNumber } of object.model.fields) {
    if (!autoNumber) continue;
    const count = org.ids.count(`${object.name}.${name}`, autoNumber.startingNumber);
    numbers[name] = autoNumber.format.replace(/\{(0+)\}/, (_, zeros: string) =>
      String(count).padStart(zeros.length, "0"),
    );
  }
  return numbers;
}
