/**
 * What a filter likely means that says something else, or nothing: short form in place of an expression, a code without its
 * quotes, a list compared with one value. Pure.
 */
import { shortened } from "../../shortened";
import { checkExpression } from "../expression/allow-list";
import { literalOf, unwrapped, type AstNode } from "../expression/ast";
import { parsedExpression } from "../expression/parsed";
import { compileShortForm } from "../short-form/compile";
import type { ShortForm } from "../short-form/form";
import { readShortForm } from "../short-form/parse";
import { memberOf, type SourceMember } from "../source-model";
import { jointsOf, type Joint } from "./cut";

export interface MeantFilter {
  /** The filter as an expression that says it. */
  readonly text: string;
  /** Why what is written does not. */
  readonly sentences: readonly string[];
}

/**
 * `codes`: those that S-360 was seen to send. Null where the filter says what it means as far as can be told, and where
 * nobody can tell what it means.
 */
export function meantFilter(
  filter: string,
  model: readonly SourceMember[],
  codes: ReadonlySet<string>,
): MeantFilter | null {
  const sentences = new Set<string>();
  const text = conditionOf(filter, { model, codes, sentences }, 0);
  if (text === null || sentences.size === 0 || checkExpression(text).length > 0) return null;
  return { text, sentences: [...sentences] };
}

/** The path of a value as a filter names it: all values of a list of which no element is chosen. */
export function pathInFilter(path: string, model: readonly SourceMember[]): string {
  const short = readShortForm(path, model);
  return short.ok && short.form.form === "values" ? compileShortForm(wholeList(short.form)) : path;
}

interface Reading {
  readonly model: readonly SourceMember[];
  readonly codes: ReadonlySet<string>;
  /** What was found so far. */
  readonly sentences: Set<string>;
}

/** Brackets inside each other; more is nobody's filter. */
const deepest = 20;
const isJoining = ({ word }: Joint) => word === "and" || word === "or";

function conditionOf(text: string, reading: Reading, depth: number): string | null {
  const joints = depth > deepest ? null : jointsOf(text);
  if (joints === null) return null;
  const cuts = joints.filter(isJoining);
  const terms = [...cuts, { word: "", from: text.length, to: text.length }].map(({ word, from }, index) => {
    const term = termOf(text.slice(cuts[index - 1]?.to ?? 0, from), reading, depth);
    return term === null ? null : [term, word].join(" ").trim();
  });
  return terms.includes(null) ? null : terms.join(" ");
}

function termOf(written: string, reading: Reading, depth: number): string | null {
  const text = written.trim();
  const [comparison, ...more] = jointsOf(text) ?? [];
  if (more.length > 0 || text === "") return null;
  if (comparison) return comparisonOf(text, comparison, reading);
  const inner = /^\((.*)\)$/s.exec(text)?.[1];
  const within = inner === undefined ? null : conditionOf(inner, reading, depth + 1);
  return within === null ? sideOf(text, reading) : `(${within})`;
}

function comparisonOf(text: string, { word, from, to }: Joint, reading: Reading): string | null {
  const given = [text.slice(0, from).trim(), text.slice(to).trim()] as const;
  const left = codeOf(given[0], reading) ?? sideOf(given[0], reading);
  const right = codeOf(given[1], reading) ?? sideOf(given[1], reading);
  if (left === null || right === null) return null;
  const isEqual = word === "=" || word === "!=";
  if (isEqual && isLiteral(right) && isMany(left, reading)) return amongOf(left, right, word, reading);
  if (isEqual && isLiteral(left) && isMany(right, reading)) return amongOf(right, left, word, reading);
  return `${left} ${word} ${right}`;
}

function amongOf(list: string, value: string, word: string, { sentences }: Reading): string {
  const [named, sought] = [shortened(list), shortened(value)];
  sentences.add(
    `${named} can hold several values, and ${word} compares them all at once. Ask whether ${sought} is among them.`,
  );
  return word === "=" ? `${value} in ${list}` : `$not(${value} in ${list})`;
}

const code = /^[\p{L}_][\p{L}\p{N}_-]*$/u;
const capitals = /^[A-Z][A-Z0-9_]*$/;

/** A code without quotes: in an expression it is the name of a value that nothing has. */
function codeOf(side: string, { model, codes, sentences }: Reading): string | null {
  const isCode = code.test(side) && (codes.has(side) || capitals.test(side));
  if (!isCode || model.some(({ name }) => name === side)) return null;
  sentences.add(`${shortened(side)} is read as the name of a value here: a code stands in quotes.`);
  return JSON.stringify(side);
}

/** A value that is compared, or that is a yes or no by itself. */
function sideOf(side: string, { model, sentences }: Reading): string | null {
  const isReadable = checkExpression(side).length === 0;
  // `a/b` divides in an expression.
  if (isReadable && !side.includes("/")) return side;
  const short = readShortForm(side, model);
  // What can be read in both ways is left alone where short form does not know it.
  if (!short.ok || short.form.form === "constant" || (isReadable && short.unknown.length > 0))
    return isReadable ? side : null;
  sentences.add("This is short form, and a filter is an expression: use the one that is offered with it.");
  return compileShortForm(wholeList(short.form));
}

/** All values of a list of which no element is chosen: a condition may ask about each of them. */
function wholeList(form: Extract<ShortForm, { form: "values" }>): ShortForm {
  const values = form.values.map((value) => ({ ...value, filled: value.filled && value.from.length > 1 }));
  return { ...form, values };
}

function isLiteral(side: string): boolean {
  const parsed = parsedExpression(side);
  return parsed.ok && literalOf(unwrapped(parsed.ast)) !== undefined;
}

/** Whether a path leads through a list of which no element is chosen. */
function isMany(side: string, { model }: Reading): boolean {
  const parsed = parsedExpression(side);
  if (!parsed.ok || parsed.ast.type !== "path" || parsed.ast.group) return false;
  let members: readonly SourceMember[] = model;
  let isList = false;
  for (const step of parsed.ast.steps ?? []) {
    const member = step.type === "name" ? memberOf(members, String(step.value)) : undefined;
    if (!member) return false;
    isList ||= member.list && !isChosen(step);
    members = member.members;
  }
  return isList;
}

function isChosen({ stages, predicate }: AstNode): boolean {
  return (stages ?? predicate ?? []).length > 0;
}
