import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { readContacts, readOrders } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { keepPayload } from "./keep-payload";
import { readAllAgain, readCallAgain } from "./read-again";
import { streamsWithArrivals, takeIn, type StreamIn } from "./take-in";

const database = testDatabase();
const readers = { "contacts-in": readContacts, "orders-in": readOrders };
const mistake = new TypeError("a mistake of ours");
const actor = "ada@venue.example";
let connectionId: number;
/** Items that hold this meet a mistake of ours while they are folded, calls that hold it while they are read. */
let unfit: { items: RegExp | null; calls: RegExp | null };

beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  connectionId = await insertTestConnection(database.db);
  unfit = { items: null, calls: null };
});

const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;
const person = (contactNumber: string, more: object = {}) => ({ contactNumber, type: "INDIVIDUAL", ...more });

async function sends(stream: StreamIn, ...items: readonly object[]): Promise<void> {
  await keepPayload(database.db, { connectionId, stream, body: JSON.stringify(items), items: items.length });
  await work();
}
const contacts = (...items: readonly object[]) => sends("contacts-in", ...items);

/** The worker, until nothing is to be taken in: what fails is due again at once. Gives how often it failed. */
async function work(): Promise<number> {
  let failures = 0;
  for (;;) {
    const [arrivals] = await streamsWithArrivals(database.db);
    if (!arrivals) return failures;
    const read = (body: string) => {
      if (unfit.calls?.test(body)) throw mistake;
      return readers[arrivals.stream](body);
    };
    const failing: typeof portray = (family, state) => {
      if (unfit.items?.test(JSON.stringify(state))) throw mistake;
      return portray(family, state);
    };
    await takeIn({ db: database.db, ...arrivals, read, portray: failing }).catch((error: unknown) => {
      if (error !== mistake) throw error;
      failures++;
    });
    await database.db.execute(sql`update payload set due_at = now()`);
  }
}

const setAside = () =>
  rows(
    sql`select id::int, raw, received_at::text, payload_id from event where outcome = 'failed' order by id`,
  );
const all = () => readAllAgain(database.db, { connectionId }, actor);
const states = async () =>
  (
    await rows(sql`select key, s360_state as state from record where s360_state is not null order by key`)
  ).map(({ key, state }) => [key, state]);

describe("calls that were set aside", () => {
  it("are read again in the order they came, as they came", async () => {
    unfit.items = /bad/;
    await contacts(person("1", { call: 1, name: "bad" }), person("2"));
    await contacts(person("1", { call: 2, mail: "bad" }));
    const before = await setAside();
    expect(before).toHaveLength(3);
    unfit.items = null;
    expect(await all()).toEqual({ calls: 2 });
    await work();
    expect(await states()).toEqual([
      ["1", person("1", { call: 2, name: "bad", mail: "bad" })],
      ["2", person("2")],
    ]);
    expect(
      await rows(sql`select raw, received_at::text, payload_id, outcome from event order by id`),
    ).toEqual(
      before.map(({ raw, received_at, payload_id }) => ({ raw, received_at, payload_id, outcome: null })),
    );
    expect(await rows(sql`select actor, action, subject from audit_log`)).toEqual([
      { actor, action: "calls read again", subject: "2 set aside" },
    ]);
  });

  it("are read again as a whole where reading them was what failed", async () => {
    unfit.calls = /bad/;
    await contacts(person("1", { name: "bad" }), person("2"));
    expect(await setAside()).toHaveLength(1);
    unfit.calls = null;
    await all();
    await work();
    expect((await states()).map(([key]) => key)).toEqual(["1", "2"]);
  });

  it("are read again one by one, with all items of the call", async () => {
    unfit.items = /bad/;
    await contacts(person("1", { name: "bad" }), person("2"));
    await contacts(person("3", { name: "bad" }));
    const [, second] = await setAside();
    unfit.items = null;
    expect(await readCallAgain(database.db, Number(second?.["id"]), actor)).toEqual({ calls: 1 });
    await work();
    expect((await states()).map(([key]) => key)).toEqual(["1", "2"]);
    expect(await setAside()).toHaveLength(1);
    expect(await readCallAgain(database.db, Number(second?.["id"]), actor)).toBeNull();
  });

  it("go back once, though two admins say so at the same moment", async () => {
    unfit.items = /bad/;
    await contacts(person("1", { name: "bad" }));
    const both = await Promise.all([all(), all()]);
    expect(both.map(({ calls }) => calls).sort()).toEqual([0, 1]);
    expect(await rows(sql`select from payload`)).toHaveLength(1);
  });

  it("are those of one stream where it is named, and never what cannot be used", async () => {
    unfit.items = /bad/;
    await sends("orders-in", { orderId: 7, orderType: "bad" });
    await contacts(person("1", { name: "bad" }));
    await contacts({ nobody: true });
    expect(await readAllAgain(database.db, { connectionId, stream: "orders-in" }, actor)).toEqual({
      calls: 1,
    });
    expect(await all()).toEqual({ calls: 1 });
    expect(await all()).toEqual({ calls: 0 });
    expect(await setAside()).toMatchObject([{ raw: '{"nobody":true}' }]);
  });

  it("that fail again are set aside again after one try, told of, and hold up nobody", async () => {
    unfit.items = /bad/;
    await contacts(person("1", { name: "bad" }));
    await database.db.execute(sql`update review set state = 'closed'`);
    const before = await setAside();
    await all();
    expect(await work()).toBe(1);
    expect(await setAside()).toMatchObject(before.map(({ raw, received_at }) => ({ raw, received_at })));
    expect(await rows(sql`select about from review where state = 'open'`)).toEqual([
      { about: "set aside contacts-in" },
    ]);
    await contacts(person("2"));
    expect((await states()).map(([key]) => key)).toEqual(["2"]);
  });
});

describe("what came of the same record after a call that is read again", () => {
  it("is newer and stays: the call says that it was superseded", async () => {
    unfit.items = /bad/;
    await contacts(person("1", { call: "bad" }), person("2", { call: 1 }));
    await contacts(person("1", { call: 2 }));
    unfit.items = null;
    await all();
    await work();
    expect(await states()).toEqual([
      ["1", person("1", { call: 2 })],
      ["2", person("2", { call: 1 })],
    ]);
    expect(
      await rows(sql`
        select r.key, er.outcome, er.version from event e join event_record er on er.event_id = e.id
        join record r on r.id = er.record_id order by e.id`),
    ).toEqual([
      { key: "1", outcome: null, version: 1 },
      { key: "1", outcome: "superseded", version: 0 },
      { key: "2", outcome: null, version: 1 },
    ]);
  });

  it("is newer in the sections that it told: the others still count", async () => {
    await contacts(person("1", { addresses: "old", mail: "old" }));
    unfit.items = /bad/;
    await contacts(person("1", { addresses: "new", mail: "mid", remark: "bad" }));
    await contacts({ contactData: person("1", { mail: "newest" }) });
    unfit.items = null;
    await all();
    await work();
    expect(await states()).toEqual([["1", person("1", { addresses: "new", mail: "newest", remark: "bad" })]]);
    expect(
      await rows(sql`
        select er.outcome, er.version from event e join event_record er on er.event_id = e.id order by e.id`),
    ).toEqual([
      { outcome: null, version: 1 },
      { outcome: null, version: 2 },
      { outcome: null, version: 3 },
    ]);
  });

  it("is told as it came: of what cannot be read any more it may have told every section", async () => {
    unfit.items = /bad/;
    await contacts(person("1", { addresses: "new", mail: "bad" }));
    await contacts(person("1", { mail: "newest" }));
    await database.db.execute(sql`update event set raw = '{}' where outcome is null`);
    unfit.items = null;
    await all();
    await work();
    expect(await states()).toEqual([["1", person("1", { mail: "newest" })]]);
  });

  it.each([
    ["that S-360 knows it no more", { unknownToS360: true }],
    ["that the number is another person's", { contactId: 99 }],
  ])("may say %s: nothing of before counts", async (_, said) => {
    unfit.items = /bad/;
    await contacts(person("1", { mail: "bad", contactId: 1 }));
    unfit.items = null;
    await contacts({ contactNumber: "1", ...said });
    await all();
    await work();
    expect(await states()).toEqual([["1", expect.not.objectContaining({ mail: "bad" })]]);
  });

  it("does not count where it touched nothing, because it was late itself", async () => {
    unfit.items = /bad/;
    await contacts(person("1", { mail: "bad", call: 1 }));
    await contacts(person("1", { mail: "bad", call: 2 }));
    await contacts(person("1", { mail: "newest", call: 3 }));
    const [, second] = await setAside();
    unfit.items = null;
    await readCallAgain(database.db, Number(second?.["id"]), actor);
    await work();
    const outcomes = sql`select er.outcome from event_record er order by er.event_id`;
    expect(await rows(outcomes)).toEqual([{ outcome: null }, { outcome: "superseded" }]);
    // As where what was newest came before the first.
    await database.db.execute(sql`
      update event set received_at = received_at - interval '1 hour' where id = (
        select event_id from event_record where outcome is null)`);
    await all();
    await work();
    expect(await rows(outcomes)).toEqual([{ outcome: null }, { outcome: "superseded" }, { outcome: null }]);
    expect(await states()).toEqual([["1", person("1", { mail: "bad", call: 1 })]]);
  });

  it("is an order as a whole: operations that it has lost meanwhile do not come back", async () => {
    const order = (call: unknown, ...operations: number[]) => ({
      orderId: 7,
      orderType: "SALE",
      call,
      operationDatas: operations.map((operationId) => ({ operationId })),
    });
    unfit.items = /bad/;
    await sends("orders-in", order("bad", 70, 71));
    await sends("orders-in", order("good", 70));
    unfit.items = null;
    await all();
    await work();
    expect(await rows(sql`select key from record order by key`)).toEqual([{ key: "7" }, { key: "70" }]);
    expect(await states()).toContainEqual([
      "7",
      expect.objectContaining({ call: "good", operationIds: ["70"] }),
    ]);
  });

  it("does not count where it came before", async () => {
    await contacts(person("1", { call: 0, old: true }));
    unfit.items = /bad/;
    await contacts(person("1", { call: "bad" }));
    unfit.items = null;
    await all();
    await work();
    expect(await states()).toEqual([["1", person("1", { call: "bad", old: true })]]);
  });
});
