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
export function blanksOf({ lines, keyField }: CompiledMapping, name: string): EvaluatedField[] {
  return lines.flatMap((line): EvaluatedField[] => {
    const { index, target, field } = line;
    if (target.toLowerCase() === keyField.toLowerCase() || !isPersonal(line)) return [];
    const value = blankFor(field, name);
    if (value === undefined) return [];
    return [{ lineIndex: index, target, label: field.label, value, when: "always" }];
  });
}

function isPersonal({ sections, reference, field }: CompiledLine): boolean {
  if (reference || !field.updateable || field.type === "boolean") return false;
  return sections.some((section) => !unpersonalSections.includes(section));
}

/** Undefined where neither nothing nor a name can be written. */
function blankFor(field: FieldDescribe, name: string): string | null | undefined {
  if (field.nillable && !neverEmpty.includes(field.name)) return null;
  const takesName =
    (field.type === "text" || field.type === "textarea") && !field.unique && !field.externalId;
  if (!takesName) return undefined;
  return field.length > 0 ? cut(name, field.length) : name;
}

/** A person account has no last name that may be empty, though Account describes it so: other accounts have none at all. */
const neverEmpty = ["LastName", "Name"];
