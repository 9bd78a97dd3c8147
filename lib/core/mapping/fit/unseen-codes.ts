/** Codes that an expression compares with and S-360 was never seen to send: likely mistyped, not a fault. Pure. */
import { closest } from "../../closest";
import { childrenOf, parseExpression, type AstNode } from "../expression/ast";
import { documentedCodes } from "./documented-codes";

/** Codes of the latest records, by the names that lead to them: `authorizations/authorizationCode`. */
export interface SeenCodes {
  /** How many records were looked at. */
  readonly records: number;
  readonly codes: Readonly<Record<string, readonly string[]>>;
}

export interface CodeDoubt {
  readonly sentence: string;
  readonly code: string;
  /** What was most likely meant. */
  readonly suggestion: string | null;
  /** 0-based character and length of the code with its quotes in the expression; null where it cannot be told. */
  readonly place: { readonly at: number; readonly length: number } | null;
}

/** Nothing is said of what cannot be read, of what depends on a variable, nor of places where no code was ever seen. */
export function codeDoubtsIn(expression: string, seen: SeenCodes): readonly CodeDoubt[] {
  // Parsing is what costs.
  const parsed = /["']/.test(expression) ? parseExpression(expression) : null;
  if (!parsed?.ok) return [];
  const found: CodeDoubt[] = [];
  try {
    look(parsed.ast, [], { expression, seen, found });
  } catch (error) {
    // Nested too deeply to be looked through.
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

/** The expression with what was likely meant in place of a code. */
export function withCode(expression: string, { place, suggestion }: CodeDoubt): string {
  if (place === null || suggestion === null) return expression;
  const { at, length } = place;
  return expression.slice(0, at) + JSON.stringify(suggestion) + expression.slice(at + length);
}

interface Search {
  readonly expression: string;
  readonly seen: SeenCodes;
  readonly found: CodeDoubt[];
}

/** The names that lead to where names are looked up; null where nobody can tell. */
type Names = readonly string[] | null;

/** Looks through a node; gives the names that lead to what it finds. */
function look(node: AstNode, names: Names, search: Search): Names {
  if (node.type === "path") {
    const end = (node.steps ?? []).reduce<Names>((within, step) => look(step, within, search), names);
    for (const child of childrenOf(node)) if (!node.steps?.includes(child)) look(child, end, search);
    return end;
  }
  const within = leadsTo(node, names);
  const inside = node.type === "lambda" ? null : names;
  const ends = new Map<AstNode, Names>();
  for (const child of childrenOf(node)) {
    const isChoice = node.stages?.includes(child) || node.predicate?.includes(child);
    ends.set(child, look(child, isChoice ? within : inside, search));
  }
  if (node.type === "binary" && (node.value === "=" || node.value === "!=")) compare(node, ends, search);
  return within;
}

function leadsTo({ type, value }: AstNode, names: Names): Names {
  if (type === "name") return names && [...names, String(value)];
  if (type === "variable") return value === "" ? names : value === "$" ? [] : null;
  return type === "filter" || type === "sort" ? names : null;
}

function compare({ lhs, rhs }: AstNode, ends: ReadonlyMap<AstNode, Names>, search: Search): void {
  const sides = [lhs as AstNode | undefined, rhs];
  const literal = sides.find((side) => side?.type === "string");
  const other = sides.find((side) => side !== literal);
  const names = other && ends.get(other);
  if (!literal || !names || names.length === 0) return;
  const doubt = doubtOf(String(literal.value), names.join("/"), search.seen);
  if (doubt) search.found.push({ ...doubt, place: placeOf(literal, search.expression) });
}

const mostNamed = 6;

function doubtOf(code: string, path: string, { records, codes }: SeenCodes): Omit<CodeDoubt, "place"> | null {
  const seen = Object.hasOwn(codes, path) ? (codes[path] ?? []) : [];
  const documented = Object.hasOwn(documentedCodes, path) ? (documentedCodes[path] ?? []) : [];
  const known = [...new Set([...seen, ...documented])];
  if (known.length === 0 || known.includes(code)) return null;
  const suggestion = closest(code, known);
  const name = path.split("/").at(-1);
  const never =
    seen.length > 0
      ? `${name} ${code} was never seen in the latest ${records} records`
      : `S-360's documentation knows no ${name} ${code}`;
  const more =
    suggestion === null
      ? `known are ${known.slice(0, mostNamed).join(", ")}${known.length > mostNamed ? ", …" : ""}.`
      : `did you mean ${suggestion}?`;
  return { sentence: `${never}; ${more}`, code, suggestion };
}

/** The parser tells where a text ends. */
function placeOf({ value, position }: AstNode, expression: string): CodeDoubt["place"] {
  const length = String(value).length + 2;
  const at = (position ?? -1) - length;
  const written = at < 0 ? "" : expression.slice(at, at + length);
  return /^(["']).*\1$/s.test(written) && written.slice(1, -1) === value ? { at, length } : null;
}
