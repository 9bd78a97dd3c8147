import type { FieldModel, FieldType, Value } from "../model/types";
import { isDate, isDateTime, parseTime } from "../write/json-values";

/** Of the XML Schema types that the Bulk API reads text by; their white space does not count. */
interface TextType {
  name: string;
  read: (text: string) => Value | undefined;
}

/** A map and not an object: the text comes from a file and may be `constructor`. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);
const DOUBLE = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

const BOOLEAN: TextType = { name: "xsd:boolean", read: (text) => BOOLEANS.get(text.toLowerCase()) };
const INT: TextType = {
  name: "xsd:int",
  read: (text) => (/^[+-]?\d+$/.test(text) ? Number(text) : undefined),
};
const NUMBER: TextType = {
  name: "xsd:double",
  read: (text) => (DOUBLE.test(text) ? Number(text) : undefined),
};
const DATE: TextType = { name: "xsd:date", read: readDate };
const DATE_TIME: TextType = { name: "xsd:dateTime", read: (text) => (isDateTime(text) ? text : undefined) };

const TYPES: Partial<Record<FieldType, TextType>> = {
  boolean: BOOLEAN,
  int: INT,
  double: NUMBER,
  currency: NUMBER,
  percent: NUMBER,
  date: DATE,
  datetime: DATE_TIME,
  time: { name: "xsd:time", read: parseTime },
};

/**
 * The value of a cell that is not empty; `#N/A` is null (Bulk API 2.0 guide, "Prepare CSV Files", "Valid Date Format in
 * Records").
 * @returns `undefined` with the type's name where the text is none of it
 */
export function readCell(field: FieldModel, text: string): { value: Value } | { wrongType: string } {
  if (text === "#N/A") return { value: null };
  const type = TYPES[field.type];
  if (!type) return { value: text };
  const value = type.read(text.trim());
  return value === undefined ? { wrongType: type.name } : { value };
}

/**
 * `1940-06-07`, also with the zone `Z`, as the guide's own sample has it ("Sample CSV Files"); "specifying an offset for
 * date is not supported" ("Valid Date Format in Records").
 */
function readDate(text: string): string | undefined {
  const day = text.endsWith("Z") ? text.slice(0, -1) : text;
  return isDate(day) ? day : undefined;
}
