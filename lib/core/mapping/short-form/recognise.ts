/** From JSONata to short form, told from the syntax tree; null for what short form cannot say. */
import { callOf, isBare, literalOf, unwrapped, type AstNode } from "../expression/ast";
import { conditionsOf } from "../expression/conditions";
import { parsedExpression } from "../expression/parsed";
import { remembered } from "../expression/remembered";
import { knownLists } from "../source-model";
import { isLineBreaks } from "./nesting";
import { isChosen } from "./parse";
import {
  helperFunctions,
  shortHelpers,
  type ShortForm,
  type ShortPath,
  type ShortStep,
  type ShortValue,
} from "./form";

/** Never throws. Remembers what it found. */
export const recogniseShortForm = remembered(recognise);

function recognise(expression: string): ShortForm | null {
  const parsed = parsedExpression(expression);
  if (!parsed.ok) return null;
  try {
    return formOf(parsed.ast);
  } catch (error) {
    // Nested too deeply to be looked through.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function formOf(ast: AstNode): ShortForm | null {
  const node = unwrapped(ast);
  const constant = literalOf(node);
  if (constant !== undefined) return { form: "constant", value: constant };
  const call = callOf(node);
  if (call?.name !== "around") return withText("", node, "");
  const [before, body, after, ...more] = call.args;
  const texts = [before, after].map((part) => part && literalOf(part));
  const [first, last] = texts;
  if (!body || more.length > 0 || typeof first !== "string" || typeof last !== "string") return null;
  return first === "" && last === "" ? null : withText(first, unwrapped(body), last);
}

interface Joined {
  readonly values: readonly ShortValue[];
  readonly separators: readonly string[];
}

function withText(before: string, node: AstNode, after: string): ShortForm | null {
  const joined = linesOf(node);
  return joined && { form: "values", before, ...joined, after };
}

/** As `nesting.ts` groups them: inside of what is separated by line breaks there are fewer of them. */
function linesOf(node: AstNode, fewerThan = Infinity): Joined | null {
  const [separator, parts] = brokenLines(node) ?? [];
  if (separator === undefined || parts === undefined) return partsOf(node);
  if (parts.length < 2 || separator.length >= fewerThan) return null;
  const lines = parts.map((line) => linesOf(unwrapped(line), separator.length));
  return together(lines, separator);
}

function brokenLines(node: AstNode): readonly [string, readonly AstNode[]] | undefined {
  const { name, args } = callOf(node) ?? {};
  if (args && name === "lines") return ["\n", args];
  const [given, ...parts] = (name === "joinParts" && args) || [];
  const separator = given && literalOf(given);
  if (typeof separator !== "string" || !isLineBreaks(separator) || separator === "\n") return undefined;
  return [separator, parts];
}

function partsOf(node: AstNode): Joined | null {
  const call = callOf(node);
  if (call?.name !== "joinParts") {
    const value = valueOf(node);
    return value && { values: [value], separators: [] };
  }
  const [given, head, ...rest] = call.args;
  const separator = given && literalOf(given);
  if (typeof separator !== "string" || isLineBreaks(separator) || !head || rest.length === 0) return null;
  const first = partsOf(unwrapped(head));
  // What is joined inside by the same text is one list, and was not written by us.
  if (!first || first.separators.at(-1) === separator) return null;
  const others = rest.map((part) => valueOf(unwrapped(part)));
  const all = [first, ...others.map((value) => value && { values: [value], separators: [] })];
  return together(all, separator);
}

function together(parts: readonly (Joined | null)[], separator: string): Joined | null {
  const values: ShortValue[] = [];
  const separators: string[] = [];
  for (const part of parts) {
    if (!part) return null;
    if (values.length > 0) separators.push(separator);
    values.push(...part.values);
    separators.push(...part.separators);
  }
  return { values, separators };
}

function valueOf(node: AstNode): ShortValue | null {
  const call = callOf(node);
  if (!call || call.name === "first") return through({ by: "itself" }, node);
  const [first, second, ...more] = call.args;
  if (call.name === "valueMap") {
    const name = first && literalOf(first);
    if (typeof name !== "string" || !second || more.length > 0) return null;
    return through({ by: "valueMap", name }, unwrapped(second));
  }
  if (!first || second) return null;
  const by = (["not", ...shortHelpers] as const).find((helper) => helperFunctions[helper] === call.name);
  return by ? through({ by }, unwrapped(first)) : null;
}

function through(by: ShortValue["through"], node: AstNode): ShortValue | null {
  const call = callOf(node);
  const sources = call?.name === "first" ? call.args.map(unwrapped) : [node];
  const from: ShortPath[] = [];
  for (const source of sources) {
    const path = pathOf(source);
    if (!path) return null;
    from.push(path);
  }
  const [only] = from;
  if (!only) return null;
  const filled = call?.name === "first";
  return { through: by, from: filled ? from : from.map(ofAll), filled };
}

/** Every list of which no element is chosen is meant as a whole. */
function ofAll(path: ShortPath): ShortPath {
  return path.map((step, index) => ({
    ...step,
    all: index < path.length - 1 && knownLists.has(step.name) && !isChosen(step),
  }));
}

function pathOf(node: AstNode): ShortPath | null {
  if (node.type !== "path" || !isBare(node)) return null;
  const steps: ShortStep[] = [];
  for (const part of node.steps ?? []) {
    const step = stepOf(part);
    if (!step) return null;
    steps.push(step);
  }
  const last = steps.at(-1);
  return last && !isChosen(last) ? steps : null;
}

function stepOf(node: AstNode): ShortStep | null {
  const { stages, ...alone } = node;
  if (node.type !== "name" || !isBare(alone)) return null;
  // jsonata reads a stray backtick as part of a name, and no name with one can be written.
  if (String(node.value).includes("`")) return null;
  const plain = { name: String(node.value), all: false, position: null, where: [] };
  const filters = (stages ?? []).map(({ type, expr }) => (type === "filter" ? expr : undefined));
  const [filter, first, ...more] = filters;
  if (filters.length === 0) return plain;
  const place = filter && placeOf(filter);
  if (place !== undefined && filters.length === 1 && place >= 0 && place < 1000)
    return { ...plain, position: place + 1 };
  if (!filter || !first || placeOf(first) !== 0 || more.length > 0) return null;
  const where = conditionsOf(filter);
  return where && { ...plain, where };
}

/** `[0]` */
function placeOf({ type, value }: AstNode): number | undefined {
  return type === "number" && Number.isInteger(value) ? Number(value) : undefined;
}
