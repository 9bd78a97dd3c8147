/** Known contacts that S-360 is asked for in turn: what is gone there, and what it never told. */
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Contact } from "@/lib/core/contact-side";
import { FaultError } from "@/lib/core/faults";
import { contact, reviewWorld } from "@/lib/reviews/test-review-world";
import { checkKnown, connectionsToCheck } from "./known-contacts";
import { keepTroubles } from "./troubles";

const w = reviewWorld();
const { world, rows, back } = w;

/** The numbers S-360 was asked for, in order. */
let asked: string[] = [];
const reader = {
  /** As an S-360 that tells capitals and small letters apart. */
  read: async (number: string): Promise<Contact | null> => {
    asked.push(number);
    const found = await back.venue.read(number);
    return found && (found["contactNumber"] === number || number === "2") ? found : null;
  },
};
const input = (read: Pick<typeof reader, "read"> = reader) => ({
  db: world.deps.db,
  log: world.deps.log,
  openReader: async () => read,
});
const check = (read?: Pick<typeof reader, "read">) => checkKnown(input(read), world.connectionId);
const due = () => connectionsToCheck(world.deps.db);
const run = (statement: ReturnType<typeof sql>) => world.deps.db.execute(statement);

async function settings(s360: { checksPerDay?: number; callsPerMonth?: number }): Promise<void> {
  const { checksPerDay = 1_000_000, callsPerMonth = 0 } = s360;
  await run(sql`
    update connection set settings = jsonb_set(settings, '{s360}',
      settings -> 's360' || ${JSON.stringify({ checksPerDay, callsPerMonth })}::jsonb)`);
}
/** The next round may begin. */
async function dayLater(): Promise<void> {
  await run(sql`
    update contact_check set round_at = round_at - interval '1 day', asking_until = asking_until - interval '1 day'`);
  await run(sql`delete from api_usage`);
}
const stateOf = async (key: string) =>
  (await rows(sql`select s360_state as said from record where key = ${key}`))[0]?.["said"];
const versionOf = async (key: string) =>
  (
    await rows(sql`
      select version from record_direction join record on id = record_id where key = ${key} and direction = 'in'`)
  )[0]?.["version"];
const notices = () =>
  rows(sql`
  select kind, sentence, state from review where kind <> 'possible_duplicate' order by id`);

beforeEach(async () => {
  asked = [];
  await settings({});
  for (const key of ["1", "2", "3"]) await w.linked(key);
});

describe("known contacts", () => {
  it("are asked for in the order of their numbers, once, and again from the next day on", async () => {
    expect(await due()).toEqual([world.connectionId]);
    await check();
    expect(asked).toEqual(["1", "2", "3"]);
    await check();
    expect(asked).toEqual(["1", "2", "3"]);
    await dayLater();
    await check();
    await check();
    expect(asked).toEqual(["1", "2", "3", "1", "2", "3"]);
  });

  it("of whom S-360 says nothing new leave no trace", async () => {
    const before = await rows(sql`select id from event`);
    await check();
    expect(await rows(sql`select id from event`)).toEqual(before);
    expect(await versionOf("2")).toBe(1);
  });

  it("whose change S-360 never told are written", async () => {
    back.venue.put(
      contact("2", { communicationMeans: [{ communicationMeanId: 71, email: "new@mail.example" }] }),
    );
    await check();
    await w.drain("in");
    expect(world.org.get("Account", "2")).toMatchObject({ PersonEmail: "new@mail.example" });
    const [event] = await rows(sql`select note from event order by id desc limit 1`);
    expect(event).toEqual({ note: "Asked of S-360, as each known contact is from time to time." });
  });

  it("that come by themselves while S-360 answers stay as they came", async () => {
    const renamed = (name: string) =>
      contact("2", { individualContact: { individualFirstName: "Edna", individualLastName: name } });
    await check({
      read: async (key) => {
        if (key === "2") await w.contacts(renamed("Newer"));
        return key === "2" ? renamed("Older") : back.venue.read(key);
      },
    });
    expect(await stateOf("2")).toMatchObject({ individualContact: { individualLastName: "Newer" } });
    const [event] = await rows(sql`
      select er.outcome from event e join event_record er on er.event_id = e.id order by e.id desc limit 1`);
    expect(event).toEqual({ outcome: "superseded" });
  });

  it("for whom S-360 answers with another number are told to a person, once", async () => {
    back.venue.contacts.set("2", contact("77"));
    await check();
    await w.decide("dismiss");
    await dayLater();
    await check();
    await check();
    expect(await notices()).toMatchObject([
      {
        kind: "told",
        state: "closed",
        sentence:
          "Asked for contact 2, S-360 answers with contact 77. If 2 was merged into 77, say so on the page of 2: Merged in S-360 ….",
      },
    ]);
    expect(await stateOf("2")).toMatchObject({ contactNumber: "2" });
    expect(await stateOf("77")).toBeUndefined();
  });

  it("are asked for by their number as S-360 spells it", async () => {
    await w.sends(contact("1", { contactNumber: "A7", contactId: 70 }));
    await check();
    expect(asked).toEqual(["1", "2", "3", "A7"]);
    expect(await stateOf("a7")).not.toHaveProperty("unknownToS360");
  });

  it("are those that S-360 has numbered: one that is on its way there is nobody's", async () => {
    w.ruled({ create: "do" });
    world.org.insert("Account", { FirstName: "Nova", LastName: "Star", PersonEmail: "nova@mail.example" });
    await w.contacts(contact("1", { contactNumber: "N1", contactId: 71 }));
    await run(
      sql`update record set lease_until = now() + interval '8 days', lease_token = gen_random_uuid() where key = 'n1'`,
    );
    await w.turn();
    await check();
    expect(asked.filter((number) => number.startsWith("salesforce"))).toEqual([]);
    expect(await stateOf("n1")).not.toHaveProperty("unknownToS360");
  });

  it("are asked for by one worker at a time", async () => {
    await check({
      read: async (key) => {
        asked.push(key);
        await check();
        return back.venue.read(key);
      },
    });
    expect(asked).toEqual(["1", "2", "3"]);
  });
});

describe("contacts that S-360 no longer knows", () => {
  const blank = () => {
    const { rules } = world.deps.settings;
    w.depsWith({ rules: { ...rules, in: { ...rules.in, anonymised: "blank" } } });
  };

  it("are nobody's to blank but a person's, whatever the rule; then nothing personal of them is kept here", async () => {
    blank();
    back.venue.contacts.delete("2");
    await check();
    await w.drain("in");
    expect(world.org.get("Account", "2")).toMatchObject({ LastName: "Frank" });
    expect(await notices()).toMatchObject([
      {
        kind: "anonymised",
        state: "open",
        sentence:
          "S-360, asked for this contact, does not know it any more: it was deleted there, or is hidden from the connector. A person decides whether its Salesforce record is blanked.",
      },
    ]);
    expect(await stateOf("2")).toMatchObject({ individualContact: {}, unknownToS360: true });
    const [event] = await rows(sql`select note from event order by id desc limit 1`);
    expect(event).toEqual({
      note: "S-360 knows no such contact any more. Asked of S-360, as each known contact is from time to time.",
    });
    await w.decide("send");
    await w.drain("in");
    expect(world.org.get("Account", "2")).toMatchObject({ LastName: "XXXXXXXX", PersonEmail: null });
    expect(world.org.get("Account", "3")).toMatchObject({ LastName: "Frank" });
    expect(await stateOf("2")).toEqual({
      contactNumber: "2",
      contactId: 2,
      type: "INDIVIDUAL",
      role: "PUBLIC",
      unknownToS360: true,
    });
  });

  it("are asked about once, also under a rule that blanks, and told no more than once", async () => {
    blank();
    back.venue.contacts.delete("2");
    await check();
    await w.drain("in");
    await w.decide("keep");
    const events = await rows(sql`select id from event`);
    await dayLater();
    await check();
    await check();
    await w.drain("in");
    expect(await rows(sql`select id from event`)).toEqual(events);
    expect(await notices()).toMatchObject([{ kind: "anonymised", state: "closed" }]);
  });

  it("are as they were once S-360 says something of them: it was a conclusion", async () => {
    const all = new Map(back.venue.contacts);
    back.venue.contacts.delete("2");
    await check();
    await w.drain("in");
    await w.decide("send");
    await w.drain("in");
    back.venue.contacts.clear();
    for (const [key, value] of all) back.venue.contacts.set(key, value);
    await w.contacts(
      contact("2", { communicationMeans: [{ communicationMeanId: 71, email: "new@mail.example" }] }),
    );
    await w.drain("in");
    expect(world.org.get("Account", "2")).toMatchObject({
      LastName: "Frank",
      PersonEmail: "new@mail.example",
    });
    expect(await stateOf("2")).not.toHaveProperty("unknownToS360");
  });

  it("lose nothing of what is known of them before a person has decided", async () => {
    back.venue.contacts.delete("2");
    await check();
    await w.contacts({
      contactNumber: "2",
      contactId: 2,
      communicationMeans: [{ communicationMeanId: 71, email: "new@mail.example" }],
    });
    await w.drain("in");
    expect(world.org.get("Account", "2")).toMatchObject({
      LastName: "Frank",
      PersonEmail: "new@mail.example",
    });
    expect(await stateOf("2")).toHaveProperty("addresses");
  });

  it("are not created where Salesforce does not have them, nor asked about", async () => {
    await w.rows(sql`delete from link`);
    await w.rows(sql`delete from adoption`);
    world.org.rows.splice(0);
    back.venue.contacts.delete("2");
    await check();
    await w.drain("in");
    expect(world.org.get("Account", "2")).toBeUndefined();
    expect(await notices()).toEqual([]);
  });

  it("that S-360 had anonymised before it knew them no more stay anonymised, whatever comes late", async () => {
    blank();
    await w.contacts(
      contact("2", {
        individualContact: { individualLastName: "XXXXXXXX" },
        communicationMeans: [],
        addresses: [],
      }),
    );
    back.venue.contacts.delete("2");
    await check();
    await w.contacts(contact("2"));
    await w.drain("in");
    expect(world.org.get("Account", "2")).toMatchObject({ LastName: "XXXXXXXX", PersonEmail: null });
    expect(await stateOf("2")).not.toHaveProperty("unknownToS360");
  });

  it("do not count as gone where S-360 has the latest number for somebody else: it is another venue's", async () => {
    await check({
      read: async (number) => (number === "3" ? contact("3", { contactId: 999 }) : null),
    });
    expect(await stateOf("1")).not.toHaveProperty("unknownToS360");
    expect(await due()).toEqual([]);
  });

  it("cost one question more, however many they are, and it is counted", async () => {
    back.venue.contacts.delete("1");
    back.venue.contacts.delete("2");
    await check();
    expect(asked).toEqual(["1", "3", "2", "3"]);
    expect(await rows(sql`select calls::int from api_usage where system = 's360-check'`)).toEqual([
      { calls: 4 },
    ]);
  });

  it("count as gone only beside one that is known: a wrong S-360 knows nobody, and nothing is believed of it", async () => {
    blank();
    const all = new Map(back.venue.contacts);
    back.venue.contacts.clear();
    await check();
    await w.drain("in");
    expect(world.org.get("Account", "1")).toMatchObject({ LastName: "Frank" });
    expect(await due()).toEqual([]);
    await keepTroubles(input());
    expect(await notices()).toMatchObject([
      {
        kind: "trouble",
        state: "open",
        sentence:
          "S-360 was asked for contact 1 and knows neither it nor, as the same person, one of those that came last from there. None is taken for deleted, and known contacts are asked for again tomorrow. Compare s360.baseUrl and s360.operator in the connection's file with the S-360 whose webhooks call here.",
      },
    ]);
    for (const [key, value] of all) back.venue.contacts.set(key, value);
    await dayLater();
    asked = [];
    await check();
    expect(asked).toEqual(["1", "2", "3"]);
    await keepTroubles(input());
    expect(await notices()).toMatchObject([{ kind: "trouble", state: "closed" }]);
  });
});

describe("nobody is asked for", () => {
  it("unless the connection says so", async () => {
    await settings({ checksPerDay: 0 });
    expect(await due()).toEqual([]);
    await check();
    expect(asked).toEqual([]);
  });

  it("while a call of S-360 waits to be taken in: an answer could be older", async () => {
    await run(sql`
      insert into payload (connection_id, stream, body, items) values (${world.connectionId}, 'contacts-in', '[]', 1)`);
    expect(await due()).toEqual([]);
    await check();
    expect(asked).toEqual([]);
  });

  it("while incoming contacts are paused", async () => {
    await run(sql`
      insert into stream (connection_id, name, paused_at) values (${world.connectionId}, 'contacts-in', now())
      on conflict (connection_id, name) do update set paused_at = now()`);
    expect(await due()).toEqual([]);
  });

  it("beyond a quarter of what a day may have of the month's calls", async () => {
    await settings({ callsPerMonth: 1 });
    await check();
    await check();
    expect(asked.length).toBe(1);
  });

  it("all at once: the day's calls are spread over the day", async () => {
    const [now] = await rows(sql`
      select greatest(1, ceil(3 * extract(epoch from now() - date_trunc('day', now(), 'utc')) / 86400)) as calls`);
    await settings({ checksPerDay: 3 });
    await check();
    expect(asked.length).toBe(Number(now?.["calls"]));
  });

  it("while S-360 is down, and goes on with the same contact", async () => {
    back.venue.outage = new FaultError({ code: "s360_unavailable", sentence: "S-360 is down." });
    await check();
    expect(asked).toEqual(["1"]);
    expect(await due()).toEqual([]);
    back.venue.outage = null;
    await run(sql`update block set until = now()`);
    await check();
    expect(asked).toEqual(["1", "1", "2", "3"]);
    expect(await rows(sql`select calls::int from api_usage where system = 's360-check'`)).toEqual([
      { calls: 3 },
    ]);
  });
});
