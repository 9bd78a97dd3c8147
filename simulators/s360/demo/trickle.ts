import { deletedState } from "../venue/anonymise";
import { objectsOf } from "../venue/json";
import { contactKind, type Venue } from "../venue/venue";
import { individual, mainAddress } from "./contacts";
import { s360Instant } from "./local-midnight";
import type { Numbers } from "./numbers";
import { order } from "./orders";
import type { Random } from "./random";

type Change = { contacts: string[]; orders: string[] };

/**
 * What happens at a venue in a few seconds: somebody buys, moves, or comes for the first time. Changes the venue
 * and names what changed; one or two things at a time.
 */
export function trickle(
  random: Random,
  numbers: Numbers,
  venue: Venue,
  institution: string,
  now: Date,
): Change {
  const changed: Change = { contacts: [], orders: [] };
  for (let left = random.integer(1, 2); left > 0; left -= 1) {
    const what =
      living(venue).length === 0 ? "new person" : random.pick(["order", "order", "move", "new person"]);
    if (what === "new person") {
      const newcomer = { ...individual(random, numbers, now), creationDate: s360Instant(now) };
      changed.contacts.push(venue.putContact(newcomer));
    }
    if (what === "move") changed.contacts.push(...move(random, numbers, venue));
    if (what === "order") {
      const [buyer] = random.pick(living(venue));
      const type = random.pick(["SALE", "SALE", "SALE", "RESERVATION"] as const);
      changed.orders.push(venue.putOrder(order(random, numbers, institution, buyer, type, now)));
    }
  }
  return changed;
}

/** Whoever was anonymised does nothing any more. */
function living(venue: Venue) {
  return [...venue.contacts].filter(([, contact]) => contact.state !== deletedState);
}

function move(random: Random, numbers: Numbers, venue: Venue): string[] {
  const people = living(venue).flatMap(([, contact]) =>
    contactKind(contact) === "individual" ? [contact] : [],
  );
  if (people.length === 0) return [];
  const person = random.pick(people);
  const others = objectsOf(person.addresses).filter((address) => address.main !== true);
  return [venue.putContact({ ...person, addresses: [mainAddress(random, numbers), ...others] })];
}
