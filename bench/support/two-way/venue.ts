/** The invented venue of the two-way soak: full contacts, with list items that have ids and with what nothing maps. */
import { z } from "zod";
import type { Kind } from "./fields";

const address = z.looseObject({
  contactAddressId: z.number().optional(),
  main: z.boolean().nullish(),
  street1: z.string().nullish(),
  street2: z.string().nullish(),
  street3: z.string().nullish(),
  street4: z.string().nullish(),
  town: z.string().nullish(),
  zipCode: z.string().nullish(),
  countryCode: z.string().nullish(),
});
const mean = z.looseObject({
  email: z.string().nullish(),
  phone: z.string().nullish(),
  cellularPhone: z.string().nullish(),
});

/** A contact as the venue's control tells it; what is not named here is carried along. */
export const venueContactSchema = z.looseObject({
  contactNumber: z.string(),
  type: z.string(),
  role: z.string(),
  individualContact: z
    .looseObject({
      title: z.string().nullish(),
      individualFirstName: z.string().nullish(),
      individualLastName: z.string().nullish(),
      birthday: z.string().nullish(),
    })
    .optional(),
  structureContact: z.looseObject({ officialName: z.string().nullish() }).optional(),
  addresses: z.array(address),
  communicationMeans: z.array(mean),
  authorizations: z.array(z.looseObject({ authorizationCode: z.string(), allowed: z.boolean() })),
});

export type VenueContact = z.infer<typeof venueContactSchema>;

export function kindOf({ type, role }: VenueContact): Kind {
  if (type === "STRUCTURE") return "structure";
  return role === "RELAY" ? "relay" : "person";
}

export interface VenueSizes {
  readonly people: number;
  readonly structures: number;
  readonly relays: number;
}

export function makeVenue({ people, structures, relays }: VenueSizes): readonly VenueContact[] {
  return [
    ...numbered("02", structures, structure),
    ...numbered("01", people, person),
    ...numbered("03", relays, (key, i) => relay(key, i, `02${String(i % structures).padStart(6, "0")}`)),
  ];
}

function numbered(prefix: string, count: number, make: (key: string, i: number) => VenueContact) {
  return Array.from({ length: count }, (_, i) => make(prefix + String(i).padStart(6, "0"), i));
}

function person(key: string, i: number): VenueContact {
  return {
    ...base(key),
    type: "INDIVIDUAL",
    role: "PUBLIC",
    individualContact: {
      title: i % 2 ? "MRS" : "MR",
      individualFirstName: `Given ${key}`,
      individualLastName: `Family ${key}`,
      birthday: "1980-03-01T23:00:00.000+00:00",
      language: "fr",
    },
    authorizations: [
      { authorizationCode: "EMAIL", allowed: i % 3 === 0 },
      { authorizationCode: "SMS", allowed: true },
    ],
    contactConnections: [],
  };
}

function relay(key: string, i: number, of: string): VenueContact {
  const contactConnections = [{ contactNumber: of, connectionType: "MEMBER_OF" }];
  return { ...person(key, i), role: "RELAY", function: "Accounting", contactConnections };
}

function structure(key: string): VenueContact {
  return {
    ...base(key),
    type: "STRUCTURE",
    role: "PUBLIC",
    structureContact: { officialName: `Company ${key}`, vatNumber: `CHE-${key}` },
    authorizations: [],
    contactConnections: [],
  };
}

function base(key: string) {
  const id = Number(key) * 10;
  return {
    contactNumber: key,
    contactId: 50_000_000 + Number(key),
    state: "ACTIVE",
    addresses: [
      {
        ...{ contactAddressId: id + 1, main: false, billingAddress: true, street1: "PO Box 1" },
        ...{ town: "Bern", zipCode: "3000", countryCode: "CH" },
      },
      {
        ...{ contactAddressId: id + 2, main: true, street1: `${id} rue du Lac`, street2: null },
        ...{ town: "Lausanne", zipCode: "1004", countryCode: "CH" },
      },
    ],
    communicationMeans: [
      {
        ...{ communicationMeanId: id + 3, email: `soak${key}@mail.example` },
        ...{ phone: `41 / 021${key.slice(1)}`, cellularPhone: `41 / 07${key}` },
      },
    ],
    contactCriteria: [{ code: "NEWS", values: ["OPERA"] }],
  };
}
