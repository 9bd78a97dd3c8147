import { ADMIN_USERNAME, INTEGRATION_USERNAME } from "./clients";
import { salesforceDateTime } from "./clock";
import type { IdSource } from "./ids";
import type { Store } from "./store";
import type { Schema } from "../model/schema";
import type { Row } from "../model/types";

export interface SetupIds {
  organizationId: string;
  integrationUserId: string;
  adminUserId: string;
  /** Record type ids by object name and developer name, as `Account.PersonAccount`. */
  recordTypeIds: Map<string, string>;
}

/** Writes the rows that every org has before anybody uses it: organisation, two users, record types. */
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
  const locale: Row = { TimeZoneSidKey: "Europe/Zurich", LanguageLocaleKey: "en_US" };
  const organizationId = ids.next("00D");
  store.put(schema.standard("Organization"), {
    Id: organizationId,
    Name: "myvenue",
    Country: "CH",
    DefaultLocaleSidKey: "en_US",
    OrganizationType: "Enterprise Edition",
    InstanceName: "SIM1",
    IsSandbox: false,
    ...locale,
    ...audit,
  });
  const user = (id: string, username: string, lastName: string, alias: string) =>
    store.put(schema.standard("User"), {
      Id: id,
      Username: username,
      LastName: lastName,
      Name: lastName,
      Alias: alias,
      Email: username,
      IsActive: true,
      UserType: "Standard",
      LocaleSidKey: "en_US",
      ...locale,
      ...audit,
    });
  const integrationUserId = ids.next("005");
  user(adminUserId, ADMIN_USERNAME, "CRM administrator", "admin");
  user(integrationUserId, INTEGRATION_USERNAME, "S-360 integration", "s360");
  const recordTypeIds = seedRecordTypes(schema, store, ids, audit);
  return { organizationId, integrationUserId, adminUserId, recordTypeIds };
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
