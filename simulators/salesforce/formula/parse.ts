import { FORMULA_FUNCTIONS } from "./functions";
import { compilePattern } from "./regex";
import { tokenise, type Token } from "./tokens";

export type Expression =
  | { kind: "literal"; value: string | number | boolean | null }
  | { kind: "field"; name: string }
  | { kind: "unary"; operator: "-" | "!"; operand: Expression }
  | { kind: "binary"; operator: string; left: Expression; right: Expression }
  | { kind: "call"; name: string; arguments: Expression[] };

const PRECEDENCE: Record<string, number> = {
  "||": 1,
  "&&": 2,
  "=": 3,
  "==": 3,
  "<>": 3,
  "!=": 3,
  "<": 4,
  ">": 4,
  "<=": 4,
  ">=": 4,
  "&": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
};

/**
 * Parses a formula of the org: comparisons, arithmetic, `&&`, `||`, `&` and the functions of FORMULA_FUNCTIONS.
 * @throws Error with a sentence when the formula is wrong or beyond this subset.
 */
export function parseFormula(formula: string): Expression {
  const tokens = tokenise(formula);
  const parser = new Parser(tokens);
  const expression = parser.expression(0);
  parser.end();
  return expression;
}

/** Rules of single functions: CASE comes in pairs and an else, patterns are checked once and for all. */
function refuseBadArguments(name: string, given: readonly Expression[]): void {
  if (name === "CASE" && given.length % 2 === 1) {
    throw new Error(`Incorrect number of parameters for function 'CASE()': ${given.length}.`);
  }
  if ((name === "ISCHANGED" || name === "PRIORVALUE") && given[0]?.kind !== "field") {
    throw new Error(`The parameter of function '${name}()' must be a field.`);
  }
  if (name !== "REGEX") return;
  const pattern = given[1];
  if (pattern?.kind !== "literal" || typeof pattern.value !== "string") {
    throw new Error("The pattern of function 'REGEX()' must be a text in quotes.");
  }
  try {
    compilePattern(pattern.value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The pattern of function 'REGEX()' is not taken: ${reason}.`);
  }
}

/** Names of the fields that a formula reads. */
export function fieldsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case "field":
      return [expression.name];
    case "unary":
      return fieldsOf(expression.operand);
    case "binary":
      return [...fieldsOf(expression.left), ...fieldsOf(expression.right)];
    case "call":
      return expression.arguments.flatMap(fieldsOf);
    case "literal":
      return [];
  }
}

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  expression(minimum: number): Expression {
    let left = this.primary();
    for (;;) {
      const token = this.tokens[this.position];
      const precedence = token?.kind === "operator" ? PRECEDENCE[token.text] : undefined;
      if (!token || precedence === undefined || precedence <= minimum) return left;
      this.position += 1;
      left = { kind: "binary", operator: token.text, left, right: this.expression(precedence) };
    }
  }

  end(): void {
    const token = this.tokens[this.position];
    if (token) throw new Error(`Syntax error: extra '${token.text}'.`);
  }

  private primary(): Expression {
    const token = this.next();
    if (token.kind === "string") return { kind: "literal", value: token.text };
    if (token.kind === "number") return { kind: "literal", value: Number(token.text) };
    if (token.text === "(") {
      const inner = this.expression(0);
      this.expect(")");
      return inner;
    }
    if (token.text === "-" || token.text === "!") {
      return { kind: "unary", operator: token.text, operand: this.expression(7) };
    }
    if (token.kind !== "name") throw new Error(`Syntax error: unexpected '${token.text}'.`);
    return this.named(token.text);
  }

  private named(name: string): Expression {
    const upper = name.toUpperCase();
    if (this.tokens[this.position]?.text === "(") return this.call(upper);
    if (upper === "TRUE" || upper === "FALSE") return { kind: "literal", value: upper === "TRUE" };
    if (upper === "NULL") return { kind: "literal", value: null };
    return { kind: "field", name };
  }

  private call(name: string): Expression {
    const known = FORMULA_FUNCTIONS[name];
    if (!known) throw new Error(`Unknown function ${name}.`);
    this.expect("(");
    const given: Expression[] = [];
    while (this.tokens[this.position]?.text !== ")") {
      if (given.length > 0) this.expect(",");
      given.push(this.expression(0));
    }
    this.expect(")");
    if (given.length < known.minimum || given.length > known.maximum) {
      throw new Error(`Incorrect number of parameters for function '${name}()': ${given.length}.`);
    }
    refuseBadArguments(name, given);
    return { kind: "call", name, arguments: given };
  }

  private next(): Token {
    const token = this.tokens[this.position];
    if (!token) throw new Error("Syntax error: the formula ends too early.");
    this.position += 1;
    return token;
  }

  private expect(text: string): void {
    const token = this.next();
    if (token.kind === "string" || token.text !== text) {
      throw new Error(`Syntax error: missing '${text}' before '${token.text}'.`);
    }
  }
}
