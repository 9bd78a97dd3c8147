/**
 * jsonata's own functions: which may be used, and those whose single call could take the process down (stack.md §4) with
 * a bound in front. `$eval $now $millis $random $shuffle` are left out: code from data, and answers that differ each time.
 */
import jsonata from "jsonata";
import { childrenOf, type AstNode } from "./ast";
import { inTurn } from "./clock";
import { rewritten } from "./rewritten";
import { limits } from "./limits";
import { MappingSignal } from "../signal";
import { sizeOf } from "./structure-size";

const unboundedNames =
  "sum count max min average substring substringBefore substringAfter lowercase uppercase trim match contains split " +
  "formatBase number floor ceil round abs sqrt power boolean not map filter single reduce sift keys " +
  "lookup append exists merge reverse each error assert type base64encode base64decode " +
  "encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl";

interface Bounded {
  /** jsonata's own signature of the function. */
  readonly signature: string;
  /** Throws a MappingSignal when the call would be too large. */
  readonly check: (args: readonly unknown[]) => void;
}

const bounded: Readonly<Record<string, Bounded>> = {
  zip: {
    signature: "<a+>",
    check: (lists) => {
      const shortest = Math.min(...lists.map((list) => (Array.isArray(list) ? list.length : 0)));
      const isTooMuch = shortest > limits.pairs || shortest * lists.length > limits.callElements;
      refuseIf(isTooMuch, "the lists are too long");
    },
  },
  length: { signature: "<s-:n>", check: ([text]) => refuseIf(lengthOf(text) > limits.textLength) },
  join: {
    signature: "<a<s>s?:s>",
    check: ([list, separator]) => {
      const parts = Array.isArray(list) ? list : [list];
      const total = parts.reduce<number>(
        (sum, part) => sum + lengthOf(part),
        parts.length * lengthOf(separator),
      );
      refuseIf(total > limits.textLength);
    },
  },
  replace: {
    signature: "<s-(sf)(sf)n?:s>",
    check: ([text, pattern, replacement]) => {
      const isText = typeof pattern === "string";
      const matches = isText ? lengthOf(text) / Math.max(1, pattern.length) : lengthOf(text) + 1;
      refuseIf(matches * lengthOf(replacement) > 100 * limits.textLength);
      // jsonata looks for what stands behind each of these once for each match.
      const places = isText || typeof replacement !== "string" ? 0 : replacement.split("$").length - 1;
      refuseIf(matches * places > 2 * limits.textLength);
    },
  },
  string: { signature: "<x-b?:s>", check: ([value]) => refuseLongWritten(value) },
  clone: { signature: "<(oa)-:o>", check: ([value]) => refuseLongWritten(value) },
  formatNumber: { signature: "<n-so?:s>", check: ([, picture]) => refuseLongPicture(picture) },
  sort: {
    signature: "<af?:a>",
    check: ([list]) =>
      refuseIf(Array.isArray(list) && list.length > limits.sortLength, "the list is too long to be sorted"),
  },
  formatInteger: {
    signature: "<n-s:s>",
    check: ([number, picture]) => {
      refuseLongPicture(picture);
      const roman = typeof picture === "string" && /^i/i.test(picture);
      refuseIf(Math.abs(asNumber(number)) > (roman ? 10_000 : 1e15), "the number is too large");
    },
  },
  parseInteger: {
    signature: "<s-s:n>",
    check: ([text, picture]) => {
      refuseIf(lengthOf(text) > limits.integerLength, "the text is too long for a number");
      refuseLongPicture(picture);
    },
  },
  fromMillis: { signature: "<n-s?s?:s>", check: ([, picture]) => refuseUnsafePicture(picture) },
  toMillis: {
    signature: "<s-s?:n>",
    check: ([text, picture]) => {
      if (picture !== undefined) refuseIf(lengthOf(text) > 100);
      refuseUnsafePicture(picture);
    },
  },
};

export const builtInNames: readonly string[] = [
  ...unboundedNames.split(" "),
  ...Object.keys(bounded),
  ...Object.keys(rewritten),
];

/** Why a function of jsonata is not among them, for the sentence. */
export const refusedBuiltIns: Readonly<Record<string, string>> = {
  eval: "it would run data as code",
  now: "its answer changes with the time",
  millis: "its answer changes with the time",
  random: "its answer changes each time",
  shuffle: "its answer changes each time",
};

/**
 * Puts the bounds in front of the functions of one expression. What is given back has to be waited for before it runs;
 * undefined when nothing has to be.
 */
export function boundBuiltIns(expression: jsonata.Expression, ast: AstNode): Promise<unknown> | undefined {
  for (const [name, { signature, check }] of Object.entries(bounded)) {
    const run = async function (this: jsonata.Focus, ...args: unknown[]): Promise<unknown> {
      check(args);
      const { implementation } = await definitionOf(name);
      return implementation.apply(this, args);
    };
    expression.registerFunction(name, run, signature);
  }
  for (const [name, { signature, run }] of Object.entries(rewritten))
    expression.registerFunction(name, run, signature);
  const names = [...handedOn(ast)];
  return names.length === 0 ? undefined : Promise.all(names.map((name) => clock(expression, name)));
}

/** Functions that are named without being called: `$map(list, $trim)`. */
function handedOn(node: AstNode, names = new Set<string>()): ReadonlySet<string> {
  if (node.type === "variable" && isBuiltIn(node.value)) names.add(node.value);
  for (const child of childrenOf(node)) {
    const isCalled = node.type === "function" && child === node.procedure && child.type === "variable";
    if (!isCalled) handedOn(child, names);
  }
  return names;
}

function isBuiltIn(name: unknown): name is string {
  return typeof name === "string" && builtInNames.includes(name) && !Object.hasOwn(rewritten, name);
}

/** In place of the function one that waits for its turn. It takes as many arguments: jsonata gives a function no more. */
async function clock(expression: jsonata.Expression, name: string): Promise<void> {
  const { implementation, signature } = await definitionOf(name);
  const run = function (this: jsonata.Focus, ...args: unknown[]): unknown {
    return inTurn(this, () => {
      bounded[name]?.check(args);
      return implementation.apply(this, args);
    });
  };
  Object.defineProperty(run, "length", { value: implementation.length });
  expression.registerFunction(name, run, signature?.definition);
}

interface Definition {
  readonly implementation: (this: jsonata.Focus, ...args: unknown[]) => unknown;
  readonly signature?: { readonly definition: string };
}
const definitions = new Map<string, Promise<Definition>>();

/** A bare `$name` evaluates to the function's own definition. */
function definitionOf(name: string): Promise<Definition> {
  const known = definitions.get(name);
  if (known) return known;
  const loading = jsonata(`$${name}`).evaluate({}) as Promise<Definition>;
  definitions.set(name, loading);
  return loading;
}

/**
 * Pictures become JavaScript regular expressions inside jsonata, which backtrack when one part can end in several
 * places. So what follows a part must be a sign it cannot match, or the part must have a fixed number of digits.
 */
function refuseUnsafePicture(picture: unknown): void {
  if (picture === undefined) return;
  const text = String(picture);
  const parts = [...text.matchAll(/(\[[^\]]*\])(.?)/g)];
  const ambiguous = parts.some(([, part = "", next = ""]) => {
    if (next === "[") return !/^\[[^fZz][^\]]*0/.test(part);
    if (/[a-z]/i.test(next)) return !/\d/.test(part);
    return /\d/.test(next) || /^\[.[Ww]/.test(part);
  });
  refuseIf(
    ambiguous || text.length > limits.pictureLength || parts.length > 12 || /\d{5}/.test(text),
    "the date picture needs a separator between its parts, such as [Y0001]-[M01]-[D01]",
  );
}

/** Pictures are read character by character for each digit. */
function refuseLongPicture(picture: unknown): void {
  refuseIf(
    lengthOf(picture) > limits.pictureLength,
    `a picture has at most ${limits.pictureLength} characters`,
  );
}

function refuseLongWritten(value: unknown): void {
  refuseIf(sizeOf(value, new WeakMap(), 2 * limits.textLength) > 2 * limits.textLength);
}

function refuseIf(refused: boolean, reason = `texts are limited to ${limits.textLength} characters`): void {
  if (refused) throw MappingSignal.bound(`${reason}.`);
}

function lengthOf(value: unknown): number {
  return typeof value === "string" ? value.length : 0;
}

function asNumber(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
