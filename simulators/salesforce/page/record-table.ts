import { recordPath } from "./addresses";
import type { RowOrder } from "./find-rows";
import { html, type SafeHtml } from "./html";
import { fieldsNamed, layoutOf } from "./layouts";
import { nameOf, type PageCall } from "./page-call";
import { shownLabel, shownValue } from "./values";
import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";

export interface TableOptions {
  /** How the rows are ordered, and the address of the list in another order. */
  order?: RowOrder;
  pathInOrder?: (order: RowOrder) => string;
  /** A box before each row, which sends its id as `id` with the form named. */
  selectInForm?: string;
}

/** Records of one object as a table, which folds into blocks on a narrow screen. */
export function recordTable(
  call: PageCall,
  object: SObject,
  rows: readonly Row[],
  options: TableOptions = {},
): SafeHtml {
  const { selectInForm } = options;
  const columns = fieldsNamed(object, layoutOf(object).columns);
  return html`<table class="${selectInForm === undefined ? "" : "selectable"}">
    <thead>
      <tr>
        ${selectInForm === undefined ? "" : html`<th scope="col"><span class="hidden">Select</span></th>`}
        ${columns.map((field) => columnHead(field, options))}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${selectInForm === undefined ? "" : selectCell(object, row, selectInForm)}
            ${columns.map(
              (field) =>
                html`<td data-label="${shownLabel(field)}">
                  <span>${cell(call, object, row, field)}</span>
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A head that orders the list by its column, and the other way round when it does already. */
function columnHead(field: FieldModel, { order, pathInOrder }: TableOptions): SafeHtml {
  const label = shownLabel(field);
  if (!pathInOrder || !field.sortable || field.type === "reference") {
    return html`<th scope="col">${label}</th>`;
  }
  const isActive = order?.field.name === field.name;
  const isDescending = isActive && !order.isDescending;
  const direction = order?.isDescending ? "descending" : "ascending";
  return html`<th scope="col" ${isActive ? html`aria-sort="${direction}"` : ""}>
    <a href="${pathInOrder({ field, isDescending })}"
      >${label}${isActive ? html` <span aria-hidden="true">${order.isDescending ? "↓" : "↑"}</span>` : ""}</a
    >
  </th>`;
}

function selectCell(object: SObject, row: Row, form: string): SafeHtml {
  return html`<td class="select">
    <input
      type="checkbox"
      name="id"
      value="${row.Id}"
      form="${form}"
      aria-label="Select ${nameOf(object, row)}"
    />
  </td>`;
}

function cell(call: PageCall, object: SObject, row: Row, field: FieldModel): SafeHtml {
  return field.name === "Name"
    ? html`<a href="${recordPath(object.name, String(row.Id))}">${nameOf(object, row)}</a>`
    : shownValue(call, row, field);
}
