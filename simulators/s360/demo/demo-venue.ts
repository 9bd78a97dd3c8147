import type { JsonObject } from "../venue/json";
import { textOf } from "../venue/json";
import { individual, relay, structure } from "./contacts";
import type { Numbers } from "./numbers";
import { order, refund } from "./orders";
import type { Random } from "./random";

/** The day on which the demo venue was founded as a demo: nothing in it is younger. Fixed, so that a seed is enough. */
const today = new Date("2026-11-01T12:00:00.000Z");
const minuteMs = 60_000;

const companies = [
  "Étoile Productions",
  "Acme Hospitality AG",
  "Müller & Söhne",
  "City of Lakeside",
  "Lycée des Rives",
  "Chœur des Alpes",
  "Banque du Quai",
  "Hôtel Belle-Époque",
  "Ångström Instruments",
  "Verein Alte Mühle",
  "FC Rive Fan Club",
  "O'Brien Travel",
  "Studio Nørby",
  "Fondation Crépin",
  "Gymnasium Seeblick",
  "Les Amis de l'Opéra",
  "Zürcher Reisen",
  "Cooperativa Forlì",
  "Van der Berg Logistics",
  "Clinique du Parc",
];

export type DemoVenue = { contacts: JsonObject[]; orders: JsonObject[] };

/**
 * 200 people, 20 structures with two or three relays each, 120 orders: the same for the same seed. Contacts are in
 * no particular order, because S-360 promises none: a relay may come before its structure.
 */
export function demoVenue(random: Random, numbers: Numbers, institution: string): DemoVenue {
  const structures = companies.map((name) => structure(random, numbers, name, today));
  const relays = structures.flatMap((company, index) =>
    Array.from({ length: 2 + (index % 2) }, () => relay(random, numbers, company, today)),
  );
  const people = Array.from({ length: 200 }, () => individual(random, numbers, today));
  const contacts = random.shuffle([...structures, ...relays, ...people]);
  const buyers = [...people, ...people, ...relays, ...structures];
  return { contacts, orders: demoOrders(random, numbers, institution, buyers) };
}

function demoOrders(
  random: Random,
  numbers: Numbers,
  institution: string,
  buyers: JsonObject[],
): JsonObject[] {
  const ages = Array.from({ length: 120 }, () => random.integer(60, 200 * 24 * 60)).sort((a, b) => b - a);
  const sales: JsonObject[] = [];
  return ages.map((ageMinutes, index) => {
    const at = new Date(today.getTime() - ageMinutes * minuteMs);
    const sale = index % 10 === 9 ? sales.splice(random.integer(0, sales.length - 1), 1)[0] : undefined;
    if (sale !== undefined) return refund(random, numbers, institution, sale, at);
    const type = random.pick(["SALE", "SALE", "SALE", "SALE", "RESERVATION", "OPTION"] as const);
    const buyer = textOf(random.pick(buyers).contactNumber);
    const made = order(random, numbers, institution, buyer, type, at);
    if (type === "SALE") sales.push(made);
    return made;
  });
}
