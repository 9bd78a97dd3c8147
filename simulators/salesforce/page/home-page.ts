import { frame, listPath, objectIcon } from "./frame";
import { html, type SafeHtml } from "./html";
import { isTabbed } from "./layouts";
import { counted } from "./list-page";
import { matchingRows, recordTable } from "./record-table";
import type { Org } from "../org/org";

const RECENT_ROWS = 8;
const RESULT_ROWS = 10;

/** Counts of every object, and what changed last. */
export function homePage(org: Org): string {
  const content = html`<div class="tiles">
      ${org.schema.objects.filter(isTabbed).map(
        (object) =>
          html`<a class="tile" href="${listPath(object)}"
            >${objectIcon(object)}<span
              ><b>${org.store.table(object).countLive}</b>${object.model.labelPlural}</span
            ></a
          >`,
      )}
    </div>
    ${sections(org, "", RECENT_ROWS, "Recently changed")}`;
  return frame(org, "Home", content);
}

/** Records of all tabbed objects that contain a text. */
export function searchPage(org: Org, query: URLSearchParams): string {
  const search = query.get("q") ?? "";
  return frame(org, "Search", sections(org, search, RESULT_ROWS, "Found"), undefined, search);
}

function sections(org: Org, search: string, limit: number, eyebrow: string): SafeHtml {
  return html`${org.schema.objects.filter(isTabbed).map((object) => {
    const rows = matchingRows(org, object, search);
    const { labelPlural } = object.model;
    const parameters = search === "" ? "" : `?${new URLSearchParams({ q: search }).toString()}`;
    return html`<section class="card">
      <header>
        ${objectIcon(object)}
        <div>
          <div class="eyebrow">${eyebrow}</div>
          <h1>${labelPlural}</h1>
        </div>
      </header>
      ${
        rows.length === 0
          ? html`<p class="none">No items to display.</p>`
          : recordTable(org, object, rows.slice(0, limit))
      }
      <p class="pages">
        <span>${counted(rows.length)}</span><a href="${listPath(object)}${parameters}">View all</a>
      </p>
    </section>`;
  })}`;
}
