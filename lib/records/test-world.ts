/** A venue with records in every state, brought about by the inbox and the engine themselves. */
import { sql } from "drizzle-orm";
import pino from "pino";
import { connection, mapping, mappingVersion, orgObject } from "@/drizzle/schema";
import { defaultMappings, defaultValueMaps } from "@/lib/core/mapping/defaults/defaults";
import type { PublishedMappings } from "@/lib/core/mapping/published";
import { receive, type CallReceipt } from "@/lib/inbox/receive";
import type { Database } from "@/lib/platform/db";
import { readContacts, readOrders } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { claim } from "@/lib/sync/records";
import { syncBatch } from "@/lib/sync/sync-batch";
import { insertTestConnection, testSyncSettings } from "@/testing/connection";
import { fakeOrg, type FakeOrg } from "@/testing/fake-org";

export interface World {
  readonly connectionId: number;
  readonly org: FakeOrg;
  readonly published: PublishedMappings;
  contacts(...items: readonly unknown[]): Promise<CallReceipt>;
  orders(...items: readonly unknown[]): Promise<CallReceipt>;
  drain(): Promise<void>;
  idOf(key: string): Promise<number>;
}

export const person = (contactNumber: string, more: object = {}) => ({
  contactNumber,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  individualContact: { title: "MRS", individualFirstName: "Edna", individualLastName: "Frank" },
  ...more,
});

export const named = (individualFirstName: string, individualLastName: string, email?: string) => ({
  individualContact: { title: "MRS", individualFirstName, individualLastName },
  ...(email && { communicationMeans: [{ type: "EMAIL", email, main: true }] }),
});

export const relay = (contactNumber: string, of: string) => ({
  ...person(contactNumber),
  role: "RELAY",
  contactConnections: [{ contactNumber: of }],
});

export const structure = (contactNumber: string) => ({
  contactNumber,
  type: "STRUCTURE",
  structureContact: { officialName: "Étoile" },
});

export const sale = (orderId: number, contactReference: string | undefined, operations = 1) => ({
  orderId,
  orderType: "SALE",
  contactReference,
  operationDatas: Array.from({ length: operations }, (_, index) => ({
    operationId: orderId * 10 + index,
    product: "Jazz",
    totalAmount: 20000,
    unitPrice: 20000,
    quantity: 1,
  })),
});

/** Empties the database and opens a venue in it. */
export async function openWorld(db: Database): Promise<World> {
  await db.execute(sql`truncate connection cascade`);
  const connectionId = await insertTestConnection(db);
  const org = fakeOrg();
  const mappings = await publishDefaults(db, connectionId);
  const published = { mappings, valueMaps: defaultValueMaps, valueMapRevisions: {} };
  await rememberOrg(db, connectionId, org, published);
  const deps = {
    db,
    side: org,
    published,
    contacts: null,
    portray,
    settings: testSyncSettings,
    log: pino({ level: "silent" }),
    random: () => 0,
  };
  const inbox = { connectionId, direction: "in", portray } as const;
  return {
    connectionId,
    org,
    published,
    contacts: (...items) =>
      receive(db, { ...inbox, stream: "contacts-in", items: readContacts(JSON.stringify(items)) }),
    orders: (...items) =>
      receive(db, { ...inbox, stream: "orders-in", items: readOrders(JSON.stringify(items)) }),
    async drain() {
      for (;;) {
        const batch = await claim(db, connectionId, "in", 1_000);
        if (batch.records.length === 0) return;
        await syncBatch(deps, batch);
      }
    },
    async idOf(key) {
      const found = await db.execute<{ id: string }>(
        sql`select id from record where connection_id = ${connectionId} and key = ${key}`,
      );
      return Number(found.rows[0]?.id);
    },
  };
}

async function publishDefaults(db: Database, connectionId: number): Promise<PublishedMappings["mappings"]> {
  const documents = defaultMappings({
    individualsAs: "person-account",
    account: { kind: "private" },
    saleObject: "[p]SecutixSale__c",
  });
  return Promise.all(
    documents.map(async ({ name, kind, document }) => {
      const [row] = await db
        .insert(mapping)
        .values({ connectionId, name, direction: "in", kind, draft: document })
        .returning({ id: mapping.id });
      const mappingId = row?.id ?? 0;
      const [version] = await db
        .insert(mappingVersion)
        .values({ mappingId, number: 1, document, comment: "", publishedBy: "test" })
        .returning({ id: mappingVersion.id });
      const versionId = version?.id ?? 0;
      await db.execute(sql`update mapping set published_version_id = ${versionId} where id = ${mappingId}`);
      return { mappingId, versionId, name, kind, document };
    }),
  );
}

/** What the adapter leaves behind after it asked the org. */
async function rememberOrg(
  db: Database,
  connectionId: number,
  org: FakeOrg,
  published: PublishedMappings,
): Promise<void> {
  const { facts, objects } = await org.describe([
    ...new Set(published.mappings.map(({ document }) => document.object.replace("[p]", ""))),
  ]);
  await db.update(connection).set({ org: facts });
  for (const describe of objects.values()) {
    await db.insert(orgObject).values({ connectionId, object: describe.name, describe });
  }
}
