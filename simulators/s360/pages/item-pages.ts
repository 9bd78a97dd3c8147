import type { Simulator } from "../simulator";
import { idText, writeJson, type JsonObject } from "../venue/json";
import { contactKind, contactName, type Stream } from "../venue/venue";
import { callList } from "./calls-page";
import { contactFields } from "./contact-form";
import { deliveryList } from "./delivery-list";
import { html, type Html } from "./html";
import { timeOfDay } from "./layout";

/** One contact: its form, its body, its deliveries. */
export function contactPage(simulator: Simulator, key: string, contact: JsonObject): Html {
  const path = `/contacts/${encodeURIComponent(key)}`;
  return html`<h1>${contactName(contact) || "(no name)"}</h1>
    <p class="soft">
      ${contactKind(contact)} ${key}${queued(simulator, "contacts", key)}. ${writtenLast(simulator, key)}.
    </p>
    <form class="card" method="post" action="${path}">
      ${contactFields(contact)}
      <p class="actions"><button>Save and queue</button></p>
    </form>
    <section class="card actions">
      <form method="post" action="${path}/order">
        <button class="quiet">New order for this contact</button>
      </form>
      <form method="post" action="${path}/queue"><button class="quiet">Queue without a change</button></form>
      <a href="/?list=orders&q=${encodeURIComponent(key)}">Orders</a>
    </section>
    <section class="card actions">
      <form class="search" method="post" action="${path}/merge">
        <input
          name="into"
          aria-label="Number of the contact that stays"
          placeholder="Number that stays"
          required
          autocomplete="off"
        />
        <button class="quiet">Merge into it</button>
      </form>
      <form method="post" action="${path}/anonymise"><button class="quiet">Anonymise</button></form>
      <span class="soft small">Neither can be undone.</span>
    </section>
    <section class="card">
      <h2>API calls</h2>
      ${callList(simulator.api.log.latest(10, undefined, key))}
    </section>
    ${bodyAndDeliveries(simulator, "contacts", key, contact)}`;
}

export function newPersonPage(): Html {
  return html`<h1>New person</h1>
    <form class="card" method="post" action="/contacts/new">
      ${contactFields(blankPerson)}
      <p class="actions"><button>Create and queue</button></p>
    </form>`;
}

/** What a person is before the form is filled in. */
export const blankPerson: JsonObject = {
  type: "INDIVIDUAL",
  role: "PUBLIC",
  state: "ACTIVE",
  function: null,
  individualContact: { title: "UNDEFINED", birthday: null, language: "en" },
  addresses: [],
  communicationMeans: [],
  authorizations: [],
  contactCriteria: [],
  indicators: [],
  contactConnections: [],
};

/** One order: its body, its deliveries. */
export function orderPage(simulator: Simulator, key: string, order: JsonObject): Html {
  const contact = idText(order.contactReference);
  return html`<h1>Order ${key}</h1>
    <p class="soft">
      ${contact === null ? "Anonymous" : html`Contact <a href="/contacts/${encodeURIComponent(contact)}">${contact}</a>`}${queued(simulator, "orders", key)}
    </p>
    <section class="card actions">
      <form method="post" action="/orders/${encodeURIComponent(key)}/queue">
        <button class="quiet">Queue without a change</button>
      </form>
    </section>
    ${bodyAndDeliveries(simulator, "orders", key, order)}`;
}

function writtenLast(simulator: Simulator, key: string): string {
  const write = simulator.lastWrites.of(key);
  if (write === undefined) return "Not changed since the venue was set up";
  const writers = {
    api: "through the API",
    operator: "by an operator",
    venue: "by the venue's own life",
  };
  return `Last written ${writers[write.by]}, ${write.at.slice(0, 10)} ${timeOfDay(write.at)}`;
}

function queued(simulator: Simulator, stream: Stream, key: string): string {
  return simulator.webhooks[stream].queue.holds(key) ? ", waits in the queue" : "";
}

function bodyAndDeliveries(simulator: Simulator, stream: Stream, key: string, body: JsonObject): Html {
  return html`<section class="card">
      <h2>Deliveries</h2>
      ${deliveryList(simulator.deliveries.latest(10, stream, key))}
    </section>
    <section class="card">
      <h2>Body</h2>
      <pre tabindex="0">${writeJson(body, 2)}</pre>
    </section>`;
}
