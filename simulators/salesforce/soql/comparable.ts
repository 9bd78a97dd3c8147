import type { FieldType, Value } from "../model/types";

/** What decides how two values compare: of a field, or of what a function makes of it. */
export interface Comparable {
  readonly type: FieldType;
  readonly caseSensitive: boolean;
}

const NUMBER_TYPES = new Set<FieldType>(["int", "double", "currency", "percent"]);
const ID_TYPES = new Set<FieldType>(["id", "reference"]);
const NOT_TEXT_TYPES = new Set<FieldType>([
  ...NUMBER_TYPES,
  ...ID_TYPES,
  "boolean",
  "date",
  "datetime",
  "time",
  "address",
]);

export function isNumber(type: FieldType): boolean {
  return NUMBER_TYPES.has(type);
}

export function isId(type: FieldType): boolean {
  return ID_TYPES.has(type);
}

export function isText(type: FieldType): boolean {
  return !NOT_TEXT_TYPES.has(type);
}

/** The form in which two values are equal: text without case, unless the field is case-sensitive. */
export function fold({ type, caseSensitive }: Comparable): (value: Value) => Value {
  if (caseSensitive || !isText(type)) return (value) => value;
  return (value) => (typeof value === "string" ? value.toLowerCase() : value);
}

/** The form in which two multi-select values are equal: the chosen entries without their order. */
export function foldChoices(value: Value): Value {
  if (typeof value !== "string") return value;
  return choices(value).sort().join(";");
}

/** The entries of a multi-select value, in lower case. */
export function choices(value: string): string[] {
  return value.toLowerCase().split(";");
}
