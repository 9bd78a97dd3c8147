import type { FieldTrigger, Setting } from "./automation";
import type { FormulaContext } from "../formula/context";
import { evaluateFormula } from "../formula/evaluate";
import { isMoment, numberOf, textOf, type FormulaValue } from "../formula/values";
import type { FieldModel, Row, Value } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import type { Org } from "../org/org";
import { storedValue } from "../write/stored-values";

/** What a trigger sets on this row, as it would be stored; fields that hold the value already are left out. */
export function settingValues(
  org: Org,
  trigger: FieldTrigger,
  row: Row,
  context: FormulaContext,
): Map<FieldModel, Value> {
  const values = new Map<FieldModel, Value>();
  if (trigger.when && evaluateFormula(trigger.when, context) !== true) return values;
  for (const setting of trigger.settings) {
    const value = storedValue(setting.field, rawValue(setting, context), org.options.lineEnds);
    if (value !== (row[setting.field.name] ?? null)) values.set(setting.field, value);
  }
  return values;
}

function rawValue({ field, value, formula }: Setting, context: FormulaContext): Value {
  return formula ? fieldValue(field, evaluateFormula(formula, context)) : (value ?? null);
}

/** A formula's value in the type of the field that takes it. */
function fieldValue(field: FieldModel, value: FormulaValue): Value {
  if (value === null) return null;
  switch (field.type) {
    case "boolean":
      return value === true;
    case "int":
    case "double":
    case "currency":
    case "percent":
      return numberOf(value);
    case "datetime":
      return isMoment(value) ? salesforceDateTime(new Date(value.ms)) : textOf(value);
    case "date":
      return textOf(value).slice(0, 10);
    default:
      return textOf(value);
  }
}
