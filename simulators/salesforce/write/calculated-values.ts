import type { Change } from "./change";
import { formulaContext } from "./formula-context";
import { storedValue } from "./stored-values";
import type { FormulaContext } from "../formula/context";
import { evaluateFormula } from "../formula/evaluate";
import { parseFormula, type Expression } from "../formula/parse";
import { isMoment, textOf, type FormulaValue } from "../formula/values";
import type { SObject } from "../model/schema";
import type { FieldModel, ObjectModel, Row, Value } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import type { Org } from "../org/org";

const fieldsByModel = new WeakMap<ObjectModel, readonly FieldModel[]>();
const expressions = new Map<string, Expression>();

/** The formula fields of a row that is about to be stored, with their values. */
export function calculatedValues(org: Org, change: Change, row: Row): Record<string, Value> {
  const object = org.schema.find(change.object.name) ?? change.object;
  const values: Record<string, Value> = {};
  const fields = calculatedFields(object.model).filter((field) => change.isPerson || field.mirrors === null);
  if (fields.length === 0) return values;
  const context = formulaContext(org, { ...change, object, after: row });
  for (const field of fields) {
    const seen = field.mirrors === null ? context : asContact(object, context);
    const value = evaluateFormula(expressionOf(field), seen);
    values[field.name] = storedValue(field, resultOf(field, value), org.options.lineEnds);
  }
  return values;
}

export function calculatedFields(model: ObjectModel): readonly FieldModel[] {
  const known = fieldsByModel.get(model) ?? model.fields.filter((field) => field.formula !== null);
  fieldsByModel.set(model, known);
  return known;
}

function expressionOf({ formula }: FieldModel): Expression {
  const text = formula ?? "";
  const expression = expressions.get(text) ?? parseFormula(text);
  expressions.set(text, expression);
  return expression;
}

/** A formula of Contact names fields of Contact; a person account holds them under names of its own. */
function asContact(account: SObject, context: FormulaContext): FormulaContext {
  const ownName = (name: string) =>
    account.model.fields.find((field) => field.mirrors?.toLowerCase() === name.toLowerCase())?.name ?? name;
  return { ...context, value: (name) => context.value(ownName(name)) };
}

function resultOf(field: FieldModel, value: FormulaValue): Value {
  if (isMoment(value)) {
    const at = salesforceDateTime(new Date(value.ms));
    return field.type === "date" ? at.slice(0, 10) : at;
  }
  if (field.type === "boolean") return value === true;
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  return field.type === "string" && value !== null ? textOf(value) : value;
}
