/** A JSONata expression that can be run on any source without harm to the process. */
import type jsonata from "jsonata";
import { checkAst } from "./allow-list";
import { parseExpression, type AstNode, type ExpressionProblem } from "./ast";
import { boundBuiltIns } from "./built-ins";
import { Clock, clockKey, outOfTime, turn, type Timed } from "./clock";
import { contextKey, registerFunctions, type FunctionContext } from "../functions/functions";
import { limits } from "./limits";
import { linearRegexEngine } from "./regex-engine";
import { remembered } from "./remembered";
import { firstPath, sectionsOf, sourcePathsByCall } from "../sections";
import { runningText } from "../short-form/compile";
import { recogniseShortForm } from "../short-form/recognise";
import { directRun, unusual, type DirectRun } from "../short-form/run";
import { MappingSignal } from "../signal";
import { sizeOf } from "./structure-size";

export interface BoundedExpression {
  readonly sections: readonly string[];
  readonly sourcePath?: string;
  readonly sourcePathsByCall: ReadonlyMap<number, string>;
  /** Undefined when nothing was found. Throws MappingSignal, or jsonata's error object `{ code, message, position }`. */
  readonly run: (source: unknown, context: FunctionContext) => Promise<unknown>;
}

export type Bounded =
  | { readonly ok: true; readonly bounded: BoundedExpression }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

/** Parses, checks against the allow-list and bounds one expression; remembers the answer. Never throws. */
export const boundExpression = remembered((text) => make(text));

/** The same, always through jsonata: what short forms that run directly are held against. */
export function slowExpression(text: string): Bounded {
  return make(text, false);
}

function make(text: string, directly = true): Bounded {
  const form = recogniseShortForm(text);
  const parsed = parseExpression(form ? runningText(form) : text, {
    stack: limits.stackDepth,
    sequence: limits.sequenceLength,
    RegexEngine: linearRegexEngine,
  });
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  try {
    const problems = checkAst(parsed.ast);
    if (problems.length > 0) return { ok: false, problems };
    return {
      ok: true,
      bounded: bound(parsed.expression, parsed.ast, directly && form ? directRun(form) : null),
    };
  } catch (error) {
    if (error instanceof RangeError)
      return { ok: false, problems: [{ sentence: "The expression is nested too deeply." }] };
    throw error;
  }
}

function bound(expression: jsonata.Expression, ast: AstNode, direct: DirectRun | null): BoundedExpression {
  const ready = boundBuiltIns(expression, ast);
  registerFunctions(expression);
  // Symbols are jsonata's own way to hook in; its type declaration knows text names only.
  expression.assign(Symbol.for("jsonata.__evaluate_exit") as unknown as string, afterStep);
  const evaluate = async (source: unknown, context: FunctionContext): Promise<unknown> => {
    if (ready) await ready;
    return expression.evaluate(source, { [contextKey]: context, [clockKey]: new Clock(context.breathe) });
  };
  return {
    sections: sectionsOf(ast),
    sourcePath: firstPath(ast),
    sourcePathsByCall: sourcePathsByCall(ast),
    async run(source, context) {
      const found = direct ? direct(source, context) : unusual;
      if (found !== unusual) return found;
      try {
        return await evaluate(source, context);
      } catch (error) {
        // The clock also runs while the machine does something else: only an expression that is slow twice is slow.
        if ((error as { code?: unknown }).code !== outOfTime) throw error;
        return await evaluate(source, context);
      }
    },
  };
}

/** Sizes of parts already measured; sources and results are never changed. */
const measured = new WeakMap<object, number>();

/** jsonata calls this with the result of every node, and waits for what it gives. */
function afterStep(node: AstNode, _input: unknown, environment: Timed, result: unknown) {
  refuseOversize(node, result);
  return turn(environment);
}

/** Doubling a text or an object is caught at the first step too far. */
function refuseOversize(node: AstNode, result: unknown): void {
  if (typeof result === "string") {
    if (result.length > limits.textLength) {
      throw MappingSignal.bound(`the text is longer than ${limits.textLength} characters.`);
    }
  } else if (typeof result === "object" && result !== null && builds(node)) {
    if (sizeOf(result, measured) > limits.structureSize) {
      throw MappingSignal.bound("the list or object is too large.");
    }
  }
}

function builds({ type }: AstNode): boolean {
  return type === "path" || type === "unary" || type === "function";
}
