import { listPath, mergePath, newPath, withQuery } from "./addresses";
import { findRows, type RowOrder } from "./find-rows";
import { frame } from "./frame";
import { html, type SafeHtml } from "./html";
import { missingPage } from "./message-page";
import { objectIcon } from "./object-icon";
import type { PageCall, PageReply } from "./page-call";
import { recordTable } from "./record-table";
import { shownLabel } from "./values";
import type { SObject } from "../model/schema";

const ROWS_PER_PAGE = 50;
const MERGE_FORM = "merge";

/** The list view of an object, with search, pages, New and, for objects that can be merged, the choice of records. */
export function listPage(call: PageCall, objectName = ""): PageReply {
  const { org, query } = call;
  const object = call.schema.find(objectName);
  if (!object) return missingPage(call);
  const search = query.get("q") ?? "";
  const asked = Math.max(1, Math.floor(Number(query.get("page") ?? 1)) || 1);
  const order = orderOf(object, query);
  const found = findRows(org, object, search, (asked - 1) * ROWS_PER_PAGE, ROWS_PER_PAGE, order);
  const { rows, total } = found;
  const page = found.start / ROWS_PER_PAGE + 1;
  const { labelPlural } = object.model;
  const canMerge = isMergeable(object) && rows.length > 1;
  const content = html`<section class="card">
    <header>
      ${objectIcon(object)}
      <div>
        <div class="eyebrow">${labelPlural}</div>
        <h1>All ${labelPlural}</h1>
      </div>
      <form class="filter" action="${listPath(object.name)}" role="search">
        <input
          type="search"
          name="q"
          value="${search}"
          placeholder="Search this list…"
          aria-label="Search this list"
        />
      </form>
      <div class="actions">
        ${
          canMerge
            ? html`<form id="${MERGE_FORM}" action="${mergePath(object.name)}">
                <button class="button">Merge selected</button>
              </form>`
            : ""
        }
        ${object.model.createable ? html`<a class="button brand" href="${newPath(object.name)}">New</a>` : ""}
      </div>
    </header>
    <p class="count">
      ${counted(total)}${search === "" ? "" : html` for “${search}”`} • Sorted by
      ${order ? shownLabel(order.field) : "last change"}
    </p>
    ${
      rows.length === 0
        ? emptyList(object, search)
        : recordTable(call, object, rows, {
            order,
            pathInOrder: (next) => pathOf(object, search, next, 1),
            selectInForm: canMerge ? MERGE_FORM : undefined,
          })
    }
    ${pager((target) => pathOf(object, search, order, target), page, Math.ceil(total / ROWS_PER_PAGE))}
  </section>`;
  return { status: 200, html: frame(call, labelPlural, content, { active: object }) };
}

/** Whether this user may merge records: the others are deleted, the one that stays is changed. */
export function isMergeable({ model }: SObject): boolean {
  return model.mergeable && model.updateable && model.deletable;
}

export function counted(count: number): string {
  return count === 1 ? "1 item" : `${count} items`;
}

function emptyList(object: SObject, search: string): SafeHtml {
  const { labelPlural, createable } = object.model;
  return html`<p class="none">
    No items to display.
    ${
      search !== ""
        ? html`<br /><a href="${listPath(object.name)}">Show all ${labelPlural.toLowerCase()}</a>`
        : createable
          ? html`<br />Records that come from outside appear here, or
              <a href="${newPath(object.name)}">make the first one</a>.`
          : ""
    }
  </p>`;
}

/** `?sort=Name` or, the other way round, `?sort=-Name`. */
function orderOf(object: SObject, query: URLSearchParams): RowOrder | undefined {
  const sort = query.get("sort") ?? "";
  const isDescending = sort.startsWith("-");
  const field = object.field(isDescending ? sort.slice(1) : sort);
  return field?.sortable ? { field, isDescending } : undefined;
}

function pathOf(object: SObject, search: string, order: RowOrder | undefined, page: number): string {
  return withQuery(listPath(object.name), {
    ...(search === "" ? {} : { q: search }),
    ...(order ? { sort: `${order.isDescending ? "-" : ""}${order.field.name}` } : {}),
    ...(page === 1 ? {} : { page: String(page) }),
  });
}

function pager(to: (page: number) => string, page: number, last: number): SafeHtml {
  if (last < 2) return html``;
  return html`<nav class="pages" aria-label="Pages">
    ${page > 1 ? html`<a href="${to(page - 1)}">Previous</a>` : html`<span></span>`}
    <span>Page ${page} of ${last}</span>
    ${page < last ? html`<a href="${to(page + 1)}">Next</a>` : html`<span></span>`}
  </nav>`;
}
