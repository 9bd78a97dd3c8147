/** What is left in Salesforce of a contact that S-360 has anonymised: the fields that its mapping fills, emptied. Pure. */
import { unpersonalSections } from "../anonymised";
import type { FieldDescribe } from "../side";
import { cut } from "./evaluate";
import type { CompiledLine, CompiledMapping, EvaluatedField } from "./evaluation";

/**
 * Every field that a line fills from what S-360 said of the person, whatever the line says of when it is written. A name
 * that must not be empty becomes `name`. Left as they are: the key, lookups (the record stays where it is), constants,
 * checkboxes, which have no blank, and required fields that no name fits into.
 */
export function blanksOf(mapping: CompiledMapping, name: string): EvaluatedField[] {
  return personalLines(mapping).flatMap(({ index, target, field }): EvaluatedField[] => {
    const value = blankFor(field, name);
    return value === undefined
      ? []
      : [{ lineIndex: index, target, label: field.label, value, when: "always" }];
  });
}

/** What goes on telling of the person, because the org demands a value there or lets us not change it: labels of fields. */
export function staysFilled(mapping: CompiledMapping, name: string): string[] {
  return personalLines(mapping).flatMap(({ field }) =>
    blankFor(field, name) === undefined ? [field.label] : [],
  );
}

function personalLines({ lines, keyField }: CompiledMapping): readonly CompiledLine[] {
  return lines.filter(({ target, sections, reference, field }) => {
    const isKey = target.toLowerCase() === keyField.toLowerCase();
    if (isKey || reference || field.type === "boolean") return false;
    return sections.some((section) => !unpersonalSections.includes(section));
  });
}

/** Undefined where neither nothing nor a name can be written. */
function blankFor(field: FieldDescribe, name: string): string | null | undefined {
  if (!field.updateable) return undefined;
  if (field.nillable && !neverEmpty.includes(field.name)) return null;
  const takesName =
    (field.type === "text" || field.type === "textarea") && !field.unique && !field.externalId;
  if (!takesName) return undefined;
  return field.length > 0 ? cut(name, field.length) : name;
}

/** A person account has no last name that may be empty, though Account describes it so: other accounts have none at all. */
const neverEmpty = ["LastName", "Name"];
