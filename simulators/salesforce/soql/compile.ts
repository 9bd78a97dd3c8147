import { compileAggregateQuery, isAggregateQuery, type AggregateQuery } from "./aggregate-query";
import type { CompiledSelect } from "./compiled-select";
import type { CompiledWhere } from "./compiled-where";
import type { QueryContext } from "./context";
import { namesOfFrom } from "./from-names";
import { noSuchObject, notAnswered, plainError, soqlError } from "./errors";
import { functionCall } from "./functions";
import { compileOrder } from "./order";
import { parseSoql, type ParsedQuery } from "./parse";
import { withScope } from "./scope";
import { compileSelect } from "./select";
import { userSettings } from "./user-settings";
import { compileWhere } from "./where";
import type { Schema } from "../model/schema";
import type { Row } from "../model/types";
import type { Org } from "../org/org";

/** Who asks, and of what. */
export interface Asking {
  readonly org: Org;
  readonly schema: Schema;
  readonly version: number;
  readonly includeDeleted: boolean;
  readonly userId: string;
}

/** What a query gives: a number, groups, or rows. */
export type Results =
  | { readonly kind: "count" }
  | ({ readonly kind: "groups" } & AggregateQuery)
  | ({ readonly kind: "rows"; readonly order: ((a: Row, b: Row) => number) | undefined } & CompiledSelect);

/** A query that is ready to run. */
export interface CompiledQuery {
  readonly context: QueryContext;
  readonly select: ParsedQuery["select"];
  readonly where: CompiledWhere | undefined;
  readonly results: Results;
}

const MAX_OFFSET = 2000;
const MAX_LIMIT = 2_147_483_647;
/** What Salesforce's parser says of clauses that are for Apex alone (Summer '24 release notes, SOQL errors). */
const APEX_ONLY =
  "rule soqlWithIdentifierClause failed predicate: {this.helper.allowApexSyntax() && this.helper.hasApexContext()}?";

/**
 * Reads and checks a query as a whole; nothing is run but the inner queries of semi-joins.
 * @throws ApiError MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE and others of SOQL
 */
export function compileQuery(asking: Asking, query: string): CompiledQuery {
  const parsed = parseSoql(query);
  const { select } = parsed;
  const context = queryContext(asking, parsed);
  refuseClauses(select);
  checkLimits(select);
  const where = select.where ? compileWhere(context, select.where) : undefined;
  return {
    context,
    select,
    where: withScope(context, where, select.usingScope),
    results: compileResults(context, select),
  };
}

function queryContext(asking: Asking, parsed: ParsedQuery): QueryContext {
  const { select, source, functions } = parsed;
  const { org, schema, userId } = asking;
  const object = schema.find(select.sObject);
  if (!object) throw noSuchObject(source, select.sObject);
  return {
    ...asking,
    object,
    source,
    aliases: namesOfFrom(schema, object, parsed),
    functions,
    user: userSettings(org, schema, userId),
    now: org.now(),
    used: { parents: new Set(), children: 0 },
    depth: 0,
  };
}

function refuseClauses(select: ParsedQuery["select"]): void {
  if (select.withSecurityEnforced || select.withAccessLevel) throw plainError("MALFORMED_QUERY", APEX_ONLY);
  if (select.for === "UPDATE") {
    throw plainError("MALFORMED_QUERY", "FOR UPDATE not allowed in this context");
  }
  if (select.withDataCategory) throw notAnswered("WITH DATA CATEGORY");
  if (select.update) throw notAnswered(`UPDATE ${select.update}`);
}

function checkLimits({ limit = 0, offset = 0 }: ParsedQuery["select"]): void {
  if (offset > MAX_OFFSET) {
    throw plainError("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000");
  }
  if (limit > MAX_LIMIT) throw plainError("MALFORMED_QUERY", `numeric value out of range: ${String(limit)}`);
}

function compileResults(context: QueryContext, select: ParsedQuery["select"]): Results {
  if (isCount(select)) {
    refuseOrderedCount(context, select);
    return { kind: "count" };
  }
  if (isAggregateQuery(select)) return { kind: "groups", ...compileAggregateQuery(context, select) };
  const order = select.orderBy ? compileOrder(context, select.orderBy) : undefined;
  return { kind: "rows", order, ...compileSelect(context, select.fields ?? [], select.limit) };
}

/** Whether the query is `SELECT COUNT()`. */
function isCount({ fields = [], groupBy }: ParsedQuery["select"]): boolean {
  const [only] = fields;
  if (fields.length !== 1 || only?.type !== "FieldFunctionExpression" || groupBy) return false;
  const { name, parameterCount } = functionCall(only);
  return name === "COUNT" && parameterCount === 0;
}

function refuseOrderedCount({ source }: QueryContext, { orderBy }: ParsedQuery["select"]): void {
  const first = Array.isArray(orderBy) ? orderBy[0] : orderBy;
  if (!first) return;
  const name = "field" in first ? first.field : (first.fn.rawValue ?? "");
  const reason = `Ordered field must be grouped or aggregated: ${name}`;
  throw soqlError("MALFORMED_QUERY", source, name, "ORDER BY", reason);
}
