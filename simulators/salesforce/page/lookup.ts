import type { FieldTrouble } from "./field-trouble";
import { findRows } from "./find-rows";
import { layoutOf, fieldsNamed } from "./layouts";
import { nameOf, type PageCall } from "./page-call";
import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";
import { normaliseId } from "../org/ids";

const MOST_CHOICES = 10;

/**
 * The record that a person means by the text of a lookup: an id, a name with the id in brackets, or a name that one
 * record has.
 */
export function resolveLookup(
  call: PageCall,
  field: FieldModel,
  text: string,
): { value: string } | { trouble: FieldTrouble } {
  const id = normaliseId(/\[(\w{15,18})\]$/.exec(text)?.[1] ?? text);
  if (id !== undefined) return { value: id };
  const object = targetOf(call, field);
  const found = object ? rowsNamed(call, object, text) : [];
  const [only] = found;
  if (!object || !only) {
    return { trouble: { message: "Select an option from the picklist or remove the search term." } };
  }
  if (found.length === 1) return { value: String(only.Id) };
  return {
    trouble: {
      message: `Several ${object.model.labelPlural.toLowerCase()} have this name. Choose one.`,
      choices: found
        .slice(0, MOST_CHOICES)
        .map((row) => ({ id: String(row.Id), label: describedRow(object, row) })),
    },
  };
}

/** The object that a lookup points to, where this user may see it. */
export function targetOf({ schema }: PageCall, field: FieldModel): SObject | undefined {
  return schema.find(field.referenceTo[0] ?? "");
}

function rowsNamed({ org }: PageCall, object: SObject, name: string): Row[] {
  const wanted = name.toLowerCase();
  return [...org.store.table(object).all()].filter(
    (row) => !row.IsDeleted && nameOf(object, row).toLowerCase() === wanted,
  );
}

/** Records whose name or key contains the text, as a lookup offers them: what to type, and how to tell them apart. */
export function suggestionsFor(
  call: PageCall,
  object: SObject,
  search: string,
): { value: string; label: string }[] {
  const { rows } = findRows(call.org, object, search, 0, MOST_CHOICES);
  const names = rows.map((row) => nameOf(object, row));
  return rows.map((row, position) => {
    const name = names[position] ?? "";
    const isAlone = names.filter((other) => other === name).length === 1;
    return { value: isAlone ? name : `${name} [${String(row.Id)}]`, label: describedRow(object, row) };
  });
}

/** A record in a few words: its name and the facts that its list shows. */
function describedRow(object: SObject, row: Row): string {
  const facts = fieldsNamed(object, layoutOf(object).columns)
    .filter(({ type, name }) => name !== "Name" && type !== "reference" && type !== "datetime")
    .map(({ name }) => row[name] ?? null)
    .filter((value) => value !== null)
    .slice(0, 2);
  return [nameOf(object, row), ...facts, String(row.Id)].join(" · ");
}
