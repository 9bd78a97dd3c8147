import type { Delivery } from "../webhook/deliveries";
import { html, type Html } from "./html";
import { timeOfDay } from "./layout";

const words = {
  accepted: "accepted",
  again: "to send again",
  abandoned: "abandoned",
  duplicate: "sent twice",
} as const;

/** Deliveries, newest first. */
export function deliveryList(deliveries: readonly Delivery[]): Html {
  if (deliveries.length === 0) return html`<p class="soft">Nothing has been sent yet.</p>`;
  return html`${deliveries.map(row)}`;
}

function row(delivery: Delivery): Html {
  const failed = delivery.verdict === "again" || delivery.verdict === "abandoned";
  const { keys } = delivery;
  const named =
    keys.length > 3 ? `${keys.slice(0, 3).join(", ")} and ${keys.length - 3} more` : keys.join(", ");
  return html`<div class="row">
    <span>${delivery.stream}, payload ${delivery.bucket}, try ${delivery.attempt}</span>
    <span class="soft small">${timeOfDay(delivery.startedAt)}</span>
    <span class="small">${named} · ${delivery.outcome}, ${delivery.durationMs} ms</span>
    <span class="${failed ? "tag bad" : "tag"}">${words[delivery.verdict]}</span>
  </div>`;
}
