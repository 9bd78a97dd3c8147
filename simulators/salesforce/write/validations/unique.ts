import { rowError, type RowError } from "../../http/errors";
import type { SObject } from "../../model/schema";
import type { FieldModel } from "../../model/types";
import type { Org } from "../../org/org";
import type { Change } from "../change";

/** Values of unique fields that another live record holds already. */
export function refusesDuplicateValues(change: Change, org: Org): RowError[] {
  const errors: RowError[] = [];
  for (const field of change.given) {
    if (!field.unique) continue;
    const { object, key, ownId } = whereUnique(field, change, org);
    const value = change.after[field.name] ?? null;
    const holder = value === null ? undefined : org.store.table(object).byKey(key, value)[0];
    if (!holder || holder.Id === ownId) continue;
    errors.push(
      rowError(
        "DUPLICATE_VALUE",
        `duplicate value found: ${field.name} duplicates value on record with id: ${String(holder.Id).slice(0, 15)}`,
      ),
    );
  }
  return errors;
}

/** A `__pc` field is unique among contacts, as it is a field of the person's contact. */
function whereUnique(
  field: FieldModel,
  change: Change,
  org: Org,
): { object: SObject; key: FieldModel; ownId: unknown } {
  const contact = org.schema.standard("Contact");
  const mirrored = field.mirrors ? contact.field(field.mirrors) : undefined;
  return mirrored
    ? { object: contact, key: mirrored, ownId: change.after.PersonContactId }
    : { object: change.object, key: field, ownId: change.after.Id };
}
