import { tokenField } from "./acting-user";
import { deletePath, listPath, recordPath, RECYCLE_BIN_PATH } from "./addresses";
import { frame } from "./frame";
import { html, type SafeHtml } from "./html";
import { missingPage, refusedPage } from "./message-page";
import { findRecord, nameOf, redirectWithToast, writerOf, type PageCall, type PageReply } from "./page-call";
import type { SObject } from "../model/schema";
import { deleteRow } from "../write/delete";

/** Asks before a record is deleted, and says what goes with it. */
export function confirmDelete(call: PageCall, objectName = "", idText = ""): PageReply {
  const record = findRecord(call, idText, objectName);
  if (!record) return missingPage(call);
  const { object, row, id } = record;
  if (!object.model.deletable) return refusedPage(call);
  const title = `Delete ${object.model.label}`;
  const content = html`<section class="card window narrow" role="alertdialog" aria-labelledby="delete-title">
    <header><h1 id="delete-title">${title}</h1></header>
    <form method="post" action="${deletePath(object.name, id)}">
      ${tokenField(call)}
      <p class="ask">
        Are you sure you want to delete this ${object.model.label.toLowerCase()},
        <strong>${nameOf(object, row)}</strong>? It goes to the Recycle Bin and can be restored for 15 days.
      </p>
      ${goingAlong(call, object, id)}
      <footer>
        <a class="button" href="${recordPath(object.name, id)}">Cancel</a>
        <button class="button brand">Delete</button>
      </footer>
    </form>
  </section>`;
  return { status: 200, html: frame(call, title, content, { active: object }) };
}

/** Deletes the record as the acting user; the toast on the next page offers to take it back. */
export function deleteRecord(call: PageCall, objectName = "", idText = ""): PageReply {
  const record = findRecord(call, idText, objectName);
  if (!record) return missingPage(call);
  const { object, row, id } = record;
  const result = deleteRow(call.org, writerOf(call), object, id);
  if (!result.success) {
    const message = html`${result.errors.map((error) => error.message).join(" ")}`;
    return redirectWithToast(call, recordPath(object.name, id), { kind: "error", message });
  }
  return redirectWithToast(call, listPath(object.name), {
    kind: "success",
    message: html`${object.model.label} “${nameOf(object, row)}” was deleted.`,
    undo: { path: RECYCLE_BIN_PATH, fields: { id } },
  });
}

/** How many records a cascade takes along, by object. */
function goingAlong({ org }: PageCall, object: SObject, id: string): SafeHtml {
  const counts = object.children
    .filter(({ field }) => field.cascadeDelete)
    .map(({ child, field }) => ({ child, count: org.store.table(child).byParent(field, id).length }))
    .filter(({ count }) => count > 0);
  if (counts.length === 0) return html``;
  const parts = counts.map(({ child, count }) => `${child.model.labelPlural} (${count})`);
  return html`<p class="ask">Deleted with it: ${parts.join(", ")}.</p>`;
}
