/** What an expression may be made of (design: bounds of the mapping language), checked when a mapping is saved. */
import { closest } from "../../closest";
import { childrenOf, functionNameOf, nameOf, type AstNode, type ExpressionProblem } from "./ast";
import { bareBinds } from "./bare-binds";
import { builtInNames, refusedBuiltIns } from "./built-ins";
import { mappingFunctions } from "../functions/functions";
import { limits } from "./limits";
import { parsedExpression } from "./parsed";
import { compileRegex } from "./regex-engine";
import { foreignFunction } from "../short-form/foreign";
import { helperFunctions, shortHelpers } from "../short-form/form";
import { knownLists } from "../source-model";
import { remembered } from "./remembered";

const functionNames: ReadonlySet<string> = new Set([
  ...builtInNames,
  ...mappingFunctions.map(({ name }) => name),
]);
const takesLambda: ReadonlySet<string> = new Set([
  "map",
  "filter",
  "reduce",
  "sort",
  "each",
  "sift",
  "single",
]);
/** Functions that always fail without an argument, wherever they stand. */
const needsArgument: ReadonlySet<string> = new Set([
  ...takesLambda,
  ..."append average count distinct exists join max merge min reverse sum type zip".split(" "),
  ..."contains formatNumber lookup match pad power replace split substring substringAfter substringBefore".split(
    " ",
  ),
]);
const operators: ReadonlySet<unknown> = new Set([
  "+",
  "-",
  "*",
  "/",
  "%",
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "&",
  "and",
  "or",
  "in",
]);
const plainTypes: ReadonlySet<string> = new Set([
  "path",
  "name",
  "string",
  "number",
  "value",
  "condition",
  "block",
  "unary",
  "bind",
  "sort",
  "filter",
  "index",
  "wildcard",
  "descendant",
  "parent",
]);

/** Sentences with position for everything that is refused; empty when the expression may be used. */
export const checkExpression = remembered(problemsOf);

function problemsOf(text: string): readonly ExpressionProblem[] {
  const parsed = parsedExpression(text);
  if (!parsed.ok) return [parsed.problem];
  try {
    return checkAst(parsed.ast);
  } catch (error) {
    if (error instanceof RangeError) return [{ sentence: "The expression is nested too deeply." }];
    throw error;
  }
}

export function checkAst(ast: AstNode): readonly ExpressionProblem[] {
  const bound = new Set<string>();
  collectBound(ast, bound);
  const problems: ExpressionProblem[] = [];
  const refuse = (node: AstNode, sentence: string): void => {
    problems.push(node.position === undefined ? { sentence } : { sentence, position: node.position });
  };
  visit(ast, { bound, refuse, lambdaAllowed: false });
  for (const bind of bareBinds(ast)) refuse(bind, refusedBind(bind));
  if (depthOf(ast) > limits.depth) problems.push({ sentence: tooDeep });
  return problems;
}

function refusedBind({ lhs }: AstNode): string {
  const name = lhs && "value" in lhs ? `$${String(lhs.value)}` : "A name";
  return (
    `${name} cannot be set as a part of a list, an object or groups, whose parts do not wait for each other. ` +
    `Put ${name} := … before them, as in (${name} := …; [${name}]), or brackets around the part.`
  );
}

const tooDeep =
  `More than ${limits.depth} parts stand one inside the other, as each & and each : does with the one before it. ` +
  "Split the expression into several lines, or use $joinParts, or a value map.";

function depthOf(node: AstNode): number {
  return 1 + childrenOf(node).reduce((most, child) => Math.max(most, depthOf(child)), 0);
}

interface Visit {
  readonly bound: ReadonlySet<string>;
  readonly refuse: (node: AstNode, sentence: string) => void;
  /** The node is a direct argument of one of `takesLambda`. */
  readonly lambdaAllowed: boolean;
}

function visit(node: AstNode, state: Visit): void {
  const sentence = plainTypes.has(node.type) ? undefined : refusal(node, state);
  if (sentence) state.refuse(node, sentence);
  if (node.type === "function") return visitCall(node, state);
  const inside = { ...state, lambdaAllowed: false };
  // A lambda's parameters are names, not uses.
  const names = node.type === "lambda" ? (node.arguments ?? []) : [];
  for (const child of childrenOf(node)) if (!names.includes(child)) visit(child, inside);
}

function visitCall(node: AstNode, state: Visit): void {
  const name = functionNameOf(node);
  const lambdaAllowed = name !== undefined && takesLambda.has(name);
  if (node.procedure && name === undefined) visit(node.procedure, { ...state, lambdaAllowed: false });
  for (const argument of [...(node.arguments ?? []), ...(node.stages ?? []), ...(node.predicate ?? [])]) {
    visit(argument, { ...state, lambdaAllowed });
  }
  for (const child of (node.group?.lhs ?? []).flat()) visit(child, { ...state, lambdaAllowed: false });
}

/** Why this node by itself may not be used; undefined when it may. */
function refusal(node: AstNode, state: Visit): string | undefined {
  switch (node.type) {
    case "function":
      return refusedCall(node, state.bound);
    case "variable":
      return refusedVariable(String(node.value), state.bound);
    case "lambda":
      if (node.thunk || state.lambdaAllowed) return undefined;
      return "A function can only be written as an argument of $map, $filter, $reduce, $sort, $each, $sift or $single.";
    case "binary":
      if (node.value === "..") return "Ranges such as [1..10] cannot be used here.";
      return operators.has(node.value)
        ? undefined
        : `The operator ${String(node.value)} cannot be used here.`;
    case "regex":
      return refusedRegex(node.value);
    case "apply":
      return "The operator ~> cannot be used here. Write the function around its argument: $trim(name).";
    case "transform":
      return "Transforms (| … |) cannot be used here.";
    case "partial":
      return "A function needs all its arguments here: ? cannot stand for one.";
    default:
      return `This part of the expression (${node.type}) cannot be used here.`;
  }
}

function refusedCall(node: AstNode, bound: ReadonlySet<string>): string | undefined {
  const name = functionNameOf(node);
  if (name === undefined) {
    const word = node.procedure && nameOf(node.procedure);
    return word === undefined ? "Only functions known by their name can be called." : refusedWord(word);
  }
  if (bound.has(name)) return `$${name} is a variable here, and variables cannot be called.`;
  if (needsArgument.has(name) && node.arguments?.length === 0)
    return `$${name}() has nothing to work on: write it between the brackets, such as $${name}(contactNumber).`;
  if (functionNames.has(name)) return undefined;
  const reason = reasonOfRefusal(name);
  if (reason) return reason;
  return noFunction(`$${name}`, name);
}

/** A word with brackets, without the sign that functions have in an expression. */
function refusedWord(name: string): string {
  const own = functionNames.has(name) ? name : helperNamed(name);
  return own === undefined ? noFunction(name, name) : `Functions begin with $: write $${own}(…).`;
}

/** Functions of short form whose name is another one here. */
function helperNamed(name: string): string | undefined {
  const helper = shortHelpers.find((each) => each === name);
  return helper && helperFunctions[helper];
}

function noFunction(written: string, name: string): string {
  if (knownLists.has(name))
    return `${name} is a list: in an expression its element is chosen in square brackets, such as ${name}[0].`;
  const foreign = foreignFunction(name);
  const known =
    [...functionNames].find((each) => each.toLowerCase() === name.toLowerCase()) ??
    foreign?.expression ??
    (foreign?.short && (helperNamed(foreign.short) ?? foreign.short));
  // What is known of it is told before what is only spelt alike.
  if (foreign && !known) return `There is no function ${written}. ${foreign.instead}.`;
  const likely = known ?? closest(name, [...functionNames]);
  return likely
    ? `There is no function ${written}; did you mean $${likely}?`
    : `There is no function ${written}.`;
}

/** Functions of ours that give nothing for one value. */
const takeSeveral: ReadonlySet<string> = new Set(["joinParts", "around", "pick"]);

function refusedVariable(name: string, bound: ReadonlySet<string>): string | undefined {
  if (name === "" || name === "$" || bound.has(name)) return undefined;
  // Which value maps a mapping needs is told from its calls.
  if (name === "valueMap")
    return '$valueMap needs the name of a value map in quotes: $map(codes, function($code) { $valueMap("titles", $code) }).';
  if (takeSeveral.has(name))
    return `$${name} takes several values, and whoever calls it gives one. Write function($x) { $${name}(…, $x) }.`;
  if (functionNames.has(name)) return undefined;
  return reasonOfRefusal(name) ?? `$${name} is not set anywhere in this expression.`;
}

function reasonOfRefusal(name: string): string | undefined {
  if (!Object.hasOwn(refusedBuiltIns, name)) return undefined;
  return `$${name} cannot be used here: ${refusedBuiltIns[name]}.`;
}

function refusedRegex(value: unknown): string | undefined {
  if (!(value instanceof RegExp)) return "A regular expression cannot stand on the left of ?? or ?:.";
  try {
    compileRegex(value);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it cannot be read";
    return `This regular expression cannot be used (no look-ahead, look-behind or back-references): ${reason}.`;
  }
}

function collectBound(node: AstNode, bound: Set<string>): void {
  if (node.type === "bind" && node.lhs && "value" in node.lhs) bound.add(String(node.lhs.value));
  if (node.type === "lambda") {
    for (const parameter of node.arguments ?? []) bound.add(String(parameter.value));
  }
  for (const name of [node.focus, node.index]) if (name !== undefined) bound.add(name);
  if (node.type === "index") bound.add(String(node.value));
  for (const child of childrenOf(node)) collectBound(child, bound);
}
