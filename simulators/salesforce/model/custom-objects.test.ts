import { describe, expect, it } from "vitest";
import {
  customField,
  customObject,
  nextCustomKeyPrefix,
  personFieldOf,
  withCustomFields,
} from "./custom-objects";
import { describeField } from "./describe-field";
import { Schema } from "./schema";
import { secutixSaleObject, syncIdField } from "./secutix-package";

const sale = {
  name: "SecutixSale__c",
  label: "SecutixSale",
  pluralLabel: "SecutixSales",
  keyPrefix: "a00",
  nameField: { type: "Text", label: "SecutixSale Name" },
} as const;

describe("a custom field", () => {
  it("deployed as the package describes it is the field that the package brings", () => {
    const syncId = customField({
      fullName: "SyncId__c",
      type: "Text",
      label: "SyncId",
      length: 40,
      externalId: true,
      unique: true,
      caseSensitive: false,
    });
    expect(syncId).toEqual(syncIdField());
  });

  it("takes all digits of a number, where setup asks for those before the point", () => {
    const amount = customField({
      fullName: "Total_Amount__c",
      type: "Number",
      label: "Total Amount",
      precision: 18,
      scale: 2,
    });
    expect(amount).toEqual(secutixSaleObject().fields.find(({ name }) => name === "Total_Amount__c"));
  });

  it("that looks up a parent names both ends of the relationship, with the namespace", () => {
    const lookup = customField({
      fullName: "secutix__Contact__c",
      type: "Lookup",
      label: "Contact",
      referenceTo: "Contact",
      relationshipName: "SecutixSales",
      deleteConstraint: "Restrict",
    });
    expect(lookup).toMatchObject({
      referenceTo: ["Contact"],
      relationshipName: "secutix__Contact__r",
      childRelationshipName: "secutix__SecutixSales__r",
      restrictedDelete: true,
      cascadeDelete: false,
    });
  });

  it("that has a master is required, cannot be moved and goes with it", () => {
    const master = customField({
      fullName: "Sale__c",
      type: "MasterDetail",
      label: "Sale",
      referenceTo: "SecutixSale__c",
      relationshipName: "Lines",
    });
    expect(describeField(master)).toMatchObject({
      nillable: false,
      createable: true,
      updateable: false,
      cascadeDelete: true,
      relationshipOrder: 0,
      permissionable: false,
    });
  });

  it("that is a picklist says its labels, its default and what is no longer chosen", () => {
    const picklist = customField({
      fullName: "Channel__c",
      type: "Picklist",
      label: "Channel",
      restricted: true,
      inlineHelpText: "Where it was sold",
      valueSet: [
        { fullName: "web", label: "Web shop", default: true },
        { fullName: "desk", label: "Box office" },
        { fullName: "fax", isActive: false },
      ],
    });
    expect(describeField(picklist)).toMatchObject({
      type: "picklist",
      length: 255,
      defaultValue: "web",
      defaultedOnCreate: true,
      restrictedPicklist: true,
      inlineHelpText: "Where it was sold",
      picklistValues: [
        { active: true, defaultValue: true, label: "Web shop", validFor: null, value: "web" },
        { active: true, defaultValue: false, label: "Box office", validFor: null, value: "desk" },
        { active: false, defaultValue: false, label: "fax", validFor: null, value: "fax" },
      ],
    });
  });

  it("of each other type is described as Salesforce describes it", () => {
    const described = (type: "MultiselectPicklist" | "Percent" | "Time" | "Html" | "AutoNumber") =>
      describeField(
        customField({
          fullName: "X__c",
          type,
          label: "X",
          precision: 5,
          scale: 2,
          length: 1000,
          displayFormat: "X-{000}",
        }),
      );
    expect(described("MultiselectPicklist")).toMatchObject({
      type: "multipicklist",
      length: 4099,
      sortable: false,
      groupable: false,
      aggregatable: false,
    });
    expect(described("Percent")).toMatchObject({
      type: "percent",
      precision: 5,
      scale: 2,
      soapType: "xsd:double",
    });
    expect(described("Time")).toMatchObject({ type: "time", soapType: "xsd:time" });
    expect(described("Html")).toMatchObject({
      type: "textarea",
      extraTypeInfo: "richtextarea",
      htmlFormatted: true,
      filterable: false,
    });
    expect(described("AutoNumber")).toMatchObject({
      type: "string",
      autoNumber: true,
      createable: false,
      updateable: false,
      nillable: false,
      length: 30,
    });
  });

  it("keeps the formula of its default, which must be a literal of its kind", () => {
    const withDefault = (type: "Text" | "Number", defaultValue: string) =>
      customField({ fullName: "X__c", type, label: "X", length: 10, precision: 5, scale: 0, defaultValue });
    expect(withDefault("Number", "5")).toMatchObject({ defaultValue: 5, defaultValueFormula: "5" });
    expect(describeField(withDefault("Text", '"abc"'))).toMatchObject({
      defaultValue: null,
      defaultValueFormula: '"abc"',
      defaultedOnCreate: true,
    });
    expect(() => withDefault("Text", "5")).toThrow("takes only a string in itself as default value of X__c");
    expect(() => withDefault("Number", "2 + 3")).toThrow("takes only a number in itself");
  });

  it("that lacks what its type needs is refused in Salesforce's words", () => {
    expect(() => customField({ fullName: "X__c", type: "Text", label: "X" })).toThrow(
      "Must specify 'length' for a CustomField of type Text",
    );
  });

  it("that is calculated cannot be written, and cannot ask what changed or what time it is", () => {
    const formula = (text: string) =>
      customField({ fullName: "X__c", type: "Text", label: "X", formula: text });
    expect(describeField(formula('Name & "!"'))).toMatchObject({
      calculated: true,
      calculatedFormula: 'Name & "!"',
      createable: false,
      updateable: false,
      permissionable: true,
      length: 1300,
    });
    expect(() => formula("PRIORVALUE(Name)")).toThrow("cannot use PRIORVALUE");
    expect(() => formula("Name &")).toThrow("X__c: Syntax error");
  });

  it("of Contact shows on person accounts, where it is neither key nor required", () => {
    const level = customField({
      fullName: "ns__Level__c",
      type: "Lookup",
      label: "Level",
      referenceTo: "Account",
      relationshipName: "Levels",
      required: true,
      deleteConstraint: "Restrict",
    });
    expect(personFieldOf(level)).toMatchObject({
      name: "ns__Level__pc",
      relationshipName: "ns__Level__pr",
      childRelationshipName: "ns__Levels__pr",
      nillable: true,
      mirrors: "ns__Level__c",
    });
  });
});

describe("a custom object", () => {
  it("begins with the fields that every custom object has", () => {
    const { fields } = secutixSaleObject();
    expect(customObject(sale, { multiCurrency: false }).fields).toEqual(
      fields.filter((field) => !field.custom),
    );
  });

  it("has a currency in an org with several", () => {
    const names = customObject(sale, { multiCurrency: true }).fields.map((field) => field.name);
    expect(names.slice(0, 6)).toEqual([
      "Id",
      "OwnerId",
      "IsDeleted",
      "Name",
      "CurrencyIsoCode",
      "CreatedDate",
    ]);
  });

  it("may number its records in place of a name", () => {
    const nameField = { type: "AutoNumber", label: "Number", displayFormat: "S-{00000}" } as const;
    const { fields } = customObject({ ...sale, nameField }, { multiCurrency: false });
    const name = fields.find((field) => field.nameField);
    expect(name).toMatchObject({
      name: "Name",
      label: "Number",
      length: 80,
      createable: false,
      idLookup: true,
    });
  });

  it("loses its owner when it gets a master", () => {
    const master = customField({
      fullName: "Account__c",
      type: "MasterDetail",
      label: "Account",
      referenceTo: "Account",
      relationshipName: "Sales",
    });
    const detail = withCustomFields(customObject(sale, { multiCurrency: false }), [master]);
    expect(detail.fields.map((field) => field.name)).not.toContain("OwnerId");
    expect(detail.fields.at(-1)).toEqual(master);
  });

  it("refuses a formula about a field that it does not have", () => {
    const formula = customField({ fullName: "X__c", type: "Text", label: "X", formula: "Nmae" });
    expect(() => withCustomFields(customObject(sale, { multiCurrency: false }), [formula])).toThrow(
      "Field Nmae does not exist. Check spelling.",
    );
  });

  it("gets the first key prefix that is free", () => {
    const { objects } = new Schema({
      personAccounts: false,
      prefix: "",
      secutixPackage: true,
      multiCurrency: false,
      stateCountryPicklists: false,
    });
    expect(nextCustomKeyPrefix(objects.map(({ model }) => model))).toBe("a01");
  });
});
