import type { Change } from "./change";
import { formulaContext } from "./formula-context";
import { storedValue } from "./stored-values";
import type { FormulaContext } from "../formula/context";
import { evaluateFormula } from "../formula/evaluate";
import { fieldsOf, parseFormula, type Expression } from "../formula/parse";
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
  const after = { ...row };
  const context = formulaContext(org, { ...change, object, after });
  for (const field of fields) {
    const seen = field.mirrors === null ? context : asContact(object, context);
    const value = evaluateFormula(expressionOf(field), seen);
    values[field.name] = storedValue(field, resultOf(field, value), org.options.lineEnds);
    after[field.name] = values[field.name] ?? null;
  }
  return values;
}

/** The formula fields of an object, each after those that it reads. */
export function calculatedFields(model: ObjectModel): readonly FieldModel[] {
  const known =
    fieldsByModel.get(model) ?? inOrderOfReading(model.fields.filter(({ formula }) => formula !== null));
  fieldsByModel.set(model, known);
  return known;
}

function inOrderOfReading(fields: readonly FieldModel[]): FieldModel[] {
  const ordered = new Set<FieldModel>();
  const visited = new Set<FieldModel>();
  const visit = (field: FieldModel) => {
    if (visited.has(field)) return;
    visited.add(field);
    const names = new Set(fieldsOf(expressionOf(field)).map((name) => name.toLowerCase()));
    const nameInFormula = ({ name, mirrors }: FieldModel) =>
      (field.mirrors === null ? name : (mirrors ?? name)).toLowerCase();
    const isRead = (other: FieldModel) => names.has(nameInFormula(other));
    fields.filter(isRead).forEach(visit);
    ordered.add(field);
  };
  fields.forEach(visit);
  return [...ordered];
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
