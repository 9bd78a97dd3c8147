import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { person, sale } from "@/lib/sync/test-world";
import { askForMissing, connectionsWithMissing } from "./missing-contacts";
import { backWorld } from "./test-back-world";
import { keepTroubles } from "./troubles";

const { world, rows, back, orders, contacts, drain } = backWorld();

const input = () => ({
  db: world.deps.db,
  log: world.deps.log,
  openReader: async () => back.venue,
});
const ask = () => askForMissing(input(), world.connectionId);
const due = () => connectionsWithMissing(world.deps.db);

async function waited(minutes: number): Promise<void> {
  await world.deps.db.execute(sql`
    update waiting set since = since - ${minutes} * interval '1 minute', look_at = look_at - ${minutes} * interval '1 minute'`);
}
async function later(hours: number): Promise<void> {
  await world.deps.db.execute(sql`
    update missing_contact set due_at = due_at - ${hours} * interval '1 hour'`);
  await world.deps.db.execute(sql`update waiting set look_at = look_at - ${hours} * interval '1 hour'`);
}
async function set(minutes: number): Promise<void> {
  await world.deps.db.execute(sql`
    update connection set settings = settings || ${JSON.stringify({ waiting: { askS360AfterMinutes: minutes } })}::jsonb`);
}
const states = async () =>
  (
    await rows(sql`select state from record_direction d join record r on r.id = d.record_id
    where r.family = 'operation' order by r.key`)
  ).map((row) => row["state"]);
const sentence = async () =>
  String(
    (await rows(sql`select fault ->> 'sentence' as says from record_direction where state = 'waiting'`))[0]?.[
      "says"
    ],
  );

/** A sale whose contact never came has waited for 31 minutes. */
beforeEach(async () => {
  await orders(sale(7, "0012345"));
  await drain("in");
  await waited(31);
});

describe("a contact that a sale waits for", () => {
  it("is asked of S-360 after half an hour, comes in as an event, and the sale is written with it", async () => {
    back.venue.put(person("0012345"));
    expect(await due()).toEqual([world.connectionId]);
    await ask();
    await drain("in");
    expect(await states()).toEqual(["idle"]);
    expect(
      await rows(sql`select l.object from link l join record r on r.id = l.record_id order by 1`),
    ).toEqual([{ object: "Account" }, { object: "SecutixSale__c" }]);
    const [event] = await rows(sql`select note, stream from event order by id desc limit 1`);
    expect(event).toEqual({
      note: "Asked of S-360, because another record waited for this contact.",
      stream: "contacts-in",
    });
    expect(back.venue.reads).toBe(1);
    expect(await due()).toEqual([]);
    expect(await rows(sql`select from missing_contact`)).toEqual([]);
  });

  it("is not asked for earlier, nor where the setting says never, nor while incoming contacts are paused", async () => {
    await waited(-5);
    expect(await due()).toEqual([]);
    await waited(5);
    await set(45);
    expect(await due()).toEqual([]);
    await set(0);
    await waited(10_000);
    expect(await due()).toEqual([]);
    await set(30);
    await world.deps.db.execute(sql`
      insert into stream (connection_id, name, paused_at) values (${world.connectionId}, 'contacts-in', now())
      on conflict (connection_id, name) do update set paused_at = now()`);
    expect(await due()).toEqual([]);
  });

  it("goes on having waited though its order comes again", async () => {
    await orders({ ...sale(7, "0012345"), origin: "again" });
    await drain("in");
    expect(await states()).toEqual(["waiting"]);
    expect(await due()).toEqual([world.connectionId]);
  });

  it("is not asked for once it came by itself", async () => {
    await contacts(person("0012345"));
    expect(await due()).toEqual([]);
    await drain("in");
    await ask();
    expect(back.venue.reads).toBe(0);
  });

  it("that comes by itself while S-360 answers stays as it came: the answer is older, and says so", async () => {
    const allowed = (is: boolean) => ({
      ...person("0012345"),
      authorizations: [{ authorizationCode: "EMAIL", allowed: is }],
    });
    const openReader = async () => ({
      read: async () => {
        const asItWas = allowed(true);
        await contacts(allowed(false));
        return asItWas;
      },
    });
    await askForMissing({ ...input(), openReader }, world.connectionId);
    expect(
      await rows(sql`
        select s360_state #> '{authorizations,0,allowed}' as allowed, version
        from record join record_direction on record_id = id where key = '0012345'`),
    ).toEqual([{ allowed: false, version: 1 }]);
    expect(
      await rows(sql`
        select er.outcome from event e join event_record er on er.event_id = e.id
        where e.stream = 'contacts-in' order by e.id`),
    ).toEqual([{ outcome: null }, { outcome: "superseded" }]);
    expect(await rows(sql`select from missing_contact`)).toEqual([]);
    await drain("in");
    expect(await states()).toEqual(["idle"]);
  });

  it("that S-360 does not know is told of, and asked for again ever more rarely", async () => {
    await ask();
    expect(await sentence()).toBe(
      "Waits for contact 0012345. S-360 was asked for contact 0012345 and knows no such contact. It is asked for again in an hour, and written as soon as the contact is in Salesforce.",
    );
    await ask();
    expect(back.venue.reads).toBe(1);
    await later(1);
    await ask();
    expect(back.venue.reads).toBe(2);
    expect(await sentence()).toContain("again in 2 hours");
    await later(1);
    await ask();
    expect(back.venue.reads).toBe(2);
  });

  it("that S-360 does not know is asked for eight times in some days, and then no more", async () => {
    for (let day = 0; day < 12; day++) {
      await ask();
      await later(24);
    }
    expect(back.venue.reads).toBe(8);
    expect(await sentence()).toContain(
      "It is not asked for again, after 8 tries, and written as soon as the contact is in Salesforce.",
    );
  });

  it("is asked for as often where its sale was written without it, and links the sale when it comes", async () => {
    const sales = { ...world.deps.settings.sales, withoutContact: "unlinked" as const };
    world.deps = { ...world.deps, settings: { ...world.deps.settings, sales } };
    await rows(sql`update connection set settings = settings || ${JSON.stringify({ sales })}::jsonb`);
    const accounts = async () =>
      (
        await rows(sql`select base ->> 'Account__c' as account from link where object = 'SecutixSale__c'`)
      ).map(({ account }) => account);
    await ask();
    await drain("in");
    expect(await states()).toEqual(["idle"]);
    expect(await accounts()).toEqual([null]);
    for (let day = 0; day < 6; day++) {
      await later(24);
      await ask();
    }
    expect(back.venue.reads).toBe(7);
    back.venue.put(person("0012345"));
    await later(24);
    await ask();
    expect(back.venue.reads).toBe(8);
    await drain("in");
    expect(await accounts()).toEqual(["0012345"]);
    expect(await due()).toEqual([]);
  });

  it("is asked for within the day's share: a quarter of what is left of the month, by the days left", async () => {
    for (let order = 8; order < 13; order++) await orders(sale(order, `00123${order}`));
    await drain("in");
    await waited(31);
    const daysLeft = Number(
      (
        await rows(sql`
          select extract(day from date_trunc('month', utc) + interval '1 month' - date_trunc('day', utc)) as n
          from (select now() at time zone 'utc' as utc) as clock`)
      )[0]?.["n"],
    );
    await world.deps.db.execute(sql`
      update connection set settings = jsonb_set(settings, '{s360,callsPerMonth}', ${String(4 * 3 * daysLeft + 100)}::jsonb)`);
    await world.deps.db.execute(sql`
      insert into api_usage (connection_id, system, day, calls)
      values (${world.connectionId}, 's360', to_char(now() at time zone 'utc', 'YYYY-MM-DD'), 100)`);
    await ask();
    expect(back.venue.reads).toBe(3);
    expect(await due()).toEqual([]);
    await keepTroubles(input());
    const [notice] = await rows(sql`select sentence from review where kind = 'trouble' and state = 'open'`);
    expect(notice?.["sentence"]).toBe(
      "More contacts are awaited than S-360 may be asked for in a day: 3 of them today, a quarter of what is left of the month's calls. The others are asked for tomorrow. Raise s360.callsPerMonth in the connection's file if the contract allows more, or find out why S-360 does not send these contacts by itself.",
    );
    await world.deps.db.execute(sql`
      update api_usage set day = to_char(now() at time zone 'utc' - interval '1 day', 'YYYY-MM-DD')`);
    expect(await due()).toEqual([]);
    // A day, and so a share, begins with a full hour.
    await waited(60);
    expect(await due()).toEqual([world.connectionId]);
    await keepTroubles(input());
    expect(await rows(sql`select state from review where kind = 'trouble'`)).toEqual([{ state: "closed" }]);
    await world.deps.db.execute(sql`
      update connection set settings = jsonb_set(settings, '{s360,callsPerMonth}', '0')`);
    await ask();
    expect(back.venue.reads).toBe(6);
  });

  it("is nobody's trouble where the contract sets no limit, however many were asked for", async () => {
    await world.deps.db.execute(sql`
      update connection set settings = jsonb_set(settings, '{s360,callsPerMonth}', '0')`);
    await world.deps.db.execute(sql`
      insert into api_usage (connection_id, system, day, calls)
      values (${world.connectionId}, 's360-missing', to_char(now() at time zone 'utc', 'YYYY-MM-DD'), 5)`);
    expect(await due()).toEqual([world.connectionId]);
    await keepTroubles(input());
    expect(await rows(sql`select from review where kind = 'trouble'`)).toEqual([]);
  });

  it("that S-360 knows by another number alone comes in, and goes on being awaited", async () => {
    back.venue.contacts.set("0012345", person("77"));
    await ask();
    expect(await sentence()).toContain("knows no such contact");
    expect(
      await rows(sql`select key from record where family = 'contact' and s360_state is not null`),
    ).toEqual([{ key: "77" }]);
  });

  it("is asked for by one worker at a time", async () => {
    await orders(sale(8, "0012346"));
    await drain("in");
    await waited(31);
    const asked: string[] = [];
    const openReader = async () => ({
      read: async (key: string) => {
        asked.push(key);
        await askForMissing({ ...input(), openReader }, world.connectionId);
        return person(key);
      },
    });
    await askForMissing({ ...input(), openReader }, world.connectionId);
    expect(asked).toEqual(["0012345", "0012346"]);
  });
});

describe("while S-360", () => {
  const down = new FaultError({ code: "s360_unavailable", sentence: "S-360 is down." });
  const usedUp = new FaultError({ code: "s360_quota", sentence: "The month's calls are used up." });

  it.each([down, usedUp])(
    "refuses as a whole ($message) nobody is asked for, and it goes on by itself",
    async (fault) => {
      back.venue.put(person("0012345"));
      back.venue.outage = fault;
      await ask();
      expect(await due()).toEqual([]);
      expect(await sentence()).toContain("it is written as soon as that is in Salesforce");
      await world.deps.db.execute(sql`update block set until = now()`);
      back.venue.outage = null;
      await waited(5);
      expect(await due()).toEqual([world.connectionId]);
      await ask();
      await drain("in");
      expect(await states()).toEqual(["idle"]);
      expect(await rows(sql`select from block`)).toEqual([]);
    },
  );

  it("refuses one contact, the others are asked for", async () => {
    await orders(sale(8, "0012346"));
    await drain("in");
    await waited(31);
    const openReader = async () => ({
      read: async (key: string) => {
        if (key === "0012345") throw new FaultError({ code: "s360_refused", sentence: "S-360 says no." });
        return person(key);
      },
    });
    await askForMissing({ ...input(), openReader }, world.connectionId);
    await drain("in");
    expect(await states()).toEqual(["waiting", "idle"]);
    expect(await sentence()).toContain("did not give it: S-360 says no.");
  });

  it("cannot be signed in to, nothing is asked", async () => {
    await askForMissing({ ...input(), openReader: async () => null }, world.connectionId);
    expect(await states()).toEqual(["waiting"]);
    expect(await rows(sql`select from missing_contact`)).toEqual([]);
  });
});
