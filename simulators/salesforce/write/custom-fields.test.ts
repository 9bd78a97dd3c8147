import { describe, expect, it } from "vitest";
import { fillNewFields } from "./fill-new-fields";
import { parseRow } from "./parse-row";
import { insertRow, updateRow, type SaveResult } from "./save";
import { writerFor } from "./writer";
import {
  customField,
  customObject,
  personFieldOf,
  withCustomFields,
  type CustomFieldSpec,
} from "../model/custom-objects";
import { describeSummary } from "../model/describe";
import type { Row } from "../model/types";
import { resolveOptions } from "../org/options";
import { Org } from "../org/org";

const THING = {
  name: "Thing__c",
  label: "Thing",
  pluralLabel: "Things",
  keyPrefix: "a01",
  nameField: { type: "AutoNumber", label: "Thing Number", displayFormat: "T-{0000}", startingNumber: 7 },
} as const;

/** An org whose object Thing__c has these fields. */
function orgWith(...specs: CustomFieldSpec[]): Org {
  const org = new Org(resolveOptions({}));
  org.define([withCustomFields(customObject(THING, { multiCurrency: false }), specs.map(customField))]);
  return org;
}

function objectNamed(org: Org, name: string) {
  const object = org.schema.find(name);
  if (!object) throw new Error(`There is no ${name}.`);
  return object;
}

function save(org: Org, row: Record<string, unknown>, name = "Thing__c", id?: string): SaveResult {
  const object = objectNamed(org, name);
  const writer = writerFor(org, org.setup.adminUserId);
  const parsed = parseRow(org.schema, object, row, JSON.stringify(row));
  return id === undefined
    ? insertRow(org, writer, object, parsed)
    : updateRow(org, writer, object, id, parsed);
}

function kept(org: Org, result: SaveResult, name = "Thing__c"): Row {
  if (!result.success) throw new Error(result.errors.map((error) => error.message).join());
  return org.store.table(objectNamed(org, name)).get(result.id) ?? {};
}

const tags: CustomFieldSpec = {
  fullName: "Tags__c",
  type: "MultiselectPicklist",
  label: "Tags",
  restricted: true,
  valueSet: [{ fullName: "Opera" }, { fullName: "Jazz" }, { fullName: "Rock", isActive: false }],
};

describe("a multi-select picklist", () => {
  const org = orgWith(tags);

  it("keeps each value once, in the order of its definition", () => {
    expect(kept(org, save(org, { Tags__c: "jazz; Opera;Jazz;" }))).toMatchObject({ Tags__c: "Opera;Jazz" });
    expect(kept(org, save(org, { Tags__c: " ; " })).Tags__c).toBeUndefined();
  });

  it("refuses what is not in it or no longer chosen", () => {
    for (const refused of ["Pop", "Rock"]) {
      expect(save(org, { Tags__c: `Opera;${refused}` })).toEqual({
        success: false,
        errors: [
          {
            statusCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            message: `Tags: bad value for restricted picklist field: ${refused}`,
            fields: ["Tags__c"],
          },
        ],
      });
    }
  });

  it("takes other values after its own where it is not restricted", () => {
    const open = orgWith({ ...tags, restricted: false });
    expect(kept(open, save(open, { Tags__c: "Pop;Jazz" }))).toMatchObject({ Tags__c: "Jazz;Pop" });
  });
});

describe("a percent", () => {
  const org = orgWith({ fullName: "Share__c", type: "Percent", label: "Share", precision: 5, scale: 2 });

  it("is a number of its scale and size", () => {
    expect(kept(org, save(org, { Share__c: 12.345 }))).toMatchObject({ Share__c: 12.35 });
    expect(save(org, { Share__c: 1000 })).toMatchObject({
      errors: [{ statusCode: "NUMBER_OUTSIDE_VALID_RANGE" }],
    });
    expect(kept(org, save(org, { Share__c: "12" }))).toMatchObject({ Share__c: 12 });
    expect(() => save(org, { Share__c: "12 %" })).toThrow("Cannot deserialize instance of double");
  });
});

describe("a time", () => {
  const org = orgWith({ fullName: "Doors__c", type: "Time", label: "Doors" });

  it("is kept to the millisecond, without a zone", () => {
    for (const given of ["19:30", "19:30:00", "19:30:00Z", "19:30:00.000Z"]) {
      expect(kept(org, save(org, { Doors__c: given }))).toMatchObject({ Doors__c: "19:30:00.000Z" });
    }
    expect(() => save(org, { Doors__c: "25:00:00Z" })).toThrow("Cannot deserialize instance of time");
  });
});

describe("an auto number", () => {
  it("counts the new records from its start, and cannot be written", () => {
    const org = orgWith();
    const names = [save(org, {}), save(org, {})].map((result) => kept(org, result).Name);
    expect(names).toEqual(["T-0007", "T-0008"]);
    expect(save(org, { Name: "T-0001" })).toMatchObject({
      errors: [{ statusCode: "INVALID_FIELD_FOR_INSERT_UPDATE", fields: ["Name"] }],
    });
  });

  it("is an upsert key when it is an external id", () => {
    const number: CustomFieldSpec = {
      fullName: "Number__c",
      type: "AutoNumber",
      label: "Number",
      displayFormat: "{0}",
      externalId: true,
    };
    const org = orgWith(number);
    const row = kept(org, save(org, {}));
    const field = objectNamed(org, "Thing__c").field("Number__c");
    expect(field && org.store.table(objectNamed(org, "Thing__c")).byKey(field, "1")).toEqual([row]);
  });
});

describe("a default", () => {
  const org = orgWith(
    { fullName: "Open__c", type: "Checkbox", label: "Open", defaultValue: "true" },
    { fullName: "Places__c", type: "Number", label: "Places", precision: 4, scale: 0, defaultValue: "100" },
    { fullName: "Kind__c", type: "Picklist", label: "Kind", valueSet: [{ fullName: "Hall", default: true }] },
  );

  it("fills what a new record is not given", () => {
    expect(kept(org, save(org, {}))).toMatchObject({ Open__c: true, Places__c: 100, Kind__c: "Hall" });
    expect(kept(org, save(org, { Open__c: false, Places__c: 5 }))).toMatchObject({
      Open__c: false,
      Places__c: 5,
    });
  });

  it("does not come back when it is emptied", () => {
    expect(kept(org, save(org, { Places__c: null })).Places__c).toBeUndefined();
  });
});

describe("a formula field", () => {
  const org = orgWith(
    { fullName: "Price__c", type: "Currency", label: "Price", precision: 10, scale: 2 },
    { fullName: "Seats__c", type: "Number", label: "Seats", precision: 6, scale: 0 },
    {
      fullName: "Revenue__c",
      type: "Currency",
      label: "Revenue",
      precision: 18,
      scale: 2,
      formula: "Price__c * Seats__c",
    },
    { fullName: "Big__c", type: "Checkbox", label: "Big", formula: "Seats__c > 1000" },
  );

  it("follows the fields that it reads", () => {
    const result = save(org, { Price__c: 19.9, Seats__c: 3 });
    expect(kept(org, result)).toMatchObject({ Revenue__c: 59.7, Big__c: false });
    const id = result.success ? result.id : "";
    expect(kept(org, save(org, { Seats__c: 2000 }, "Thing__c", id))).toMatchObject({
      Revenue__c: 39800,
      Big__c: true,
    });
  });

  it("cannot be written", () => {
    expect(save(org, { Revenue__c: 1 })).toMatchObject({ errors: [{ fields: ["Revenue__c"] }] });
  });
});

describe("fields of Contact that are added to an org with person accounts", () => {
  const person = (org: Org) => ({
    RecordTypeId: org.recordTypeId("Account", "PersonAccount"),
    LastName: "Muster",
  });

  function orgWithContactField(spec: CustomFieldSpec): Org {
    const org = new Org(resolveOptions({}));
    addContactField(org, spec);
    return org;
  }

  function addContactField(org: Org, spec: CustomFieldSpec): void {
    const field = customField(spec);
    const before = org.schema;
    org.define([
      withCustomFields(objectNamed(org, "Contact").model, [field]),
      withCustomFields(objectNamed(org, "Account").model, [personFieldOf(field)]),
    ]);
    fillNewFields(org, before);
  }

  function contactOf(org: Org, result: SaveResult): Row {
    const account = kept(org, result, "Account");
    return org.store.table(objectNamed(org, "Contact")).get(String(account.PersonContactId)) ?? {};
  }

  it("are required of persons, and not of businesses", () => {
    const org = orgWithContactField({
      fullName: "Level__c",
      type: "Text",
      label: "Level",
      length: 10,
      required: true,
    });
    expect(save(org, person(org), "Account")).toMatchObject({
      errors: [{ message: "Required fields are missing: [Level__pc]", fields: ["Level__pc"] }],
    });
    expect(save(org, { Name: "Theatre" }, "Account").success).toBe(true);
    const saved = save(org, { ...person(org), Level__pc: "gold" }, "Account");
    expect(contactOf(org, saved)).toMatchObject({ Level__c: "gold" });
  });

  it("are calculated on both sides", () => {
    const org = orgWithContactField({
      fullName: "Initials__c",
      type: "Text",
      label: "Initials",
      formula: "LEFT(FirstName, 1) & LEFT(LastName, 1)",
    });
    const saved = save(org, { ...person(org), FirstName: "Eva" }, "Account");
    expect(kept(org, saved, "Account")).toMatchObject({ Initials__pc: "EM" });
    expect(contactOf(org, saved)).toMatchObject({ Initials__c: "EM" });
    expect(kept(org, save(org, { LastName: "Bach" }, "Contact"), "Contact")).toMatchObject({
      Initials__c: "B",
    });
  });

  it("hold their defaults in records that were there before", () => {
    const org = new Org(resolveOptions({}));
    const business = save(org, { Name: "Theatre" }, "Account");
    const human = save(org, person(org), "Account");
    addContactField(org, { fullName: "Vip__c", type: "Checkbox", label: "VIP", defaultValue: "true" });
    expect(contactOf(org, human)).toMatchObject({ Vip__c: true });
    expect(kept(org, human, "Account")).toMatchObject({ Vip__pc: true });
    expect(kept(org, business, "Account").Vip__pc).toBeUndefined();
  });
});

describe("an object that is added", () => {
  it("is listed like any other and keeps its rows when it gets more fields", () => {
    const org = orgWith();
    const result = save(org, {});
    const model = objectNamed(org, "Thing__c").model;
    org.define([
      withCustomFields(model, [customField({ fullName: "Note__c", type: "TextArea", label: "Note" })]),
    ]);
    expect(kept(org, result)).toMatchObject({ Name: "T-0007" });
    expect(describeSummary(objectNamed(org, "Thing__c"), "/services/data/v62.0")).toMatchObject({
      name: "Thing__c",
      keyPrefix: "a01",
      custom: true,
      undeletable: true,
    });
  });
});
