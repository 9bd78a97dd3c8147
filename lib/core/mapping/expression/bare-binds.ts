/**
 * Names that are set as a part of a list, an object or groups. To jsonata all parts have one set of names and begin at the
 * same time: whether a part sees what another one sets depends on how many steps each has, and here they go one after the
 * other. Brackets have names of their own.
 */
import { childrenOf, type AstNode } from "./ast";
import { rolesOf } from "./roles";

/** In reading order. */
export function bareBinds(ast: AstNode): readonly AstNode[] {
  const roles = rolesOf(ast);
  const found: AstNode[] = [];
  const walk = (node: AstNode, inPart: boolean): void => {
    if (node.type === "bind" && inPart) found.push(node);
    for (const child of childrenOf(node)) {
      const isPart = roles.get(child)?.kind === "sibling";
      walk(child, isPart || (inPart && !hasNamesOfItsOwn(node, child)));
    }
  };
  walk(ast, false);
  return found;
}

/** A filter behind the brackets is not inside of them. */
function hasNamesOfItsOwn(node: AstNode, child: AstNode): boolean {
  if (node.type === "block") return node.expressions?.includes(child) ?? false;
  return node.type === "lambda" && child === node.body;
}
