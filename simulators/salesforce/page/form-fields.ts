import { fieldsNamed, isFitting, layoutOf, sectionsFor, unplacedFields, type Section } from "./layouts";
import { SYSTEM_SECTION } from "./layout-data";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";

export type FormMode = "new" | "edit";

/** Parts of an address that nobody types. */
const GEOCODES = /(?:Latitude|Longitude|GeocodeAccuracy)$/;

/**
 * The fields that a form shows, by section: those of the layout that this user may write, addresses as their parts,
 * and last the custom fields that no section has.
 */
export function formSections(object: SObject, isPerson: boolean, mode: FormMode): Section[] {
  const isWritable = (field: FieldModel) =>
    (mode === "new" ? field.createable : field.updateable) && isFitting(object, field, isPerson);
  const layout = sectionsFor(object, isPerson).filter(({ title }) => title !== SYSTEM_SECTION.title);
  const placed = layout.map(({ title, fields }) => ({
    title,
    fields: fields.flatMap((field) => partsOf(object, field)).filter(isWritable),
  }));
  const rest = unplacedFields(object, layout).filter(
    (field) => isWritable(field) && (field.custom || layoutOf(object).sections.length === 0),
  );
  return [...placed, { title: "More Fields", fields: rest }].filter(({ fields }) => fields.length > 0);
}

/** The fields to fill in for an address; State and Country as codes where the org has them as picklists. */
function partsOf(object: SObject, field: FieldModel): FieldModel[] {
  if (field.type !== "address") return [field];
  const prefix = field.name.replace(/Address$/, "");
  const hasCodes = object.field(`${prefix}CountryCode`) !== undefined;
  const names = hasCodes
    ? ["CountryCode", "Street", "City", "StateCode", "PostalCode"]
    : ["Street", "City", "State", "PostalCode", "Country"];
  return fieldsNamed(
    object,
    names.map((name) => prefix + name),
  ).filter(({ name }) => !GEOCODES.test(name));
}

/** Whether a form may not leave the field empty; of an account, its name by its kind. */
export function isRequired(object: SObject, field: FieldModel, isPerson: boolean): boolean {
  if (object.name === "Account" && field.name === (isPerson ? "LastName" : "Name")) return true;
  return !field.nillable && field.type !== "boolean" && !field.defaultedOnCreate;
}
