import type { ConditionWithValueQuery, HavingClause, WhereClause } from "@jetstreamapp/soql-parser-js";
import { errorAt, plainError } from "./errors";
import { tooComplicated } from "./parse";
import type { Clause, QuerySource } from "./source";

/** A condition that compares, without the parentheses around it. */
export type Comparing = Extract<ConditionWithValueQuery, { operator: string }>;

/** The conditions of WHERE or HAVING as they belong together. */
export type ConditionTree =
  | { readonly kind: "and" | "or"; readonly parts: readonly ConditionTree[] }
  | { readonly kind: "not"; readonly part: ConditionTree }
  | { readonly kind: "leaf"; readonly condition: Comparing };

const MAX_CONDITIONS = 1000;

/**
 * Builds the tree. The parser gives a flat chain with counted parentheses.
 * @throws ApiError MALFORMED_QUERY where AND and OR meet without parentheses
 */
export function conditionTree(
  source: QuerySource,
  clause: "WHERE" | "HAVING",
  chain: WhereClause | HavingClause,
): ConditionTree {
  const tokens = flatten(chain);
  if (tokens.filter(({ kind }) => kind === "condition").length > MAX_CONDITIONS) throw tooComplicated();
  return new Reader(source, clause, tokens).joined();
}

type Token =
  | { readonly kind: "(" | ")" | "AND" | "OR" | "NOT" }
  | { readonly kind: "condition"; readonly condition: Comparing };

function flatten(chain: WhereClause | HavingClause): Token[] {
  const tokens: Token[] = [];
  let current: WhereClause | HavingClause | undefined = chain;
  while (current) {
    const left: ConditionWithValueQuery | null = current.left;
    const opened = left && "openParen" in left ? (left.openParen ?? 0) : 0;
    for (let count = 0; count < opened; count++) tokens.push({ kind: "(" });
    if (left && "operator" in left) tokens.push({ kind: "condition", condition: left });
    const closed = left && "closeParen" in left ? (left.closeParen ?? 0) : 0;
    for (let count = 0; count < closed; count++) tokens.push({ kind: ")" });
    if (!("operator" in current)) return tokens;
    tokens.push({ kind: current.operator });
    current = current.right;
  }
  return tokens;
}

class Reader {
  private position = 0;

  constructor(
    private readonly source: QuerySource,
    private readonly clause: Clause,
    private readonly tokens: readonly Token[],
  ) {}

  /** Terms joined by AND alone or by OR alone: SOQL wants parentheses where the two meet. */
  joined(): ConditionTree {
    const parts = [this.term()];
    const joint = this.tokens[this.position]?.kind;
    if (joint !== "AND" && joint !== "OR") return parts[0] ?? this.term();
    for (let next = joint; next === joint;) {
      this.position += 1;
      parts.push(this.term());
      const following = this.tokens[this.position]?.kind;
      if (following !== "AND" && following !== "OR") break;
      if (following !== joint) throw this.unexpected(following);
      next = following;
    }
    return { kind: joint === "AND" ? "and" : "or", parts };
  }

  private term(): ConditionTree {
    const token = this.tokens[this.position];
    this.position += 1;
    if (token?.kind === "NOT") return { kind: "not", part: this.term() };
    if (token?.kind === "(") {
      const inner = this.joined();
      if (this.tokens[this.position]?.kind !== ")") throw this.unexpected(")");
      this.position += 1;
      return inner;
    }
    if (token?.kind === "condition") return { kind: "leaf", condition: token.condition };
    throw token ? this.unexpected(token.kind) : plainError("MALFORMED_QUERY", "unexpected token: '<EOF>'");
  }

  private unexpected(token: string): Error {
    const before = this.tokens.slice(0, this.position).filter(({ kind }) => kind === token).length;
    const position = this.source.findNth(token, this.clause, before);
    const shown = Math.max(0, position - 1);
    return errorAt("MALFORMED_QUERY", this.source.text, shown, `unexpected token: '${token}'`);
  }
}
