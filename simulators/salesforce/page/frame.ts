import { actingUserMenu, tokenField } from "./acting-user";
import { HOME_PATH, listPath, RECYCLE_BIN_PATH, SCRIPT_PATH, SEARCH_PATH } from "./addresses";
import { html, SafeHtml } from "./html";
import { isTabbed } from "./layouts";
import type { PageCall } from "./page-call";
import { STYLES } from "./styles";
import type { SObject } from "../model/schema";

export interface FrameOptions {
  /** The object whose tab is the active one. */
  active?: SObject;
  /** What the search box holds. */
  search?: string;
}

/** The whole page around its content: header with search and user, tabs, toast, content. */
export function frame(call: PageCall, title: string, content: SafeHtml, options: FrameOptions = {}): string {
  const { active, search = "" } = options;
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
        <script src="${SCRIPT_PATH}" defer></script>
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="global">
          <a class="logo" href="${HOME_PATH}" aria-label="Home">${CLOUD}</a>
          <span class="badge">Simulated org</span>
          <form class="search" action="${SEARCH_PATH}" role="search">
            <input
              type="search"
              name="q"
              value="${search}"
              placeholder="Search…"
              aria-label="Search all records"
            />
          </form>
          ${actingUserMenu(call)}
        </header>
        <nav class="tabs" aria-label="Objects">
          <strong>Sales</strong>
          ${tab(HOME_PATH, "Home", title === "Home")}
          ${call.schema.objects
            .filter(isTabbed)
            .map((object) =>
              tab(listPath(object.name), object.model.labelPlural, object.name === active?.name),
            )}
          ${tab(RECYCLE_BIN_PATH, "Recycle Bin", title === "Recycle Bin")}
        </nav>
        ${toast(call)}
        <main id="content" tabindex="-1">${content}</main>
      </body>
    </html>`;
  return page.text;
}

function tab(path: string, label: string, isActive: boolean): SafeHtml {
  return html`<a href="${path}" ${isActive ? html`aria-current="page"` : ""}>${label}</a>`;
}

/** What is to be told once. */
function toast(call: PageCall): SafeHtml {
  const { session } = call;
  const { toast: told } = session;
  session.toast = undefined;
  if (!told) return html``;
  return html`<div class="toast ${told.kind}" role="${told.kind === "error" ? "alert" : "status"}">
    <span>${told.message}</span>
    ${
      told.undo
        ? html`<form method="post" action="${told.undo.path}">
            ${tokenField(call)}
            ${Object.entries(told.undo.fields).map(
              ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
            )}
            <button class="link">Undo</button>
          </form>`
        : ""
    }
    <a class="close" href="${call.path}" aria-label="Close this message">×</a>
  </div>`;
}

const CLOUD = html`<svg width="40" height="28" viewBox="0 0 40 28" aria-hidden="true">
  <path
    fill="#0d9dda"
    d="M16 4a8 8 0 0 1 13 1 9 9 0 1 1 3 18 7 7 0 0 1-10 3 8 8 0 0 1-13-1A7 7 0 1 1 4 11a8 8 0 0 1 12-7z"
  />
</svg>`;
