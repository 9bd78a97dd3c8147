import { idText, isObject, objectsOf, textOf, type Json, type JsonObject } from "./json";

export type Stream = "contacts" | "orders";
export const streams: readonly Stream[] = ["contacts", "orders"];

type ContactKind = "individual" | "relay" | "structure";

/** What the venue knows: the current body of every contact and of every order, by their S-360 number. */
export class Venue {
  readonly contacts = new Map<string, JsonObject>();
  readonly orders = new Map<string, JsonObject>();

  /** Creates or replaces a contact body. Returns its number; throws VenueError when it has none. */
  putContact(body: Json): string {
    return this.put("contacts", body);
  }

  /** Creates or replaces an order body, given with or without `orderDetailsData`. Returns its id. */
  putOrder(item: Json): string {
    return this.put("orders", item);
  }

  put(stream: Stream, item: Json): string {
    const [key, body] = keyed(stream, item);
    this[stream].set(key, body);
    return key;
  }

  /** Puts every item, or none when one of them has no number (VenueError). */
  putAll(stream: Stream, items: readonly Json[]): string[] {
    for (const item of items) keyed(stream, item);
    return items.map((item) => this.put(stream, item));
  }

  /** The body as it is now. Throws VenueError for a number the venue does not know. */
  body(stream: Stream, key: string): JsonObject {
    const body = this[stream].get(key);
    if (body === undefined) throw new VenueError(`Unknown in ${stream}: ${key}.`);
    return body;
  }

  counts(): Record<ContactKind | "orders" | "operations", number> {
    const counts = { individual: 0, relay: 0, structure: 0, orders: this.orders.size, operations: 0 };
    for (const contact of this.contacts.values()) counts[contactKind(contact)] += 1;
    for (const order of this.orders.values()) counts.operations += objectsOf(order.operationDatas).length;
    return counts;
  }

  clear(): void {
    this.contacts.clear();
    this.orders.clear();
  }
}

function keyed(stream: Stream, item: Json): [key: string, body: JsonObject] {
  const inner =
    stream === "orders" && isObject(item) && isObject(item.orderDetailsData) ? item.orderDetailsData : item;
  const name = stream === "contacts" ? "contactNumber" : "orderId";
  const key = isObject(inner) ? idText(inner[name]) : null;
  if (key === null || !isObject(inner))
    throw new VenueError(`Each of the ${stream} needs a ${name}, as text or number.`);
  return [key, inner];
}

/** The caller asked for something that the venue cannot do. The message is meant to be read. */
export class VenueError extends Error {}

/** Kind of a contact. Values of `type` and `role`: assumption, reference "S-360 integration surface" §8.2, §8.3. */
export function contactKind(contact: JsonObject): ContactKind {
  if (contact.type === "STRUCTURE") return "structure";
  return contact.role === "RELAY" ? "relay" : "individual";
}

/** The name people know a contact by. */
export function contactName(contact: JsonObject): string {
  if (isObject(contact.structureContact)) return textOf(contact.structureContact.officialName);
  const person = isObject(contact.individualContact) ? contact.individualContact : {};
  return [textOf(person.individualFirstName), textOf(person.individualLastName)].filter(Boolean).join(" ");
}
