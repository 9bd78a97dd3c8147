/**
 * The fields that go both ways by default, written down a second time: from the default mappings and S-360's and
 * Salesforce's own notations, not from the connector's code. Each tells what either side holds in one comparable form.
 */
import { birthdayOf, dayOf, dayOfEdit, phoneOf } from "./notations";
import type { VenueContact } from "./venue";

export type Kind = "person" | "relay" | "structure";
export type Comparable = string | null;

export interface TwoWayField {
  readonly name: string;
  /** The Salesforce field of each kind that has it. */
  readonly inOrg: Partial<Readonly<Record<Kind, string>>>;
  readonly ofVenue: (contact: VenueContact) => Comparable;
  readonly ofOrg: (value: unknown) => Comparable;
  /** What a person in Salesforce enters the nth time, given what is there. */
  readonly orgEntry: (n: number, present: unknown) => unknown;
  /** The contact as an operator of S-360 leaves it the nth time. */
  readonly venueEntry: (n: number, contact: VenueContact) => VenueContact;
  /** Entries are few and come again: what is there has to be looked at, so that every edit changes something. */
  readonly few?: boolean;
}

export const titles: Readonly<Record<string, string>> = { MR: "Mr.", MRS: "Mrs.", MISS: "Ms." };
const titleCodes = ["MR", "MRS", "MISS", "LADIES"];
const salutations = ["Mr.", "Mrs.", "Ms.", "Dr."];
const countries = ["CH", "FR", "DE", "IT", "AT", "BE"];

const text = (value: unknown): Comparable =>
  value === null || value === undefined || String(value).trim() === "" ? null : String(value).trim();
const clearing = (n: number) => n % 20 === 7;
const other = (list: readonly string[], n: number, present: unknown) => {
  const choices = list.filter((item) => item !== present);
  return choices[n % choices.length] ?? "";
};

const person = ({ individualContact }: VenueContact) => individualContact ?? {};
const main = ({ addresses }: VenueContact) => addresses.find((address) => address.main === true);
const first = (contact: VenueContact, name: "email" | "phone" | "cellularPhone") =>
  contact.communicationMeans.map((mean) => mean[name]).find((value) => text(value) !== null) ?? null;
const inPerson = (contact: VenueContact, change: object): VenueContact => ({
  ...contact,
  individualContact: { ...person(contact), ...change },
});
const inMain = (contact: VenueContact, change: object): VenueContact => ({
  ...contact,
  addresses: contact.addresses.map((address) => (address.main ? { ...address, ...change } : address)),
});
const inMeans = (contact: VenueContact, change: object): VenueContact => ({
  ...contact,
  communicationMeans: contact.communicationMeans.map((mean, i) => (i === 0 ? { ...mean, ...change } : mean)),
});
const onBoth = (personField: string, relayField: string) => ({ person: personField, relay: relayField });
const address = (part: string) => ({
  person: `PersonMailing${part}`,
  relay: `Mailing${part}`,
  structure: `Billing${part}`,
});
const lines = (...parts: unknown[]) =>
  parts
    .map(text)
    .filter((part) => part !== null)
    .join("\n") || null;
const national = (prefix: string, n: number) => prefix + String(n).padStart(7, "0");

export const fields: readonly TwoWayField[] = [
  {
    name: "first name",
    inOrg: onBoth("FirstName", "FirstName"),
    ofVenue: (contact) => text(person(contact).individualFirstName),
    ofOrg: text,
    orgEntry: (n) => `Ada ${n}`,
    venueEntry: (n, contact) => inPerson(contact, { individualFirstName: `Zoé ${n}` }),
  },
  {
    name: "last name",
    inOrg: onBoth("LastName", "LastName"),
    ofVenue: (contact) => text(person(contact).individualLastName),
    ofOrg: text,
    orgEntry: (n) => `Lovelace-${n}`,
    venueEntry: (n, contact) => inPerson(contact, { individualLastName: `Müller ${n}` }),
  },
  {
    name: "official name",
    inOrg: { structure: "Name" },
    ofVenue: ({ structureContact }) => text(structureContact?.officialName),
    ofOrg: text,
    orgEntry: (n) => `Theatre ${n} Ltd`,
    venueEntry: (n, contact) => ({
      ...contact,
      structureContact: { ...contact.structureContact, officialName: `Opéra ${n} SA` },
    }),
  },
  {
    name: "salutation",
    few: true,
    inOrg: onBoth("Salutation", "Salutation"),
    // A code that stands for nothing in Salesforce is told by its own name.
    ofVenue: (contact) => {
      const code = text(person(contact).title);
      return code === null ? null : (titles[code] ?? `code ${code}`);
    },
    ofOrg: text,
    orgEntry: (n, present) => other(salutations, n, present),
    venueEntry: (n, contact) => inPerson(contact, { title: other(titleCodes, n, person(contact).title) }),
  },
  {
    name: "e-mail",
    inOrg: onBoth("PersonEmail", "Email"),
    ofVenue: (contact) => text(first(contact, "email"))?.toLowerCase() ?? null,
    ofOrg: (value) => text(value)?.toLowerCase() ?? null,
    orgEntry: (n) => `Crm${n}@Mail.example`,
    venueEntry: (n, contact) => inMeans(contact, { email: `Desk${n}@mail.example` }),
  },
  {
    name: "mobile phone",
    inOrg: onBoth("PersonMobilePhone", "MobilePhone"),
    ofVenue: (contact) => phoneOf(first(contact, "cellularPhone")),
    ofOrg: phoneOf,
    orgEntry: (n) => (clearing(n) ? null : `+41 79 ${national("", n)}`),
    venueEntry: (n, contact) =>
      inMeans(contact, { cellularPhone: clearing(n) ? null : `41 / ${national("078", n)}` }),
  },
  {
    name: "phone",
    inOrg: { ...onBoth("PersonHomePhone", "HomePhone"), structure: "Phone" },
    ofVenue: (contact) => phoneOf(first(contact, "phone")),
    ofOrg: phoneOf,
    orgEntry: (n) => (clearing(n) ? null : `+41 21 ${national("", n)}`),
    venueEntry: (n, contact) =>
      inMeans(contact, { phone: clearing(n) ? null : `41 / ${national("022", n)}` }),
  },
  {
    name: "birthday",
    inOrg: onBoth("PersonBirthdate", "Birthdate"),
    ofVenue: (contact) => dayOf(person(contact).birthday),
    ofOrg: text,
    orgEntry: (n) => (clearing(n) ? null : dayOfEdit(n)),
    venueEntry: (n, contact) =>
      inPerson(contact, { birthday: clearing(n) ? null : birthdayOf(dayOfEdit(n)) }),
  },
  {
    name: "street",
    inOrg: address("Street"),
    ofVenue: (contact) => {
      const at = main(contact);
      return lines(at?.street1, at?.street2, at?.street3, at?.street4);
    },
    ofOrg: (value) => lines(...String(value ?? "").split(/\r?\n/)),
    orgEntry: (n) => (n % 2 ? `${n} Via Roma\nScala B` : `${n} Via Roma`),
    venueEntry: (n, contact) =>
      inMain(contact, { street1: `${n} quai du Rhône`, street2: n % 2 ? "2e étage" : null }),
  },
  {
    name: "city",
    inOrg: address("City"),
    // A flow of the org writes cities of people in capitals.
    ofVenue: (contact) => text(main(contact)?.town)?.toUpperCase() ?? null,
    ofOrg: (value) => text(value)?.toUpperCase() ?? null,
    orgEntry: (n) => `Bern ${n}`,
    venueEntry: (n, contact) => inMain(contact, { town: `Lutry ${n}` }),
  },
  {
    name: "postal code",
    inOrg: address("PostalCode"),
    ofVenue: (contact) => text(main(contact)?.zipCode),
    ofOrg: text,
    orgEntry: (n) => `S${10_000 + n}`,
    venueEntry: (n, contact) => inMain(contact, { zipCode: `V${10_000 + n}` }),
  },
  {
    name: "country",
    few: true,
    inOrg: address("Country"),
    ofVenue: (contact) => text(main(contact)?.countryCode),
    ofOrg: text,
    orgEntry: (n, present) => other(countries, n, present),
    venueEntry: (n, contact) =>
      inMain(contact, { countryCode: other(countries, n, main(contact)?.countryCode) }),
  },
  {
    name: "e-mail opt-out",
    few: true,
    inOrg: onBoth("PersonHasOptedOutOfEmail", "HasOptedOutOfEmail"),
    ofVenue: ({ authorizations }) => {
      const email = authorizations.find(({ authorizationCode }) => authorizationCode === "EMAIL");
      return email ? String(!email.allowed) : null;
    },
    ofOrg: (value) => String(value === true),
    orgEntry: (_n, present) => present !== true,
    venueEntry: (_n, contact) => ({
      ...contact,
      authorizations: contact.authorizations.map((one) =>
        one.authorizationCode === "EMAIL" ? { ...one, allowed: !one.allowed } : one,
      ),
    }),
  },
];

export const fieldsOf = (kind: Kind) => fields.filter((field) => field.inOrg[kind] !== undefined);
