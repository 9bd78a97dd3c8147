import { frame } from "./frame";
import { html, type SafeHtml } from "./html";
import type { PageCall, PageReply } from "./page-call";

/** For an address without record, list or form. */
export function missingPage(call: PageCall): PageReply {
  return messagePage(
    call,
    404,
    "Page not found",
    html`This record or list is not here. It may have been deleted, or the simulated org was reset. Choose a
    tab above to go on.`,
  );
}

/** For what the acting user may not do. */
export function refusedPage(call: PageCall): PageReply {
  return messagePage(
    call,
    403,
    "Insufficient Privileges",
    html`You do not have the level of access necessary to perform the operation you requested. Act as another
    user, or choose a tab above to go on.`,
  );
}

/** For a form that does not carry this browser's token. */
export function strangeFormPage(call: PageCall): PageReply {
  return messagePage(
    call,
    403,
    "Form not taken",
    html`This form is from before the simulated org was started again, or from another site. Nothing was
      saved. <a href="${call.path}">Open the form again</a>.`,
  );
}

function messagePage(call: PageCall, status: number, title: string, message: SafeHtml): PageReply {
  const content = html`<section class="card">
    <h1 class="alone">${title}</h1>
    <p class="none">${message}</p>
  </section>`;
  return { status, html: frame(call, title, content) };
}
