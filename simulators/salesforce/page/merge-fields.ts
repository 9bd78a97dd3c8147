import { SYSTEM_SECTION } from "./layout-data";
import { isFitting, sectionsFor, unplacedFields } from "./layouts";
import type { SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";

/** One line of the comparison: a field, or an address as a whole, with the fields that go with the choice. */
export interface MergeField {
  shown: FieldModel;
  parts: readonly FieldModel[];
}

/** The fields to compare: those of the layout that this user may change, then others that any record has a value in. */
export function mergeFields(object: SObject, isPerson: boolean, rows: readonly Row[]): MergeField[] {
  const layout = sectionsFor(object, isPerson);
  const others = unplacedFields(object, layout).filter(
    (field) => field.compoundFieldName === null && isFitting(object, field, isPerson),
  );
  return layout
    .filter(({ title }) => title !== SYSTEM_SECTION.title)
    .flatMap((section) => section.fields)
    .concat(others.filter((field) => rows.some((row) => (row[field.name] ?? null) !== null)))
    .map((shown) => ({ shown, parts: partsOf(object, shown).filter((part) => part.updateable) }))
    .filter(({ parts }) => parts.length > 0);
}

function partsOf(object: SObject, field: FieldModel): FieldModel[] {
  if (field.type !== "address") return [field];
  return object.model.fields.filter(({ compoundFieldName }) => compoundFieldName === field.name);
}

/** Whether the records do not all hold the same here. */
export function isConflict({ parts }: MergeField, rows: readonly Row[]): boolean {
  return parts.some(({ name }) => rows.some((row) => (row[name] ?? null) !== (rows[0]?.[name] ?? null)));
}

/** The record whose value is proposed: the principal, or the first other that has one where the principal has none. */
export function proposedRow(field: MergeField, rows: readonly Row[], principal: Row): Row {
  return hasValue(field, principal) ? principal : (rows.find((row) => hasValue(field, row)) ?? principal);
}

/** Whether the record holds something here; an unchecked box is nothing. */
export function hasValue({ parts }: MergeField, row: Row): boolean {
  return parts.some(({ name }) => (row[name] ?? false) !== false);
}

/** What the principal takes over: the parts of every chosen value that differ from its own. */
export function valuesToTake(
  fields: readonly MergeField[],
  principal: Row,
  chosen: (field: MergeField) => Row,
): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const field of fields) {
    const from = chosen(field);
    for (const { name } of field.parts) {
      const value = from[name] ?? null;
      if (value !== (principal[name] ?? null)) values[name] = value;
    }
  }
  return values;
}
