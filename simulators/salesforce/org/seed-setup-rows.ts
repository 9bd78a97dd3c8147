import { ADMIN_USERNAME, INTEGRATION_USERNAME } from "./clients";
import { salesforceDateTime } from "./clock";
import type { IdSource } from "./ids";
import type { Store } from "./store";
import { CORPORATE_CURRENCY, CURRENCIES } from "../model/currencies";
import type { Schema, SObject } from "../model/schema";
import type { Row } from "../model/types";

export interface SetupIds {
  organizationId: string;
  integrationUserId: string;
  adminUserId: string;
  /** Record type ids by object name and developer name, as `Account.PersonAccount`. */
  recordTypeIds: Map<string, string>;
}

/**
 * Writes the rows that every org has before anybody uses it: organisation, two users, record types, and currencies
 * where it has several.
 */
export function seedSetupRows(schema: Schema, store: Store, ids: IdSource, now: Date): SetupIds {
  const adminUserId = ids.next("005");
  const at = salesforceDateTime(now);
  const audit: Row = {
    CreatedDate: at,
    CreatedById: adminUserId,
    LastModifiedDate: at,
    LastModifiedById: adminUserId,
    SystemModstamp: at,
  };
  const organizationId = ids.next("00D");
  seedOrganization(schema, store, organizationId, audit);
  const integrationUserId = ids.next("005");
  seedUser(schema, store, audit, {
    Id: adminUserId,
    Username: ADMIN_USERNAME,
    LastName: "CRM administrator",
    Alias: "admin",
  });
  seedUser(schema, store, audit, {
    Id: integrationUserId,
    Username: INTEGRATION_USERNAME,
    LastName: "S-360 integration",
    Alias: "s360",
  });
  const recordTypeIds = seedRecordTypes(schema, store, ids, audit);
  if (schema.shape.multiCurrency) seedCurrencies(schema, store, ids, audit);
  return { organizationId, integrationUserId, adminUserId, recordTypeIds };
}

function seedOrganization(schema: Schema, store: Store, id: string, audit: Row): void {
  const hasCodes = schema.shape.stateCountryPicklists;
  store.put(schema.standard("Organization"), {
    ...falseFlags(schema.standard("Organization")),
    Id: id,
    Name: "myvenue",
    ...(hasCodes ? { Country: "Switzerland", CountryCode: "CH" } : { Country: "CH" }),
    PrimaryContact: "CRM administrator",
    DefaultLocaleSidKey: "en_US",
    ReceivesInfoEmails: true,
    ReceivesAdminInfoEmails: true,
    FiscalYearStartMonth: 1,
    DefaultAccountAccess: "Edit",
    DefaultContactAccess: "ControlledByParent",
    DefaultOpportunityAccess: "Edit",
    DefaultLeadAccess: "ReadEditTransfer",
    DefaultCaseAccess: "ReadEditTransfer",
    DefaultCalendarAccess: "HideDetailsInsert",
    DefaultPricebookAccess: "ReadSelect",
    DefaultCampaignAccess: "All",
    UiSkin: "Theme3",
    SignupCountryIsoCode: "CH",
    NumKnowledgeService: 0,
    OrganizationType: "Enterprise Edition",
    InstanceName: "SIM1",
    WebToCaseDefaultOrigin: "Web",
    MonthlyPageViewsUsed: 0,
    MonthlyPageViewsEntitlement: 0,
    ...LOCALE,
    ...audit,
  });
}

const LOCALE: Row = { TimeZoneSidKey: "Europe/Zurich", LanguageLocaleKey: "en_US" };

interface SeededUser {
  Id: string;
  Username: string;
  LastName: string;
  Alias: string;
}

function seedUser(schema: Schema, store: Store, audit: Row, user: SeededUser): void {
  const currency: Row = schema.shape.multiCurrency
    ? { DefaultCurrencyIsoCode: CORPORATE_CURRENCY, CurrencyIsoCode: CORPORATE_CURRENCY }
    : {};
  store.put(schema.standard("User"), {
    ...user,
    Name: user.LastName,
    Email: user.Username,
    CommunityNickname: user.Alias,
    IsActive: true,
    UserType: "Standard",
    LocaleSidKey: "en_US",
    EmailEncodingKey: "UTF-8",
    ...LOCALE,
    ...currency,
    ...audit,
  });
}

function falseFlags(object: SObject): Row {
  const flags = object.model.fields.filter((field) => field.type === "boolean");
  return Object.fromEntries(flags.map((field) => [field.name, false]));
}

function seedCurrencies(schema: Schema, store: Store, ids: IdSource, audit: Row): void {
  const object = schema.find("CurrencyType");
  if (!object) throw new Error("An org with several currencies has no CurrencyType.");
  for (const currency of CURRENCIES) {
    store.put(object, {
      Id: ids.next(object.model.keyPrefix),
      IsoCode: currency.code,
      ConversionRate: currency.rate,
      DecimalPlaces: currency.decimalPlaces,
      IsActive: true,
      IsCorporate: currency.code === CORPORATE_CURRENCY,
      ...audit,
    });
  }
}

function seedRecordTypes(schema: Schema, store: Store, ids: IdSource, audit: Row): Map<string, string> {
  const recordTypeIds = new Map<string, string>();
  for (const object of schema.objects) {
    for (const type of object.model.recordTypes) {
      const id = ids.next("012");
      recordTypeIds.set(`${object.name}.${type.developerName}`, id);
      store.put(schema.standard("RecordType"), {
        Id: id,
        Name: type.name,
        DeveloperName: type.developerName,
        SobjectType: object.name,
        IsActive: true,
        IsPersonType: type.isPersonType,
        ...audit,
      });
    }
  }
  return recordTypeIds;
}
