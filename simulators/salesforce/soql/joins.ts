import type { FieldType, ValueQueryCondition, WhereClause } from "@jetstreamapp/soql-parser-js";
import { isId } from "./comparable";
import type { Comparison } from "./compare";
import type { CompiledWhere } from "./compiled-where";
import type { ConditionTree } from "./conditions";
import type { QueryContext } from "./context";
import { noSuchObject, plainError, soqlError } from "./errors";
import { fieldExpression } from "./expression";
import { plainPath } from "./functions";
import { matchingRows } from "./matching-rows";
import type { FieldPath } from "./paths";
import type { Value } from "../model/types";

type CompileWhere = (context: QueryContext, clause: WhereClause) => CompiledWhere;

/** Inner selects give an index its keys up to so many; beyond, reading the table is no slower. */
const MAX_KEYS = 2000;
const MAX_JOINS = 2;

/** What a join stands below. */
type Above = "top" | keyof typeof JOIN_REFUSALS;

const JOIN_REFUSALS = {
  or: "Semi join sub-selects are not allowed with the 'OR' operator",
  not: "Semi join sub-selects are not allowed with the 'NOT' operator",
  "nested or":
    "Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.",
} as const;

/**
 * Where semi-joins and anti-joins may stand (SOQL reference, "Considerations for Semi-Join and Anti-Join Queries").
 * @throws ApiError MALFORMED_QUERY
 */
export function checkJoins(tree: ConditionTree): void {
  let count = 0;
  const visit = (node: ConditionTree, depth: number, above: Above): void => {
    switch (node.kind) {
      case "and":
        for (const part of node.parts) visit(part, depth + 1, above);
        return;
      case "or": {
        const here = depth === 0 ? "or" : "nested or";
        for (const part of node.parts) visit(part, depth + 1, above === "top" ? here : above);
        return;
      }
      case "not":
        visit(node.part, depth + 1, "not");
        return;
      case "leaf":
        if (!("valueQuery" in node.condition)) return;
        count += 1;
        if (above !== "top") throw refused(JOIN_REFUSALS[above]);
    }
  };
  visit(tree, 0, "top");
  if (count > MAX_JOINS) throw refused(`Maximum ${String(MAX_JOINS)} semi join sub-selects are allowed`);
}

/**
 * `IN (SELECT …)` and `NOT IN (SELECT …)`: runs the inner query once.
 * @param place among the inner queries of this WHERE
 * @throws ApiError MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD
 */
export function joinComparison(
  context: QueryContext,
  condition: ValueQueryCondition,
  left: FieldPath,
  place: number,
  compileWhere: CompileWhere,
): Comparison {
  checkLeft(condition, left);
  const { inner, path, where } = innerQuery(context, condition, place, compileWhere);
  const isSamePart = targetsOf(path).some((name) => targetsOf(left).includes(name));
  if (!isSamePart) {
    throw soqlError(
      "MALFORMED_QUERY",
      context.source,
      condition.field,
      "WHERE",
      `The selected field '${path.field.name}' in the subquery and the left operand field in the where expression in the outer query '${condition.field}' should point to the same object type`,
    );
  }
  const ids = new Set<Value>();
  for (const row of matchingRows(inner, where)) {
    const id = row[path.field.name] ?? null;
    if (id !== null) ids.add(id);
  }
  if (condition.operator.toUpperCase() === "NOT IN")
    return { test: (value) => !ids.has(value), keys: undefined };
  return { test: (value) => ids.has(value), keys: ids.size <= MAX_KEYS ? [...ids] : undefined };
}

function innerQuery(
  context: QueryContext,
  { valueQuery }: ValueQueryCondition,
  place: number,
  compileWhere: CompileWhere,
) {
  const source = context.source.inner("WHERE", place);
  const name = valueQuery.sObject ?? "";
  const object = context.schema.find(name);
  if (!object) throw noSuchObject(source, name);
  if (object.name === context.object.name) {
    throw refused("The inner and outer selects should not be on the same object type");
  }
  for (const [given, word] of [
    [valueQuery.groupBy, "GROUP"],
    [valueQuery.orderBy, "ORDER"],
    [valueQuery.limit, "LIMIT"],
    [valueQuery.offset, "OFFSET"],
    [valueQuery.for, "FOR"],
  ] as const) {
    if (given !== undefined) throw refused(`missing value at '${word}'`);
  }
  const aliases = new Map(valueQuery.sObjectAlias ? [[valueQuery.sObjectAlias.toLowerCase(), ""]] : []);
  const inner: QueryContext = { ...context, object, source, aliases };
  const path = selectedPath(inner, valueQuery.fields ?? []);
  if (valueQuery.where && hasInnerJoin(valueQuery.where)) {
    throw refused("Nesting of semi join sub-selects is not supported");
  }
  return { inner, path, where: valueQuery.where ? compileWhere(inner, valueQuery.where) : undefined };
}

function selectedPath(inner: QueryContext, [field, ...others]: readonly FieldType[]): FieldPath {
  const text = field && plainPath(field);
  if (text === undefined || others.length > 0) {
    throw refused("A semi join sub-select can only select one field");
  }
  const { path } = fieldExpression(inner, text, "SELECT");
  if (path.lookups.length > 0) {
    throw refused("inner select field cannot have more than one level of relationships");
  }
  if (!isId(path.field.type)) {
    throw refused(`semi join sub-selects can only query id fields, cannot use: '${path.field.name}'`);
  }
  return path;
}

/** Whether a chain of conditions, as the parser gives it, has an inner query. */
function hasInnerJoin(chain: unknown): boolean {
  return JSON.stringify(chain).includes('"valueQuery":');
}

function checkLeft({ field }: ValueQueryCondition, left: FieldPath): void {
  if (left.lookups.length > 0) {
    throw refused("Left operand of semi join expression cannot have more than one level of relationships");
  }
  if (!isId(left.field.type)) {
    throw refused(
      `The left operand field in the where expression for outer query should be an id field, cannot use: '${field}'`,
    );
  }
}

function targetsOf({ object, field }: FieldPath): readonly string[] {
  return field.type === "id" ? [object.name] : field.referenceTo;
}

function refused(reason: string): Error {
  return plainError("MALFORMED_QUERY", reason);
}
