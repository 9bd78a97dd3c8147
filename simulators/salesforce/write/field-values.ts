import type { ParsedRow } from "./parse-row";
import { rowError, type RowError } from "../http/errors";
import type { SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";
import { normaliseId } from "../org/ids";
import type { Org } from "../org/org";

/** The values of the row with lookups by parent key resolved, or the error of the first that cannot be. */
export function fieldValues(org: Org, parsed: ParsedRow): Map<FieldModel, Value> | RowError {
  const values = new Map(parsed.values);
  for (const { field, relationshipName, parent, parentField, value } of parsed.parentKeys) {
    if (values.has(field)) {
      return rowError(
        "INVALID_FIELD",
        `Cannot specify both an external ID reference ${relationshipName} and a salesforce id, ${field.name}`,
        [field.name],
      );
    }
    const found = recordsByKey(org, parent, parentField, value.trim());
    const [match] = found;
    if (!match) {
      return rowError(
        "INVALID_FIELD",
        `Foreign key external ID: ${value} not found for field ${parentField.name} in entity ${parent.name}`,
      );
    }
    if (found.length > 1) return ambiguousKey(parentField, found);
    values.set(field, match.Id ?? null);
  }
  return values;
}

function recordsByKey(org: Org, parent: SObject, key: FieldModel, value: string): Row[] {
  const table = org.store.table(parent);
  if (key.type !== "id") return table.byKey(key, value);
  const row = table.get(normaliseId(value) ?? value);
  return row && !row.IsDeleted ? [row] : [];
}

/** The error of a key that several records hold. */
export function ambiguousKey(field: FieldModel, found: readonly Row[]): RowError {
  const ids = found.map((row) => String(row.Id)).join(", ");
  return rowError(
    "DUPLICATE_EXTERNAL_ID",
    `${field.name}: more than one record found for external id field: [${ids}]`,
    [field.name],
  );
}
