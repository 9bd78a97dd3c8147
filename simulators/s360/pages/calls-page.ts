import type { ApiCall } from "../api/call-log";
import type { Simulator } from "../simulator";
import { html, type Html } from "./html";
import { timeOfDay } from "./layout";

const shown = 100;

/** The last calls of the API, and how much of the limits is in use. */
export function callsPage(simulator: Simulator): Html {
  const { total, refusedBy, byMethod } = simulator.api.log.counts();
  const calls = simulator.api.log.latest(shown);
  const methods = Object.entries(byMethod).map(([method, count]) => `${method} ${count}`);
  return html`<h1>API calls</h1>
    <section class="card">
      ${limitUse(simulator)}
      <p class="soft small">
        ${total} calls so far${methods.length > 0 ? `: ${methods.join(", ")}` : ""}. Refused:
        ${refusedBy.minute} over the limit per minute, ${refusedBy.month} over the monthly quota,
        ${refusedBy.token} for the token, ${refusedBy.request} for their form.
      </p>
    </section>
    <section class="card">
      <h2>The last ${shown}</h2>
      ${callList(calls)}
    </section>`;
}

/** Two sentences on the limits. */
export function limitUse(simulator: Simulator): Html {
  const { callsPerMinute, callsPerMonth } = simulator.settings.api;
  const { lastMinute, thisMonth } = simulator.api.limits.use(new Date());
  return html`<p>
    <strong>${lastMinute}</strong> ${limit(callsPerMinute)} in the last minute, <strong>${thisMonth}</strong>
    ${limit(callsPerMonth)} this month
  </p>`;
}

/** Calls, newest first: what was asked, of whom, when, and what came of it. */
export function callList(calls: readonly ApiCall[]): Html {
  if (calls.length === 0) return html`<p class="soft">Nobody has called yet.</p>`;
  return html`${calls.map(row)}`;
}

function row({ method, contactNumber, orderId, at, status, outcome }: ApiCall): Html {
  const key = contactNumber ?? orderId;
  const list = contactNumber === null ? "orders" : "contacts";
  const whose = key === null ? null : html`<a href="/${list}/${encodeURIComponent(key)}">${key}</a> · `;
  return html`<div class="row">
    <span>${method}</span>
    <span class="soft small">${timeOfDay(at)}</span>
    <span class="small">${whose}${outcome}</span>
    <span class="${outcome === "success" ? "tag" : "tag bad"}">${status ?? "broken"}</span>
  </div>`;
}

function limit(calls: number): string {
  return calls === 0 ? "calls" : `of ${calls} calls`;
}
