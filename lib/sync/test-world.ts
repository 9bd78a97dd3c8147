/** The world of the engine's tests: a database, an org in a few lines, and the default mappings published. */
import { eq, sql } from "drizzle-orm";
import pino from "pino";
import { beforeEach } from "vitest";
import { mapping, mappingVersion } from "@/drizzle/schema";
import { defaultMappings, defaultValueMaps } from "@/lib/core/mapping/defaults/defaults";
import type { PublishedMapping } from "@/lib/core/mapping/published";
import { receive } from "@/lib/inbox/receive";
import { readContacts, readOrders } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { insertTestConnection, testSyncSettings } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { fakeOrg } from "@/testing/fake-org";
import { claim } from "./records";
import { syncBatch } from "./sync-batch";
import type { SyncDeps } from "./work";

export const person = (contactNumber: string, more: object = {}) => ({
  contactNumber,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  individualContact: { title: "MRS", individualFirstName: "Edna", individualLastName: "Frank" },
  ...more,
});

export const structure = (contactNumber: string) => ({
  contactNumber,
  type: "STRUCTURE",
  structureContact: { officialName: "Étoile" },
});

export const relay = (contactNumber: string, of: string) => ({
  ...person(contactNumber),
  role: "RELAY",
  contactConnections: [{ contactNumber: of }],
});

export const sale = (orderId: number, contactReference: string | undefined) => ({
  orderId,
  orderType: "SALE",
  contactReference,
  operationDatas: [
    { operationId: orderId * 10, product: "Jazz", totalAmount: 20000, unitPrice: 20000, quantity: 1 },
  ],
});

/** A fresh connection and org before each test. What changes from test to test is in `world`. */
export function syncWorld() {
  const database = testDatabase();
  const empty = { connectionId: 0, org: fakeOrg() };
  const world: typeof empty & { deps: SyncDeps } = { ...empty, deps: depsOf(empty.org) };

  function depsOf(side: SyncDeps["side"]): SyncDeps {
    return {
      get db() {
        return database.db;
      },
      side,
      published: { mappings: [], valueMaps: defaultValueMaps, valueMapRevisions: {} },
      contacts: null,
      portray,
      settings: testSyncSettings,
      log: pino({ level: "silent" }),
      random: () => 0,
    };
  }

  beforeEach(reset);

  async function reset(): Promise<void> {
    await database.db.execute(sql`truncate connection cascade`);
    world.connectionId = await insertTestConnection(database.db);
    world.org = fakeOrg();
    world.deps = { ...depsOf(world.org), db: database.db };
    await publishDefaults();
  }

  const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;

  /** Publishes the default mappings, for individuals as contacts of a household when asked. */
  async function publishDefaults(account?: { kind: "household" }): Promise<void> {
    await database.db.execute(sql`delete from mapping`);
    const named = defaultMappings({
      individualsAs: account ? "contact" : "person-account",
      account: account ?? { kind: "private" },
      saleObject: "[p]SecutixSale__c",
    });
    const mappings = await Promise.all(named.map(publish));
    world.deps = { ...world.deps, published: { ...world.deps.published, mappings } };
  }

  async function publish(given: ReturnType<typeof defaultMappings>[number]): Promise<PublishedMapping> {
    const { name, kind, document } = given;
    const [row] = await database.db
      .insert(mapping)
      .values({ connectionId: world.connectionId, name, direction: "in", kind, draft: document })
      .returning({ id: mapping.id });
    const mappingId = row?.id ?? 0;
    const [version] = await database.db
      .insert(mappingVersion)
      .values({ mappingId, number: 1, document, comment: "", publishedBy: "test" })
      .returning({ id: mappingVersion.id });
    const versionId = version?.id ?? 0;
    await database.db.update(mapping).set({ publishedVersionId: versionId }).where(eq(mapping.id, mappingId));
    return { mappingId, versionId, name, kind, document };
  }

  return {
    world,
    rows,
    reset,
    publishDefaults,
    contacts: (...items: unknown[]) =>
      receive(database.db, {
        connectionId: world.connectionId,
        stream: "contacts-in",
        direction: "in",
        items: readContacts(JSON.stringify(items)),
        portray,
      }),
    orders: (...items: unknown[]) =>
      receive(database.db, {
        connectionId: world.connectionId,
        stream: "orders-in",
        direction: "in",
        items: readOrders(JSON.stringify(items)),
        portray,
      }),
    states: () =>
      rows(sql`
        select r.key, d.state, d.fault->>'code' as code from record_direction d join record r on r.id = d.record_id
        where d.connection_id = ${world.connectionId} order by r.key`),
    outcomes: () =>
      rows(sql`
        select e.id - min(e.id) over () as nth, er.outcome from event e join event_record er on er.event_id = e.id
        join record r on r.id = er.record_id where r.family <> 'order' order by e.id`),
    take: (limit: number) => claim(database.db, world.connectionId, "in", limit),
    async drain(): Promise<void> {
      for (;;) {
        const batch = await claim(database.db, world.connectionId, "in", 1_000);
        if (batch.records.length === 0) return;
        await syncBatch(world.deps, batch);
      }
    },
  };
}
