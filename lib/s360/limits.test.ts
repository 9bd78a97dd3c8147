import { describe, expect, it } from "vitest";
import { tooLong } from "./limits";

const fits = {
  contactNumber: "9".repeat(20),
  individualContact: { individualFirstName: "é".repeat(100), individualLastName: "M".repeat(100) },
  addresses: [{ street1: "s".repeat(100), zipCode: "12345678", town: "t".repeat(20), countryCode: "CH" }],
  communicationMeans: [{ email: `${"e".repeat(238)}@example.org`, phone: `33 / ${"1".repeat(15)}` }],
  authorizations: [{ authorizationCode: "EMAILING", allowed: true }],
};

describe("what S-360 takes", () => {
  it("is taken up to the last character", () => {
    expect(tooLong(fits)).toEqual([]);
  });

  it("is told with its place, its length and the limit", () => {
    const contact = {
      contactNumber: "9".repeat(21),
      individualContact: { individualFirstName: "A".repeat(101), individualLastName: "M" },
      addresses: [
        fits.addresses[0],
        { street4: "s".repeat(101), zipCode: "123456789", town: "t".repeat(21) },
      ],
      communicationMeans: [{ email: "e".repeat(251) }],
      authorizations: [{ authorizationCode: "NEWSLETTER" }],
    };
    expect(tooLong(contact)).toEqual([
      { path: "contactNumber", length: 21, most: 20 },
      { path: "individualContact.individualFirstName", length: 101, most: 100 },
      { path: "addresses[1].street4", length: 101, most: 100 },
      { path: "addresses[1].zipCode", length: 9, most: 8 },
      { path: "addresses[1].town", length: 21, most: 20 },
      { path: "communicationMeans[0].email", length: 251, most: 250 },
      { path: "authorizations[0].authorizationCode", length: 10, most: 8 },
    ]);
  });

  it.each([
    ["41 / 079 123 45 67", []],
    ["+41 79 123 45 67", []],
    ["0041 (79) 123-45-67", []],
    [`41 / ${"1".repeat(16)}`, [{ path: "communicationMeans[0].cellularPhone", length: 16, most: 15 }]],
  ])("counts of a phone the national number only: %s", (cellularPhone, expected) => {
    expect(tooLong({ communicationMeans: [{ cellularPhone }] })).toEqual(expected);
  });

  it("is not asked of what is absent, empty or of another type", () => {
    expect(tooLong({})).toEqual([]);
    expect(tooLong({ individualContact: null, addresses: [null, 5], communicationMeans: "none" })).toEqual(
      [],
    );
    expect(tooLong({ contactNumber: 5, addresses: [{ town: null }] })).toEqual([]);
  });
});
