import { readFileSync } from "node:fs";
import { eq, sql } from "drizzle-orm";
import pino from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import { mapping, mappingVersion } from "@/drizzle/schema";
import { FaultError } from "@/lib/core/faults";
import { defaultMappings, defaultValueMaps } from "@/lib/core/mapping/defaults";
import type { PublishedMapping, PublishedMappings } from "@/lib/core/mapping/published";
import { receive } from "@/lib/inbox/receive";
import { readContacts, readOrders } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { fakeOrg, type FakeOrg } from "@/testing/fake-org";
import { claim } from "./records";
import { syncBatch } from "./sync-batch";
import type { SyncDeps } from "./work";

const database = testDatabase();
let connectionId: number;
let org: FakeOrg;
let deps: SyncDeps;

const person = (contactNumber: string, more: object = {}) => ({
  contactNumber,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  individualContact: { title: "MRS", individualFirstName: "Edna", individualLastName: "Frank" },
  ...more,
});
const structure = (contactNumber: string) => ({
  contactNumber,
  type: "STRUCTURE",
  structureContact: { officialName: "Étoile" },
});
const relay = (contactNumber: string, of: string) => ({
  ...person(contactNumber),
  role: "RELAY",
  contactConnections: [{ contactNumber: of }],
});
const sale = (orderId: number, contactReference: string | undefined) => ({
  orderId,
  orderType: "SALE",
  contactReference,
  operationDatas: [
    { operationId: orderId * 10, product: "Jazz", totalAmount: 20000, unitPrice: 20000, quantity: 1 },
  ],
});

const contacts = (...items: unknown[]) =>
  receive(database.db, {
    connectionId,
    stream: "contacts-in",
    direction: "in",
    items: readContacts(JSON.stringify(items)),
    portray,
  });
const orders = (...items: unknown[]) =>
  receive(database.db, {
    connectionId,
    stream: "orders-in",
    direction: "in",
    items: readOrders(JSON.stringify(items)),
    portray,
  });
const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;
const states = () =>
  rows(sql`
    select r.key, d.state, d.fault->>'code' as code from record_direction d join record r on r.id = d.record_id
    where d.connection_id = ${connectionId} order by r.key`);
const outcomes = () =>
  rows(sql`
    select e.id - min(e.id) over () as nth, er.outcome from event e join event_record er on er.event_id = e.id
    join record r on r.id = er.record_id where r.family <> 'order' order by e.id`);

async function drain(): Promise<void> {
  for (;;) {
    const batch = await claim(database.db, connectionId, "in", 1_000);
    if (batch.records.length === 0) return;
    await syncBatch(deps, batch);
  }
}

async function publishDefaults(account?: { kind: "household" }): Promise<PublishedMapping[]> {
  await database.db.execute(sql`delete from mapping`);
  const named = defaultMappings({
    individualsAs: account ? "contact" : "person-account",
    account: account ?? { kind: "private" },
    saleObject: "[p]SecutixSale__c",
  });
  return Promise.all(
    named.map(async ({ name, kind, document }) => {
      const [row] = await database.db
        .insert(mapping)
        .values({ connectionId, name, direction: "in", kind, draft: document })
        .returning({ id: mapping.id });
      const [version] = await database.db
        .insert(mappingVersion)
        .values({ mappingId: row?.id ?? 0, number: 1, document, comment: "", publishedBy: "test" })
        .returning({ id: mappingVersion.id });
      await database.db
        .update(mapping)
        .set({ publishedVersionId: version?.id })
        .where(eq(mapping.id, row?.id ?? 0));
      return { mappingId: row?.id ?? 0, versionId: version?.id ?? 0, name, kind, document };
    }),
  );
}

function withBlankDescription(published: PublishedMappings): PublishedMappings {
  const mappings = published.mappings.map((mapping) => {
    const [first] = mapping.document.lines;
    if (mapping.name !== "individual" || !first) return mapping;
    const line = {
      ...first,
      target: "Phone",
      expression: "function",
      when: "blank" as const,
      required: undefined,
    };
    return { ...mapping, document: { ...mapping.document, lines: [...mapping.document.lines, line] } };
  });
  return { ...published, mappings };
}

beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  connectionId = await insertTestConnection(database.db);
  org = fakeOrg();
  deps = {
    db: database.db,
    side: org,
    published: { mappings: await publishDefaults(), valueMaps: defaultValueMaps },
    settings: { timeZone: "Europe/Zurich", selected: () => true, recordTypes: {} },
    log: pino({ level: "silent" }),
    random: () => 0,
  };
});

describe("a batch", () => {
  it("writes a full payload in one call, relays pointing to structures created in the same call", async () => {
    await contacts(...(JSON.parse(readFileSync("e2e/payloads/contacts-50.json", "utf8")) as unknown[]));
    await drain();
    expect(org.writes.map((call) => call.length)).toEqual([50]);
    expect(await rows(sql`select state, count(*)::int as n from record_direction group by state`)).toEqual([
      { state: "idle", n: 50 },
    ]);
    expect(org.get("Contact", "0012045")).toMatchObject({ AccountId: "0012004", Title: "Comptable" });
  });

  it("makes no call at all for what has not changed", async () => {
    await contacts(person("1"), structure("2"), relay("3", "2"));
    await orders(sale(1, "1"));
    await drain();
    const [finds, writes] = [org.finds, org.writes.length];
    await contacts(person("1"), structure("2"), relay("3", "2"));
    await orders(sale(1, "1"));
    await drain();
    expect([org.finds, org.writes.length]).toEqual([finds, writes]);
    expect((await outcomes()).map((row) => row["outcome"])).toEqual([
      ...["synced", "synced", "synced", "synced"],
      ...["unchanged", "unchanged", "unchanged", "unchanged"],
    ]);
  });

  it("sends only the fields that changed, by Salesforce id", async () => {
    await contacts(person("1"));
    await drain();
    await contacts({
      contactNumber: "1",
      individualContact: { title: "MRS", individualFirstName: "Edna", individualLastName: "Moser" },
    });
    await drain();
    expect(org.writes[1]).toMatchObject([{ id: "id-1", fields: { LastName: "Moser" } }]);
    const attempts = await rows(
      sql`select outcome, before, after, call_rows from attempt order by id desc limit 1`,
    );
    expect(attempts).toEqual([
      { outcome: "updated", before: { LastName: "Frank" }, after: { LastName: "Moser" }, call_rows: 1 },
    ]);
  });

  it("settles row by row: one refusal, the others written", async () => {
    const fault = { code: "validation_rule", sentence: "No Franks on Sundays." } as const;
    org.refuse = (row) => (row.key === "2" ? fault : null);
    await contacts(person("1"), person("2"), person("3"));
    await drain();
    expect(await states()).toEqual([
      { key: "1", state: "idle", code: null },
      { key: "2", state: "failed", code: "validation_rule" },
      { key: "3", state: "idle", code: null },
    ]);
  });

  it("keeps what a failed full payload brought when a partial one succeeds", async () => {
    const fault = { code: "validation_rule", sentence: "Refused for now." } as const;
    org.refuse = () => fault;
    const addresses = [
      { main: true, street1: "1 rue du Lac", town: "Lausanne", zipCode: "1004", countryCode: "CH" },
    ];
    await contacts(person("1", { addresses }));
    await drain();
    org.refuse = () => null;
    await contacts({
      contactNumber: "1",
      individualContact: { title: "MR", individualFirstName: "E.", individualLastName: "Frank" },
    });
    await drain();
    expect(org.get("Account", "1")).toMatchObject({
      Salutation: "Mr.",
      PersonMailingCity: "Lausanne",
      PersonMailingStreet: "1 rue du Lac",
    });
    expect((await outcomes()).map((row) => row["outcome"])).toEqual(["superseded", "synced"]);
  });
});

describe("waiting", () => {
  it("parks a relay until its structure comes, and a sale until its contact comes", async () => {
    await contacts(relay("3", "2"));
    await orders(sale(1, "9"));
    await drain();
    expect(await states()).toEqual([
      { key: "10", state: "waiting", code: "reference_missing" },
      { key: "3", state: "waiting", code: "reference_missing" },
    ]);
    await contacts(structure("2"), person("9"));
    await drain();
    expect((await states()).every((row) => row["state"] === "idle")).toBe(true);
    expect(org.get("Contact", "3")).toMatchObject({ AccountId: "2" });
    expect(org.get("SecutixSale__c", "10")).toMatchObject({ Account__c: "9" });
    expect(await rows(sql`select * from waiting`)).toEqual([]);
  });

  it("points a sale of a relay to the Contact, and an anonymous one to nobody", async () => {
    await contacts(structure("2"), relay("3", "2"));
    await orders(sale(1, "3"), sale(2, undefined));
    await drain();
    expect(org.get("SecutixSale__c", "10")).toMatchObject({ Contact__c: "3", ContactSTXNumber__c: "3" });
    expect(org.get("SecutixSale__c", "10")).not.toHaveProperty("Account__c");
    expect(org.get("SecutixSale__c", "20")).not.toHaveProperty("Contact__c");
  });

  it("parks a relay whose structure was refused in the same call, and releases it with the structure", async () => {
    org.refuse = (row) =>
      row.key === "2" ? { code: "validation_rule", sentence: "Not this company." } : null;
    await contacts(structure("2"), relay("3", "2"));
    await drain();
    expect(await states()).toEqual([
      { key: "2", state: "failed", code: "validation_rule" },
      { key: "3", state: "waiting", code: "reference_missing" },
    ]);
    org.refuse = () => null;
    await contacts(structure("2"));
    await drain();
    expect((await states()).map((row) => row["state"])).toEqual(["idle", "idle"]);
  });
});

describe("trouble on the way", () => {
  const wide = () => new FaultError({ code: "org_unavailable", sentence: "Salesforce is down." });

  it("holds the connection, not the records, while the org is down", async () => {
    org.outage = wide();
    await contacts(person("1"));
    await drain();
    expect(await states()).toEqual([{ key: "1", state: "pending", code: null }]);
    const [held] = await rows(
      sql`select blocked_until > now() as held, blocked_by->>'code' as code, blocked_times from connection`,
    );
    expect(held).toEqual({ held: true, code: "org_unavailable", blocked_times: 1 });
    org.outage = null;
    await database.db.execute(sql`update connection set blocked_until = now()`);
    await drain();
    expect(org.get("Account", "1")).toBeDefined();
    expect(await rows(sql`select blocked_until, blocked_times from connection`)).toEqual([
      { blocked_until: null, blocked_times: 0 },
    ]);
  });

  it("writes nothing twice when the answer was lost after the write", async () => {
    org.loseAnswer = wide();
    await contacts(person("1"), structure("2"), relay("3", "2"));
    await drain();
    await database.db.execute(sql`update connection set blocked_until = now()`);
    await drain();
    expect(org.rows.map((row) => row.key).sort()).toEqual(["1", "2", "3"]);
    expect((await states()).every((row) => row["state"] === "idle")).toBe(true);
    expect(org.writes).toHaveLength(1);
  });

  it("tries a transient refusal again later, and not before", async () => {
    org.refuse = () => ({ code: "row_locked", sentence: "Locked." });
    await contacts(person("1"));
    await drain();
    const [row] = await rows(sql`select state, attempts, due_at > now() as later from record_direction`);
    expect(row).toEqual({ state: "retrying", attempts: 1, later: true });
  });

  it("tries again by itself what the org may cure, such as a field it lacks", async () => {
    org.hideField("Account", "Salutation");
    await contacts(person("1"));
    await drain();
    expect(await states()).toEqual([{ key: "1", state: "retrying", code: "field_missing" }]);
  });

  it("leaves to the next worker what it lost the lease for", async () => {
    await contacts(person("1"));
    const slow = await claim(database.db, connectionId, "in", 10);
    await database.db.execute(sql`update record set lease_until = now() - interval '1 second'`);
    const fast = await claim(database.db, connectionId, "in", 10);
    await syncBatch(deps, fast);
    await syncBatch(deps, slow);
    expect(org.rows).toHaveLength(1);
    expect(await states()).toEqual([{ key: "1", state: "idle", code: null }]);
  });

  it("keeps an event that came while the record was being written", async () => {
    await contacts(person("1"));
    const batch = await claim(database.db, connectionId, "in", 10);
    await contacts(person("1", { function: "later" }));
    await syncBatch(deps, batch);
    const [row] = await rows(sql`select state, version, synced_version from record_direction`);
    expect(row).toEqual({ state: "pending", version: 2, synced_version: 1 });
  });
});

describe("one bad record", () => {
  it("that refers to an impossible number fails alone", async () => {
    await contacts(relay("3", "x".repeat(9_000)), relay("4", "4"), person("1"));
    await drain();
    expect(await states()).toEqual([
      { key: "1", state: "idle", code: null },
      { key: "3", state: "failed", code: "invalid_value" },
      { key: "4", state: "failed", code: "invalid_value" },
    ]);
  });

  it("whose settling the database refuses is told as broken, and the others are settled", async () => {
    await database.db.execute(sql`alter table link add constraint no_seven check (key <> '7')`);
    await contacts(...Array.from({ length: 10 }, (_, i) => person(String(i))));
    await drain();
    await database.db.execute(sql`alter table link drop constraint no_seven`);
    expect(
      await rows(sql`select state, count(*)::int as n from record_direction group by state order by state`),
    ).toEqual([
      { state: "idle", n: 9 },
      { state: "retrying", n: 1 },
    ]);
    expect((await states())[7]).toEqual({ key: "7", state: "retrying", code: "internal" });
  });

  it("that carries the Sync ID of somebody else's Salesforce record goes to a person, unwritten", async () => {
    await contacts(person("1"));
    await drain();
    org.rename("Account", "1", "2");
    await contacts(
      person("2", { individualContact: { individualFirstName: "Otto", individualLastName: "Moser" } }),
    );
    await drain();
    expect((await states())[1]).toEqual({ key: "2", state: "review", code: "shared_record" });
    expect(org.get("Account", "2")).toMatchObject({ LastName: "Frank" });
  });

  it("is one record in every spelling that Salesforce takes for the same", async () => {
    await contacts(person("abc1"), person("ABC1"), structure("st2"), relay("3", "ST2"));
    await drain();
    expect(org.rows.map((row) => row.object).sort()).toEqual(["Account", "Account", "Contact"]);
    expect((await states()).every((row) => row["state"] === "idle")).toBe(true);
  });
});

describe("a field to be written only if blank", () => {
  it("is written where the org holds nothing, and left where it holds something", async () => {
    await contacts(person("1"), person("2"));
    await drain();
    deps = { ...deps, published: withBlankDescription(deps.published) };
    org.set("Account", "2", { Phone: "typed by a person" });
    await contacts(person("1", { function: "+41791234567" }), person("2", { function: "+41791234567" }));
    await drain();
    expect(org.get("Account", "1")).toMatchObject({ Phone: "+41791234567" });
    expect(org.get("Account", "2")).toMatchObject({ Phone: "typed by a person" });
    const finds = org.finds;
    await contacts(
      person("1", { function: "+41791234567", x: 1 }),
      person("2", { function: "+41791234567", x: 1 }),
    );
    await drain();
    expect(org.finds).toBe(finds);
  });
});

describe("individuals as contacts of a household", () => {
  it("keeps a sale waiting until every record it points to is written", async () => {
    deps = {
      ...deps,
      published: { ...deps.published, mappings: await publishDefaults({ kind: "household" }) },
    };
    const fault = { code: "validation_rule", sentence: "Refused for now." } as const;
    org.refuse = (row) => (row.object === "Contact" ? fault : null);
    await contacts(person("1"));
    await drain();
    await orders(sale(1, "1"));
    await drain();
    expect(await states()).toMatchObject([
      { key: "1", state: "failed" },
      { key: "10", state: "waiting" },
    ]);
    org.refuse = () => null;
    await contacts(person("1"));
    await drain();
    expect(org.get("SecutixSale__c", "10")).toMatchObject({ Account__c: "H-1", Contact__c: "1" });
  });
});

describe("publishing in the middle of a batch", () => {
  it("tries a record again that failed by the version that was replaced", async () => {
    await contacts({
      contactNumber: "1",
      type: "INDIVIDUAL",
      individualContact: { individualFirstName: "Edna" },
    });
    const batch = await claim(database.db, connectionId, "in", 10);
    await database.db.execute(sql`update mapping set published_version_id = 0 where name = 'individual'`);
    await syncBatch(deps, batch);
    expect(await states()).toMatchObject([{ key: "1", state: "pending" }]);
  });
});

describe("what only a person can settle", () => {
  it("stops a relay that became an individual after it was linked", async () => {
    await contacts(structure("2"), relay("3", "2"));
    await drain();
    await contacts(person("3"));
    await drain();
    expect((await states())[1]).toEqual({ key: "3", state: "review", code: "kind_changed" });
  });

  it("stops a number that now stands for another contact", async () => {
    await contacts(person("1", { contactId: 100 }));
    await drain();
    await contacts(person("1", { contactId: 200 }));
    await drain();
    expect(await states()).toEqual([{ key: "1", state: "review", code: "number_reused" }]);
  });
});

describe("claiming", () => {
  it("gives each record to one worker only", async () => {
    await contacts(...Array.from({ length: 100 }, (_, i) => person(String(i))));
    const batches = await Promise.all(
      Array.from({ length: 5 }, () => claim(database.db, connectionId, "in", 40)),
    );
    const ids = batches.flatMap((batch) => batch.records.map((record) => record.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(40);
  });

  it("lets a busy lane pass first without starving the others", async () => {
    await contacts(...Array.from({ length: 40 }, (_, i) => person(String(i))));
    await database.db.execute(
      sql`update record_direction set lane = 3 where record_id in (select id from record order by id limit 20)`,
    );
    const batch = await claim(database.db, connectionId, "in", 18);
    const lanes = await rows(sql`
      select lane, count(*)::int as n from record_direction d join record r on r.id = d.record_id
      where r.lease_token is not null group by lane order by lane`);
    expect(batch.records).toHaveLength(18);
    expect(lanes).toEqual([
      { lane: 1, n: 16 },
      { lane: 3, n: 2 },
    ]);
  });

  it("gives nothing of a paused stream", async () => {
    await contacts(person("1"));
    await database.db.execute(sql`update stream set paused_at = now() where name = 'contacts-in'`);
    expect((await claim(database.db, connectionId, "in", 10)).records).toEqual([]);
  });
});
