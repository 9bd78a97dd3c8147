import { quoted } from "./csv-text";
import { javaDouble } from "./java-number";
import type { QueryColumn } from "./query-columns";
import { isJsonObject } from "../resources/json-body";

/** An answered record as a row of CSV, every value between quotes, null as nothing. */
export function lineOf(record: unknown, columns: readonly QueryColumn[], delimiter: string): string {
  return columns.map((column) => quoted(textOf(valueAt(record, column.path), column))).join(delimiter);
}

function valueAt(record: unknown, path: readonly string[]): unknown {
  let value = record;
  for (const name of path) value = isJsonObject(value) ? value[name] : null;
  return value;
}

function textOf(value: unknown, { field }: QueryColumn): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return field?.type === "int" ? String(value) : javaDouble(value);
  const text = String(value);
  return field?.type === "datetime" ? text.replace(/\+0000$/, "Z") : text;
}
