import { html, SafeHtml } from "./html";
import { isTabbed, layoutOf } from "./layouts";
import { STYLES } from "./styles";
import type { SObject } from "../model/schema";
import type { Org } from "../org/org";

/** The whole page around its content: header with search, tabs, content. */
export function frame(org: Org, title: string, content: SafeHtml, active?: SObject, search = ""): string {
  const tabs = org.schema.objects.filter(isTabbed);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} | Simulated Salesforce</title>
        <link rel="icon" href="data:," />
        <style>
          ${new SafeHtml(STYLES)}
        </style>
      </head>
      <body>
        <header class="global">
          <a class="logo" href="/" aria-label="Home">${CLOUD}</a>
          <form class="search" action="/lightning/search" role="search">
            <input
              type="search"
              name="q"
              value="${search}"
              placeholder="Search…"
              aria-label="Search all records"
            />
          </form>
          <span class="who">Simulated org</span>
        </header>
        <nav class="tabs" aria-label="Objects">
          <strong>Sales</strong>
          <a href="/" ${active || title !== "Home" ? "" : new SafeHtml('aria-current="page"')}>Home</a>
          ${tabs.map(
            (object) =>
              html`<a
                href="${listPath(object)}"
                ${object === active ? new SafeHtml('aria-current="page"') : ""}
                >${object.model.labelPlural}</a
              >`,
          )}
        </nav>
        <main>${content}</main>
      </body>
    </html>`;
  return page.text;
}

export function listPath(object: SObject): string {
  return `/lightning/o/${object.name}/list`;
}

/** The coloured square that stands for an object. */
export function objectIcon(object: SObject): SafeHtml {
  const { icon, color } = layoutOf(object);
  return html`<span class="icon" style="background:${color}" aria-hidden="true">${icon}</span>`;
}

const CLOUD = html`<svg width="40" height="28" viewBox="0 0 40 28" aria-hidden="true">
  <path
    fill="#0d9dda"
    d="M16 4a8 8 0 0 1 13 1 9 9 0 1 1 3 18 7 7 0 0 1-10 3 8 8 0 0 1-13-1A7 7 0 1 1 4 11a8 8 0 0 1 12-7z"
  />
</svg>`;
