/** What an expression reads of its source, told from its syntax tree. */
import { childrenOf, type AstNode } from "./expression/ast";

/** Stands for "everything": the expression looks at the source as a whole. */
export const wholeSource = "*";

/** Top-level keys of the source that the expression reads, in order of appearance; `*` when it reads it as a whole. */
export function sectionsOf(ast: AstNode): readonly string[] {
  const sections = new Set<string>();
  visit(ast, true, sections);
  return [...sections];
}

/** `atRoot`: names met here are keys of the source itself. */
function visit(node: AstNode, atRoot: boolean, sections: Set<string>): void {
  if (node.type === "path") return visitPath(node, atRoot, sections);
  const root = isRoot(node, atRoot);
  if (root) sections.add(wholeSource);
  if (readsAnywhere(node) && atRoot) sections.add(wholeSource);
  visitOwnParts(node, atRoot, root, sections);
}

function visitPath(path: AstNode, atRoot: boolean, sections: Set<string>): void {
  let here = atRoot;
  for (const step of path.steps ?? []) {
    const root = isRoot(step, here);
    if (step.type === "name" && here) sections.add(String(step.value));
    if ((readsAnywhere(step) && here) || step.type === "parent") sections.add(wholeSource);
    visitOwnParts(step, here, root, sections);
    here = root;
  }
  if (here) sections.add(wholeSource);
  for (const child of (path.group?.lhs ?? []).flat()) visit(child, here, sections);
}

/** Filters look at what the node found, everything else at what the node itself is evaluated on. */
function visitOwnParts(node: AstNode, atRoot: boolean, isItselfRoot: boolean, sections: Set<string>): void {
  const filters = new Set([...(node.stages ?? []), ...(node.predicate ?? [])]);
  for (const child of childrenOf(node)) {
    const inside = filters.has(child) || node.type === "sort" ? isItselfRoot : atRoot;
    if (node.type === "lambda" && node.arguments?.includes(child)) continue;
    visit(child, inside, sections);
  }
}

/** `$$` is the source everywhere, `$` only where nothing was entered yet. */
function isRoot(node: AstNode, atRoot: boolean): boolean {
  return node.type === "variable" && (node.value === "$" || (node.value === "" && atRoot));
}

function readsAnywhere(node: AstNode): boolean {
  return node.type === "wildcard" || node.type === "descendant";
}

/** Dotted names of every path the expression reads, each once. Inside a filter they start from the element. */
export function pathsOf(ast: AstNode): readonly string[] {
  const paths = new Set<string>();
  const walk = (node: AstNode): void => {
    const own = namesOf(node);
    if (own !== undefined) paths.add(own);
    childrenOf(node).forEach(walk);
  };
  walk(ast);
  return [...paths];
}

function namesOf(node: AstNode): string | undefined {
  if (node.type !== "path") return undefined;
  const names = (node.steps ?? []).filter((step) => step.type === "name").map((step) => String(step.value));
  return names.length > 0 ? names.join(".") : undefined;
}

/** Dotted path of the first value a call reads, by the position jsonata reports for errors of that call. */
export function sourcePathsByCall(ast: AstNode): ReadonlyMap<number, string> {
  const paths = new Map<number, string>();
  const walk = (node: AstNode): void => {
    if (node.type === "function" && node.position !== undefined) {
      const path = (node.arguments ?? []).map(firstPath).find((found) => found !== undefined);
      if (path) paths.set(node.position, path);
    }
    childrenOf(node).forEach(walk);
  };
  walk(ast);
  return paths;
}

/** `operation.totalAmount` for the first path below; undefined when the expression reads no path. */
export function firstPath(node: AstNode): string | undefined {
  const own = namesOf(node);
  if (own !== undefined) return own;
  for (const child of childrenOf(node)) {
    const found = firstPath(child);
    if (found) return found;
  }
  return undefined;
}
