import type { FieldType, FieldTypeOf } from "@jetstreamapp/soql-parser-js";
import type { CompileSelect, Entry } from "./compiled-select";
import type { QueryContext } from "./context";
import { noSuchObject, notAnswered, soqlError } from "./errors";
import { parentRow, resolveRelationship } from "./paths";
import { NAME_OBJECT } from "./polymorphic";
import type { Page } from "./query-list";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";

type ReadRecord = (row: Row, page: Page) => unknown;

/**
 * `TYPEOF Owner WHEN User THEN … ELSE … END`, for lookups to several objects (SOQL reference, "TYPEOF"). Without ELSE a
 * record of another object gives null.
 * @throws ApiError INVALID_FIELD, INVALID_TYPE
 */
export function typeOfEntry(context: QueryContext, field: FieldTypeOf, compileSelect: CompileSelect): Entry {
  const lookups = resolveRelationship(context, field.field, "SELECT");
  const [lookup, ...further] = lookups;
  if (!lookup || further.length > 0) throw notAnswered("TYPEOF of a parent's relationship");
  if (lookup.target.name !== NAME_OBJECT) {
    const reason = `TYPEOF can only be used with polymorphic relationships, not with '${field.field}'`;
    throw soqlError("INVALID_FIELD", context.source, field.field, "SELECT", reason);
  }
  const records = new Map<string, ReadRecord>();
  let otherwise: ReadRecord = () => null;
  for (const { objectType, fieldList } of field.conditions) {
    const object = objectType === undefined ? lookup.target : context.schema.find(objectType);
    if (!object) throw noSuchObject(context.source, objectType ?? "");
    const record = recordOf(context, object, fieldList, compileSelect);
    if (objectType === undefined) otherwise = record;
    else records.set(object.name, record);
  }
  return {
    key: lookup.relationshipName,
    read: (row, page) => {
      const found = parentRow(context, row, lookups);
      if (!found) return null;
      return (records.get(String(found.Type)) ?? otherwise)(found, page);
    },
  };
}

function recordOf(
  context: QueryContext,
  object: SObject,
  names: readonly string[],
  compileSelect: CompileSelect,
): ReadRecord {
  const fields = names.map((name): FieldType => {
    const parts = name.split(".");
    const last = parts.pop() ?? "";
    if (parts.length === 0) return { type: "Field", field: last };
    return { type: "FieldRelationship", field: last, relationships: parts };
  });
  return compileSelect({ ...context, object, aliases: new Map() }, fields, undefined).record;
}
