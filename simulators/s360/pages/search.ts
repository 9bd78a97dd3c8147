import { idText, isObject, objectsOf, textOf, type JsonObject } from "../venue/json";
import { contactKind, contactName, type Venue } from "../venue/venue";

export type List = "people" | "structures" | "orders";
export type Line = { key: string; href: string; title: string; about: string };

/** The lines of one list whose text holds every word that is searched for; case and accents do not matter. */
export function searchVenue(venue: Venue, list: List, query: string): Line[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const lines = list === "orders" ? [...venue.orders].map(orderLine).reverse() : contactLines(venue, list);
  return lines.filter((line) => {
    const text = plain(`${line.key} ${line.title} ${line.about}`);
    return words.every((word) => text.includes(word));
  });
}

/** First value of a key that is a text and not empty, over the communication means. */
export function firstMeans(contact: JsonObject, key: string): string {
  return (
    objectsOf(contact.communicationMeans)
      .map((means) => textOf(means[key]))
      .find(Boolean) ?? ""
  );
}

export function mainAddressOf(contact: JsonObject): JsonObject | undefined {
  return objectsOf(contact.addresses).find((address) => address.main === true);
}

function contactLines(venue: Venue, list: Exclude<List, "orders">): Line[] {
  const wanted = [...venue.contacts].filter(
    ([, contact]) => (contactKind(contact) === "structure") === (list === "structures"),
  );
  const lines = wanted.map(([key, contact]) => ({
    key,
    href: `/contacts/${encodeURIComponent(key)}`,
    title: contactName(contact) || "(no name)",
    about: contactAbout(contact),
  }));
  return lines.sort((a, b) => a.title.localeCompare(b.title));
}

function contactAbout(contact: JsonObject): string {
  const address = mainAddressOf(contact);
  const town = [textOf(address?.town), textOf(address?.countryCode)].filter(Boolean).join(" ");
  const relay =
    contactKind(contact) === "relay"
      ? `${textOf(contact.function) || "relay"} of ${structureOf(contact)}`
      : "";
  return [relay, firstMeans(contact, "email"), town].filter(Boolean).join(" · ");
}

function structureOf(relay: JsonObject): string {
  return idText(objectsOf(relay.contactConnections)[0]?.contactNumber) ?? "no structure";
}

function orderLine([key, order]: [string, JsonObject]): Line {
  const currency = isObject(order.catalogCurrency) ? textOf(order.catalogCurrency.currencyCode) : "";
  const operations = objectsOf(order.operationDatas);
  const total = operations.reduce((sum, operation) => sum + (Number(operation.totalAmount) || 0), 0) / 1000;
  const products = operations.map((operation) => textOf(operation.product)).join(", ");
  return {
    key,
    href: `/orders/${encodeURIComponent(key)}`,
    title: `${textOf(order.orderType) || "Order"}, ${total.toFixed(2)} ${currency}`,
    about: [`contact ${idText(order.contactReference) ?? "none"}`, products].filter(Boolean).join(" · "),
  };
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
}
