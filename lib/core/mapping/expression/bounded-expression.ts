/** A JSONata expression that can be run on any source without harm to the process. */
import type jsonata from "jsonata";
import { checkAst } from "./allow-list";
import type { AstNode, ExpressionProblem } from "./ast";
import { boundBuiltIns } from "./built-ins";
import { Clock, clockKey, outOfTime, type Timed } from "./clock";
import { contextKey, registerFunctions, type FunctionContext } from "../functions/functions";
import { parsedExpression } from "./parsed";
import { remembered } from "./remembered";
import { firstPath, sectionsOf, sourcePathsByCall } from "../sections";
import { runningText } from "../short-form/compile";
import { recogniseShortForm } from "../short-form/recognise";
import { directRun, unusual, type DirectRun } from "../short-form/run";
import { needsLookBefore, rolesOf } from "./roles";
import { mayChangeSource } from "./source-changes";
import { Steps, stepsKey } from "./steps";

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
  const parsed = parsedExpression(form ? runningText(form) : text);
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
  const roles = rolesOf(ast);
  if (needsLookBefore(ast, roles)) expression.assign(hook("entry"), beforeStep);
  expression.assign(hook("exit"), afterStep);
  const copied = mayChangeSource(ast);
  const evaluate = async (source: unknown, context: FunctionContext): Promise<unknown> => {
    if (ready) await ready;
    const read = copied ? structuredClone(source) : source;
    const clock = new Clock(context);
    const steps = new Steps(roles, clock);
    return expression.evaluate(read, { [contextKey]: context, [clockKey]: clock, [stepsKey]: steps });
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

/** Symbols are jsonata's own way to hook in; its type declaration knows text names only. */
function hook(where: "entry" | "exit"): string {
  return Symbol.for(`jsonata.__evaluate_${where}`) as unknown as string;
}

function beforeStep(node: AstNode, input: unknown, environment: Timed) {
  return stepsOf(environment).before(node, input);
}

function afterStep(node: AstNode, _input: unknown, environment: Timed, result: unknown) {
  return stepsOf(environment).after(node, result);
}

function stepsOf(environment: Timed): Steps {
  return environment.lookup(stepsKey) as Steps;
}
