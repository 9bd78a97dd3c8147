import { apiError } from "./errors";
import type { Schema } from "../model/schema";
import { queryShape } from "../soql/shape";

/** FIELDS() of fields without bound is not for Bulk queries (SOQL reference, "FIELDS()"). */
const UNBOUNDED_FIELDS = /\bFIELDS\s*\(\s*(ALL|CUSTOM)\s*\)/i;

/**
 * Refuses what Bulk queries do not do (Bulk API 2.0 guide, "Understanding Bulk API 2.0 Query", "SOQL Considerations").
 * @returns the object after FROM, as the schema writes it where it has one
 * @throws ApiError API_ERROR, MALFORMED_QUERY
 */
export function refuseBeyondBulk(schema: Schema, soql: string): string {
  const shape = queryShape(schema, soql);
  if (shape.hasAggregates || shape.hasGroupBy || shape.hasSubqueries) {
    throw apiError("Aggregate Relationships not supported in Bulk Query");
  }
  if (shape.hasOffset) throw apiError("OFFSET not supported in Bulk Query");
  if (shape.hasTypeOf) throw apiError("TYPEOF not supported in Bulk Query");
  if (shape.compoundFields.length > 0) throw apiError("Selecting compound data not supported in Bulk Query");
  const unbounded = UNBOUNDED_FIELDS.exec(soql)?.[1];
  if (shape.functions.includes("FIELDS") && unbounded !== undefined) {
    throw apiError(`FIELDS(${unbounded.toUpperCase()}) not supported in Bulk Query`);
  }
  return schema.find(shape.objectName)?.name ?? shape.objectName;
}
