import { frame, objectIcon } from "./frame";
import { html, type SafeHtml } from "./html";
import { fieldsNamed, isTabbed, layoutOf, sectionsOf } from "./layouts";
import { recordPath, shownLabel, shownValue } from "./values";
import type { ChildRelationship, SObject } from "../model/schema";
import type { Row } from "../model/types";
import type { Org } from "../org/org";

const RELATED_ROWS = 50;
const RELATED_FACTS = 3;

/** One record: highlights, its fields by section, its related lists. */
export function recordPage(org: Org, object: SObject, row: Row): string {
  const name = String(row.Name ?? row.Id);
  const highlights = fieldsNamed(object, layoutOf(object).highlights).filter(
    (field) => (row[field.name] ?? null) !== null,
  );
  const related = relatedLists(org, object, row);
  const content = html`<section class="card">
      <header>
        ${objectIcon(object)}
        <div>
          <div class="eyebrow">${object.model.label}</div>
          <h1>${name}</h1>
        </div>
      </header>
      <dl class="highlights">
        ${highlights.map(
          (field) =>
            html`<div>
              <dt>${shownLabel(field)}</dt>
              <dd>${shownValue(org, row, field)}</dd>
            </div>`,
        )}
      </dl>
    </section>
    <div class="${related.length > 0 ? "record" : ""}">
      <section class="card" aria-label="Details">${sectionsOf(object, row).map(details)}</section>
      <div>${related}</div>
    </div>`;
  return frame(org, name, content, object);

  function details(section: ReturnType<typeof sectionsOf>[number]): SafeHtml {
    return html`<div class="section">
      <h2>${section.title}</h2>
      <dl>
        ${section.fields.map(
          (field) =>
            html`<div>
              <dt>${shownLabel(field)}</dt>
              <dd>${shownValue(org, row, field)}</dd>
            </div>`,
        )}
      </dl>
    </div>`;
  }
}

function relatedLists(org: Org, object: SObject, row: Row): SafeHtml[] {
  return object.children
    .filter(({ child, field }) => isTabbed(child) && field.childRelationshipName !== null)
    .map((relationship) => ({ relationship, rows: childRows(org, relationship, row) }))
    .filter(({ relationship: { child }, rows }) => rows.length > 0 || isShownEmpty(child, object, row))
    .map(({ relationship, rows }) => relatedList(org, relationship, rows));
}

/** A person has sales or none, but never contacts; child accounts are rare. */
function isShownEmpty(child: SObject, object: SObject, row: Row): boolean {
  return child.model.custom || (child !== object && row.IsPersonAccount !== true);
}

function childRows(org: Org, { child, field }: ChildRelationship, row: Row): Row[] {
  const children = org.store.table(child).byParent(field, String(row.Id));
  return children.filter((childRow) => row.IsPersonAccount !== true || childRow.Id !== row.PersonContactId);
}

function relatedList(org: Org, { child }: ChildRelationship, rows: readonly Row[]): SafeHtml {
  const facts = fieldsNamed(child, layoutOf(child).columns).filter(
    ({ name, type }) => name !== "Name" && type !== "reference",
  );
  return html`<section class="card related">
    <header>
      ${objectIcon(child)}
      <h2>${child.model.labelPlural} (${rows.length})</h2>
    </header>
    <ul>
      ${rows.slice(0, RELATED_ROWS).map(
        (row) =>
          html`<li>
            <a href="${recordPath(child.name, String(row.Id))}">${row.Name ?? row.Id}</a>
            ${facts
              .filter((field) => (row[field.name] ?? null) !== null)
              .slice(0, RELATED_FACTS)
              .map(
                (field) =>
                  html`<div class="facts">${shownLabel(field)}: ${shownValue(org, row, field)}</div>`,
              )}
          </li>`,
      )}
    </ul>
    ${rows.length > RELATED_ROWS ? html`<p class="count">The first ${RELATED_ROWS} are shown.</p>` : ""}
  </section>`;
}
