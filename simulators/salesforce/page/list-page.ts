import { frame, listPath, objectIcon } from "./frame";
import { html } from "./html";
import { matchingRows, recordTable } from "./record-table";
import type { SObject } from "../model/schema";
import type { Org } from "../org/org";

const ROWS_PER_PAGE = 50;

/** The list view of an object, with search and pages. */
export function listPage(org: Org, object: SObject, query: URLSearchParams): string {
  const search = query.get("q") ?? "";
  const rows = matchingRows(org, object, search);
  const last = Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE));
  const page = Math.min(last, Math.max(1, Number(query.get("page") ?? 1) || 1));
  const start = (page - 1) * ROWS_PER_PAGE;
  const { labelPlural } = object.model;
  const content = html`<section class="card">
    <header>
      ${objectIcon(object)}
      <div>
        <div class="eyebrow">${labelPlural}</div>
        <h1>All ${labelPlural}</h1>
      </div>
      <form class="filter" action="${listPath(object)}" role="search">
        <input
          type="search"
          name="q"
          value="${search}"
          placeholder="Search this list…"
          aria-label="Search this list"
        />
      </form>
    </header>
    <p class="count">
      ${counted(rows.length)}${search === "" ? "" : html` for “${search}”`} • Sorted by last change
    </p>
    ${
      rows.length === 0
        ? html`<p class="none">No items to display.</p>`
        : recordTable(org, object, rows.slice(start, start + ROWS_PER_PAGE))
    }
    ${last > 1 ? pager(object, search, page, last) : ""}
  </section>`;
  return frame(org, labelPlural, content, object);
}

export function counted(count: number): string {
  return count === 1 ? "1 item" : `${count} items`;
}

function pager(object: SObject, search: string, page: number, last: number) {
  const to = (target: number) => {
    const parameters = new URLSearchParams({ ...(search === "" ? {} : { q: search }), page: String(target) });
    return `${listPath(object)}?${parameters.toString()}`;
  };
  return html`<nav class="pages" aria-label="Pages">
    ${page > 1 ? html`<a href="${to(page - 1)}">Previous</a>` : html`<span></span>`}
    <span>Page ${page} of ${last}</span>
    ${page < last ? html`<a href="${to(page + 1)}">Next</a>` : html`<span></span>`}
  </nav>`;
}
