import { describe, expect, test } from "vitest";
import type { FieldType } from "../../side";
import { defaultMappings, defaultValueMaps } from "../defaults/defaults";
import { recogniseShortForm } from "../short-form/recognise";
import { readShortForm } from "../short-form/parse";
import { sourceModel } from "../source-model";
import { testAccount, testContact, testField } from "../test-describe";
import { fitOf, fittingKinds, roomWords, type Fit, type FieldRoom } from "./fit";
import { documentedAt, seenInValueMap, sourceValueOf, type SeenValue, type SeenValues } from "./source-value";

const seenExamples: Readonly<Record<string, Partial<SeenValue>>> = {
  contactNumber: { example: "0012345" },
  "individualContact/individualFirstName": { example: "Anna", lengths: { usual: 6, longest: 62 } },
  "individualContact/birthday": { example: "1980-02-29" },
  "individualContact/title": { example: "MR" },
  "communicationMeans/email": { example: "anna@example.org" },
  "communicationMeans/phone": { example: "41 / 0791234567" },
  "indicators(code=VIP)/value": { type: "text", example: "true" },
  "indicators(code=SINCE)/value": { type: "text", example: "2019-05-01" },
  "structureContact/officialName": { example: "Théâtre", lengths: { usual: 300, longest: 400 } },
};

const seen: SeenValues = {
  at: (path) => {
    const known = documentedAt(sourceModel(path.startsWith("operation") ? "operation" : "individual"))(path);
    const example = seenExamples[path];
    const nothing = { type: null, list: false, example: null, lengths: null };
    return known || example ? { ...nothing, ...known, ...example } : null;
  },
  valueMap: (name) => {
    const map = Object.hasOwn(defaultValueMaps, name) ? defaultValueMaps[name] : undefined;
    return map ? seenInValueMap(map) : null;
  },
};

function valueOf(text: string) {
  const kind = text.includes("operation") ? "operation" : "individual";
  const read = readShortForm(text, sourceModel(kind));
  if (!read.ok) throw new Error(`${text}: ${read.problem.sentence}`);
  return sourceValueOf(read.form, seen);
}

const room = (type: FieldType, length = 0, more: Partial<FieldRoom> = {}): FieldRoom => ({
  ...testField("It", type, length),
  ...more,
});

const firstName = "individualContact/individualFirstName";

/** A value, the field's type, and whether it fits. */
const table: readonly (readonly [string, FieldType, Fit["grade"]])[] = [
  [firstName, "text", "fits"],
  [firstName, "textarea", "fits"],
  [firstName, "picklist", "fits"],
  [firstName, "reference", "fits"],
  [firstName, "date", "unlikely"],
  [firstName, "number", "unlikely"],
  [firstName, "boolean", "unlikely"],
  [firstName, "email", "unlikely"],
  [firstName, "phone", "unlikely"],
  ["individualContact/individualLastName", "date", "unlikely"],
  ["individualContact/individualLastName", "email", "fits"],
  ["contactNumber", "number", "fits"],
  ["contactNumber", "date", "unlikely"],
  ["contactId", "text", "fits"],
  ["contactId", "integer", "fits"],
  ["contactId", "date", "never"],
  ["contactId", "boolean", "never"],
  ["individualContact/birthday", "date", "fits"],
  ["individualContact/birthday", "datetime", "fits"],
  ["individualContact/birthday", "text", "fits"],
  ["individualContact/birthday", "number", "never"],
  ["creationDate", "date", "fits"],
  ["creationDate", "boolean", "never"],
  ["communicationMeans/email", "email", "fits"],
  ["communicationMeans/phone", "phone", "fits"],
  ["communicationMeans/phone", "date", "unlikely"],
  ["addresses(main)/billingAddress", "boolean", "fits"],
  ["addresses(main)/billingAddress", "text", "fits"],
  ["addresses(main)/billingAddress", "number", "never"],
  ["!authorizations(authorizationCode=EMAIL)/allowed", "boolean", "fits"],
  ["!authorizations(authorizationCode=EMAIL)/allowed", "date", "never"],
  ["indicators(code=VIP)/value", "boolean", "fits"],
  ["indicators(code=SINCE)/value", "date", "fits"],
  ["indicators(code=SINCE)/value", "number", "unlikely"],
  ["indicators(code=OTHER)/value", "number", "fits"],
  ["ownField/ofTheVenue", "date", "fits"],
  [`${firstName} + individualContact/individualLastName`, "text", "fits"],
  [`${firstName} + individualContact/individualLastName`, "date", "unlikely"],
  [`"Dear " + ${firstName}`, "number", "unlikely"],
  ["valueMap(titles, individualContact/title)", "text", "fits"],
  ["valueMap(titles, individualContact/title)", "number", "unlikely"],
  ["valueMap(unknown, individualContact/title)", "number", "fits"],
  ["date(creationDate)", "date", "fits"],
  ["date(creationDate)", "number", "never"],
  ["dateTime(creationDate)", "datetime", "fits"],
  ["phone(communicationMeans/phone)", "phone", "fits"],
  ["phone(communicationMeans/phone)", "date", "never"],
  ["country(addresses(main)/countryCode)", "text", "fits"],
  ["money(operation.totalAmount)", "number", "fits"],
  ["money(operation.totalAmount)", "date", "never"],
  ["moneyText(operation.totalAmount)", "text", "fits"],
  ["operation.totalAmount", "date", "never"],
  ['"12"', "number", "fits"],
  ['"twelve"', "number", "unlikely"],
  ["true", "boolean", "fits"],
  ["first(individualContact/birthday, creationDate)", "number", "fits"],
  [firstName, "other", "fits"],
];

describe("whether a value fits a field", () => {
  test.each(table)("%s in a field for %s: %s", (text, type, grade) => {
    expect(fitOf(valueOf(text), room(type)).grade).toBe(grade);
  });

  test("is said with the field, what it takes and an example", () => {
    expect(fitOf(valueOf(firstName), room("date", 0, { label: "Birthdate" }))).toEqual({
      grade: "unlikely",
      sentence: `Birthdate takes a date; ${firstName} is a text such as “Anna”.`,
    });
  });

  test("of a picklist that takes only its own values, by those", () => {
    const salutation = room("picklist", 40, { restrictedPicklist: true, picklistValues: ["Mr.", "Ms."] });
    expect(fitOf(valueOf("individualContact/title"), salutation)).toEqual({
      grade: "unlikely",
      sentence: "It has no value “MR”: look it up in a value map.",
    });
    expect(fitOf(valueOf('"mr."'), salutation).grade).toBe("fits");
    expect(roomWords(salutation)).toBe("This field takes one of its own values (Mr., Ms.).");
    expect(roomWords({ ...salutation, restrictedPicklist: false })).toBe(
      "This field has values of its own (Mr., Ms.), and takes others too.",
    );
  });

  test("says when values are longer than the field, seldom or usually", () => {
    expect(fitOf(valueOf(firstName), room("text", 40)).sentence).toBe(
      `${firstName} has up to 62 characters, and It takes 40.`,
    );
    expect(fitOf(valueOf("structureContact/officialName"), room("text", 255)).sentence).toBe(
      "structureContact/officialName usually has about 300 characters, and It takes 255.",
    );
    expect(fitOf(valueOf(firstName), room("textarea", 32_000)).sentence).toBeNull();
    expect(roomWords(room("text", 40))).toBe("This field takes a text of at most 40 characters.");
  });

  test("says that a bare amount is thousandths, and that one of several values is written", () => {
    expect(fitOf(valueOf("operation.totalAmount"), room("number")).sentence).toContain("money(operation");
    expect(fitOf(valueOf("operation.totalAmount"), room("text", 80)).sentence).toContain("moneyText(");
    const several = valueOf("contactCriteria(code=NEWS)/values");
    expect(several).toBeNull();
    const all = valueOf("communicationMeans(*)/email");
    expect(fitOf(all, room("text", 80)).sentence).toContain("the first is written");
    expect(fitOf(all, room("multipicklist")).sentence).toBeNull();
  });

  test("above the choice of a field: the kinds that take it, and those that do not", () => {
    expect(fittingKinds(valueOf("individualContact/birthday"))).toBe(
      "individualContact/birthday is a date such as “1980-02-29”. It fits fields for text and dates, " +
        "not those for picklists, numbers, checkboxes, e-mail addresses, phone numbers or web addresses.",
    );
    expect(fittingKinds(null)).toBeNull();
  });

  test("every line of the default mappings fits without a word", () => {
    const org = { personAccounts: true };
    const choice = { individualsAs: "contact", account: { kind: "private" }, saleObject: "[p]S__c" } as const;
    for (const { document } of defaultMappings(choice)) {
      const { fields } = document.object === "Account" ? testAccount(org) : testContact(org);
      for (const line of document.lines) {
        const field = fields.find(({ name }) => name === line.target.replace("[p]", ""));
        const form = recogniseShortForm(line.expression);
        if (!field || !form) continue;
        const { grade, sentence } = fitOf(
          sourceValueOf(form, { ...seen, at: documentedAt(sourceModel(document.kind)) }),
          field,
        );
        expect([line.target, grade, sentence]).toEqual([line.target, "fits", null]);
      }
    }
  });
});
