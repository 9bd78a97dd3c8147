import type { Schema, SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import { fieldsNamed, layoutOf } from "../page/layouts";

/** A column of a list view: a field of the object, or the name of the record that a lookup points to. */
export interface ListViewColumn {
  /** As SOQL names it: `Name`, `Account.Name`. */
  path: string;
  field: FieldModel;
  hidden: boolean;
}

/** Fields that every list view carries for programs. */
const HIDDEN = ["Id", "CreatedDate", "LastModifiedDate", "SystemModstamp"];

/** The columns of the object's page, then the hidden ones. */
export function listViewColumns(schema: Schema, object: SObject): ListViewColumn[] {
  const shown = fieldsNamed(object, layoutOf(object).columns)
    .filter((field) => field.type !== "address")
    .map((field) => ({ path: pathOf(schema, field), field, hidden: false }));
  const paths = new Set(shown.map(({ path }) => path));
  const hidden = fieldsNamed(object, HIDDEN)
    .filter(({ name }) => !paths.has(name))
    .map((field) => ({ path: field.name, field, hidden: true }));
  return [...shown, ...hidden];
}

function pathOf(schema: Schema, field: FieldModel): string {
  const [target] = field.referenceTo;
  const parent = field.relationshipName && target ? schema.find(target) : undefined;
  return parent?.field("Name") ? `${field.relationshipName}.Name` : field.name;
}

/** A column as describe prints it; the labels are those of a column's menu in the list. */
export function shownColumn({ path, field, hidden }: ListViewColumn) {
  const [ascendingLabel, descendingLabel] = hidden || !field.sortable ? [null, null] : sortLabels(field);
  const isSorted = field.nameField && !hidden;
  return {
    ascendingLabel,
    descendingLabel,
    fieldNameOrPath: path,
    hidden,
    label: field.type === "reference" ? field.label.replace(/ ID$/, " Name") : field.label,
    searchable: field.filterable,
    selectListItem: field.type === "picklist" ? `toLabel(${path})` : path,
    sortDirection: isSorted ? "ascending" : null,
    sortIndex: isSorted ? 0 : null,
    sortable: field.sortable,
    type: field.type === "reference" && path !== field.name ? "string" : field.type,
  };
}

function sortLabels(field: FieldModel): [string, string] {
  switch (field.type) {
    case "phone":
    case "int":
    case "double":
    case "currency":
    case "percent":
      return ["9-0", "0-9"];
    case "picklist":
    case "multipicklist":
      return ["Low to High", "High to Low"];
    case "date":
    case "datetime":
      return ["New to Old", "Old to New"];
    case "address":
    case "boolean":
    case "combobox":
    case "email":
    case "id":
    case "reference":
    case "string":
    case "textarea":
    case "time":
    case "url":
      return ["Z-A", "A-Z"];
  }
}
