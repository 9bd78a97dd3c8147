import { kindTable } from "@/lib/core/kinds";
import type { Kind } from "@/lib/core/words";

/** An object or field, or a sentence that names some, without the `[p]` that stands for the org's package prefix. */
export function shownName(name: string): string {
  return name.replaceAll("[p]", "");
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
