import { compileQuery, type CompiledQuery } from "./compile";
import type { FilteredField, KeyCondition } from "./compiled-where";
import { countMatching, indexedRows } from "./matching-rows";
import type { Schema } from "../model/schema";
import type { FieldModel } from "../model/types";
import type { Org } from "../org/org";

interface PlanNote {
  description: string;
  fields: string[];
  tableEnumOrId: string;
}

interface QueryPlan {
  cardinality: number;
  fields: string[];
  leadingOperationType: "Index" | "TableScan";
  notes: PlanNote[];
  relativeCost: number;
  sobjectCardinality: number;
  sobjectType: string;
}

const UNINDEXED = "Not considering filter for optimization because unindexed";
/** The share of a table up to which Salesforce's standard and custom indexes pay (query optimiser, selectivity). */
const STANDARD_THRESHOLD = 0.3;
const CUSTOM_THRESHOLD = 0.1;
const SCAN_COST = 2.8;
const INDEXED_NAMES = new Set(["Id", "Name", "CreatedDate", "SystemModstamp", "LastModifiedDate", "Email"]);
const NEGATIVE_OPERATORS = new Set(["!=", "<>", "NOT IN", "EXCLUDES"]);

/**
 * The plans of a query, best first (REST API guide, "Get Feedback on Query Performance"). The shape is Salesforce's;
 * costs follow its published thresholds, without its statistics.
 * @throws ApiError MALFORMED_QUERY and others of SOQL
 */
export function explainSoql(
  org: Org,
  schema: Schema,
  query: string,
  version: number,
  userId: string,
): { plans: QueryPlan[]; sourceQuery: string } {
  const compiled = compileQuery({ org, schema, version, includeDeleted: false, userId }, query);
  const { context, where } = compiled;
  const rows = org.store.table(context.object).countLive;
  const notes = notesOf(compiled);
  const plan = (
    leadingOperationType: QueryPlan["leadingOperationType"],
    fields: string[],
    cardinality: number,
    relativeCost: number,
  ): QueryPlan => ({
    cardinality,
    fields,
    leadingOperationType,
    notes,
    relativeCost,
    sobjectCardinality: rows,
    sobjectType: context.object.name,
  });
  const indexed = (where?.filtered ?? []).filter(isOptimisable).map(({ path: { field } }) => {
    const condition = where?.keyConditions.find(({ path }) => path.field === field);
    const cardinality = condition ? countIndexed(compiled, condition) : countMatching(context, where);
    const threshold = field.custom ? CUSTOM_THRESHOLD : STANDARD_THRESHOLD;
    return plan("Index", [field.name], cardinality, rows === 0 ? 0 : cardinality / (rows * threshold));
  });
  const scan = plan("TableScan", [], where ? countMatching(context, where) : rows, SCAN_COST);
  const plans = [...indexed, scan].sort((a, b) => a.relativeCost - b.relativeCost);
  return { plans, sourceQuery: query };
}

function isOptimisable({ path, operator }: FilteredField): boolean {
  return path.lookups.length === 0 && isIndexed(path.field) && !NEGATIVE_OPERATORS.has(operator);
}

function isIndexed(field: FieldModel): boolean {
  return INDEXED_NAMES.has(field.name) || field.type === "reference" || field.externalId || field.unique;
}

function notesOf({ context, where }: CompiledQuery): PlanNote[] {
  const names = new Set(["IsDeleted"]);
  for (const { path } of where?.filtered ?? []) {
    if (path.lookups.length === 0 && !isIndexed(path.field)) names.add(path.field.name);
  }
  return [...names].map((name) => ({
    description: UNINDEXED,
    fields: [name],
    tableEnumOrId: context.object.name,
  }));
}

function countIndexed({ context, where }: CompiledQuery, condition: KeyCondition): number {
  const found = indexedRows(context, condition);
  return found ? [...found].length : countMatching(context, where);
}
