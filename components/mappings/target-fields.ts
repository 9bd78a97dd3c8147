/** The fields of the org's object by any name that a document may write for them. Pure. */
import { fieldKey } from "@/lib/core/mapping/field-name";
import type { TargetField, TargetObject } from "@/lib/mappings/contract";

export interface TargetFields {
  /** The org's package prefix; null while the org was never asked. */
  readonly prefix: string | null;
  readonly get: (name: string) => TargetField | undefined;
}

/** `target`: null while the org was never asked. */
export function targetFields(target: TargetObject | null): TargetFields {
  const prefix = target?.prefix ?? null;
  const known = new Map((target?.fields ?? []).map((field) => [fieldKey(field.name, prefix), field]));
  return { prefix, get: (name) => known.get(fieldKey(name, prefix)) };
}
