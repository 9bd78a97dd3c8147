import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";
import { versionPath } from "../http/messages";

/** What a field looks like in an answer; a compound address is an object, or null when all its parts are empty. */
export function answeredValue(row: Row, field: FieldModel): unknown {
  if (field.type !== "address") return row[field.name] ?? null;
  const prefix = field.name.slice(0, -"Address".length);
  const parts = field.addressParts.map((part): [string, unknown] => [
    part.charAt(0).toLowerCase() + part.slice(1),
    row[`${prefix}${part}`] ?? null,
  ]);
  return parts.every(([, value]) => value === null) ? null : Object.fromEntries(parts);
}

/** The `attributes` that every record in an answer starts with. */
export function recordAttributes(object: SObject, row: Row, version: number): { type: string; url: string } {
  return {
    type: object.name,
    url: `${versionPath(version)}/sobjects/${object.name}/${String(row.Id)}`,
  };
}
