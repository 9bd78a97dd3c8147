/** Names in a stored expression that a source does not have: worth a look, not a fault. Pure. */
import { closest } from "../../closest";
import { childrenOf, type AstNode } from "./ast";
import { parsedExpression } from "./parsed";
import { belowValue, membersBelow, sentenceOfUnknown, type SourceMember } from "../source-model";

export interface UnknownName {
  readonly sentence: string;
  readonly name: string;
  /** 0-based character of the name in the expression; null where it cannot be told. */
  readonly at: number | null;
  /** What was most likely meant. */
  readonly suggestion: string | null;
}

/** Nothing is said of an expression that cannot be read, nor of what depends on a variable or a wildcard. */
export function unknownNamesIn(expression: string, model: readonly SourceMember[]): readonly UnknownName[] {
  const cache = cacheOf(model);
  const known = cache.get(expression);
  if (known) return known;
  if (cache.size >= cacheSize) cache.clear();
  const found = namesIn(expression, model);
  cache.set(expression, found);
  return found;
}

const cacheSize = 2_000;
const caches = new WeakMap<readonly SourceMember[], Map<string, readonly UnknownName[]>>();

function cacheOf(model: readonly SourceMember[]): Map<string, readonly UnknownName[]> {
  const cache = caches.get(model) ?? new Map<string, readonly UnknownName[]>();
  caches.set(model, cache);
  return cache;
}

function namesIn(expression: string, model: readonly SourceMember[]): readonly UnknownName[] {
  const parsed = parsedExpression(expression);
  if (!parsed.ok) return [];
  const found: UnknownName[] = [];
  try {
    look(parsed.ast, model, { expression, root: model, found });
  } catch (error) {
    // Nested too deeply to be looked through.
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

interface Search {
  readonly expression: string;
  readonly root: readonly SourceMember[];
  readonly found: UnknownName[];
}

/** What names are looked up in; null where nobody can tell. */
type Members = readonly SourceMember[] | null;

/** Looks through a node; what a path leads to is what its steps are looked up in. */
function look(node: AstNode, members: Members, search: Search): Members {
  if (node.type === "path") return lookAlong(node, members, search);
  const within = leadsTo(node, members, search);
  // Inside a function of its own, names are those of what it is called with.
  const inside = node.type === "lambda" ? null : members;
  for (const child of childrenOf(node)) {
    const isChoice = node.stages?.includes(child) || node.predicate?.includes(child);
    const isGroup = node.group?.lhs.flat().includes(child);
    look(child, isChoice ? within : isGroup ? null : inside, search);
  }
  return within;
}

function lookAlong(path: AstNode, members: Members, search: Search): Members {
  let within = members;
  for (const step of path.steps ?? []) within = look(step, within, search);
  for (const key of (path.group?.lhs ?? []).flat()) look(key, null, search);
  return within;
}

function leadsTo(node: AstNode, members: Members, search: Search): Members {
  switch (node.type) {
    case "name":
      return named(node, members, search);
    case "variable":
      return node.value === "" ? members : node.value === "$" ? search.root : null;
    case "filter":
    case "sort":
      return members;
    default:
      return null;
  }
}

function knownBelow(member: SourceMember): Members {
  const members = membersBelow(member);
  return members.length > 0 || members === belowValue ? members : null;
}

function named({ value, position }: AstNode, members: Members, { expression, found }: Search): Members {
  const name = String(value);
  const member = members?.find((each) => each.name === name);
  if (member) return knownBelow(member);
  if (members === null || (members.length === 0 && members !== belowValue)) return null;
  const suggestion = closest(
    name,
    members.map((each) => each.name),
  );
  const at = position === undefined ? -1 : position - name.length;
  const isThere = at >= 0 && expression.startsWith(name, at);
  found.push({
    sentence: sentenceOfUnknown(name, members, suggestion),
    name,
    at: isThere ? at : null,
    suggestion,
  });
  return null;
}
