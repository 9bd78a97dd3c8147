import { createHash } from "node:crypto";
import { recordPath } from "./addresses";
import { formSections } from "./form-fields";
import { entriesOfForm, entriesOfRow, isSameEntry, type FormEntries } from "./form-values";
import { html, type SafeHtml } from "./html";
import { isPersonRow } from "./layouts";
import { missingPage, refusedPage } from "./message-page";
import { findRecord, nameOf, redirectWithToast, type PageCall, type PageReply } from "./page-call";
import { formPage, type RecordForm } from "./record-form";
import { saveForm } from "./save-form";
import { readableDateTime, recordLink, shownValue } from "./values";
import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";

/** The form to change a record. */
export function editPage(call: PageCall, objectName: string | undefined, idText = ""): PageReply {
  const record = findRecord(call, idText, objectName);
  if (!record) return missingPage(call);
  const { object, row } = record;
  if (!object.model.updateable) return refusedPage(call);
  const form = formOf(object, row);
  return formPage(call, withOpened(form, row, entriesOfRow(call, fieldsOf(form), row)));
}

/**
 * Saves what was changed in a posted form. A record that somebody else changed since the form was opened is not
 * written: the form comes back with what is stored now, and can be saved again.
 */
export function saveEdited(call: PageCall, objectName = "", idText = ""): PageReply {
  const record = findRecord(call, idText, objectName);
  if (!record) return missingPage(call);
  const { object, row, id } = record;
  if (!object.model.updateable) return refusedPage(call);
  const form = formOf(object, row);
  const fields = fieldsOf(form);
  const opened = readOpened(call.form);
  const posted = entriesOfForm(call.form, fields);
  const touched = fields.filter(({ name }) => !isSameEntry(opened.get(name), posted.get(name)));
  if (call.form.get("_version") !== versionOf(row)) return changedMeanwhile(call, row, form, posted, touched);
  const saved = saveForm(call, {
    object,
    isPerson: form.isPerson,
    id,
    fields: touched,
    entries: posted,
    extra: {},
    allowDuplicates: call.form.has("_allowDuplicates"),
  });
  if ("troubles" in saved) {
    const back = { ...withOpened(form, row, opened), entries: posted, troubles: saved.troubles };
    return formPage(call, back);
  }
  const after = call.org.store.table(object).get(id) ?? row;
  const message = html`${object.model.label}
    <a href="${recordPath(object.name, id)}">“${nameOf(object, after)}”</a> was saved.`;
  return redirectWithToast(call, recordPath(object.name, id), { kind: "success", message });
}

function formOf(object: SObject, row: Row): RecordForm {
  const isPerson = isPersonRow(object, row);
  return {
    object,
    title: `Edit ${nameOf(object, row)}`,
    isPerson,
    sections: formSections(object, isPerson, "edit"),
    entries: new Map(),
    hidden: {},
    cancelPath: recordPath(object.name, String(row.Id)),
  };
}

function fieldsOf({ sections }: RecordForm): FieldModel[] {
  return sections.flatMap((section) => section.fields);
}

/** The form with the version of the record it shows, and what its fields held when it was opened. */
function withOpened(form: RecordForm, row: Row, opened: FormEntries): RecordForm {
  const hidden = { _version: versionOf(row), _opened: JSON.stringify([...opened]) };
  return { ...form, entries: opened, hidden };
}

function readOpened(form: URLSearchParams): FormEntries {
  try {
    const parsed: unknown = JSON.parse(form.get("_opened") ?? "[]");
    return new Map(Array.isArray(parsed) ? (parsed as [string, { text: string; id?: string }][]) : []);
  } catch (error) {
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}

/** What a record held, in few characters: its moments alone would miss two changes in one second. */
function versionOf(row: Row): string {
  const { LastViewedDate: _viewed, LastReferencedDate: _referenced, ...held } = row;
  return createHash("sha256").update(JSON.stringify(held)).digest("base64url").slice(0, 22);
}

/** The form again: untouched fields as they are stored now, touched ones as typed with the stored value beside. */
function changedMeanwhile(
  call: PageCall,
  row: Row,
  form: RecordForm,
  posted: FormEntries,
  touched: readonly FieldModel[],
): PageReply {
  const stored = entriesOfRow(call, fieldsOf(form), row);
  const entries = new Map(stored);
  const newer = new Map<string, SafeHtml>();
  for (const field of touched) {
    const entry = posted.get(field.name);
    if (!entry || isSameEntry(entry, stored.get(field.name))) continue;
    entries.set(field.name, entry);
    newer.set(field.name, shownValue(call, row, field));
  }
  const notice = html`This record was changed by ${recordLink(call, String(row.LastModifiedById))} on
  ${readableDateTime(String(row.LastModifiedDate))}, while you were editing it. Nothing was saved. Where you
  changed a field too, its value of now stands below yours. Save again to keep yours.`;
  return formPage(call, { ...withOpened(form, row, stored), entries, newer, notice });
}
