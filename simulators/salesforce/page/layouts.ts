import { LAYOUTS, SETUP_LAYOUT, SYSTEM_SECTION, type ObjectLayout } from "./layout-data";
import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";

export interface Section {
  title: string;
  fields: FieldModel[];
}

const CUSTOM_COLUMNS = 4;
/** What the org fills in by itself, and what only programs read. */
const NOT_FOR_LAYOUTS = new Set([
  "Id",
  "IsDeleted",
  "MasterRecordId",
  "CreatedDate",
  "LastModifiedDate",
  "LastActivityDate",
  "LastViewedDate",
  "LastReferencedDate",
  ...SYSTEM_SECTION.fields,
]);

/** The layout of an object; a custom object without one gets all its fields. */
export function layoutOf(object: SObject): ObjectLayout {
  return LAYOUTS[bareName(object.name)] ?? (object.model.custom ? customLayout(object) : SETUP_LAYOUT);
}

function customLayout({ model }: SObject): ObjectLayout {
  const names = model.fields
    .filter(({ name, compoundFieldName }) => !NOT_FOR_LAYOUTS.has(name) && compoundFieldName === null)
    .map(({ name }) => bareName(name));
  const own = names.filter((name) => name !== "Name").slice(0, CUSTOM_COLUMNS);
  return {
    icon: model.label.charAt(0).toUpperCase(),
    color: "#06a59a",
    columns: ["Name", ...own, "LastModifiedDate"],
    highlights: own,
    sections: [{ title: "Information", fields: names }, SYSTEM_SECTION],
  };
}

/** Objects with a tab. */
export function isTabbed(object: SObject): boolean {
  return bareName(object.name) in LAYOUTS || object.model.custom;
}

/** Fields of a layout that this org has. */
export function fieldsNamed(object: SObject, names: readonly string[]): FieldModel[] {
  return names
    .map((name) => object.model.fields.find((field) => bareName(field.name) === name))
    .filter((field) => field !== undefined);
}

/** The sections of an object's layout; of Account, those of a person or of a business. */
export function sectionsFor(object: SObject, isPerson: boolean): Section[] {
  return layoutOf(object)
    .sections.map(({ title, fields }) => ({
      title,
      fields: fieldsNamed(object, fields).filter((field) => isFitting(object, field, isPerson)),
    }))
    .filter(({ fields }) => fields.length > 0);
}

/** Sections of a record, and last the fields in no section that hold a value; an unchecked box is none. */
export function sectionsOf(object: SObject, row: Row): Section[] {
  const isPerson = isPersonRow(object, row);
  const sections = sectionsFor(object, isPerson);
  const rest = unplacedFields(object, sections).filter(
    (field) => (row[field.name] ?? false) !== false && isFitting(object, field, isPerson),
  );
  return rest.length === 0 ? sections : [...sections, { title: "More Fields", fields: rest }];
}

/** Fields that no section shows, neither alone nor as part or whole of a compound field. */
export function unplacedFields(object: SObject, sections: readonly Section[]): FieldModel[] {
  const placed = new Set(sections.flatMap((section) => section.fields));
  const names = new Set(
    [...placed].flatMap(({ name, compoundFieldName }) => [name, compoundFieldName ?? name]),
  );
  return object.model.fields.filter(
    (field) =>
      !placed.has(field) &&
      !NOT_FOR_LAYOUTS.has(field.name) &&
      !names.has(field.name) &&
      !names.has(field.compoundFieldName ?? ""),
  );
}

export function isPersonRow(object: SObject, row: Row): boolean {
  return object.name === "Account" && row.IsPersonAccount === true;
}

/** Whether a field makes sense for this kind of account; every field does for other objects. */
export function isFitting(object: SObject, field: FieldModel, isPerson: boolean): boolean {
  if (object.name !== "Account") return true;
  return isPerson ? isPersonal(field) : !isOfPersonsOnly(field);
}

function isOfPersonsOnly(field: FieldModel): boolean {
  return field.mirrors !== null || field.name.startsWith("Person") || field.name.endsWith("__pc");
}

function isPersonal(field: FieldModel): boolean {
  return (
    field.name !== "Name" && !/^(?:Billing|Shipping|Type$|Industry$|ParentId$|Website$)/.test(field.name)
  );
}

/** A name without namespace: `secutix__SyncId__c` is `SyncId__c`. */
function bareName(name: string): string {
  return name.replace(/^[A-Za-z]\w*?__(?=\w+__p?c$)/, "");
}
