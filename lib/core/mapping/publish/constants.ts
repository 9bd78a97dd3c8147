/** Values that an admin wrote into a mapping, against the field they go to: told before publishing, not by every record. Pure. */
import type { FieldDescribe } from "../../side";
import { shape } from "../shape";
import { MappingSignal } from "../signal";

/** Why a value that is always the same cannot be written to the field; null when it can. A sentence. */
export function whyItDoesNotFit(
  value: string | number | boolean,
  field: FieldDescribe,
  { mayBeCut = false }: { readonly mayBeCut?: boolean } = {},
): string | null {
  const { length, picklistValues: values, restrictedPicklist } = field;
  if (typeof value === "string" && length > 0 && value.length > length && !mayBeCut)
    return `it is longer than ${length} characters. Shorten it.`;
  if (restrictedPicklist && values.length > 0 && !values.includes(String(value)))
    return `the picklist has ${values.join(", ")}. Choose one of them, or add the value in Salesforce.`;
  try {
    shape(value, field, "UTC");
    return null;
  } catch (error) {
    if (error instanceof MappingSignal) return error.sentence;
    throw error;
  }
}
