/** The mappings and value maps of a new connection, as its settings choose them. */
import type { ConnectionSettings } from "../../connection-settings";
import type { Kind } from "../../words";
import {
  individualToBucketContact,
  individualToContact,
  individualToHousehold,
  individualToHouseholdContact,
  individualToPersonAccount,
  relayToContact,
  structureToAccount,
} from "./defaults-contacts";
import { operationToSale } from "./defaults-sales";
import type { MappingDocument, ValueMapEntries } from "../document";
import { countryByName } from "../shipped/countries";
import { currencyBySymbol, symbolByCurrency } from "../shipped/currencies";
import { languageNames } from "../shipped/languages";
import { orderTypeLabels } from "../shipped/order-types";
import { discountPercentages, taxPercentages } from "../shipped/percentages";

export interface NamedMapping {
  /** Unique within a connection and direction. */
  readonly name: string;
  readonly direction: "in";
  readonly kind: Kind;
  readonly document: MappingDocument;
}

export type DefaultsChoice = Pick<ConnectionSettings, "individualsAs" | "account" | "saleObject">;

/** Lines that stay in every mapping that has their target: the first is the upsert key, the second finds the contact. */
export const protectedTargets: readonly string[] = ["[p]SyncId__c", "[p]ContactSTXNumber__c"];

/** The default mappings use the titles only; the others are there to be named by lines that an admin adds. */
export const defaultValueMaps: Readonly<Record<string, ValueMapEntries>> = {
  titles: {
    values: { MR: "Mr.", MRS: "Mrs.", MISS: "Ms." },
    // S-360's word for no title.
    rules: { UNDEFINED: "leave" },
    otherwise: "leave",
  },
  languages: { values: languageNames, otherwise: "leave" },
  countries: { values: countryByName, otherwise: "leave" },
  currencies: { values: currencyBySymbol, otherwise: "leave" },
  "currency-symbols": { values: symbolByCurrency, otherwise: "leave" },
  "order-types": { values: orderTypeLabels, otherwise: "leave" },
  discounts: { values: discountPercentages, otherwise: "leave" },
  taxes: { values: taxPercentages, otherwise: "leave" },
};

export function defaultMappings(choice: DefaultsChoice): readonly NamedMapping[] {
  return [
    ...individualMappings(choice),
    named("relay", relayToContact),
    named("structure", structureToAccount),
    named("sale", operationToSale(choice.saleObject)),
  ];
}

function individualMappings({ individualsAs, account }: DefaultsChoice): readonly NamedMapping[] {
  if (individualsAs === "person-account") {
    return [named("individual", individualToPersonAccount)];
  }
  const name = "individual";
  switch (account.kind) {
    case "private":
      return [named(name, individualToContact)];
    case "bucket":
      return [named(name, individualToBucketContact(account.accountSyncIds))];
    case "household":
      return [named("household", individualToHousehold), named(name, individualToHouseholdContact)];
  }
}

function named(name: string, document: MappingDocument): NamedMapping {
  return { name, direction: "in", kind: document.kind, document };
}
