import { isRequired } from "./form-fields";
import { valueOf, type FormEntries } from "./form-values";
import { writerOf, type PageCall } from "./page-call";
import { noTroubles, type FormTroubles } from "./record-form";
import { duplicatesOf } from "../duplicates/duplicate-errors";
import { ApiError, type RowError } from "../http/errors";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import { parseRow } from "../write/parse-row";
import { insertRow, updateRow, type SaveResult } from "../write/save";

/** Lightning's word for a required field that is empty. */
const COMPLETE_THIS = "Complete this field.";

export interface FormToSave {
  object: SObject;
  isPerson: boolean;
  /** The record to change; a new one without it. */
  id?: string;
  /** The fields to write. */
  fields: readonly FieldModel[];
  entries: FormEntries;
  /** Values that no field of the form holds, such as the record type. */
  extra: Readonly<Record<string, unknown>>;
  /** Save though an alert says that the record looks like another one. */
  allowDuplicates: boolean;
}

/** Saves a form as the acting user, under the org's rules. */
export function saveForm(call: PageCall, form: FormToSave): { id: string } | { troubles: FormTroubles } {
  const troubles = noTroubles();
  const record: Record<string, unknown> = { ...form.extra };
  for (const field of form.fields) {
    const entry = form.entries.get(field.name) ?? { text: "" };
    const read = valueOf(call, field, entry);
    if ("trouble" in read) troubles.byField.set(field.name, read.trouble);
    else if (read.value === null && isRequired(form.object, field, form.isPerson)) {
      troubles.byField.set(field.name, { message: COMPLETE_THIS });
    } else if (read.value !== null || form.id !== undefined) record[field.name] = read.value;
  }
  if (troubles.byField.size > 0) return { troubles };
  const result = write(call, form, record);
  if (Array.isArray(result)) return { troubles: { ...troubles, general: result } };
  return result.success ? { id: result.id } : { troubles: sorted(result.errors, form) };
}

/** The result, or the sentences of a request that could not be read at all. */
function write(call: PageCall, form: FormToSave, record: Record<string, unknown>): SaveResult | string[] {
  const writer = { ...writerOf(call), allowDuplicates: form.allowDuplicates };
  const { org, schema } = call;
  const { object, id } = form;
  try {
    const parsed = parseRow(schema, object, record, JSON.stringify(record));
    return id === undefined
      ? insertRow(org, writer, object, parsed)
      : updateRow(org, writer, object, id, parsed);
  } catch (error) {
    if (error instanceof ApiError) return [error.message];
    throw error;
  }
}

/** Each error at its field, where the form has it; the others for the whole record. */
function sorted(errors: readonly RowError[], form: FormToSave): FormTroubles {
  const troubles = noTroubles();
  for (const error of errors) {
    const { statusCode, message, fields } = error;
    troubles.duplicates ??= duplicatesOf(error);
    const own = form.fields.filter(({ name }) => fields.includes(name));
    const words = statusCode === "REQUIRED_FIELD_MISSING" ? COMPLETE_THIS : message;
    for (const field of own) troubles.byField.set(field.name, { message: words });
    if (own.length === 0) troubles.general.push(message);
  }
  return troubles;
}
