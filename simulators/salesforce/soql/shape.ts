import type { FieldType } from "@jetstreamapp/soql-parser-js";
import { isAggregateQuery } from "./aggregate-query";
import { functionCall, plainPath } from "./functions";
import { parseSoql } from "./parse";
import type { Schema } from "../model/schema";

/** What a query uses, for callers that forbid a part of SOQL, as Bulk API does. */
export interface QueryShape {
  /** The object after FROM, as the query writes it. */
  readonly objectName: string;
  /** Aggregate functions, GROUP BY, or a date function in SELECT. */
  readonly hasAggregates: boolean;
  readonly hasGroupBy: boolean;
  readonly hasOffset: boolean;
  readonly hasTypeOf: boolean;
  /** Child queries in SELECT. */
  readonly hasSubqueries: boolean;
  /** Compound addresses in SELECT, in the schema's names. */
  readonly compoundFields: readonly string[];
  /** Functions in SELECT, in upper case. */
  readonly functions: readonly string[];
}

/** @throws ApiError MALFORMED_QUERY when the query cannot be read */
export function queryShape(schema: Schema, query: string): QueryShape {
  const { select } = parseSoql(query);
  const fields = select.fields ?? [];
  return {
    objectName: select.sObject,
    hasAggregates: isAggregateQuery(select),
    hasGroupBy: select.groupBy !== undefined,
    hasOffset: select.offset !== undefined,
    hasTypeOf: fields.some(({ type }) => type === "FieldTypeof"),
    hasSubqueries: fields.some(({ type }) => type === "FieldSubquery"),
    compoundFields: compoundFields(schema, select.sObject, fields),
    functions: fields.flatMap((field) =>
      field.type === "FieldFunctionExpression" ? [functionCall(field).name] : [],
    ),
  };
}

function compoundFields(schema: Schema, objectName: string, fields: readonly FieldType[]): string[] {
  const object = schema.find(objectName);
  return fields.flatMap((field) => {
    const path = plainPath(field)?.split(".") ?? [];
    const own = path.length > 1 && path[0]?.toLowerCase() === objectName.toLowerCase() ? path.slice(1) : path;
    let at = object;
    for (const relationship of own.slice(0, -1)) {
      at = schema.find(at?.relationship(relationship)?.referenceTo[0] ?? "");
    }
    const found = at?.field(own.at(-1) ?? "");
    return found?.type === "address" ? [found.name] : [];
  });
}
