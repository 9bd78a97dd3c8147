import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/testing/database";
import { recordDetail } from "./detail";
import { endedItems, rawEvent } from "./items";
import { previewRecord } from "./preview";
import { named, openWorld, person, relay, sale, structure, type World } from "./test-world";
import { recordTimeline } from "./timeline";

const database = testDatabase();
let world: World;

const detail = async (key: string) => {
  const found = await recordDetail(database.db, await world.idOf(key));
  if (!found) throw new Error(`no record ${key}`);
  return found;
};
const timeline = async (key: string, limit = 100, cursor?: string) =>
  recordTimeline(database.db, { recordId: await world.idOf(key), limit, ...(cursor && { cursor }) });
const preview = async (key: string, selected: (section: string) => boolean = () => true) => {
  const [first] = await previewRecord(database.db, {
    recordId: await world.idOf(key),
    published: world.published,
    timeZone: "Europe/Zurich",
    recordTypes: {},
    selected,
  });
  if (!first) throw new Error("there is no preview");
  return { ...first, field: (name: string) => first.fields.find(({ field }) => field === name) };
};

beforeEach(async () => {
  world = await openWorld(database.db);
});

describe("a record's page", () => {
  it("tells where it stands, what it is in Salesforce and what S-360 said", async () => {
    await world.contacts(person("1"));
    await world.drain();
    const record = await detail("1");
    expect(record).toMatchObject({
      institution: "myvenue",
      family: "contact",
      kind: "individual",
      label: "Edna Frank",
      state: "idle",
      beingWritten: false,
      bulkJob: null,
      sourceState: { contactNumber: "1", role: "PUBLIC" },
    });
    expect(record.directions).toMatchObject([
      {
        direction: "in",
        stream: "contacts-in",
        fault: null,
        dueAt: null,
        version: 1,
        syncedVersion: 1,
        standstill: { pausedAt: null, blocked: null },
      },
    ]);
    expect(record.links).toMatchObject([
      { object: "Account", salesforceId: "id-1", url: "http://127.0.0.1:1/lightning/r/Account/id-1/view" },
    ]);
  });

  it("tells what is wrong and when it is tried again", async () => {
    world.org.refuse = () => ({ code: "row_locked", sentence: "Somebody holds the row." });
    await world.contacts(person("1"));
    await world.drain();
    const [direction] = (await detail("1")).directions;
    expect(direction).toMatchObject({ state: "retrying", fault: { sentence: "Somebody holds the row." } });
    expect(Date.parse(direction?.dueAt ?? "")).toBeGreaterThan(Date.now());
  });

  it("tells what it waits for, and who waits for it", async () => {
    await world.contacts(relay("3", "2"));
    await world.orders(sale(1, "3"));
    await world.drain();
    expect((await detail("3")).waitsFor).toMatchObject({ total: 1, records: [{ key: "2", kind: null }] });
    expect((await detail("3")).awaitedBy).toMatchObject({ total: 1, records: [{ key: "10" }] });
    await world.contacts(structure("2"));
    await world.drain();
    expect((await detail("3")).waitsFor).toEqual({ total: 0, records: [] });
  });

  it("tells of a sale that it names no contact, or that it is linked with one later", async () => {
    await world.orders(sale(1, undefined), sale(2, "9"));
    await world.drain();
    const [none, waits] = [await detail("10"), await detail("20")];
    expect(none).toMatchObject({ anonymous: "unlinked", linkedLater: { total: 0 } });
    expect(waits).toMatchObject({ anonymous: null, waitsFor: { total: 1 }, linkedLater: { total: 0 } });
    await database.db.execute(sql`update record_direction set state = 'idle' where state = 'waiting'`);
    expect(await detail("20")).toMatchObject({
      waitsFor: { total: 0 },
      linkedLater: { total: 1, records: [{ key: "9" }] },
    });
    expect((await detail("1")).anonymous).toBeNull();
  });

  it("leads from an order to its operations and back", async () => {
    world.org.refuse = (row) => (row.key === "11" ? { code: "refused", sentence: "No." } : null);
    await world.orders(sale(1, undefined, 2));
    await world.drain();
    const order = await detail("1");
    expect(order).toMatchObject({ family: "order", state: "failed", directions: [] });
    expect(order.children.records.map(({ key, state }) => [key, state])).toEqual([
      ["10", "idle"],
      ["11", "failed"],
    ]);
    expect((await detail("10")).parent).toMatchObject({ family: "order", key: "1", state: "failed" });
  });

  it("tells why nothing moves: a paused stream, an org that refuses work", async () => {
    await world.contacts(person("1"));
    await database.db.execute(sql`
      update stream set paused_at = now() where connection_id = ${world.connectionId} and name = 'contacts-in'`);
    await database.db.execute(sql`
      insert into block (connection_id, system, until, fault)
      select id, 'salesforce', now() + interval '1 minute', '{"code": "org_limit", "sentence": "The org has used its calls."}'
      from connection`);
    const [direction] = (await detail("1")).directions;
    expect(direction?.standstill.pausedAt).not.toBeNull();
    expect(direction?.standstill.blocked?.sentence).toBe("The org has used its calls.");
  });

  it("is not there for an id that is not there", async () => {
    expect(await recordDetail(database.db, 987654321)).toBeNull();
  });
});

describe("the timeline", () => {
  it("tells events and attempts in the order they happened, newest first, with what was written", async () => {
    await world.contacts(structure("2"), person("1"));
    await world.drain();
    await world.contacts(person("1", named("Edna", "Moser")));
    await world.drain();
    const { rows, next } = await timeline("1");
    expect(next).toBeNull();
    expect(rows.map((entry) => entry.type)).toEqual(["attempt", "event", "attempt", "event"]);
    expect(rows[0]).toMatchObject({
      outcome: "updated",
      mapping: { name: "individual", version: 1 },
      object: "Account",
      salesforceId: expect.any(String) as string,
      changes: [{ field: "LastName", before: "Frank", after: "Moser" }],
      call: { rows: 1 },
    });
    expect(rows[1]).toMatchObject({ fate: "synced", place: 1, payloadItems: 1, version: 2 });
    expect(rows[2]).toMatchObject({ outcome: "created", call: { rows: 2 } });
    expect(rows[3]).toMatchObject({ fate: "synced", place: 2, payloadItems: 2, version: 1 });
  });

  it("tells what was overtaken and what had to be done to read an item", async () => {
    await world.contacts(person("1", { function: "a\0b" }));
    await world.contacts(person("1"));
    await world.drain();
    const { rows } = await timeline("1");
    expect(rows[0]).toMatchObject({ type: "attempt", outcome: "created" });
    expect(rows[1]).toMatchObject({ type: "event", fate: "synced", note: null });
    expect(rows[2]).toMatchObject({ type: "event", fate: "superseded", note: expect.any(String) as string });
  });

  it("tells an order's event by the worst of what it touched, an operation's by its own", async () => {
    world.org.refuse = (row) => (row.key === "11" ? { code: "refused", sentence: "No." } : null);
    await world.orders(sale(1, undefined, 2));
    await world.drain();
    expect((await timeline("1")).rows).toMatchObject([{ type: "event", fate: "failed" }]);
    expect((await timeline("10")).rows[1]).toMatchObject({ type: "event", fate: "synced" });
  });

  it("comes in pages without gaps or repetitions", async () => {
    for (const name of ["A", "B", "C", "D"]) {
      await world.contacts(person("1", named("Edna", name)), person("1", named("Ed", name)));
      await world.drain();
    }
    const whole = (await timeline("1")).rows;
    expect(whole).toHaveLength(12);
    const paged = [];
    let cursor: string | undefined;
    do {
      const page = await timeline("1", 5, cursor);
      paged.push(...page.rows);
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(paged).toEqual(whole);
  });
});

describe("what S-360 says now against what both sides agreed on", () => {
  it("marks nothing while they are in step", async () => {
    await world.contacts(person("1"));
    await world.drain();
    const { fields, field, linked, obstacle } = await preview("1");
    expect({ linked, obstacle }).toEqual({ linked: true, obstacle: null });
    expect(fields.filter(({ differs }) => differs)).toEqual([]);
    expect(field("LastName")).toMatchObject({ now: { told: "value", value: "Frank" }, base: "Frank" });
  });

  it("marks what differs", async () => {
    await world.contacts(person("1"));
    await world.drain();
    await world.contacts(person("1", named("Edna", "Moser")));
    const { fields } = await preview("1");
    expect(fields.filter(({ differs }) => differs)).toMatchObject([
      { field: "LastName", now: { told: "value", value: "Moser" }, base: "Frank" },
    ]);
  });

  it("is silent where S-360 was told not to speak", async () => {
    await world.contacts(person("1"));
    await world.drain();
    const quiet = await preview("1", (section) => section !== "communicationMeans");
    expect(quiet.field("PersonEmail")).toMatchObject({ now: { told: "silent" }, differs: false });
  });

  it("says field by field what cannot be used", async () => {
    await world.contacts(person("1", named("Edna", "x".repeat(81))));
    await world.drain();
    const { field, linked } = await preview("1");
    expect(linked).toBe(false);
    expect(field("LastName")?.now).toMatchObject({ told: "problem" });
    expect(field("FirstName")).toMatchObject({ base: undefined, differs: true });
  });

  it("joins an operation with its order", async () => {
    await world.orders(sale(1, undefined));
    await world.drain();
    expect((await preview("10")).field("SecuTixOrderId__c")).toMatchObject({ base: "1", differs: false });
  });

  it("shows references as they are written: to the object the contact is linked as, and to no other", async () => {
    await world.contacts(person("1"), structure("2"), relay("3", "2"));
    await world.orders(sale(1, "1"), sale(2, "3"));
    await world.drain();
    const ofPerson = await preview("10");
    expect(ofPerson.field("Account__c")).toMatchObject({ now: { value: "1" }, base: "1", differs: false });
    expect(ofPerson.field("Contact__c")).toMatchObject({ now: { value: null }, base: null, differs: false });
    const ofRelay = await preview("20");
    expect(ofRelay.field("Account__c")).toMatchObject({ now: { value: null }, differs: false });
    expect(ofRelay.field("Contact__c")).toMatchObject({ now: { value: "3" }, differs: false });
  });

  it("shows S-360's number where nothing is known of the contact yet", async () => {
    await world.orders(sale(1, "1"));
    await world.drain();
    expect((await preview("10")).field("Account__c")).toMatchObject({ now: { value: "1" }, base: undefined });
  });

  it("says why nothing is written of a record that a filter or a sales rule leaves out", async () => {
    const say = async (key: string, kind: string, more: object) => {
      const mappings = world.published.mappings.map((mapping) =>
        mapping.kind === kind ? { ...mapping, document: { ...mapping.document, ...more } } : mapping,
      );
      world = { ...world, published: { ...world.published, mappings } };
      return (await preview(key)).apart;
    };
    await world.contacts(person("1"));
    await world.orders(sale(1, undefined));
    await world.drain();
    expect(await say("1", "individual", {})).toBeNull();
    expect(await say("1", "individual", { filter: "false" })).toMatch(/filter this record takes no part/);
    const rule = { types: [], states: [], sign: "as-sent" };
    const ruled = (given: object) => ({ sales: { rules: [{ ...rule, ...given }], signed: [] } });
    expect(await say("10", "operation", ruled({ action: "write" }))).toBeNull();
    expect(await say("10", "operation", ruled({ action: "ignore" }))).toMatch(/sales rule 1 .* is ignored/);
    expect(await say("10", "operation", ruled({ action: "mark", mark: "X" }))).toMatch(/only marked “X”/);
  });

  it("says so when the org's fields are not known yet", async () => {
    await world.contacts(person("1"));
    await database.db.execute(sql`delete from org_object`);
    const { obstacle, fields } = await preview("1");
    expect(obstacle).toMatch(/not told us yet/);
    expect(fields).toEqual([]);
  });
});

describe("items without a record", () => {
  it("lists what was unusable and what was ignored, newest first, and keeps the text as it came", async () => {
    await world.contacts({ contactNumber: 12, note: "digits  kept" }, person("1"));
    await world.orders({ orderId: 2, operationDatas: [] });
    const { rows } = await endedItems(database.db, { connectionId: world.connectionId, limit: 10 });
    expect(rows).toMatchObject([
      { outcome: "ignored", stream: "orders-in", record: { family: "order", key: "2" } },
      { outcome: "failed", stream: "contacts-in", record: null, fault: { code: "missing_key" } },
    ]);
    const raw = await rawEvent(database.db, rows[1]?.eventId ?? 0);
    expect(raw).toMatchObject({ raw: '{"contactNumber":12,"note":"digits  kept"}', position: 0 });
    expect(await rawEvent(database.db, 987654321)).toBeNull();
  });

  it("narrows to a stream or an outcome, shortens long texts and comes in pages", async () => {
    await world.contacts(...Array.from({ length: 5 }, (_, index) => ({ index, text: "x".repeat(400) })));
    await world.orders({ orderId: 2, operationDatas: [] });
    const of = (more: object) =>
      endedItems(database.db, { connectionId: world.connectionId, limit: 3, ...more });
    const first = await of({ stream: "contacts-in" });
    const second = await of({ stream: "contacts-in", cursor: first.next ?? "" });
    expect([first.rows.length, second.rows.length, second.next]).toEqual([3, 2, null]);
    expect(first.rows[0]?.excerpt).toHaveLength(301);
    expect((await of({ outcome: "ignored" })).rows).toHaveLength(1);
  });

  it("tells apart what a mistake of the connector stopped: it can be read again", async () => {
    await world.contacts({ contactNumber: 12 }, { contactNumber: 13 });
    await database.db.execute(sql`
      update event set fault = '{"code": "internal", "sentence": "Why."}' where position = 1`);
    const of = async (more: object) =>
      (await endedItems(database.db, { connectionId: world.connectionId, limit: 9, ...more })).rows;
    expect((await of({})).map(({ setAside }) => setAside)).toEqual([true, false]);
    expect(await of({ outcome: "set-aside" })).toMatchObject([{ setAside: true, outcome: "failed" }]);
  });
});
