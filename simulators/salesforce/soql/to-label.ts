import type { QueryContext } from "./context";
import { soqlError } from "./errors";
import type { Compared } from "./literals";
import type { FieldPath } from "./paths";
import type { Value } from "../model/types";

const LABELLED_TYPES = new Set(["picklist", "multipicklist", "combobox"]);

/**
 * What toLabel makes of a picklist's values: the labels, which this org has in one language (SOQL reference,
 * "toLabel()"). Record type names are their own labels.
 * @throws ApiError INVALID_FIELD for a field without labels
 */
export function labelReader(
  context: QueryContext,
  inner: Compared & { readonly path: FieldPath },
): (value: Value) => Value {
  const { field, object } = inner.path;
  if (object.name === "RecordType" && field.name === "Name") return (value) => value;
  if (!LABELLED_TYPES.has(field.type)) {
    throw soqlError(
      "INVALID_FIELD",
      context.source,
      inner.text,
      inner.clause,
      `field '${field.name}' does not support toLabel`,
    );
  }
  const labels = new Map(field.picklistValues.map(({ value, label }) => [value, label]));
  const labelOf = (value: string) => labels.get(value) ?? value;
  return (value) => {
    if (typeof value !== "string") return value;
    return field.type === "multipicklist" ? value.split(";").map(labelOf).join(";") : labelOf(value);
  };
}
