import type { FieldTrouble } from "./field-trouble";
import { resolveLookup } from "./lookup";
import { nameOf, type PageCall } from "./page-call";
import type { FieldModel, Row, Value } from "../model/types";

/** What one field of a form holds: text, and for a lookup whose text was not changed the record it stands for. */
export interface FormEntry {
  text: string;
  id?: string;
}

/** What the fields of a form hold, by field name. */
export type FormEntries = Map<string, FormEntry>;

/** Lightning's words for a number or date that is none. */
const BAD_INPUT = "Enter a valid value.";
const DATE_TIME_LOCAL = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?(?:\.\d+)?$/;

/** What a form shows of a record. */
export function entriesOfRow(call: PageCall, fields: readonly FieldModel[], row: Row): FormEntries {
  return new Map(fields.map((field) => [field.name, entryOf(call, field, row[field.name] ?? null)]));
}

/** A stored value as its input shows it; a lookup as the name of its record. */
export function entryOf({ org, schema }: PageCall, field: FieldModel, value: Value): FormEntry {
  if (value === null || value === false) return { text: "" };
  if (value === true) return { text: "true" };
  if (field.type === "datetime") return { text: String(value).slice(0, 19) };
  if (field.type === "time") return { text: String(value).slice(0, 8) };
  if (field.type !== "reference") return { text: String(value).replaceAll("\r\n", "\n") };
  const id = String(value);
  const object = schema.ofId(id);
  const target = object && org.store.table(object).get(id);
  return { text: object && target ? nameOf(object, target) : id, id };
}

/** What a posted form holds. */
export function entriesOfForm(form: URLSearchParams, fields: readonly FieldModel[]): FormEntries {
  return new Map(fields.map((field) => [field.name, postedEntry(form, field)]));
}

function postedEntry(form: URLSearchParams, field: FieldModel): FormEntry {
  const { name } = field;
  if (field.type === "boolean") return { text: form.has(name) ? "true" : "" };
  if (field.type === "multipicklist") return { text: form.getAll(name).join(";") };
  const text = (form.get(name) ?? "").replaceAll("\r\n", "\n");
  if (field.type !== "reference") return { text };
  const isUnchanged = text !== "" && form.get(`${name}.name`) === text;
  const id = form.get(`${name}.choice`) ?? (isUnchanged ? form.get(`${name}.id`) : null);
  return id === null ? { text } : { text, id };
}

/** Whether two entries mean the same. */
export function isSameEntry(one: FormEntry | undefined, other: FormEntry | undefined): boolean {
  return (one?.id ?? one?.text.trim()) === (other?.id ?? other?.text.trim());
}

/** The entry of a field as the value of a JSON record, or what is wrong with it. */
export function valueOf(
  call: PageCall,
  field: FieldModel,
  { text, id }: FormEntry,
): { value: unknown } | { trouble: FieldTrouble } {
  const trimmed = text.trim();
  if (field.type === "boolean") return { value: text === "true" };
  if (trimmed === "") return { value: null };
  switch (field.type) {
    case "reference":
      return id === undefined ? resolveLookup(call, field, trimmed) : { value: id };
    case "int":
    case "double":
    case "currency":
    case "percent":
      return numberOf(trimmed, field.type === "int");
    case "date":
      return /^\d{4}-\d{2}-\d{2}$/.test(trimmed) ? { value: trimmed } : { trouble: { message: BAD_INPUT } };
    case "datetime":
      return momentOf(trimmed);
    case "time":
      return /^\d{2}:\d{2}(?::\d{2})?$/.test(trimmed)
        ? { value: `${trimmed.padEnd(8, ":00")}.000Z` }
        : { trouble: { message: BAD_INPUT } };
    case "address":
    case "combobox":
    case "email":
    case "id":
    case "multipicklist":
    case "phone":
    case "picklist":
    case "string":
    case "textarea":
    case "url":
      return { value: text };
  }
}

/** Numbers as people write them here: 1,234.50 and 1'234.50. */
function numberOf(text: string, isWhole: boolean): { value: number } | { trouble: FieldTrouble } {
  const plain = text.replaceAll(/[\s,'’]/g, "");
  const isNumber = isWhole ? /^[+-]?\d+$/.test(plain) : /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(plain);
  return isNumber ? { value: Number(plain) } : { trouble: { message: BAD_INPUT } };
}

function momentOf(text: string): { value: string } | { trouble: FieldTrouble } {
  const [, minutes, seconds = ":00"] = DATE_TIME_LOCAL.exec(text) ?? [];
  return minutes === undefined ? { trouble: { message: BAD_INPUT } } : { value: `${minutes}${seconds}Z` };
}
