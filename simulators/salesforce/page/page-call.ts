import type { PageSession, Toast } from "./page-sessions";
import type { Schema, SObject } from "../model/schema";
import type { Row } from "../model/types";
import { normaliseId } from "../org/ids";
import type { Org } from "../org/org";
import { writerFor, type Writer } from "../write/writer";

/** One request for a page, with who acts. */
export interface PageCall {
  org: Org;
  /** The schema as the acting user may see it. */
  schema: Schema;
  userId: string;
  session: PageSession;
  path: string;
  query: URLSearchParams;
  /** The fields of a posted form. */
  form: URLSearchParams;
}

export interface PageReply {
  status: number;
  html?: string;
  text?: string;
  contentType?: string;
  headers?: Record<string, string | string[]>;
}

/** Sends the browser to another page with GET, after a form was taken. */
export function redirect(path: string): PageReply {
  return { status: 303, headers: { Location: path } };
}

/** Sends the browser on, and tells it something there. */
export function redirectWithToast(call: PageCall, path: string, toast: Toast): PageReply {
  call.session.toast = toast;
  return redirect(path);
}

/** The acting user as one who writes. */
export function writerOf({ org, userId }: PageCall): Writer {
  return writerFor(org, userId);
}

/** The live record with this id, of this object where a name is given. */
export function findRecord(
  { org, schema }: PageCall,
  idText: string,
  objectName?: string,
): { object: SObject; row: Row; id: string } | undefined {
  const id = normaliseId(idText) ?? "";
  const object = schema.ofId(id);
  const row = object && org.store.table(object).get(id);
  if (!object || !row || row.IsDeleted) return undefined;
  if (objectName !== undefined && objectName.toLowerCase() !== object.name.toLowerCase()) return undefined;
  return { object, row, id };
}

/** The name that a record goes by on the pages. */
export function nameOf(object: SObject, row: Row): string {
  const nameField = object.model.fields.find(
    (field) => field.nameField && (row[field.name] ?? null) !== null,
  );
  return String(row.Name ?? (nameField && row[nameField.name]) ?? row.Id);
}
