import { deletedState } from "./anonymise";
import { idText, objectsOf, type JsonObject } from "./json";
import { contactKind, VenueError, type Venue } from "./venue";

/**
 * Makes `head` the one contact of two: the loser is gone, its orders and what is connected to it belong to the head.
 * Returns how many orders moved. Throws VenueError when the two cannot be merged.
 */
export function mergeContacts(venue: Venue, head: string, loser: string): { movedOrders: number } {
  const [kept, lost] = [venue.body("contacts", head), venue.body("contacts", loser)];
  if (head === loser) throw new VenueError("A contact cannot be merged into itself.");
  if ((contactKind(kept) === "structure") !== (contactKind(lost) === "structure"))
    throw new VenueError(`${head} and ${loser} cannot be merged: one is a structure, the other is not.`);
  if (kept.state === deletedState) throw new VenueError(`${head} was anonymised and cannot be the head.`);
  let movedOrders = 0;
  for (const [key, order] of venue.orders) {
    if (idText(order.contactReference) !== loser) continue;
    venue.orders.set(key, { ...order, contactReference: head });
    movedOrders += 1;
  }
  for (const [key, contact] of venue.contacts)
    if (connects(contact, loser)) venue.contacts.set(key, reconnected(contact, loser, head));
  venue.contacts.delete(loser);
  return { movedOrders };
}

function connects(contact: JsonObject, number: string): boolean {
  return objectsOf(contact.contactConnections).some((each) => idText(each.contactNumber) === number);
}

function reconnected(contact: JsonObject, loser: string, head: string): JsonObject {
  const connections = objectsOf(contact.contactConnections).map((each) =>
    idText(each.contactNumber) === loser ? { ...each, contactNumber: head } : each,
  );
  return { ...contact, contactConnections: connections };
}
