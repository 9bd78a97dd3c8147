import type { Subquery } from "@jetstreamapp/soql-parser-js";
import type { CompiledSelect, CompileSelect, Entry } from "./compiled-select";
import type { QueryContext } from "./context";
import { noSuchChildRelationship, notAnswered, plainError } from "./errors";
import { functionCall, isAggregate } from "./functions";
import { compileOrder } from "./order";
import { listOf, type Page } from "./query-list";
import { compileWhere } from "./where";
import type { ChildRelationship } from "../model/schema";
import type { Row } from "../model/types";

const MAX_CHILD_QUERIES = 20;
/** Levels below the first object, before and since version 58.0 (SOQL reference, "Relationship Query Limitations"). */
const MAX_DEPTH_BEFORE_58 = 1;
const MAX_DEPTH = 4;

/**
 * `(SELECT … FROM Contacts)`: the children of each record with their own WHERE, ORDER BY and LIMIT.
 * @param place among the child queries of this SELECT
 * @throws ApiError INVALID_TYPE, MALFORMED_QUERY
 */
export function childEntry(
  context: QueryContext,
  subquery: Subquery,
  place: number,
  compileSelect: CompileSelect,
): Entry {
  const source = context.source.inner("SELECT", place);
  const relationship = context.object.children.find(
    ({ field }) => field.childRelationshipName?.toLowerCase() === subquery.relationshipName.toLowerCase(),
  );
  const name = relationship?.field.childRelationshipName;
  if (!relationship || !name) throw noSuchChildRelationship(source, subquery.relationshipName);
  refuseInChildren(subquery);
  const depth = context.depth + 1;
  context.used.children += 1;
  checkLimits(context, depth);
  const aliases = new Map(subquery.sObjectAlias ? [[subquery.sObjectAlias.toLowerCase(), ""]] : []);
  const child: QueryContext = { ...context, object: relationship.child, source, aliases, depth };
  const { record } = compileSelect(child, subquery.fields ?? [], subquery.limit);
  const where = subquery.where && compileWhere(child, subquery.where);
  const order = subquery.orderBy && compileOrder(child, subquery.orderBy);
  const childrenOf = childReader(child, relationship);
  const rowsOf = (row: Row) => {
    const rows = childrenOf(row).filter((found) => !where || where.matches(found));
    if (order) rows.sort(order);
    return subquery.limit === undefined ? rows : rows.slice(0, subquery.limit);
  };
  return { key: name, read: (row, page) => childAnswer(rowsOf(row), record, page) };
}

function refuseInChildren(subquery: Subquery): void {
  const hasAggregate = (subquery.fields ?? []).some(
    (field) => field.type === "FieldFunctionExpression" && isAggregate(functionCall(field)),
  );
  if (hasAggregate || subquery.groupBy) {
    throw plainError("MALFORMED_QUERY", "only root queries support aggregate expressions");
  }
  if (subquery.offset !== undefined) throw notAnswered("OFFSET in a subquery");
  if (subquery.usingScope) throw notAnswered("USING SCOPE in a subquery");
}

function checkLimits({ used, version }: QueryContext, depth: number): void {
  const maxDepth = version < 58 ? MAX_DEPTH_BEFORE_58 : MAX_DEPTH;
  if (depth > maxDepth) {
    const levels = String(maxDepth + 1);
    throw plainError(
      "MALFORMED_QUERY",
      `A query may go down at most ${levels} levels of parent-to-child relationships.`,
    );
  }
  if (used.children > MAX_CHILD_QUERIES) {
    throw plainError(
      "MALFORMED_QUERY",
      `A query may use at most ${String(MAX_CHILD_QUERIES)} parent-to-child relationships.`,
    );
  }
}

/** Finds a record's children: by the index where there is one, else by reading the table once for all records. */
function childReader({ org, includeDeleted }: QueryContext, { child, field }: ChildRelationship) {
  const table = org.store.table(child);
  if (!includeDeleted && table.hasParentIndex(field)) {
    return (row: Row): Row[] => table.byParent(field, String(row.Id));
  }
  let byParent: Map<string, Row[]> | undefined;
  return (row: Row): Row[] => {
    if (!byParent) {
      byParent = new Map();
      for (const found of table.all()) {
        const id = found[field.name];
        if (typeof id !== "string" || (found.IsDeleted === true && !includeDeleted)) continue;
        const siblings = byParent.get(id);
        if (siblings) siblings.push(found);
        else byParent.set(id, [found]);
      }
    }
    return [...(byParent.get(String(row.Id)) ?? [])];
  };
}

/** Null without children; what does not fit on a page waits behind a URL of its own. */
function childAnswer(rows: Row[], record: CompiledSelect["record"], page: Page): unknown {
  if (rows.length === 0) return null;
  const list = listOf(rows, record);
  const { records, end, rows: pageRows } = list.page(0, page);
  page.rows += pageRows;
  const done = end >= rows.length;
  return {
    totalSize: rows.length,
    done,
    ...(done ? {} : { nextRecordsUrl: page.keep(list, end) }),
    records,
  };
}
