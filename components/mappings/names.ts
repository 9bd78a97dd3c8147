import { kindTable } from "@/lib/core/kinds";
import { fieldKeysAmong } from "@/lib/core/mapping/field-name";
import type { Kind } from "@/lib/core/words";

/** An object or field, or a sentence that names some, without the `[p]` that stands for the org's package prefix. */
export function shownName(name: string): string {
  return name.replaceAll("[p]", "");
}

interface Labelled {
  readonly name: string;
  readonly label: string;
}

/**
 * What sentences call the fields of an object, by any name of theirs: the label, with the API name where several fields
 * have that label, and the API name alone where the org has no such field or was never asked.
 */
export function fieldTexts(fields: readonly Labelled[]): (name: string) => string {
  const keyOf = fieldKeysAmong(fields.map(({ name }) => name));
  const texts = new Map<string, string>();
  const labels = new Map<string, number>();
  for (const { label } of fields) labels.set(label, (labels.get(label) ?? 0) + 1);
  for (const { name, label } of fields) {
    const isShared = (labels.get(label) ?? 0) > 1;
    texts.set(keyOf(name), isShared ? `${label} (${name})` : label);
  }
  return (name) => texts.get(keyOf(name)) ?? shownName(name);
}

interface Titled {
  readonly kind: Kind;
  readonly object: string;
  /** What the org calls the object, where that is known. */
  readonly objectLabel?: string | null;
}

/** "Individual → Account". */
export function mappingTitle({ kind, object, objectLabel }: Titled): string {
  return `${kindTable[kind].label} → ${objectLabel ?? shownName(object)}`;
}

/** The mapping's name, and its object's where the title does not tell it: "sale · SecutixSale__c". */
export function mappingNames({ name, object, objectLabel }: Titled & { readonly name: string }): string {
  const objectName = shownName(object);
  return (objectLabel ?? objectName) === objectName ? name : `${name} · ${objectName}`;
}
