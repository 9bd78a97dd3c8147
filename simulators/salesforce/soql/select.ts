import type { FieldType } from "@jetstreamapp/soql-parser-js";
import { soqlError } from "./errors";
import { parentRow, resolvePath, type FieldPath } from "./paths";
import { answeredValue, recordAttributes } from "./read-record";
import type { WhereContext } from "./where";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";

/** One level of the answer: fields of an object in the order asked for, and the parents below it. */
interface Selection {
  object: SObject;
  entries: (
    | { kind: "field"; path: FieldPath }
    | { kind: "parent"; lookup: FieldPath["lookups"][number]; selection: Selection }
  )[];
}

const MAX_ALL_FIELDS_LIMIT = 200;

/** Whether the query is `SELECT COUNT()`. */
export function isCount(fields: readonly FieldType[]): boolean {
  const [only] = fields;
  return (
    fields.length === 1 &&
    only?.type === "FieldFunctionExpression" &&
    only.functionName.toUpperCase() === "COUNT" &&
    only.parameters.length === 0
  );
}

/** Compiles the field list into a function that makes the answered record of a row. */
export function compileSelect(
  context: WhereContext,
  fields: readonly FieldType[],
  version: number,
  limit: number | undefined,
): (row: Row) => unknown {
  const selection: Selection = { object: context.object, entries: [] };
  for (const field of fields) {
    for (const path of pathsOf(context, field, limit)) place(context, selection, path);
  }
  return (row) => project(context, selection, row, version);
}

function pathsOf(context: WhereContext, field: FieldType, limit: number | undefined): FieldPath[] {
  const { org, object, query, alias } = context;
  if (field.type === "Field" || field.type === "FieldRelationship") {
    if ("alias" in field && field.alias !== undefined) {
      throw soqlError("MALFORMED_QUERY", query, field.alias, "only aggregate expressions use field aliasing");
    }
    const prefix = field.type === "FieldRelationship" ? `${field.relationships.join(".")}.` : "";
    return [resolvePath(org, object, prefix + field.field, query, alias)];
  }
  if (field.type === "FieldFunctionExpression" && field.functionName.toUpperCase() === "FIELDS") {
    return allFields(context, String(field.parameters[0]).toUpperCase(), limit);
  }
  const what = field.type === "FieldFunctionExpression" ? field.functionName : "subqueries and TYPEOF";
  throw soqlError("MALFORMED_QUERY", query, "", `The simulated org does not answer ${what} in SELECT.`);
}

function allFields(context: WhereContext, group: string, limit: number | undefined): FieldPath[] {
  const { object, query } = context;
  if (group !== "STANDARD" && (limit === undefined || limit > MAX_ALL_FIELDS_LIMIT)) {
    throw soqlError(
      "MALFORMED_QUERY",
      query,
      "FIELDS",
      "The SOQL FIELDS function must have a LIMIT of at most 200",
    );
  }
  return object.model.fields
    .filter((field) => group === "ALL" || field.custom === (group === "CUSTOM"))
    .map((field) => ({ lookups: [], object, field }));
}

function place(context: WhereContext, selection: Selection, path: FieldPath): void {
  const [lookup, ...rest] = path.lookups;
  if (!lookup) {
    const isRepeated = selection.entries.some(
      (entry) => entry.kind === "field" && entry.path.field === path.field,
    );
    if (isRepeated) {
      throw soqlError(
        "INVALID_FIELD",
        context.query,
        path.field.name,
        `duplicate field selected: ${path.field.name}`,
      );
    }
    selection.entries.push({ kind: "field", path });
    return;
  }
  let parent = selection.entries.find(
    (entry) => entry.kind === "parent" && entry.lookup.field === lookup.field,
  );
  if (parent?.kind !== "parent") {
    parent = { kind: "parent", lookup, selection: { object: lookup.target, entries: [] } };
    selection.entries.push(parent);
  }
  place(context, parent.selection, { ...path, lookups: rest });
}

function project(context: WhereContext, selection: Selection, row: Row, version: number): unknown {
  const record: Record<string, unknown> = { attributes: recordAttributes(selection.object, row, version) };
  for (const entry of selection.entries) {
    if (entry.kind === "field") {
      record[entry.path.field.name] = answeredValue(row, entry.path.field);
    } else {
      const parent = parentRow(context.org, row, [entry.lookup]);
      record[entry.lookup.relationshipName] = parent
        ? project(context, entry.selection, parent, version)
        : null;
    }
  }
  return record;
}
