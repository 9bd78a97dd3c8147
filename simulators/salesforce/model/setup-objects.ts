import { auditFields } from "./common-fields";
import { CURRENCIES } from "./currencies";
import {
  checkbox,
  decimal,
  integer,
  picklist,
  picklistValue,
  READ_ONLY,
  recordId,
  text,
} from "./field-builders";
import { organizationObject } from "./organization";
import { SETUP_OBJECT } from "./setup-object";
import type { ObjectModel } from "./types";
import { userObject } from "./user";

const FIXED = { ...READ_ONLY, nillable: false };
const TYPED_OBJECTS = ["Account", "Contact", "Opportunity", "Product2"];

export interface SetupShape {
  readonly multiCurrency: boolean;
  readonly stateCountryPicklists: boolean;
}

/** RecordType, User, Organization, and CurrencyType where the org has several currencies. */
export function setupObjects(shape: SetupShape): ObjectModel[] {
  return [
    RECORD_TYPE,
    userObject(shape),
    organizationObject(shape),
    ...(shape.multiCurrency ? [CURRENCY_TYPE] : []),
  ];
}

const RECORD_TYPE: ObjectModel = {
  ...SETUP_OBJECT,
  name: "RecordType",
  label: "Record Type",
  labelPlural: "Record Types",
  keyPrefix: "012",
  fields: [
    recordId("Record Type ID"),
    text("Name", "Name", 80, { ...FIXED, nameField: true, idLookup: true }),
    text("DeveloperName", "Record Type Name", 80, FIXED),
    text("NamespacePrefix", "Namespace Prefix", 15, READ_ONLY),
    text("Description", "Description", 255, READ_ONLY),
    picklist("SobjectType", "SObject Type Name", 40, TYPED_OBJECTS, { ...FIXED, restrictedPicklist: true }),
    checkbox("IsActive", "Active", READ_ONLY),
    checkbox("IsPersonType", "Is Person Type", READ_ONLY),
    ...auditFields(),
  ],
};

/** Object reference, "CurrencyType"; lengths of the field reference. */
const CURRENCY_TYPE: ObjectModel = {
  ...SETUP_OBJECT,
  name: "CurrencyType",
  label: "Currency Type",
  labelPlural: "Currency Types",
  keyPrefix: "01L",
  fields: [
    recordId("Currency Type ID"),
    picklist(
      "IsoCode",
      "Currency ISO Code",
      40,
      CURRENCIES.map(({ code, name }) => picklistValue(code, name)),
      { ...FIXED, restrictedPicklist: true },
    ),
    decimal("ConversionRate", "Conversion Rate", 12, 6, FIXED),
    integer("DecimalPlaces", "Decimal Places", 9, FIXED),
    checkbox("IsActive", "Active", READ_ONLY),
    checkbox("IsCorporate", "Corporate Currency", READ_ONLY),
    ...auditFields(),
  ],
};
