import { describe, expect, it } from "vitest";
import { defaultContactAssumptions } from "./assumptions";
import { criteriaOf, queryFor } from "./contact-query";

describe("what a contact is looked for by", () => {
  it("is a person's names and first e-mail address", () => {
    const contact = {
      contactNumber: "7",
      individualContact: {
        individualFirstName: " Ada ",
        individualLastName: "Martin",
        email: "old@example.org",
      },
      communicationMeans: [
        null,
        { email: " " },
        { email: "ada@example.org" },
        { email: "other@example.org" },
      ],
    };
    expect(queryFor(contact)).toEqual({ email: "ada@example.org", firstName: "Ada", lastName: "Martin" });
  });

  it("is a structure's official name", () => {
    const contact = {
      structureContact: { officialName: "Opera" },
      communicationMeans: [{ phone: "41 / 1" }],
    };
    expect(queryFor(contact)).toEqual({ officialName: "Opera" });
  });

  it("is the address beside the names where there is no other", () => {
    expect(queryFor({ individualContact: { email: "ada@example.org" } })).toEqual({
      email: "ada@example.org",
    });
  });

  it.each([
    {},
    { individualContact: null, communicationMeans: "x" },
    { individualContact: { title: "MRS" } },
  ])("is nothing in %j", (contact) => expect(queryFor(contact)).toBeNull());

  it("is not asked with nothing", () => {
    expect(criteriaOf({}, defaultContactAssumptions)).toBeNull();
    expect(criteriaOf({ firstName: "", email: " " }, defaultContactAssumptions)).toBeNull();
  });
});
