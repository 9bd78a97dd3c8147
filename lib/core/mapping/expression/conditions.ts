/** What chooses an element of a list, told from the syntax tree: flags, and codes that equal a value. */
import { literalOf, nameOf, unwrapped, type AstNode } from "./ast";
import type { ShortCondition } from "../short-form/form";

/** Flags and equalities and what they are not, joined by `and`; null for anything else. */
export function conditionsOf(given: AstNode): readonly ShortCondition[] | null {
  const node = unwrapped(given);
  const left = node.lhs && "type" in node.lhs ? node.lhs : undefined;
  if (node.type === "binary" && node.value === "and" && left && node.rhs) {
    const [these, those] = [conditionsOf(left), conditionsOf(node.rhs)];
    return these && those && [...these, ...those];
  }
  if (node.type === "condition") return negatedOf(node);
  const flag = nameOf(node);
  if (flag !== undefined) return [{ name: flag, test: "set", value: true, not: false }];
  if (node.type !== "binary" || node.value !== "=" || !left || !node.rhs) return null;
  return equalityOf(left, node.rhs) ?? equalityOf(node.rhs, left);
}

function equalityOf(named: AstNode, given: AstNode): readonly ShortCondition[] | null {
  const name = nameOf(named);
  const value = literalOf(given);
  return name === undefined || value === undefined ? null : [{ name, test: "equal", value, not: false }];
}

/** `x ? false : true`, and `x ? false : y` for "not x, and y". */
function negatedOf(node: AstNode): readonly ShortCondition[] | null {
  if (!node.condition || !node.then || !node.else) return null;
  const [condition, ...more] = conditionsOf(node.condition) ?? [];
  if (!condition || condition.not || more.length > 0 || literalOf(unwrapped(node.then)) !== false)
    return null;
  const negated = { ...condition, not: true };
  if (literalOf(unwrapped(node.else)) === true) return [negated];
  const others = conditionsOf(node.else);
  return others && [negated, ...others];
}
