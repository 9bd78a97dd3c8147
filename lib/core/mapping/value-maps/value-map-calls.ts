/** Which value maps expressions name. */
import { childrenOf, type AstNode } from "../expression/ast";
import type { Breathe } from "../expression/clock";
import { parsedExpression } from "../expression/parsed";
import type { MappingDocument } from "../document";

/** The names of the value maps an expression uses; null for a name that is not written out. */
export function valueMapCalls(ast: AstNode): readonly (string | null)[] {
  const isCall =
    ast.type === "function" && ast.procedure?.type === "variable" && ast.procedure.value === "valueMap";
  const name = ast.arguments?.[0];
  const own = isCall ? [name?.type === "string" ? String(name.value) : null] : [];
  return [...own, ...childrenOf(ast).flatMap(valueMapCalls)];
}

/** By value map: the target fields of the lines that name it; null for the filter, which comes first. */
export type ValueMapTargets = ReadonlyMap<string, readonly (string | null)[]>;

/** Others have a turn before each expression that is read. What cannot be read names none. */
export async function valueMapTargets(
  { filter = "", lines }: MappingDocument,
  breathe: Breathe,
): Promise<ValueMapTargets> {
  const targets = new Map<string, (string | null)[]>();
  for (const { target, expression } of [{ target: null, expression: filter }, ...lines]) {
    // Most lines name none, and parsing is what costs.
    if (!expression.includes("$valueMap")) continue;
    await breathe();
    const parsed = parsedExpression(expression);
    for (const name of parsed.ok ? new Set(valueMapCalls(parsed.ast)) : []) {
      if (name !== null) targets.set(name, [...(targets.get(name) ?? []), target]);
    }
  }
  return targets;
}
