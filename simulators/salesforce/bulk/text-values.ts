import type { FieldModel, FieldType, Value } from "../model/types";
import { isDate, isDateTime, parseTime } from "../write/json-values";

/** Of the XML Schema types that the Bulk API reads text by; their white space does not count. */
interface TextType {
  name: string;
  read: (text: string) => Value | undefined;
}

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, "1": true, false: false, "0": false };
const DOUBLE = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

const BOOLEAN: TextType = { name: "xsd:boolean", read: (text) => BOOLEANS[text.toLowerCase()] };
const INT: TextType = {
  name: "xsd:int",
  read: (text) => (/^[+-]?\d+$/.test(text) ? Number(text) : undefined),
};
const NUMBER: TextType = {
  name: "xsd:double",
  read: (text) => (DOUBLE.test(text) ? Number(text) : undefined),
};
const DATE: TextType = { name: "xsd:date", read: (text) => (isDate(text) ? text : undefined) };
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
