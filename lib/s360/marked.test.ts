import { describe, expect, it } from "vitest";
import { faultOf } from "./test-scripted-venue";
import { markedContact } from "./marked";

const config = { sections: ["GENERAL", "CRITERIA"], lists: "replace" } as const;
const read = { sections: [...config.sections], lists: config.lists };

describe("a contact that is marked", () => {
  it("gets the criterion beside the ones it has", () => {
    const news = { code: "NEWS", values: ["OPERA"] };
    expect(markedContact({ contactNumber: "7", contactCriteria: [news] }, "CRM_DELETED", read)).toEqual({
      contactNumber: "7",
      contactCriteria: [news, { code: "CRM_DELETED", value: "true" }],
    });
  });

  it.each([
    [
      { code: "X", name: "Gone", value: "false" },
      { code: "X", name: "Gone", value: "true" },
    ],
    [
      { code: "X", values: ["no"] },
      { code: "X", values: ["true"] },
    ],
    [
      { code: "X", value: "true" },
      { code: "X", value: "true" },
    ],
  ])("has the criterion once: %j", (before, after) => {
    expect(markedContact({ contactCriteria: [before] }, "X", read)).toEqual({ contactCriteria: [after] });
  });

  it.each([{}, { contactCriteria: null }, { contactCriteria: [] }])("may have had none: %j", (contact) => {
    expect(markedContact(contact, "X", read)).toEqual({ contactCriteria: [{ code: "X", value: "true" }] });
  });

  it("does not lose criteria that were not read", async () => {
    const unread = { ...read, sections: ["GENERAL" as const] };
    const mark = async (): Promise<unknown> => markedContact({ contactNumber: "7" }, "X", unread);
    expect(await faultOf(mark())).toMatchObject({
      code: "not_expressible",
      sentence: expect.stringContaining("Add CRITERIA to the sections"),
    });
    expect(markedContact({}, "X", { ...unread, lists: "merge" })).toEqual({
      contactCriteria: [{ code: "X", value: "true" }],
    });
  });
});
