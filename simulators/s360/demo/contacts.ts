import type { JsonObject } from "../venue/json";
import { phoneNumber, pickCountry, street, type Country } from "./countries";
import { localMidnight, s360Instant } from "./local-midnight";
import type { Numbers } from "./numbers";
import type { Random } from "./random";

const extraLines = ["c/o Müller", "Bât. B", "3rd floor", "Hinterhaus", "BP 12"];
const genres = ["OPERA", "CONCERT", "JAZZ", "BALLET", "THEATRE", "SPORT"];
const mailHosts = ["mail.example", "post.example", "courriel.example"];

/** A person who buys for himself. The shapes are those of `getContactData`; see README for what is assumed. */
export function individual(random: Random, numbers: Numbers, createdBefore: Date): JsonObject {
  const country = pickCountry(random);
  return person(random, numbers, country, createdBefore, {
    role: "PUBLIC",
    function: null,
    contactConnections: [],
  });
}

const functions = [
  "Directrice",
  "Buchhaltung",
  "Comptable",
  "Group bookings",
  "Assistenz",
  "Responsable événements",
];

/** A person who acts for a structure, to which the first contactConnections entry points. */
export function relay(
  random: Random,
  numbers: Numbers,
  structure: JsonObject,
  createdBefore: Date,
): JsonObject {
  return person(random, numbers, pickCountry(random), createdBefore, {
    role: "RELAY",
    function: random.pick(functions),
    contactConnections: [{ contactNumber: structure.contactNumber ?? null, connectionType: "MEMBER_OF" }],
  });
}

/** A company or association. */
export function structure(random: Random, numbers: Numbers, name: string, createdBefore: Date): JsonObject {
  const contact = numbers.contact();
  const country = pickCountry(random);
  return {
    ...contact,
    type: "STRUCTURE",
    role: "PUBLIC",
    state: "ACTIVE",
    creationDate: createdAt(random, createdBefore),
    structureContact: {
      officialName: name,
      addressName1: name.toLocaleUpperCase("fr"),
      addressName2: null,
      structureType: random.pick(["COMPANY", "ASSOCIATION", "SCHOOL", "PUBLIC_BODY"]),
      vatNumber: country.code === "CH" ? `CHE${random.digits(9)}` : null,
    },
    addresses: addresses(random, numbers, country),
    communicationMeans: [
      {
        communicationMeanId: numbers.communicationMean(),
        contactAddressId: null,
        email: `info@${slug(name)}.example`,
        phone: random.chance(0.9) ? phoneNumber(random, country, "landline") : null,
      },
    ],
    authorizations: authorizations(random),
    contactCriteria: [{ code: "SECTOR", value: random.pick(["ARTS", "PUBLIC", "INDUSTRY", "EDUCATION"]) }],
    indicators: [],
    contactConnections: [],
  };
}

/** One new main address, for a contact that moves. */
export function mainAddress(random: Random, numbers: Numbers): JsonObject {
  return address(random, numbers, pickCountry(random), true);
}

function person(
  random: Random,
  numbers: Numbers,
  country: Country,
  createdBefore: Date,
  rest: { role: string; function: string | null; contactConnections: JsonObject[] },
): JsonObject {
  const contact = numbers.contact();
  const [firstName, gender] = random.pick(country.firstNames);
  const lastName = random.pick(country.lastNames);
  const titles = gender === "m" ? ["MR"] : ["MRS", "MRS", "MISS"];
  return {
    ...contact,
    type: "INDIVIDUAL",
    role: rest.role,
    state: "ACTIVE",
    creationDate: createdAt(random, createdBefore),
    function: rest.function,
    individualContact: {
      title: random.chance(0.12) ? "UNDEFINED" : random.pick(titles),
      individualFirstName: firstName,
      individualLastName: lastName,
      birthday: random.chance(0.15)
        ? null
        : localMidnight(random.integer(1938, 2007), random.integer(1, 12), random.integer(1, 28)),
      language: country.language,
    },
    addresses: addresses(random, numbers, country),
    communicationMeans: personalMeans(
      random,
      numbers,
      country,
      `${firstName} ${lastName}`,
      contact.contactNumber,
    ),
    authorizations: authorizations(random),
    contactCriteria: random.chance(0.6)
      ? [{ code: "GENRE", values: random.shuffle(genres).slice(0, 2) }]
      : [],
    indicators: [{ code: "VIP", value: String(random.chance(0.08)) }],
    contactConnections: rest.contactConnections,
  };
}

function personalMeans(
  random: Random,
  numbers: Numbers,
  country: Country,
  name: string,
  contactNumber: string,
) {
  if (random.chance(0.03)) return [];
  const email = `${slug(name, ".")}${Number(contactNumber) % 10_000}@${random.pick(mailHosts)}`;
  const means: JsonObject = {
    communicationMeanId: numbers.communicationMean(),
    contactAddressId: null,
    email: random.chance(0.08) ? null : email,
    cellularPhone: random.chance(0.2) ? null : phoneNumber(random, country, "mobile"),
  };
  if (random.chance(0.25)) means.phone = phoneNumber(random, country, "landline");
  return [means];
}

function addresses(random: Random, numbers: Numbers, country: Country): JsonObject[] {
  if (random.chance(0.03)) return [];
  const main = address(random, numbers, country, true);
  if (!random.chance(0.18)) return [main];
  return [main, address(random, numbers, random.chance(0.7) ? country : pickCountry(random), false)];
}

function address(random: Random, numbers: Numbers, country: Country, main: boolean): JsonObject {
  const [zipCode, town] = random.pick(country.towns);
  const second = random.chance(0.25) ? random.pick(extraLines) : null;
  return {
    contactAddressId: numbers.address(),
    main,
    billingAddress: main,
    shippingAddress: !main,
    street1: street(random, country),
    street2: second,
    street3: second !== null && random.chance(0.2) ? "2e étage" : null,
    street4: null,
    zipCode,
    town,
    countryCode: country.code,
  };
}

function authorizations(random: Random): JsonObject[] {
  const likely = { EMAIL: 0.7, SMS: 0.4, POST: 0.6 };
  return Object.entries(likely)
    .filter(() => !random.chance(0.04))
    .map(([authorizationCode, probability]) => ({ authorizationCode, allowed: random.chance(probability) }));
}

function createdAt(random: Random, before: Date): string {
  return s360Instant(new Date(before.getTime() - random.integer(1, 6 * 365 * 24 * 60) * 60_000));
}

/** ASCII letters, lower case, for mail addresses. */
function slug(name: string, separator = "-"): string {
  const plain = name.replace(/ß/g, "ss").replace(/[øØ]/g, "o").replace(/æ/g, "ae").normalize("NFD");
  const words = plain
    .replace(/[\u0300-\u036f']/g, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return (words ?? []).join(separator);
}
