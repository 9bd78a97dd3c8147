import { tokenField } from "./acting-user";
import { listPath, mergePath, recordPath } from "./addresses";
import { frame } from "./frame";
import { html, type SafeHtml } from "./html";
import { isPersonRow } from "./layouts";
import { isMergeable } from "./list-page";
import {
  hasValue,
  isConflict,
  mergeFields,
  proposedRow,
  valuesToTake,
  type MergeField,
} from "./merge-fields";
import { missingPage, refusedPage } from "./message-page";
import { objectIcon } from "./object-icon";
import { findRecord, nameOf, redirectWithToast, writerOf, type PageCall, type PageReply } from "./page-call";
import { readableDateTime, shownLabel, shownValue } from "./values";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import { mergeRows } from "../write/merge";

const MOST_RECORDS = 3;

/** Two or three records side by side, to choose the one that stays and the values it gets. */
export function mergePage(call: PageCall, objectName = ""): PageReply {
  return compare(call, objectName, call.query.getAll("id"), undefined);
}

/** Merges as the posted form says, and shows the record that stayed. */
export function mergeRecords(call: PageCall, objectName = ""): PageReply {
  const { form, org } = call;
  const ids = form.getAll("id");
  const object = call.schema.find(objectName);
  if (!object) return missingPage(call);
  if (!isMergeable(object)) return refusedPage(call);
  const rows = recordsOf(call, object, ids);
  const principal = rows.find((row) => row.Id === form.get("principal"));
  if (!principal || rows.length < 2 || rows.length > MOST_RECORDS) {
    return compare(call, objectName, ids, "Choose the record that stays.");
  }
  const fields = mergeFields(object, isPersonRow(object, principal), rows);
  const chosen = (field: MergeField) =>
    rows.find((row) => row.Id === form.get(`field.${field.shown.name}`)) ?? principal;
  const others = rows.filter((row) => row !== principal).map((row) => String(row.Id));
  const id = String(principal.Id);
  const values = valuesToTake(fields, principal, chosen);
  const result = mergeRows(org, writerOf(call), object, id, others, values);
  if (!result.success) {
    const message = result.errors.map((error) => error.message).join(" ");
    return compare(call, objectName, ids, message);
  }
  const message = html`${object.model.labelPlural} were merged into
    <a href="${recordPath(object.name, id)}"
      >“${nameOf(object, org.store.table(object).get(id) ?? principal)}”</a
    >.`;
  return redirectWithToast(call, recordPath(object.name, id), { kind: "success", message });
}

function compare(
  call: PageCall,
  objectName: string,
  ids: readonly string[],
  error: string | undefined,
): PageReply {
  const object = call.schema.find(objectName);
  if (!object) return missingPage(call);
  if (!isMergeable(object)) return refusedPage(call);
  const rows = recordsOf(call, object, ids);
  const message = selectionTrouble(object, rows);
  if (message !== undefined) {
    return redirectWithToast(call, listPath(object.name), { kind: "error", message });
  }
  const principal = rows.find((row) => row.Id === call.form.get("principal")) ?? rows[0];
  if (!principal) return missingPage(call);
  const title = `Merge ${object.model.labelPlural}`;
  const content = mergeForm(call, object, rows, principal, error);
  return { status: error === undefined ? 200 : 422, html: frame(call, title, content, { active: object }) };
}

/** What is wrong with the choice of records, before there is anything to compare. */
function selectionTrouble(object: SObject, rows: readonly Row[]): SafeHtml | undefined {
  if (rows.length < 2 || rows.length > MOST_RECORDS) {
    return html`Select 2 or 3 ${object.model.labelPlural.toLowerCase()} to merge.`;
  }
  const people = rows.filter((row) => isPersonRow(object, row)).length;
  if (people > 0 && people < rows.length) {
    return html`Person accounts can be merged with person accounts only.`;
  }
  return undefined;
}

function recordsOf(call: PageCall, object: SObject, ids: readonly string[]): Row[] {
  return [...new Set(ids)]
    .map((id) => findRecord(call, id, object.name)?.row)
    .filter((row) => row !== undefined);
}

function mergeForm(
  call: PageCall,
  object: SObject,
  rows: readonly Row[],
  principal: Row,
  error: string | undefined,
): SafeHtml {
  const fields = mergeFields(object, isPersonRow(object, principal), rows);
  const conflicts = fields.filter((field) => isConflict(field, rows));
  const same = fields.filter((field) => !isConflict(field, rows) && hasValue(field, principal));
  return html`<section class="card window merge">
    <header>
      ${objectIcon(object)}
      <h1>Compare ${object.model.labelPlural}</h1>
      <p class="legend">The principal record stays, the others go to the Recycle Bin.</p>
    </header>
    <form method="post" action="${mergePath(object.name)}">
      ${tokenField(call)} ${rows.map((row) => html`<input type="hidden" name="id" value="${row.Id}" />`)}
      ${
        error === undefined
          ? ""
          : html`<div class="errors" role="alert" tabindex="-1">
              <h2>We hit a snag.</h2>
              <p>${error}</p>
            </div>`
      }
      <table class="compare">
        <thead>
          <tr>
            <th scope="col"><span class="hidden">Field</span></th>
            ${rows.map((row) => principalChoice(object, row, principal))}
          </tr>
        </thead>
        <tbody>
          ${conflicts.map((field) => conflictRow(call, field, rows, principal))}
          ${same.map((field) => sameRow(call, field, rows))}
        </tbody>
      </table>
      <p class="ask">
        Records that point to the others will point to the principal record. You can’t undo this merge as a
        whole.
      </p>
      <footer>
        <a class="button" href="${listPath(object.name)}">Cancel</a>
        <button class="button brand">Merge</button>
      </footer>
    </form>
  </section>`;
}

function principalChoice(object: SObject, row: Row, principal: Row): SafeHtml {
  return html`<th scope="col">
    <a href="${recordPath(object.name, String(row.Id))}">${nameOf(object, row)}</a>
    <label
      ><input type="radio" name="principal" value="${row.Id}" ${row === principal ? html`checked` : ""} /> Use
      as principal</label
    >
    <span class="facts">Last modified ${readableDateTime(String(row.LastModifiedDate))}</span>
  </th>`;
}

function conflictRow(call: PageCall, field: MergeField, rows: readonly Row[], principal: Row): SafeHtml {
  const { shown } = field;
  const picked = call.form.get(`field.${shown.name}`) ?? proposedRow(field, rows, principal).Id;
  return html`<tr class="conflict" role="radiogroup" aria-label="${shownLabel(shown)}">
    <th scope="row">${shownLabel(shown)}</th>
    ${rows.map(
      (row) =>
        html`<td>
          <label
            ><input
              type="radio"
              name="field.${shown.name}"
              value="${row.Id}"
              ${row.Id === picked ? html`checked` : ""}
            />
            ${shownValue(call, row, shown)}</label
          >
        </td>`,
    )}
  </tr>`;
}

function sameRow(call: PageCall, { shown }: MergeField, rows: readonly Row[]): SafeHtml {
  return html`<tr>
    <th scope="row">${shownLabel(shown)}</th>
    ${rows.map((row) => html`<td>${shownValue(call, row, shown)}</td>`)}
  </tr>`;
}
