import { describe, expect, it, test } from "vitest";
import { anonymisedMarksSchema, anonymousName, isAnonymised } from "./anonymised";

const marks = anonymisedMarksSchema.parse({});

describe("a contact is anonymised", () => {
  it.each([
    ["by its state", { state: "ACCOUNT_DELETED" }],
    ["however it is written", { state: " account_deleted " }],
    ["by a person's last name", { individualContact: { individualLastName: "XXXXXXXX" } }],
    ["by a structure's name", { structureContact: { officialName: "XXXXXXXX" } }],
    ["by its remark", { remark: "Contact anonymized" }],
    ["by the remark of the person", { individualContact: { remark: "Contact anonymized" } }],
  ])("%s", (_, contact) => expect(isAnonymised(contact, marks)).toBe(true));
});

describe("a contact is not", () => {
  it.each([
    ["for nothing said", {}],
    ["in another state", { state: "ACTIVE", individualContact: { individualLastName: "Frank" } }],
    [
      "for a first name",
      { individualContact: { individualFirstName: "XXXXXXXX", individualLastName: "Frank" } },
    ],
    ["for a longer name", { individualContact: { individualLastName: "XXXXXXXXX" } }],
    [
      "for the structure that a relay acts for",
      { individualContact: { individualLastName: "Frank" }, structureContact: { officialName: "XXXXXXXX" } },
    ],
    ["for what is no text", { state: 1, remark: ["Contact anonymized"], individualContact: "XXXXXXXX" }],
  ])("%s", (_, contact) => expect(isAnonymised(contact, marks)).toBe(false));
});

test("a venue may have other marks, and none", () => {
  const own = anonymisedMarksSchema.parse({ state: "GONE", name: "", remark: "" });
  expect(isAnonymised({ state: "GONE" }, own)).toBe(true);
  expect(isAnonymised({ state: "", remark: "", individualContact: { individualLastName: "" } }, own)).toBe(
    false,
  );
  expect(isAnonymised({ state: "ACCOUNT_DELETED" }, own)).toBe(false);
  expect([anonymousName(own), anonymousName({ ...own, name: "N.N." })]).toEqual(["XXXXXXXX", "N.N."]);
});
