import { deletePath, editPath } from "./addresses";
import { frame } from "./frame";
import { html, type SafeHtml } from "./html";
import { fieldsNamed, layoutOf, sectionsOf, type Section } from "./layouts";
import { missingPage } from "./message-page";
import { objectIcon } from "./object-icon";
import { findRecord, nameOf, type PageCall, type PageReply } from "./page-call";
import { relatedLists } from "./related-lists";
import { readableDateTime, recordLink, shownLabel, shownValue } from "./values";
import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";

/** When a user did what the lookup field tells, in one line with it as Lightning does. */
const MOMENT_OF: Readonly<Record<string, string>> = {
  CreatedById: "CreatedDate",
  LastModifiedById: "LastModifiedDate",
};

/** One record: highlights and actions, its fields by section, its related lists. */
export function recordPage(call: PageCall, objectName: string | undefined, idText = ""): PageReply {
  const record = findRecord(call, idText, objectName);
  if (!record) return missingPage(call);
  const { object, row, id } = record;
  call.org.recentlyViewed.add(call.userId, id);
  const related = relatedLists(call, object, row);
  const content = html`${highlightsPanel(call, object, row)}
    <div class="${related.length > 0 ? "record" : ""}">
      <section class="card" aria-label="Details">
        ${sectionsOf(object, row).map((section) => details(call, row, section))}
      </section>
      <div>${related}</div>
    </div>`;
  return { status: 200, html: frame(call, nameOf(object, row), content, { active: object }) };
}

function highlightsPanel(call: PageCall, object: SObject, row: Row): SafeHtml {
  const { model, name } = object;
  const id = String(row.Id);
  const highlights = fieldsNamed(object, layoutOf(object).highlights).filter(
    (field) => (row[field.name] ?? null) !== null,
  );
  const isPersonsContact = name === "Contact" && row.IsPersonAccount === true;
  return html`<section class="card">
    <header>
      ${objectIcon(object)}
      <div>
        <div class="eyebrow">${model.label}</div>
        <h1>${nameOf(object, row)}</h1>
      </div>
      <div class="actions">
        ${model.updateable ? html`<a class="button" href="${editPath(name, id)}">Edit</a>` : ""}
        ${
          model.deletable && !isPersonsContact
            ? html`<a class="button" href="${deletePath(name, id)}">Delete</a>`
            : ""
        }
      </div>
    </header>
    <dl class="highlights">${highlights.map((field) => fact(call, row, field))}</dl>
  </section>`;
}

function details(call: PageCall, row: Row, { title, fields }: Section): SafeHtml {
  return html`<div class="section">
    <h2>${title}</h2>
    <dl>${fields.map((field) => fact(call, row, field))}</dl>
  </div>`;
}

function fact(call: PageCall, row: Row, field: FieldModel): SafeHtml {
  const moment = MOMENT_OF[field.name];
  const value = moment
    ? html`${recordLink(call, String(row[field.name]))}, ${readableDateTime(String(row[moment]))}`
    : shownValue(call, row, field);
  return html`<div>
    <dt>${shownLabel(field)}</dt>
    <dd>${value}</dd>
  </div>`;
}
