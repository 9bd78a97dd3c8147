import { listPath, newPath, withQuery } from "./addresses";
import { findRows } from "./find-rows";
import { frame } from "./frame";
import { html, type SafeHtml } from "./html";
import { isTabbed } from "./layouts";
import { counted } from "./list-page";
import { objectIcon } from "./object-icon";
import type { PageCall, PageReply } from "./page-call";
import { recordTable } from "./record-table";
import type { SObject } from "../model/schema";

const RECENT_ROWS = 5;
const RESULT_ROWS = 10;

/** Counts of every object, and what changed last. */
export function homePage(call: PageCall): PageReply {
  const { org, schema } = call;
  const objects = schema.objects.filter(isTabbed);
  const filled = objects.filter((object) => org.store.table(object).countLive > 0);
  const content = html`<div class="tiles">
      ${objects.map(
        (object) =>
          html`<a class="tile" href="${listPath(object.name)}"
            >${objectIcon(object)}<span
              ><b>${org.store.table(object).countLive}</b>${object.model.labelPlural}</span
            ></a
          >`,
      )}
    </div>
    ${filled.length === 0 ? emptyOrg(objects) : ""}
    ${filled.map((object) => section(call, object, "", RECENT_ROWS, "Recently changed"))}`;
  return { status: 200, html: frame(call, "Home", content) };
}

/** Records of all tabbed objects that contain a text. */
export function searchPage(call: PageCall): PageReply {
  const search = call.query.get("q") ?? "";
  const content = html`${call.schema.objects
    .filter(isTabbed)
    .map((object) => section(call, object, search, RESULT_ROWS, "Found"))}`;
  return { status: 200, html: frame(call, "Search", content, { search }) };
}

function emptyOrg(objects: readonly SObject[]): SafeHtml {
  const account = objects.find(({ name, model }) => name === "Account" && model.createable);
  return html`<section class="card">
    <p class="none">
      This org has no records yet. What the connector writes appears here.
      ${account ? html`<br />Or make one: <a href="${newPath(account.name)}">New account</a>` : ""}
    </p>
  </section>`;
}

function section(call: PageCall, object: SObject, search: string, limit: number, eyebrow: string): SafeHtml {
  const { rows, total } = findRows(call.org, object, search, 0, limit);
  const { labelPlural } = object.model;
  return html`<section class="card">
    <header>
      ${objectIcon(object)}
      <div>
        <div class="eyebrow">${eyebrow}</div>
        <h1>${labelPlural}</h1>
      </div>
    </header>
    ${rows.length === 0 ? html`<p class="none">No items to display.</p>` : recordTable(call, object, rows)}
    <p class="pages">
      <span>${counted(total)}</span
      ><a href="${withQuery(listPath(object.name), search === "" ? {} : { q: search })}">View All</a>
    </p>
  </section>`;
}
