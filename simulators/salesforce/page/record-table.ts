import { html, type SafeHtml } from "./html";
import { fieldsNamed, layoutOf } from "./layouts";
import { recordPath, shownLabel, shownValue } from "./values";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import type { Org } from "../org/org";

/** Records of one object as a table, which folds into blocks on a narrow screen. */
export function recordTable(org: Org, object: SObject, rows: readonly Row[]): SafeHtml {
  const columns = fieldsNamed(object, layoutOf(object).columns);
  return html`<table>
    <thead>
      <tr>
        ${columns.map((field) => html`<th scope="col">${shownLabel(field)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${columns.map(
              (field) =>
                html`<td data-label="${shownLabel(field)}">
                  <span
                    >${
                      field.name === "Name"
                        ? html`<a href="${recordPath(object.name, String(row.Id))}">${row.Name ?? row.Id}</a>`
                        : shownValue(org, row, field)
                    }</span
                  >
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Live rows, last modified first, that contain the text in a name, key, e-mail or phone field. */
export function matchingRows(org: Org, object: SObject, search: string): Row[] {
  const wanted = search.trim().toLowerCase();
  const names = object.model.fields
    .filter(
      ({ type, nameField, externalId }) => nameField || externalId || type === "email" || type === "phone",
    )
    .map((field) => field.name)
    .concat("Id");
  const rows: Row[] = [];
  for (const row of org.store.table(object).all()) {
    if (row.IsDeleted) continue;
    const isMatch = names.some((name) =>
      String(row[name] ?? "")
        .toLowerCase()
        .includes(wanted),
    );
    if (wanted === "" || isMatch) rows.push(row);
  }
  return rows
    .reverse()
    .sort((a, b) =>
      String(a.SystemModstamp) < String(b.SystemModstamp)
        ? 1
        : a.SystemModstamp === b.SystemModstamp
          ? 0
          : -1,
    );
}
