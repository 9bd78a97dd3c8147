/** Amounts that an expression takes as S-360 sends them, in thousandths: each counts a thousand times. Pure. */
import { callOf, childrenOf, isPairs, literalOf, unwrapped, type AstNode } from "../expression/ast";
import { parsedExpression } from "../expression/parsed";
import { typeAt, type SourceMember } from "../source-model";

export interface BareAmount {
  /** The names that lead to it: `operation.totalAmount`. */
  readonly path: string;
  /** Where it stands: its size is compared with a number, it becomes part of a text, or it counts otherwise. */
  readonly stands: "compared" | "in text" | "as number";
  /** What it is compared with. */
  readonly number?: number;
}

/**
 * Each path once. Nothing is said of what cannot be read, of what depends on a variable, nor where the size of an amount
 * does not count: whether there is one, how two compare, what is divided by a thousand.
 */
export function bareAmountsIn(expression: string, model: readonly SourceMember[]): readonly BareAmount[] {
  const parsed = parsedExpression(expression);
  if (!parsed.ok) return [];
  const found = new Map<string, BareAmount>();
  try {
    const converted = new Set<string>();
    collectConverted(parsed.ast, converted);
    look(parsed.ast, [], { place: { stands: "as number" }, converted, model, found });
  } catch (error) {
    // Nested too deeply to be looked through.
    if (!(error instanceof RangeError)) throw error;
  }
  return [...found.values()];
}

/** For the person who reads the expression; `isShort`: in the words of short form. */
export function sentenceOfAmount({ path, stands, number }: BareAmount, isShort: boolean): string {
  if (stands === "compared")
    return `${path} is in thousandths here: ${number} means ${Number(number) / 1000}. Write $money(${path}) to compare the amount.`;
  const helper = stands === "in text" ? "moneyText" : "money";
  return `S-360 sends amounts in thousandths: write ${isShort ? "" : "$"}${helper}(${path}), or 12.50 arrives as 12500.`;
}

type Place = Omit<BareAmount, "path">;

interface Search {
  /** Null where the size of a value does not count. */
  readonly place: Place | null;
  /** Variables that are turned into amounts where they are used. */
  readonly converted: ReadonlySet<string>;
  readonly model: readonly SourceMember[];
  readonly found: Map<string, BareAmount>;
}

/** The names that lead to where names are looked up; null where nobody can tell. */
type Names = readonly string[] | null;

/** Functions that give the amount itself, a share, or what does not depend on its size. */
const turning: ReadonlySet<string> = new Set(["money", "moneyText", "percent"]);
const careless: ReadonlySet<string> = new Set(
  "exists boolean not count type opposite valueMap lookup pick".split(" "),
);
const joining: ReadonlySet<string> = new Set(["joinParts", "lines", "around"]);

function look(node: AstNode, names: Names, search: Search): Names {
  if (node.type === "path") return lookAlong(node, names, search);
  const within = leadsTo(node, names);
  const inside = node.type === "lambda" ? null : names;
  for (const child of childrenOf(node)) {
    const isChoice = node.stages?.includes(child) || node.predicate?.includes(child);
    const place = isChoice ? null : placeOf(node, child, search);
    look(child, isChoice ? within : inside, { ...search, place });
  }
  return within;
}

function lookAlong(path: AstNode, names: Names, search: Search): Names {
  const steps = path.steps ?? [];
  const end = steps.reduce<Names>((within, step, index) => {
    const isLast = index === steps.length - 1;
    return look(step, within, isLast ? search : { ...search, place: null });
  }, names);
  for (const child of childrenOf(path)) if (!steps.includes(child)) look(child, end, search);
  if (search.place && end && steps.at(-1)?.type === "name") note(end, search.place, search);
  return end;
}

function note(names: readonly string[], place: Place, { model, found }: Search): void {
  const path = names.join(".");
  if (!found.has(path) && typeAt(model, names) === "money") found.set(path, { path, ...place });
}

function leadsTo({ type, value }: AstNode, names: Names): Names {
  if (type === "name") return names && [...names, String(value)];
  if (type === "variable") return value === "" ? names : value === "$" ? [] : null;
  return type === "filter" || type === "sort" ? names : null;
}

/** How a child stands in its node. */
function placeOf(node: AstNode, child: AstNode, search: Search): Place | null {
  const { place, converted } = search;
  const { type, lhs } = node;
  if (type === "binary") return placeInBinary(node, child, search);
  // What is only asked for, or sorted by, has the same answer in any unit; what is compared there says so itself.
  if (type === "filter" || type === "sort" || (type === "condition" && child === node.condition)) return null;
  if (type === "bind" && isOne(lhs) && converted.has(String(lhs.value))) return null;
  const name = callOf(node)?.name;
  if (name === undefined) return place;
  if (turning.has(name) || careless.has(name)) return null;
  return joining.has(name) ? { stands: "in text" } : place;
}

const comparing: ReadonlySet<unknown> = new Set(["=", "!=", "<", "<=", ">", ">="]);

function placeInBinary(node: AstNode, child: AstNode, { place, model }: Search): Place | null {
  const { value, lhs, rhs } = node;
  const other = child === lhs ? rhs : isOne(lhs) ? lhs : undefined;
  const number = other && literalOf(unwrapped(other));
  if (comparing.has(value))
    return typeof number === "number" && number !== 0 ? { stands: "compared", number } : null;
  if (value === "and" || value === "or" || value === "in") return null;
  if (value === "&") return { stands: "in text" };
  if (value === "/") return number === 1000 || (other && isAmount(other, model)) ? null : place;
  return value === "*" && number === 0.001 ? null : place;
}

/** An amount divided by another is none. */
function isAmount(node: AstNode, model: readonly SourceMember[]): boolean {
  const { type, steps = [] } = unwrapped(node);
  const names = steps.filter((step) => step.type === "name").map((step) => String(step.value));
  return type === "path" && names.length === steps.length && typeAt(model, names) === "money";
}

function isOne(lhs: AstNode["lhs"]): lhs is AstNode {
  return lhs !== undefined && !isPairs(lhs);
}

function collectConverted(node: AstNode, converted: Set<string>): void {
  const call = callOf(node);
  if (call && turning.has(call.name)) for (const argument of call.args) collectVariables(argument, converted);
  if (
    node.type === "binary" &&
    node.value === "/" &&
    node.rhs &&
    literalOf(node.rhs) === 1000 &&
    isOne(node.lhs)
  )
    collectVariables(node.lhs, converted);
  for (const child of childrenOf(node)) collectConverted(child, converted);
}

function collectVariables(node: AstNode, variables: Set<string>): void {
  if (node.type === "variable") variables.add(String(node.value));
  for (const child of childrenOf(node)) collectVariables(child, variables);
}
