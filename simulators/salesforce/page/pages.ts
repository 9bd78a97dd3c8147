import { frame } from "./frame";
import { homePage, searchPage } from "./home-page";
import { html } from "./html";
import { listPage } from "./list-page";
import { recordPage } from "./record-page";
import type { SObject } from "../model/schema";
import { normaliseId } from "../org/ids";
import type { Org } from "../org/org";

interface Page {
  status: number;
  html: string;
}

const LIST = /^\/lightning\/o\/(\w+)\/list$/;
const RECORD = /^\/lightning\/r\/(?:(\w+)\/)?(\w+)\/view$/;
const BARE_ID = /^\/([A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?)$/;

/** The pages for people, at Lightning's own addresses; undefined for a path that is none of them. */
export function answerPage(org: Org, path: string, query: URLSearchParams): Page | undefined {
  if (path === "/") return { status: 200, html: homePage(org) };
  if (path === "/lightning/search") return { status: 200, html: searchPage(org, query) };
  const list = LIST.exec(path);
  if (list) {
    const object = org.schema.find(list[1] ?? "");
    return object ? { status: 200, html: listPage(org, object, query) } : missing(org);
  }
  const id = RECORD.exec(path)?.[2] ?? BARE_ID.exec(path)?.[1];
  return id === undefined ? undefined : record(org, id, RECORD.exec(path)?.[1]);
}

function record(org: Org, idText: string, objectName: string | undefined): Page {
  const id = normaliseId(idText) ?? "";
  const object: SObject | undefined = org.schema.ofId(id);
  const row = object && org.store.table(object).get(id);
  const isOther = objectName !== undefined && objectName.toLowerCase() !== object?.name.toLowerCase();
  if (!object || !row || row.IsDeleted || isOther) return missing(org);
  return { status: 200, html: recordPage(org, object, row) };
}

function missing(org: Org): Page {
  const content = html`<section class="card">
    <p class="none">
      This record or list is not here. It may have been deleted, or the simulated org was reset. Choose a tab
      above to go on.
    </p>
  </section>`;
  return { status: 404, html: frame(org, "Page not found", content) };
}
