import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { readContacts } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { keepPayload } from "./keep-payload";
import { streamsWithArrivals, takeIn } from "./take-in";

const database = testDatabase();
let connectionId: number;
/** What stands in the way of calls that hold this. */
let obstacle: { readonly of: RegExp; readonly error: Error } | null;

beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  connectionId = await insertTestConnection(database.db);
  obstacle = null;
});

const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;
const keep = async (...contacts: readonly object[]) =>
  keepPayload(database.db, {
    connectionId,
    stream: "contacts-in",
    body: JSON.stringify(contacts),
    items: contacts.length,
  });
const person = (contactNumber: string, more: object = {}) => ({ contactNumber, type: "INDIVIDUAL", ...more });

function read(body: string) {
  if (obstacle?.of.test(body)) throw obstacle.error;
  return readContacts(body);
}
const take = () =>
  takeIn({ db: database.db, connectionId, stream: "contacts-in", read, portray }).then(
    (receipt) => (receipt ? `took ${receipt.items}` : "nothing to do"),
    (error: Error) => error.message,
  );
/** What is taken in while nothing has to be waited for. */
async function turns(): Promise<string[]> {
  const seen: string[] = [];
  while ((await streamsWithArrivals(database.db)).length > 0) seen.push(await take());
  return seen;
}
const later = () => database.db.execute(sql`update payload set due_at = now()`);
const keys = async () => (await rows(sql`select key from record order by key`)).map((row) => row["key"]);
const seconds = async () =>
  (
    await rows(sql`
      select round(extract(epoch from due_at - now()) / 5)::int * 5 as s from payload order by id limit 1`)
  )[0]?.["s"];

const mistake = new TypeError("a mistake of ours");
const refusal = (code: string) => Object.assign(new Error("the database says no"), { code });

describe("a call that cannot be taken in", () => {
  it("keeps its place: a newer call of the same contact waits for it", async () => {
    await keep(person("1", { call: 1 }));
    obstacle = { of: /1/, error: refusal("53100") };
    expect(await turns()).toEqual(["the database says no"]);
    obstacle = null;
    await keep(person("1", { call: 2 }));
    expect(await turns()).toEqual([]);
    await later();
    expect(await turns()).toEqual(["took 1", "took 1"]);
    expect(await rows(sql`select s360_state->'call' as call from record`)).toEqual([{ call: 2 }]);
  });

  it("is found among those that failed with it, and those before it are through at once", async () => {
    await keep(person("1"));
    await keep(person("bad"));
    await keep(person("3"));
    obstacle = { of: /bad/, error: mistake };
    expect(await turns()).toEqual([mistake.message, "took 1", mistake.message]);
    expect(await keys()).toEqual(["1"]);
  });

  it("is set aside after four tries, some minutes in all, and those behind it go on", async () => {
    await keep(person("bad", { call: 1 }), person("other"));
    await keep(person("3"));
    obstacle = { of: /bad/, error: mistake };
    const pauses: unknown[] = [];
    for (let turn = 0; turn < 3; turn++) {
      await turns();
      pauses.push(await seconds());
      await later();
    }
    expect(pauses).toEqual([30, 120, undefined]);
    expect(await keys()).toEqual(["3"]);
  });

  it("is set aside item by item where it can be read, as it came, with a sentence", async () => {
    await keep(person("2"), { contactNumber: "bad" });
    const received = await rows(sql`select payload_id, received_at from payload`);
    await database.db.execute(
      sql`update payload set tries = 4, fault = '{"code": "internal", "sentence": "Why."}'`,
    );
    expect(await turns()).toEqual(["took 2"]);
    expect(await rows(sql`select payload_id, received_at from event where position = 1`)).toEqual(received);
    expect(
      await rows(
        sql`select raw, outcome, fault->>'code' as code, fault->>'sentence' as says from event order by position`,
      ),
    ).toEqual(
      [JSON.stringify(person("2")), '{"contactNumber":"bad"}'].map((raw) => ({
        raw,
        outcome: "failed",
        code: "internal",
        says: "Why. After several tries it was kept as it came, and nothing of it is in Salesforce. Tell IT; once the connector is mended, have it read again under Records, Items without a record.",
      })),
    );
    expect(await keys()).toEqual([]);
  });

  it.each([
    ["reading it is what fails", 4],
    ["a worker was killed while it set it aside", 5],
  ])("is set aside as a whole where %s", async (_why, tries) => {
    await keep(person("bad"), person("2"));
    await database.db.execute(sql`update payload set tries = ${tries}`);
    obstacle = tries === 4 ? { of: /bad/, error: mistake } : null;
    expect(await turns()).toEqual(["took 1"]);
    expect(await rows(sql`select raw from event`)).toEqual([
      { raw: JSON.stringify([person("bad"), person("2")]) },
    ]);
  });

  it("is told of once until somebody has read it", async () => {
    const notices = () => rows(sql`select kind, about, state, sentence from review order by id`);
    const oneMore = async () => {
      await keep(person("bad"));
      await database.db.execute(sql`update payload set tries = 4`);
      await turns();
    };
    await oneMore();
    await oneMore();
    expect(await notices()).toEqual([
      {
        kind: "trouble",
        about: "set aside contacts-in",
        state: "open",
        sentence: expect.stringContaining(
          "S-360 sent something that the connector could not take in.",
        ) as string,
      },
    ]);
    await database.db.execute(sql`update review set state = 'closed'`);
    await oneMore();
    expect(await notices()).toHaveLength(2);
  });

  it("and that may kill its worker has its try counted before it is begun", async () => {
    await keep(person("1", { text: "x".repeat(9_000_000) }));
    const tries = async () => (await rows(sql`select tries from payload`))[0]?.["tries"];
    obstacle = { of: /xxx/, error: Object.assign(new Error("killed"), { code: "ECONNRESET" }) };
    expect([await take(), await tries()]).toEqual(["killed", 1]);
    obstacle = { of: /xxx/, error: mistake };
    expect([await take(), await tries()]).toEqual([mistake.message, 2]);
    await later();
    obstacle = { of: /xxx/, error: refusal("57014") };
    expect([await take(), await tries()]).toEqual(["the database says no", 3]);
    await later();
    obstacle = { of: /xxx/, error: refusal("53100") };
    expect([await take(), await tries()]).toEqual(["the database says no", 3]);
  });
});

describe("a database in trouble", () => {
  it.each(["53100", "55P03", "57014", "40P01", "25006", "42P01"])(
    "(%s) is waited for without end, and no call is set aside for it",
    async (code) => {
      await keep(person("1"));
      await keep(person("2"));
      obstacle = { of: /./, error: refusal(code) };
      for (let turn = 0; turn < 10; turn++) {
        expect(await turns()).toEqual(["the database says no"]);
        expect(await seconds()).toBe(15);
        await later();
      }
      expect(await rows(sql`select from event`)).toEqual([]);
      obstacle = null;
      expect(await turns()).toEqual(["took 1", "took 1"]);
      expect(await keys()).toEqual(["1", "2"]);
    },
  );

  it("that is away counts for nothing: it is tried again as soon as it is back", async () => {
    await keep(person("1"));
    obstacle = { of: /./, error: Object.assign(new Error("away"), { code: "ECONNREFUSED" }) };
    expect(await take()).toBe("away");
    expect(await rows(sql`select tries, due_at <= now() as due from payload`)).toEqual([
      { tries: 0, due: true },
    ]);
  });
});
