import type { FieldType } from "@jetstreamapp/soql-parser-js";
import { childEntry } from "./children";
import type { CompiledSelect, Entry } from "./compiled-select";
import type { QueryContext } from "./context";
import { plainError, soqlError } from "./errors";
import { fieldsFunction } from "./fields-function";
import { functionCall, plainPath } from "./functions";
import { parentRow, resolvePath, type Lookup } from "./paths";
import { NAME_OBJECT } from "./polymorphic";
import type { Page } from "./query-list";
import { answeredValue, recordAttributes } from "./read-record";
import { selectedFunction } from "./selected-function";
import { typeOfEntry } from "./typeof";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";

/** One level of the answer: properties in the order asked for, and the parents below it. */
interface Level {
  readonly object: SObject;
  readonly entries: Entry[];
  /** Parents by the name of their relationship. */
  readonly parents: Map<string, Level>;
}

/** Compiles a field list without aggregates. @throws ApiError INVALID_FIELD, MALFORMED_QUERY */
export function compileSelect(
  context: QueryContext,
  fields: readonly FieldType[],
  limit: number | undefined,
): CompiledSelect {
  const top: Level = { object: context.object, entries: [], parents: new Map() };
  const columns: string[] = [];
  let children = 0;
  const put = (lookups: readonly Lookup[], entry: Entry) => {
    columns.push([...lookups.map(({ relationshipName }) => relationshipName), entry.key].join("."));
    addEntry(levelOf(context, top, lookups), entry);
  };
  for (const field of fields) {
    if (field.type === "FieldSubquery") {
      put([], childEntry(context, field.subquery, children, compileSelect));
      children += 1;
    } else if (field.type === "FieldTypeof") {
      put([], typeOfEntry(context, field, compileSelect));
    } else if (field.type === "FieldFunctionExpression") {
      const call = functionCall(field);
      if (call.name === "FIELDS") {
        for (const found of fieldsFunction(context, call, fields.length === 1, limit)) {
          put([], { key: found.name, read: (row) => answeredValue(row, found) });
        }
      } else {
        const { lookups, entry } = selectedFunction(context, call);
        put(lookups, entry);
      }
    } else {
      refuseAlias(context, field);
      const path = resolvePath(context, plainPath(field) ?? "", "SELECT");
      put(path.lookups, { key: path.field.name, read: (row) => answeredValue(row, path.field) });
    }
  }
  return { columns, record: (row, page) => readLevel(context, top, row, page) };
}

function refuseAlias({ source }: QueryContext, field: FieldType): void {
  if (!("alias" in field) || field.alias === undefined) return;
  const reason = "only aggregate expressions use field aliasing";
  throw soqlError("MALFORMED_QUERY", source, plainPath(field) ?? field.alias, "SELECT", reason);
}

/** The level that a field behind these lookups belongs to; added to the answer when it is new. */
function levelOf(context: QueryContext, top: Level, lookups: readonly Lookup[]): Level {
  let level = top;
  for (const lookup of lookups) {
    let parent = level.parents.get(lookup.relationshipName);
    if (!parent) {
      const added: Level = { object: lookup.target, entries: [], parents: new Map() };
      addEntry(level, {
        key: lookup.relationshipName,
        read: (row, page) => {
          const found = parentRow(context, row, [lookup]);
          return found ? readLevel(context, added, found, page) : null;
        },
      });
      level.parents.set(lookup.relationshipName, added);
      parent = added;
    }
    level = parent;
  }
  return level;
}

function addEntry(level: Level, entry: Entry): void {
  const key = entry.key.toLowerCase();
  if (level.entries.some((other) => other.key.toLowerCase() === key)) {
    throw plainError("INVALID_FIELD", `duplicate field selected: ${entry.key}`);
  }
  level.entries.push(entry);
}

function readLevel(context: QueryContext, level: Level, row: Row, page: Page): unknown {
  const record: Record<string, unknown> = { attributes: attributesOf(context, level.object, row) };
  for (const { key, read } of level.entries) record[key] = read(row, page);
  return record;
}

function attributesOf({ schema, version }: QueryContext, object: SObject, row: Row) {
  if (object.name !== NAME_OBJECT) return recordAttributes(object, row, version);
  const own = schema.ofId(String(row.Id)) ?? object;
  return { ...recordAttributes(own, row, version), type: NAME_OBJECT };
}
