/** What golden samples are tried with while the org was never asked for an object: as much as the lines and samples tell. */
import type { CanonicalValue, FieldDescribe, FieldType } from "../../side";
import type { MappingDocument } from "../document";
import type { MappingTarget } from "../evaluation";
import type { GoldenResult } from "./golden";
import { resolveName } from "../published";

/** What cannot be told without the org. */
export const notCompared =
  "Salesforce was not asked for the fields of this object yet: golden samples are compared by their values only, not by what the fields can hold. Ask Salesforce now, above the lines, to compare all.";

/** Fields as the lines name them, of the types that the expected values have. */
export function standInTarget(document: MappingDocument, expected: readonly GoldenResult[]): MappingTarget {
  const values = new Map(expected.flatMap(({ fields }) => Object.entries(fields)).flatMap(typed));
  const prefix = prefixOf(document, expected);
  const names = [...document.lines.map(({ target }) => target), document.sales?.markField ?? []].flat();
  const fields = [...new Set(names.map((name) => resolveName(name, prefix)))].map((name) =>
    fieldOf(name, values.get(name) ?? "text"),
  );
  const name = resolveName(document.object, prefix);
  return { prefix, describe: { name, label: name, fields }, recordTypeId: null };
}

function typed([name, field]: [string, GoldenResult["fields"][string]]): [string, FieldType][] {
  return "value" in field && field.value !== null ? [[name, typeOf(field.value)]] : [];
}

function typeOf(value: NonNullable<CanonicalValue>): FieldType {
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return "number";
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return "date";
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return "datetime";
  return /^\S+@\S+$/.test(value) ? "email" : "text";
}

/** The package's prefix as the expected names have it; none where none does. */
function prefixOf({ lines }: MappingDocument, expected: readonly GoldenResult[]): string {
  const bare = lines.flatMap(({ target }) => (target.startsWith("[p]") ? [target.slice(3)] : []));
  const names = expected.flatMap(({ fields }) => Object.keys(fields));
  for (const one of bare) {
    const found = names.find((name) => name === one || name.endsWith(`__${one}`));
    if (found !== undefined) return found.slice(0, -one.length);
  }
  return "";
}

/** Takes whatever a line gives. */
function fieldOf(name: string, type: FieldType): FieldDescribe {
  return {
    ...{ name, label: name, type, length: 0, scale: 8, picklistValues: [], restrictedPicklist: false },
    ...{ createable: true, updateable: true, nillable: true, defaultedOnCreate: false },
    ...{ externalId: false, unique: false, custom: false, referenceTo: [], relationshipName: null },
  };
}
