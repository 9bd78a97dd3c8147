/**
 * The longest text of each member, in characters. Documented: contact number, names, streets, town, phone and e-mail
 * (import format), zip code and authorization code (contact API, String(8)). The others are assumed.
 */
export const longest = {
  contactNumber: 20,
  individualFirstName: 100,
  individualLastName: 100,
  individualGender: 20,
  function: 100,
  officialName: 100,
  addressName1: 100,
  addressName2: 100,
  structureType: 40,
  vatNumber: 40,
  name: 100,
  street1: 100,
  street2: 100,
  street3: 100,
  street4: 100,
  zipCode: 8,
  town: 20,
  email: 250,
  /** Digits of the national number, behind "prefix / ". */
  nationalPhone: 15,
  authorizationCode: 8,
  criterionCode: 40,
  criterionValue: 250,
  connectionType: 40,
} as const;
