import { randomUUID } from "node:crypto";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const mark = `number-${randomUUID()}:`;
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const markedNumber = new RegExp(`"${mark}([^"]+)"`, "g");

/**
 * Reads JSON without losing a digit: S-360's ids are longs, which may be beyond 2^53. A number that a double cannot
 * give back exactly is carried as a marked text until `writeJson` prints it as the number it was.
 * Throws SyntaxError on text that is not JSON.
 */
export function readJson(text: string): Json {
  JSON.parse(text);
  const marked = text.replace(stringOrNumber, (token) =>
    token.startsWith('"') || String(Number(token)) === token ? token : `"${mark}${token}"`,
  );
  return JSON.parse(marked) as Json;
}

/** The JSON text of a value, the inverse of `readJson`. */
export function writeJson(value: Json, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(markedNumber, "$1");
}

/** An id (text or number, of any length) as text; null for everything that cannot be one. */
export function idText(value: Json | undefined): string | null {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string" || value === "") return null;
  return value.startsWith(mark) ? value.slice(mark.length) : value;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of a list; an empty list for everything else. */
export function objectsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A text value, or "" for everything else. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
