import type { FieldTrigger, Setting } from "./automation";
import type { FormulaContext } from "../formula/context";
import { evaluateFormula } from "../formula/evaluate";
import { isMoment, numberOf, textOf, type FormulaValue } from "../formula/values";
import type { FieldModel, FieldType, Row, Value } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import type { Org } from "../org/org";
import { storedValue } from "../write/stored-values";

/**
 * What a trigger sets on this row, as it would be stored; fields that hold the value already are left out. Each field is
 * there: no deployment takes one away that an automation names.
 */
export function settingValues(
  org: Org,
  trigger: FieldTrigger,
  row: Row,
  context: FormulaContext,
): Map<FieldModel, Value> {
  const values = new Map<FieldModel, Value>();
  if (trigger.when && evaluateFormula(trigger.when, context) !== true) return values;
  const object = org.schema.find(trigger.stored.object);
  for (const setting of trigger.settings) {
    const field = object?.field(setting.fieldName);
    if (!field) continue;
    const value = storedValue(field, rawValue(field, setting, context), org.options.lineEnds);
    if (value !== (row[field.name] ?? null)) values.set(field, value);
  }
  return values;
}

function rawValue(field: FieldModel, { value, formula }: Setting, context: FormulaContext): Value {
  return formula ? fieldValue(field, evaluateFormula(formula, context)) : (value ?? null);
}

const NUMBERS: readonly FieldType[] = ["int", "double", "currency", "percent"];

/** A formula's value in the type of the field that takes it. */
function fieldValue({ type }: FieldModel, value: FormulaValue): Value {
  if (value === null) return null;
  if (type === "boolean") return value === true;
  if (NUMBERS.includes(type)) return numberOf(value);
  if (type === "datetime" && isMoment(value)) return salesforceDateTime(new Date(value.ms));
  return type === "date" ? textOf(value).slice(0, 10) : textOf(value);
}
