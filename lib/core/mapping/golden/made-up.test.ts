import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeUp } from "./made-up";

const contact = {
  contactNumber: "0012030",
  contactId: 10228300012030,
  type: "INDIVIDUAL",
  creationDate: "2020-04-14T09:15:04.120+00:00",
  individualContact: {
    title: "MRS",
    individualFirstName: "Edna",
    individualLastName: "LEFÈVRE",
    birthday: "1980-04-24T23:00:00.000+00:00",
    language: "en",
  },
  addresses: [
    {
      main: true,
      street1: "110 rue du Lac",
      street3: null,
      zipCode: "01004",
      town: "Lausanne",
      countryCode: "CH",
    },
  ],
  communicationMeans: [{ email: "edna.lefevre30@mail.example", cellularPhone: "41 / 0797893523", phone: "" }],
  contactConnections: [{ contactNumber: "0012030" }],
  contactCriteria: [{ code: "GENRE", values: ["OPERA", "For Edna only"] }],
};

type Contact = typeof contact;
const made = () => makeUp(contact, 3).source as Contact;

describe("a record made nobody's", () => {
  test("holds no name, e-mail, phone, address, birth date or number of the person any more", () => {
    const text = JSON.stringify(made()).toLowerCase();
    const gone = [
      "edna",
      "lefèvre",
      "lefevre",
      "797893523",
      "110",
      "lac",
      "lausanne",
      "1980-04-24",
      "12030",
      "1004",
    ];
    for (const part of gone) expect(text).not.toContain(part);
  });

  test("keeps the shape of each value", () => {
    const { individualContact, addresses, communicationMeans, contactNumber, contactId } = made();
    expect(individualContact.individualFirstName).toMatch(/^[A-Z][a-z]+$/);
    expect(individualContact.individualLastName).toBe(individualContact.individualLastName.toUpperCase());
    expect(individualContact.birthday).toMatch(/^19\d\d-\d\d-\d\dT23:00:00.000\+00:00$/);
    expect(addresses[0]).toMatchObject({ street3: null, zipCode: expect.stringMatching(/^0\d{4}$/) });
    expect(addresses[0]?.street1).toMatch(/^\d{3} \p{Ll}+ \p{Ll}+ \p{Lu}\p{Ll}+$/u);
    expect(communicationMeans[0]?.email).toMatch(/^[a-z]+\.[a-z]+\d\d@mail\.example$/);
    expect(communicationMeans[0]?.cellularPhone).toMatch(/^41 \/ 0797\d{6}$/);
    expect(communicationMeans[0]?.phone).toBe("");
    expect(contactNumber).toMatch(/^00\d{5}$/);
    expect(Number.isSafeInteger(contactId)).toBe(true);
  });

  test("replaces the same value by the same one, also a name within another text", () => {
    const { contactNumber, contactConnections, contactCriteria, individualContact } = made();
    expect(contactConnections[0]?.contactNumber).toBe(contactNumber);
    const { individualFirstName } = individualContact;
    expect(contactCriteria[0]?.values[1]).toMatch(
      new RegExp(`^[A-Z][a-z]{2} ${individualFirstName} [a-z]{4}$`),
    );
  });

  test("leaves codes, flags and countries alone, and says what it replaced", () => {
    const { type, creationDate, addresses, contactCriteria } = made();
    expect({ type, creationDate }).toEqual({ type: "INDIVIDUAL", creationDate: contact.creationDate });
    expect(addresses[0]).toMatchObject({ main: true, countryCode: "CH" });
    expect(contactCriteria[0]).toMatchObject({ code: "GENRE" });
    const { replacements } = makeUp(contact, 3);
    expect(replacements).toContainEqual(
      expect.objectContaining({ path: "individualContact.individualFirstName", from: "Edna" }),
    );
    expect(replacements.every(({ from, to }) => from !== to)).toBe(true);
  });

  describe("wherever personal data stands", () => {
    const of = (more: object) =>
      makeUp({ individualContact: { individualFirstName: "Li", individualLastName: "Muster" }, ...more }, 1)
        .source as Record<string, unknown> & { individualContact: typeof contact.individualContact };

    test("names go from every place of a text, also inside of longer words", () => {
      const { individualContact, note1, note2, login, photoUrl } = of({
        note1: "Muster; Muster",
        note2: "Musterstrasse Muster",
        login: "li.muster",
        photoUrl: "https://x.example/li-muster.jpg",
      });
      const last = individualContact.individualLastName;
      expect(note1).toBe(`${last}; ${last}`);
      expect(note2).toBe(`${last}strasse ${last}`);
      expect(login).toBe(`${individualContact.individualFirstName}.${last}`.toLowerCase());
      expect(photoUrl).toMatch(
        new RegExp(String.raw`^https://\w\.\w{7}/${String(login).replace(".", "-")}\.\w{3}$`),
      );
    });

    test.each([
      ["birthDate", 315_532_800_000],
      ["birthYear", 1980],
      ["cellularPhone", 41_791_234_567],
      ["zipCode", 1200],
      ["other", 41_791_234_567],
    ])("the number %s %s becomes another of the same length", (key, value) => {
      const made = of({ [key]: value })[key];
      expect(made).not.toBe(value);
      expect(String(made)).toHaveLength(String(value).length);
    });

    test.each([
      ["value", "tel 079 123 45 67, or +41 (0)22 345 67 89"],
      ["contactVia", "0041791234567"],
      ["value", "CH93 0076 2011 6238 5295 7"],
      ["value", "CH9300762011623852957"],
      ["value", "756.1234.5678.97"],
      ["value", "RSSMRA80A01H501U"],
      ["ssn", "123-45-6789"],
      ["bankAccount", "CH93 0076 2011"],
      ["identityCard", "C1234567"],
      ["poBox", "PO 12"],
      ["dateOfBirth", "03.02.1980"],
      ["formattedAddress", "110 rue du Lac 1004 Lausanne"],
    ])("%s %s keeps its form and none of its numbers", (key, value) => {
      const made = String(of({ [key]: value })[key]);
      for (const number of value.match(/\d{2,}/g) ?? []) {
        if (number.length > 4) expect(made).not.toContain(number);
      }
      expect(made).not.toBe(value);
      expect(made.replace(/[\p{L}\d]/gu, "")).toBe(value.replace(/[\p{L}\d]/gu, ""));
    });

    test("people who are named beside, and members that hold names by their own name", () => {
      const text = JSON.stringify(
        of({
          addressee: "Anna Beispiel",
          accountHolder: "Anna Beispiel",
          household: "Muster with Peter and Jeanne",
          companyName: "Beispiel & Söhne AG",
        }),
      );
      expect(text).not.toMatch(/Anna|Beispiel|Peter|Jeanne|Muster|Söhne/);
      expect(text).toContain("AG");
    });

    test.each([
      ["nachname", "Beispiel"],
      ["Straße", "Hauptstrasse 5"],
      ["cognome", "Esempio"],
      ["apellidos", "Ejemplo García"],
      ["telefono", "+39 02 1234567"],
      ["fecha_nacimiento", "03/02/1980"],
      ["ortsteil", "Oberdorf"],
      ["lieblingsstück", "Carmen"],
      ["mitglied seit", "12.03.2011"],
      ["memberSince", 1_299_888_000_000],
      ["bonusPoints", 4_711],
      ["weight", 71.5],
    ])("under a name that nobody documents: %s", (key, value) => {
      const made = Object.values(of({ [key]: value })).at(-1);
      expect(made).not.toEqual(value);
      expect(typeof made).toBe(typeof value);
      for (const word of String(value).match(/\p{L}{3,}|\d{3,}/gu) ?? [])
        expect(String(made)).not.toContain(word);
    });

    test("what is made of a date is a date, of a phone a phone, and of the same word the same", () => {
      const made = of({
        since: "2011-03-12T23:00:00.000+00:00",
        day: "12.03.2011",
        call: "+41 79 123 45 67",
        contactCriteria: [{ code: "HOBBY", value: "Opera at home" }],
        hobby: "OPERA",
      });
      expect(made["since"]).toMatch(/^20\d\d-[01]\d-[0-2]\dT23:00:00.000\+00:00$/);
      expect(made["day"]).toMatch(/^\d\d\.\d\d\.20\d\d$/);
      expect(made["call"]).toMatch(/^\+41 [\d ]{12}$/);
      const [criterion] = made["contactCriteria"] as { code: string; value: string }[];
      expect(criterion?.code).toBe("HOBBY");
      expect(criterion?.value.split(" ")[0]?.toUpperCase()).toBe(made["hobby"]);
    });

    test("and what lines depend on stays", () => {
      const plain = {
        individualContact: { language: "li" },
        nationality: "LI",
        type: "INDIVIDUAL",
        hasWarning: false,
        authorizations: [{ authorizationCode: "MUSTER", allowed: true }],
        indicators: [{ code: "LI", value: "true" }],
        contactQualities: [
          { seasonId: 12_345, audienceCategories: [{ mainCategory: "MEMBER", price: 12_000 }] },
        ],
      };
      expect(of(plain)).toMatchObject({ ...plain, individualContact: { language: "li" } });
      const sale = {
        operation: {
          ...{
            productId: "10228300012030",
            eventId: 10228300012030,
            totalAmount: 482_000_000,
            vatRate: 2_100,
          },
          ...{
            product: "Carmen",
            space: "Row 12 - Seat 34",
            expirationDate: "2026-02-01T20:00:00.000+00:00",
          },
        },
        order: { orderType: "SALE", catalogCurrency: { currencyCode: "CHF", symbol: "Fr." }, remark: null },
      };
      expect(makeUp(sale, 1).source).toEqual(sale);
    });

    test("but nothing that is no code where a code belongs", () => {
      const { type, authorizations } = of({
        type: "a friend of Anna",
        authorizations: [{ authorizationCode: "anna@venue.ch", allowed: true }],
      }) as { type?: string; authorizations?: unknown };
      expect(JSON.stringify([type, authorizations])).not.toMatch(/anna|friend/i);
    });

    test("words that mappings name stay, unless their member is a person's", () => {
      const words = new Set(["GOLD", "Muster"]);
      const given = { level: "GOLD", nachname: "Muster", other: "SILVER" };
      const made = makeUp(given, 1, { words }).source as typeof given;
      expect(made.level).toBe("GOLD");
      expect(made.nachname).not.toBe("Muster");
      expect(made.other).not.toBe("SILVER");
    });
  });

  describe("and changed by hand", () => {
    const proposal = makeUp(contact, 3);

    test("stays as it was where it is made up already", () => {
      expect(makeUp(proposal.source, 3, { madeUp: proposal })).toEqual({ ...proposal, replacements: [] });
    });

    test("is made up again where a person typed something else", () => {
      const typed = { ...(proposal.source as Contact), function: "Edna's agent", contactId: 10228300012030 };
      const { source, replacements } = makeUp(typed, 3, { madeUp: proposal });
      expect(JSON.stringify(source)).not.toMatch(/Edna|agent|12030/);
      expect(replacements.map(({ path }) => path)).toEqual(["contactId", "function"]);
    });
  });

  test("of the documented payloads keeps nobody's name", () => {
    const payload = JSON.parse(readFileSync("e2e/payloads/contacts-50.json", "utf8")) as Contact[];
    payload.forEach((item, nth) => {
      const { individualFirstName, individualLastName } = item.individualContact ?? {};
      const text = JSON.stringify(makeUp(item, nth).source);
      for (const name of [individualFirstName, individualLastName])
        if (name) expect(text).not.toContain(`"${name}"`);
    });
  });

  test("can be made of any JSON, and keeps its structure", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(1000), (source, seed) => {
        const { source: other } = makeUp(source, seed);
        expect(shapeOf(other)).toEqual(shapeOf(source));
        expect(makeUp(source, seed).source).toEqual(other);
      }),
    );
  });
});

function shapeOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return typeof value;
  const inner = Object.values(value).map(shapeOf);
  // Names of members may become others, and those that are numbers stand first.
  return Array.isArray(value) ? inner : { members: inner.map((one) => JSON.stringify(one)).sort() };
}
