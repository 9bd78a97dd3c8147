import { calculatedFields, calculatedValues } from "./calculated-values";
import type { Change } from "./change";
import { writerFor } from "./writer";
import type { Schema, SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";
import type { Org } from "../org/org";

/**
 * Gives rows that were there before a deployment what its fields hold in them: checkboxes their default, formula fields
 * their value. To be called after the schema was changed; no row counts as modified.
 * @param before the schema as it was
 */
export function fillNewFields(org: Org, before: Schema): void {
  for (const object of org.schema.objects) {
    const old = before.find(object.name);
    if (!old || old.model === object.model) continue;
    const checkboxes = object.model.fields.filter(
      (field) => field.type === "boolean" && !field.calculated && !old.field(field.name),
    );
    const isRecalculated = calculatedFields(object.model).some(
      (field) => old.field(field.name)?.formula !== field.formula,
    );
    if (checkboxes.length > 0 || isRecalculated) fillRows(org, object, checkboxes);
  }
}

function fillRows(org: Org, object: SObject, checkboxes: readonly FieldModel[]): void {
  const writer = writerFor(org, org.setup.adminUserId);
  for (const row of [...org.store.table(object).all()]) {
    const isPerson = object.name === "Account" && row.IsPersonAccount === true;
    const filled: Record<string, Value> = { ...row };
    for (const field of checkboxes) {
      if (isPerson || field.mirrors === null) filled[field.name] = field.defaultValue;
    }
    org.store.put(object, { ...filled, ...calculated(org, object, filled, { isPerson, writer }) });
  }
}

function calculated(
  org: Org,
  object: SObject,
  row: Row,
  who: Pick<Change, "isPerson" | "writer">,
): Record<string, Value> {
  const change: Change = { kind: "update", object, before: row, after: row, given: new Set(), ...who };
  return calculatedValues(org, change, row);
}
