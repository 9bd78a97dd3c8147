import { tokenField } from "./acting-user";
import { recordPath, RECYCLE_BIN_PATH } from "./addresses";
import { frame } from "./frame";
import { html, type SafeHtml } from "./html";
import { counted } from "./list-page";
import { missingPage } from "./message-page";
import { objectIcon } from "./object-icon";
import { nameOf, redirectWithToast, writerOf, type PageCall, type PageReply } from "./page-call";
import { readableDateTime, recordLink } from "./values";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import { normaliseId } from "../org/ids";
import { deletionMs, isExpired, wasTakenAlong } from "../write/recycle-bin";
import { undeleteRow } from "../write/undelete";

const SHOWN_ROWS = 200;

interface Binned {
  object: SObject;
  row: Row;
}

/** What was deleted in the last 15 days, last first, each with Restore. */
export function recycleBinPage(call: PageCall): PageReply {
  const found = binned(call);
  const content = html`<section class="card">
    <header>
      <span class="icon" style="background:#706e6b" aria-hidden="true">⌫</span>
      <div>
        <div class="eyebrow">Recycle Bin</div>
        <h1>Org Recycle Bin</h1>
      </div>
    </header>
    <p class="count">
      ${counted(found.length)} • Kept for 15
      days${found.length > SHOWN_ROWS ? ` • The last ${SHOWN_ROWS} are shown` : ""}
    </p>
    ${
      found.length === 0
        ? html`<p class="none">The Recycle Bin is empty. Deleted records appear here.</p>`
        : binTable(call, found.slice(0, SHOWN_ROWS))
    }
  </section>`;
  return { status: 200, html: frame(call, "Recycle Bin", content) };
}

/** Brings the record back that a posted form names, and shows it. */
export function restore(call: PageCall): PageReply {
  const { org, schema, form } = call;
  const id = normaliseId(form.get("id") ?? "") ?? "";
  const object = schema.ofId(id);
  if (!object) return missingPage(call);
  const result = undeleteRow(org, writerOf(call), object, id);
  if (!result.success) {
    const message = html`${result.errors.map((error) => error.message).join(" ")}`;
    return redirectWithToast(call, RECYCLE_BIN_PATH, { kind: "error", message });
  }
  const row = org.store.table(object).get(id) ?? { Id: id };
  return redirectWithToast(call, recordPath(object.name, id), {
    kind: "success",
    message: html`${object.model.label} “${nameOf(object, row)}” was restored.`,
  });
}

/** Deleted records that have an entry of their own: not those that went along with another one. */
function binned({ org, schema }: PageCall): Binned[] {
  const found: Binned[] = [];
  for (const object of schema.objects) {
    for (const row of org.store.table(object).all()) {
      if (row.IsDeleted && !wasTakenAlong(row) && !isExpired(org, row)) found.push({ object, row });
    }
  }
  return found.sort((a, b) => deletionMs(b.row) - deletionMs(a.row));
}

function binTable(call: PageCall, found: readonly Binned[]): SafeHtml {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Record Name</th>
        <th scope="col">Type</th>
        <th scope="col">Deleted By</th>
        <th scope="col">Date Deleted</th>
        <th scope="col"><span class="hidden">Action</span></th>
      </tr>
    </thead>
    <tbody>
      ${found.map((entry) => binRow(call, entry))}
    </tbody>
  </table>`;
}

function binRow(call: PageCall, { object, row }: Binned): SafeHtml {
  const name = nameOf(object, row);
  const master = row.MasterRecordId;
  return html`<tr>
    <td data-label="Record Name">
      <span
        >${name}${
          typeof master === "string"
            ? html` <span class="facts">merged into ${recordLink(call, master)}</span>`
            : ""
        }</span
      >
    </td>
    <td data-label="Type"><span>${objectIcon(object)} ${object.model.label}</span></td>
    <td data-label="Deleted By"><span>${recordLink(call, String(row.LastModifiedById))}</span></td>
    <td data-label="Date Deleted"><span>${readableDateTime(String(row.SystemModstamp))}</span></td>
    <td>
      <form method="post" action="${RECYCLE_BIN_PATH}">
        ${tokenField(call)}
        <input type="hidden" name="id" value="${row.Id}" />
        <button class="button" aria-label="Restore ${name}">Restore</button>
      </form>
    </td>
  </tr>`;
}
