import type { Condition, ConditionWithValueQuery, WhereClause } from "@jetstreamapp/soql-parser-js";
import { comparison } from "./compare";
import { soqlError } from "./errors";
import { pathValue, resolvePath, type FieldPath } from "./paths";
import type { SObject } from "../model/schema";
import type { Row, Value } from "../model/types";
import type { Org } from "../org/org";

export type Predicate = (row: Row) => boolean;

/** A condition that all results meet and an index can answer: this field holds one of these values. */
export interface KeyCondition {
  path: FieldPath;
  values: Value[];
}

export interface CompiledWhere {
  matches: Predicate;
  keyConditions: KeyCondition[];
}

export interface WhereContext {
  org: Org;
  object: SObject;
  query: string;
  alias: string | undefined;
}

/** Compiles a WHERE clause. The parser gives a flat chain with counted parentheses; this builds the tree. */
export function compileWhere(context: WhereContext, clause: WhereClause): CompiledWhere {
  const tokens = flatten(clause);
  const reader = new Reader(context, tokens);
  return reader.joined();
}

type Token =
  { kind: "(" | ")" | "AND" | "OR" | "NOT" } | { kind: "condition"; condition: ConditionWithValueQuery };

function flatten(clause: WhereClause): Token[] {
  const tokens: Token[] = [];
  let current: WhereClause | undefined = clause;
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
    private readonly context: WhereContext,
    private readonly tokens: readonly Token[],
  ) {}

  /** Terms joined by AND alone or by OR alone: SOQL wants parentheses where the two meet. */
  joined(): CompiledWhere {
    const parts = [this.term()];
    const joint = this.tokens[this.position]?.kind;
    while (joint === "AND" || joint === "OR") {
      const next = this.tokens[this.position]?.kind;
      if (next !== "AND" && next !== "OR") break;
      if (next !== joint) throw malformed(this.context, next);
      this.position += 1;
      parts.push(this.term());
    }
    const [only] = parts;
    if (only && parts.length === 1) return only;
    return joint === "AND"
      ? {
          matches: (row) => parts.every((part) => part.matches(row)),
          keyConditions: parts.flatMap((part) => part.keyConditions),
        }
      : { matches: (row) => parts.some((part) => part.matches(row)), keyConditions: [] };
  }

  private term(): CompiledWhere {
    const token = this.tokens[this.position];
    this.position += 1;
    if (token?.kind === "NOT") {
      const inner = this.term();
      return { matches: (row) => !inner.matches(row), keyConditions: [] };
    }
    if (token?.kind === "(") {
      const inner = this.joined();
      if (this.tokens[this.position]?.kind !== ")") throw malformed(this.context, ")");
      this.position += 1;
      return inner;
    }
    if (token?.kind !== "condition") throw malformed(this.context, token?.kind ?? "");
    return this.condition(token.condition);
  }

  private condition(condition: ConditionWithValueQuery): CompiledWhere {
    if ("valueQuery" in condition) throw unsupported(this.context, "semi-joins");
    if ("fn" in condition) throw unsupported(this.context, "functions in WHERE");
    if (!("field" in condition)) throw malformed(this.context, "");
    const { org, object, query, alias } = this.context;
    const path = resolvePath(org, object, condition.field, query, alias);
    if (!path.field.filterable) {
      throw soqlError(
        "INVALID_FIELD",
        query,
        condition.field,
        `field '${path.field.name}' can not be filtered in a query call`,
      );
    }
    const { test, keys } = comparison(
      condition as Extract<Condition, { field: string }>,
      path.field,
      this.context,
    );
    return {
      matches: (row) => test(pathValue(org, row, path)),
      keyConditions: keys ? [{ path, values: keys }] : [],
    };
  }
}

function malformed(context: WhereContext, token: string): Error {
  return soqlError("MALFORMED_QUERY", context.query, token, `unexpected token: '${token}'`);
}

function unsupported(context: WhereContext, what: string): Error {
  return soqlError("MALFORMED_QUERY", context.query, "", `The simulated org does not answer ${what}.`);
}
