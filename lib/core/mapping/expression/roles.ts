/** What the bounds have to know of a node of an expression besides its kind: where it stands. */
import { childrenOf, isPairs, type AstNode } from "./ast";

export type Role =
  /** One side of `=` and `!=`. */
  | { readonly kind: "left" | "right"; readonly of: AstNode }
  /** One side of `&`: an object there is written out. */
  | { readonly kind: "text" }
  /** jsonata evaluates the items of a list and the values of an object or of groups at the same time. */
  | { readonly kind: "sibling"; readonly of: object }
  /** What is grouped by, where each element carries `names` values along. */
  | { readonly kind: "key"; readonly of: object; readonly names: number };

export type Roles = ReadonlyMap<AstNode, Role>;

/** The roles of all nodes that have one. */
export function rolesOf(ast: AstNode): Roles {
  const roles = new Map<AstNode, Role>();
  collect(ast, roles);
  return roles;
}

type Pairs = readonly (readonly [AstNode, AstNode])[];

function collect(node: AstNode, roles: Map<AstNode, Role>): void {
  if (isPairs(node.lhs)) collectPairs(node.lhs, node, 0, roles);
  else if (node.type === "binary") collectSides(node, roles);
  if (node.group) collectPairs(node.group.lhs, node.group, namesOf(node), roles);
  if (node.type === "unary" && node.value === "[")
    for (const item of node.expressions ?? []) roles.set(item, { kind: "sibling", of: node });
  for (const child of childrenOf(node)) collect(child, roles);
}

function collectSides(node: AstNode, roles: Map<AstNode, Role>): void {
  const { value, lhs, rhs } = node;
  if (!lhs || !("type" in lhs) || !rhs) return;
  if (value === "&") for (const side of [lhs, rhs]) roles.set(side, { kind: "text" });
  if (value !== "=" && value !== "!=") return;
  roles.set(lhs, { kind: "left", of: node });
  roles.set(rhs, { kind: "right", of: node });
}

function collectPairs(pairs: Pairs, of: object, names: number, roles: Map<AstNode, Role>): void {
  for (const [key, value] of pairs) {
    roles.set(value, { kind: "sibling", of });
    if (names > 0) roles.set(key, { kind: "key", of, names });
  }
}

/** How many values each element of a path carries along; none where it is the element alone. */
function namesOf({ steps = [] }: AstNode): number {
  return steps.some(({ tuple }) => tuple === true) ? steps.length + 1 : 0;
}

/** Whether a node has to be looked at before it begins: looking before each makes all of them slower. */
export function needsLookBefore(ast: AstNode, roles: Roles): boolean {
  return [...roles.values()].some(({ kind }) => kind === "sibling") || hasWildcard(ast);
}

function hasWildcard(node: AstNode): boolean {
  return node.type === "wildcard" || childrenOf(node).some(hasWildcard);
}
