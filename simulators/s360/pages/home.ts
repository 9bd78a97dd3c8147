import type { Simulator } from "../simulator";
import { streams, type Stream } from "../venue/venue";
import { limitUse } from "./calls-page";
import { deliveryList } from "./delivery-list";
import { html, type Html } from "./html";
import { timeOfDay } from "./layout";
import { searchVenue, type Line, type List } from "./search";

const perPage = 50;

/** Lists with search, the two queues, the last deliveries. */
export function homePage(simulator: Simulator, query: URLSearchParams): Html {
  const asked = query.get("list");
  const list: List = asked === "structures" || asked === "orders" ? asked : "people";
  const words = query.get("q") ?? "";
  const lines = searchVenue(simulator.venue, list, words);
  const last = Math.max(1, Math.ceil(lines.length / perPage));
  const page = Math.min(last, Math.max(1, Math.trunc(Number(query.get("page"))) || 1));
  return html`<div class="pair">
      ${streams.map((stream) => webhookCard(simulator, stream))} ${apiCard(simulator)}
    </div>
    <section class="card">
      <div class="actions">
        ${listLinks(simulator, list)}
        <form class="search" method="get" action="/" role="search">
          <input type="hidden" name="list" value="${list}" />
          <input
            type="search"
            name="q"
            value="${words}"
            aria-label="Search ${list}"
            placeholder="Search ${list}"
          />
          <button class="quiet">Search</button>
        </form>
        <a href="/contacts/new">New person</a>
      </div>
    </section>
    <section class="card">
      ${lines.slice((page - 1) * perPage, page * perPage).map((line) => row(simulator, list, line))}
      ${lines.length === 0 ? html`<p class="soft">Nothing found.</p>` : pageLinks(list, words, page, last, lines.length)}
    </section>
    <section class="card">
      <h2>Last deliveries</h2>
      ${deliveryList(simulator.deliveries.latest(15))}
    </section>`;
}

function webhookCard(simulator: Simulator, stream: Stream): Html {
  const { queue, runs } = simulator.webhooks[stream];
  const { batchSize, bucketSize, v1 } = simulator.settings[stream];
  const waiting = queue.waitingBuckets();
  const held = waiting.reduce((sum, bucket) => sum + bucket.keys.length, 0);
  const run = runs.at(-1);
  const next = simulator.schedules[stream].nextRunAt;
  const abandoned = simulator.deliveries.abandoned.filter((each) => each.stream === stream).length;
  return html`<section class="card">
    <h2>${stream === "contacts" ? "Contact webhook" : "Order webhook"}</h2>
    <p>
      <strong>${queue.changedCount() + held}</strong> in the queue, ${waiting.length} payloads to send again
    </p>
    ${abandoned > 0 ? html`<p class="bad">${abandoned} payloads abandoned</p>` : null}
    <p class="soft small">
      ${run === undefined ? "No run yet" : `Last run ${timeOfDay(run.startedAt)}: ${run.items} in ${run.payloads} payloads, ${run.accepted} accepted`}.
      ${next === null ? "Runs on demand only" : `Next run ${timeOfDay(next.toISOString())}`}. At most
      ${batchSize} a run,
      ${v1 === null ? `${bucketSize} a payload, to ${simulator.settings.pushTo ?? "nowhere"}` : `numbers only, by ${v1.method}`}.
    </p>
    <form method="post" action="/run">
      <input type="hidden" name="stream" value="${stream}" /><button class="quiet">Send now</button>
    </form>
  </section>`;
}

function apiCard(simulator: Simulator): Html {
  const { refused } = simulator.api.log.counts();
  const [last] = simulator.api.log.latest(1);
  return html`<section class="card">
    <h2>API</h2>
    ${limitUse(simulator)}
    ${refused > 0 ? html`<p class="bad">${refused} ${refused === 1 ? "call" : "calls"} refused</p>` : null}
    <p class="soft small">
      ${last === undefined ? "No call yet" : `Last call ${timeOfDay(last.at)}: ${last.method}, ${last.status ?? "broken"}`}.
      Operator ${simulator.settings.api.operator}.
    </p>
    <p><a href="/calls">Last calls</a></p>
  </section>`;
}

function listLinks(simulator: Simulator, current: List): Html {
  const { individual, relay, structure, orders } = simulator.venue.counts();
  const counts = { people: individual + relay, structures: structure, orders };
  const link = (list: List, name: string) =>
    list === current
      ? html`<a href="/?list=${list}" aria-current="page">${name} (${counts[list]})</a>`
      : html`<a href="/?list=${list}">${name} (${counts[list]})</a>`;
  return html`<nav aria-label="Lists">
    ${[link("people", "People"), link("structures", "Structures"), link("orders", "Orders")]}
  </nav>`;
}

function row(simulator: Simulator, list: List, line: Line): Html {
  const queued = simulator.webhooks[list === "orders" ? "orders" : "contacts"].queue.holds(line.key);
  return html`<div class="row">
    <a href="${line.href}">${line.title}</a>
    <span class="soft small">${line.key}</span>
    <span class="small">${line.about}</span>
    ${queued ? html`<span class="tag">queued</span>` : html`<span></span>`}
  </div>`;
}

function pageLinks(list: List, words: string, page: number, last: number, found: number): Html {
  const link = (to: number, name: string) =>
    html`<a href="/?${new URLSearchParams({ list, q: words, page: String(to) }).toString()}">${name}</a>`;
  return html`<nav aria-label="Pages" class="small">
    <span class="soft">${found} found, page ${page} of ${last}</span>
    ${page > 1 ? link(page - 1, "Before") : null} ${page < last ? link(page + 1, "More") : null}
  </nav>`;
}
