/** jsonata's syntax tree as its parser really builds it (its own type declarations leave most of it out). */
import jsonata from "jsonata";
import { limits } from "./limits";
import { linearRegexEngine } from "./regex-engine";

export interface AstNode {
  readonly type: string;
  readonly value?: unknown;
  /** Characters from the start of the expression to the end of the token. */
  readonly position?: number;
  readonly steps?: readonly AstNode[];
  readonly stages?: readonly AstNode[];
  readonly predicate?: readonly AstNode[];
  readonly expressions?: readonly AstNode[];
  readonly arguments?: readonly AstNode[];
  readonly procedure?: AstNode;
  readonly condition?: AstNode;
  readonly then?: AstNode;
  readonly else?: AstNode;
  /** Pairs for an object constructor. */
  readonly lhs?: AstNode | readonly (readonly [AstNode, AstNode])[];
  readonly rhs?: AstNode;
  readonly expression?: AstNode;
  readonly body?: AstNode;
  /** A lambda jsonata itself makes around a call in tail position. */
  readonly thunk?: boolean;
  readonly group?: { readonly lhs: readonly (readonly [AstNode, AstNode])[] };
  readonly terms?: readonly { readonly expression: AstNode }[];
  /** Filter stage. */
  readonly expr?: AstNode;
  /** `@$name` and `#$name` of a step. */
  readonly focus?: string;
  readonly index?: string;
  /** A step that carries along what `@`, `#` and `%` bind. */
  readonly tuple?: boolean;
  /** `[]`: one that is found stays a list. The second is how a path knows of its steps. */
  readonly keepArray?: boolean;
  readonly keepSingletonArray?: boolean;
}

export interface ExpressionProblem {
  readonly sentence: string;
  /** 1-based character where it was noticed; undefined when the whole expression is meant. */
  readonly position?: number;
}

export type Parsed =
  | { readonly ok: true; readonly ast: AstNode; readonly expression: jsonata.Expression }
  | { readonly ok: false; readonly problem: ExpressionProblem };

/**
 * Parses JSONata, to be run under bounds. Never throws: what jsonata throws (a plain object) becomes a sentence with its
 * position.
 */
export function parseExpression(text: string): Parsed {
  if (isTooLong(text)) return { ok: false, problem: { sentence: tooLong } };
  try {
    const expression = jsonata(text, { sequence: limits.sequenceLength, RegexEngine: linearRegexEngine });
    return { ok: true, ast: expression.ast() as unknown as AstNode, expression };
  } catch (error) {
    if (error instanceof RangeError) {
      return {
        ok: false,
        problem: { sentence: "The expression is nested too deeply. Split it into several lines." },
      };
    }
    const { message, position } = error as { message?: string; position?: number };
    return {
      ok: false,
      problem: { sentence: `The expression cannot be read: ${message ?? "syntax error"}.`, position },
    };
  }
}

const tooLong = `The expression has more than ${limits.tokens} parts. Split it into several lines.`;
const token = /[\p{L}\p{N}_$]+|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\S/gu;

function isTooLong(text: string): boolean {
  if (text.length <= limits.tokens) return false;
  let left = limits.tokens;
  for (const _ of text.matchAll(token)) if (left-- === 0) return true;
  return false;
}

/** Every node directly below, in reading order. */
export function childrenOf(node: AstNode): readonly AstNode[] {
  const pairs = [...(isPairs(node.lhs) ? node.lhs : []), ...(node.group?.lhs ?? [])].flat();
  return [
    ...(node.steps ?? []),
    ...(node.expressions ?? []),
    ...(isPairs(node.lhs) || !node.lhs ? [] : [node.lhs]),
    ...[node.rhs, node.expression, node.condition, node.then, node.else, node.procedure].filter(isPresent),
    ...(node.arguments ?? []),
    ...[node.body, node.expr].filter(isPresent),
    ...(node.stages ?? []),
    ...(node.predicate ?? []),
    ...(node.terms ?? []).map((term) => term.expression),
    ...pairs,
  ];
}

export function isPairs(lhs: AstNode["lhs"]): lhs is readonly (readonly [AstNode, AstNode])[] {
  return Array.isArray(lhs);
}

/** Brackets around the whole change nothing. */
export function unwrapped(node: AstNode): AstNode {
  const [only, ...more] = node.type === "block" ? (node.expressions ?? []) : [];
  return only && more.length === 0 && isBare(node) ? unwrapped(only) : node;
}

/** Nothing is written behind it: no filter, no `[]`, no groups, and no name for what it holds. */
export function isBare(node: AstNode): boolean {
  const { predicate, stages, group, focus, index } = node;
  return !predicate && !stages && !group && !focus && !index && !isKeptAsList(node);
}

/** `[]` stands behind it, or behind one of its steps. */
export function isKeptAsList({ keepArray, keepSingletonArray }: AstNode): boolean {
  return keepArray === true || keepSingletonArray === true;
}

export interface Call {
  readonly name: string;
  readonly args: readonly AstNode[];
}

/** A call of a function by its name, whose result is taken as it is. */
export function callOf(node: AstNode): Call | undefined {
  const name = node.type === "function" && isBare(node) ? functionNameOf(node) : undefined;
  return name === undefined ? undefined : { name, args: node.arguments ?? [] };
}

/** Of a call; undefined where what is called is not just named. */
export function functionNameOf({ procedure }: AstNode): string | undefined {
  return procedure?.type === "variable" && isBare(procedure) ? String(procedure.value) : undefined;
}

/** A path of one name. jsonata reads a stray backtick as part of a name, and no name with one can be written. */
export function nameOf(node: AstNode): string | undefined {
  const [only, ...more] = node.type === "path" && isBare(node) ? (node.steps ?? []) : [];
  const plain = only?.type === "name" && more.length === 0 && isBare(only);
  return plain && !String(only.value).includes("`") ? String(only.value) : undefined;
}

/** A text, a number or a yes or no that is written out. */
export function literalOf(node: AstNode): string | number | boolean | undefined {
  const { type, value } = node;
  if (!isBare(node)) return undefined;
  if (type === "string" && typeof value === "string") return value;
  if (type === "number" && typeof value === "number") return value;
  return type === "value" && typeof value === "boolean" ? value : undefined;
}

function isPresent(node: AstNode | undefined): node is AstNode {
  return node !== undefined;
}
