import type { FieldModel, Value } from "../model/types";
import { dateOf, dateTimeOf, type FormulaValue } from "./values";

/** A stored value as formulas see it: dates and datetimes become moments that can be counted with. */
export function formulaValue(field: FieldModel, value: Value | undefined): FormulaValue {
  if (value === null || value === undefined) return null;
  if (field.type === "date") return dateOf(value);
  if (field.type === "datetime") return dateTimeOf(value);
  return value;
}
