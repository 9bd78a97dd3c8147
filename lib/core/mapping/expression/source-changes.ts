/**
 * Where jsonata writes into what it reads: an empty list that is grouped, or that an object is made of, gets an element,
 * and `[]` marks the list it stands behind. That is then the record's own list, which others read after it.
 */
import { childrenOf, isKeptAsList, isPairs, type AstNode } from "./ast";

/** Whether the source has to be copied for the expression. */
export function mayChangeSource(node: AstNode): boolean {
  const builds = node.group !== undefined || isPairs(node.lhs);
  return builds || isKeptAsList(node) || childrenOf(node).some(mayChangeSource);
}
