import { connectionSettingsSchema, type ConnectionSettings } from "@/lib/core/connection-settings";
import { connection } from "@/drizzle/schema";
import type { SyncSettings } from "@/lib/sync/work";
import type { Database } from "@/lib/platform/db";

export const testSettings: ConnectionSettings = connectionSettingsSchema.parse({
  s360: {
    baseUrl: "http://127.0.0.1:1",
    callsPerMinute: 90,
    sections: [
      "GENERAL",
      "ADDRESSES",
      "AUTHORIZATIONS",
      "COM_MEANS",
      "CONNECTIONS",
      "CRITERIA",
      "INDICATORS",
    ],
    scheduleMinutes: 15,
  },
  webhooks: { contacts: { kind: "none" }, orders: { kind: "none" } },
  salesforce: {
    loginUrl: "http://127.0.0.1:1",
    flow: "client-credentials",
    clientId: "test",
    apiVersion: "62.0",
    callsPerMinute: 6000,
  },
  individualsAs: "person-account",
  recordTypes: {},
  account: { kind: "private" },
  saleObject: "[p]SecutixSale__c",
  conflictOwner: "s360",
});

/** What the pipeline is told of such a connection. */
export const testSyncSettings: SyncSettings = {
  timeZone: "Europe/Zurich",
  selected: () => true,
  recordTypes: {},
  conflictOwner: "s360",
  rules: testSettings.rules,
  matching: testSettings.matching,
  sales: testSettings.sales,
  markCriterion: testSettings.contactsOut.markCriterion,
  anonymised: testSettings.s360.anonymised,
  bulkFrom: 0,
  staleMs: 60 * 60_000,
};

/** A connection row as tests need it; returns its id. */
export async function insertTestConnection(db: Database, institution = "myvenue"): Promise<number> {
  const [row] = await db
    .insert(connection)
    .values({ institution, name: institution, timeZone: "Europe/Zurich", settings: testSettings })
    .returning({ id: connection.id });
  if (!row) throw new Error("the connection was not inserted");
  return row.id;
}
