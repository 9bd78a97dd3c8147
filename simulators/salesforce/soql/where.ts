import type { WhereClause } from "@jetstreamapp/soql-parser-js";
import { comparison } from "./compare";
import type { CompiledWhere, Predicate } from "./compiled-where";
import { conditionTree, type Comparing, type ConditionTree } from "./conditions";
import type { QueryContext } from "./context";
import { currencyComparison, isCurrencyLiteral } from "./currency-literals";
import { soqlError } from "./errors";
import { fieldExpression, functionExpression, type Expression } from "./expression";
import { functionCall } from "./functions";
import { checkJoins, joinComparison } from "./joins";

/** Compiles a WHERE clause. @throws ApiError INVALID_FIELD, MALFORMED_QUERY, INVALID_QUERY_FILTER_OPERATOR */
export function compileWhere(context: QueryContext, clause: WhereClause): CompiledWhere {
  const tree = conditionTree(context.source, "WHERE", clause);
  checkJoins(tree);
  const joins = { count: 0 };
  return compileTree(tree, (condition) => compileCondition(context, condition, joins));
}

function compileTree(
  tree: ConditionTree,
  compileLeaf: (condition: Comparing) => CompiledWhere,
): CompiledWhere {
  switch (tree.kind) {
    case "leaf":
      return compileLeaf(tree.condition);
    case "not": {
      const { matches } = compileTree(tree.part, compileLeaf);
      return { matches: (row) => !matches(row), keyConditions: [], filtered: [] };
    }
    case "and": {
      const parts = tree.parts.map((part) => compileTree(part, compileLeaf));
      return {
        matches: allOf(parts.map(({ matches }) => matches)),
        keyConditions: parts.flatMap((part) => part.keyConditions),
        filtered: parts.flatMap((part) => part.filtered),
      };
    }
    case "or": {
      const tests = tree.parts.map((part) => compileTree(part, compileLeaf).matches);
      return { matches: (row) => tests.some((test) => test(row)), keyConditions: [], filtered: [] };
    }
  }
}

function allOf(tests: readonly Predicate[]): Predicate {
  const [first, second] = tests;
  if (first && second && tests.length === 2) return (row) => first(row) && second(row);
  return (row) => tests.every((test) => test(row));
}

function compileCondition(
  context: QueryContext,
  condition: Comparing,
  joins: { count: number },
): CompiledWhere {
  const expression = comparedExpression(context, condition);
  const { path, valueOf } = expression;
  const filtered = [{ path, operator: condition.operator.toUpperCase() }];
  if ("valueQuery" in condition) {
    const { test, keys } = joinComparison(context, condition, path, joins.count++, compileWhere);
    return {
      matches: (row) => test(valueOf(row)),
      keyConditions: keys ? [{ path, values: keys }] : [],
      filtered,
    };
  }
  if (isCurrencyLiteral(condition)) {
    return { matches: currencyComparison(context, expression, condition), keyConditions: [], filtered };
  }
  const { test, keys } = comparison(context, expression, condition);
  const isPlain = expression.functionName === undefined;
  return {
    matches: (row) => test(valueOf(row)),
    keyConditions: keys && isPlain ? [{ path, values: keys }] : [],
    filtered: isPlain ? filtered : [],
  };
}

function comparedExpression(context: QueryContext, condition: Comparing): Expression {
  const expression =
    "fn" in condition
      ? functionExpression(context, functionCall(condition.fn), "WHERE")
      : fieldExpression(context, condition.field, "WHERE");
  const { field } = expression.path;
  if (field.type === "address") {
    const reason = "Address fields can only be filtered using Distance expressions";
    throw soqlError("INVALID_FIELD", context.source, expression.text, "WHERE", reason);
  }
  if (!field.filterable) {
    const reason = `field '${field.name}' can not be filtered in a query call`;
    throw soqlError("INVALID_FIELD", context.source, expression.text, "WHERE", reason);
  }
  return expression;
}
