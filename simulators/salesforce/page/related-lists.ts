import { newPath, recordPath } from "./addresses";
import { html, type SafeHtml } from "./html";
import { fieldsNamed, isTabbed, layoutOf } from "./layouts";
import { objectIcon } from "./object-icon";
import { nameOf, type PageCall } from "./page-call";
import { shownLabel, shownValue } from "./values";
import type { ChildRelationship, SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";

const SHOWN_ROWS = 50;
const FACTS = 3;

/** The records that point to a record, by relationship, each with New. */
export function relatedLists(call: PageCall, object: SObject, row: Row): SafeHtml[] {
  return object.children
    .filter(({ child, field }) => isTabbed(child) && field.childRelationshipName !== null)
    .map((relationship) => ({ relationship, rows: childRows(call, relationship, row) }))
    .filter(({ relationship: { child }, rows }) => rows.length > 0 || isShownEmpty(child, object, row))
    .map(({ relationship, rows }) => relatedList(call, relationship, rows, row));
}

/** A person has sales or none, but never contacts; child accounts are rare. */
function isShownEmpty(child: SObject, object: SObject, row: Row): boolean {
  return child.model.custom || (child.name !== object.name && row.IsPersonAccount !== true);
}

function childRows({ org }: PageCall, { child, field }: ChildRelationship, row: Row): Row[] {
  const table = org.store.table(child);
  if (!table.hasParentIndex(field)) return [];
  return table
    .byParent(field, String(row.Id))
    .filter((childRow) => row.IsPersonAccount !== true || childRow.Id !== row.PersonContactId);
}

function relatedList(
  call: PageCall,
  { child, field }: ChildRelationship,
  rows: readonly Row[],
  parent: Row,
): SafeHtml {
  const { labelPlural, createable } = child.model;
  const defaults = { defaultFieldValues: `${field.name}=${String(parent.Id)}` };
  const facts = fieldsNamed(child, layoutOf(child).columns).filter(
    ({ name, type }) => name !== "Name" && type !== "reference",
  );
  return html`<section class="card related">
    <header>
      ${objectIcon(child)}
      <h2>${labelPlural} (${rows.length})</h2>
      <div class="actions">
        ${
          createable && field.createable
            ? html`<a
                class="button"
                href="${newPath(child.name, defaults)}"
                aria-label="New ${child.model.label}"
                >New</a
              >`
            : ""
        }
      </div>
    </header>
    ${
      rows.length === 0
        ? html`<p class="none">No items to display.</p>`
        : html`<ul>
            ${rows.slice(0, SHOWN_ROWS).map((row) => relatedRow(call, child, row, facts))}
          </ul>`
    }
    ${rows.length > SHOWN_ROWS ? html`<p class="count">The first ${SHOWN_ROWS} are shown.</p>` : ""}
  </section>`;
}

function relatedRow(call: PageCall, child: SObject, row: Row, facts: readonly FieldModel[]): SafeHtml {
  return html`<li>
    <a href="${recordPath(child.name, String(row.Id))}">${nameOf(child, row)}</a>
    ${facts
      .filter((field) => (row[field.name] ?? null) !== null)
      .slice(0, FACTS)
      .map((field) => html`<div class="facts">${shownLabel(field)}: ${shownValue(call, row, field)}</div>`)}
  </li>`;
}
