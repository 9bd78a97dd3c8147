import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { reviewDetail } from "./detail";
import { listReviews } from "./list";
import { closeFinished } from "./mass-update";
import { reviewWorld } from "./test-review-world";

const w = reviewWorld();
const { world, back } = w;

const numbers = ["1", "2", "3", "4"];
const running = { outcome: "changed", state: "deciding" };
const edit = (firstName: string, ...keys: string[]) => {
  for (const key of keys) world.org.set("Account", key, { FirstName: firstName });
};
const statesOut = async () =>
  (
    await w.rows(sql`
      select d.state from record_direction d join record r on r.id = d.record_id
      where d.direction = 'out' and r.key = any(${sql.param(numbers)}::text[]) order by r.key`)
  ).map(({ state }) => state);
const progress = async () => {
  const { id } = await w.review();
  return (await reviewDetail(world.deps.db, Number(id), new Date()))?.mass?.progress;
};
const close = () => closeFinished(world.deps.db, world.connectionId);
const all = (state: string) => Array<string>(numbers.length).fill(state);

beforeEach(async () => {
  await w.linked(...numbers, "99");
  back.massLimit = 3;
  edit("Mass", ...numbers);
  await w.turn();
  expect(await w.review()).toMatchObject({ kind: "mass_change", state: "open" });
});

describe("starting", () => {
  it("sends all of it, and closes when nothing is left", async () => {
    expect(await w.decide("start")).toEqual(running);
    expect(await close()).toBe(0);
    expect(await progress()).toEqual({ total: 4, waiting: 4, sent: 0, failed: 0 });
    await w.drain("out");
    expect(back.venue.saves).toHaveLength(4);
    expect(await progress()).toEqual({ total: 4, waiting: 0, sent: 4, failed: 0 });
    expect(await close()).toBe(1);
    expect(await w.review()).toMatchObject({
      state: "closed",
      choice: "start",
      decided_by: "ada@venue.example",
      subject: { ended: { sent: 4, failed: 0 } },
    });
  });

  it("puts it behind live edits", async () => {
    await w.decide("start");
    const [row] = await w.rows(
      sql`select min(lane)::int as lane from record_direction where direction = 'out' and state = 'pending'`,
    );
    expect(row).toEqual({ lane: 3 });
  });

  it("tells what did not get through, and closes all the same", async () => {
    back.venue.contacts.delete("2");
    await w.decide("start");
    await w.drain("out");
    expect(await progress()).toEqual({ total: 4, waiting: 0, sent: 3, failed: 1 });
    const { id } = await w.review();
    expect((await reviewDetail(world.deps.db, Number(id), new Date()))?.mass?.failed).toMatchObject({
      total: 1,
      records: [{ key: "2", state: "failed", fault: { code: "contact_missing" } }],
    });
    expect(await close()).toBe(1);
  });

  it.each([
    ["2026-07-01T15:00:00Z", { startsAt: "2026-07-01T20:00:00.000Z", isNow: false }],
    ["2026-07-01T21:30:00Z", { startsAt: "2026-07-01T21:30:00.000Z", isNow: true }],
  ])("says before it is asked for when tonight is, at %s", async (now, night) => {
    const { id } = await w.review();
    const detail = await reviewDetail(world.deps.db, Number(id), new Date(now));
    expect(detail?.mass?.night).toEqual({ ...night, timeZone: "Europe/Zurich" });
  });

  it("says what holds it while nothing goes to S-360: a system that does not answer, or a pause", async () => {
    const heldBy = async () => {
      const { id } = await w.review();
      return (await reviewDetail(world.deps.db, Number(id), new Date()))?.held;
    };
    const sentence = "S-360 does not know this secret.";
    await w.rows(sql`
      insert into block (connection_id, system, until, fault)
      values (${world.connectionId}, 's360', now() + interval '1 minute', ${JSON.stringify({ code: "s360_sign_in", sentence })}::jsonb)`);
    expect(await heldBy()).toBeNull();
    await w.decide("start");
    expect(await heldBy()).toBe(sentence);
    await w.rows(sql`delete from block`);
    expect(await heldBy()).toBeNull();
    await w.rows(sql`
      insert into stream (connection_id, name, paused_at) values (${world.connectionId}, 'contacts-out', now())
      on conflict (connection_id, name) do update set paused_at = now()`);
    expect(await heldBy()).toContain("is paused");
  });

  it.each([
    ["2026-07-01T15:00:00Z", "2026-07-01T20:00:00.000Z"],
    ["2026-12-01T15:00:00Z", "2026-12-01T21:00:00.000Z"],
    ["2026-07-01T21:30:00Z", "2026-07-01T21:30:00.000Z"],
    ["2026-07-01T02:00:00Z", "2026-07-01T02:00:00.000Z"],
  ])("tonight, at %s, is %s where the venue is", async (now, startAt) => {
    await w.decide("start-tonight", new Date(now));
    expect((await w.review())["subject"]).toMatchObject({ startAt });
  });

  it("tonight, and now after all: it is due at once", async () => {
    await w.decide("start-tonight", new Date(Date.now() + 3_600_000));
    await w.rows(sql`
      with later as (update review set subject = subject || jsonb_build_object('startAt', now() + interval '1 hour'))
      update record_direction set due_at = now() + interval '1 hour' where direction = 'out' and state = 'pending'`);
    await w.drain("out");
    expect(back.venue.saves).toHaveLength(0);
    expect(await w.decide("start")).toEqual(running);
    expect((await w.review())["subject"]).not.toHaveProperty("startAt");
    await w.drain("out");
    expect(back.venue.saves).toHaveLength(4);
  });

  it("tonight, and not at all after all: nothing is sent", async () => {
    await w.decide("start-tonight");
    await w.rows(sql`
      update review set subject = subject || jsonb_build_object('startAt', now() + interval '1 hour')`);
    expect(await w.decide("drop")).toEqual({ outcome: "changed", state: "closed" });
    await w.drain("out");
    expect(back.venue.saves).toHaveLength(0);
  });

  it("tonight sends nothing before", async () => {
    const noon = new Date();
    noon.setUTCHours(11, 0, 0, 0);
    noon.setUTCDate(noon.getUTCDate() + 1);
    await w.decide("start-tonight", noon);
    await w.drain("out");
    expect(back.venue.saves).toEqual([]);
    expect(await progress()).toMatchObject({ waiting: 4 });
    const list = await listReviews(world.deps.db, {
      connectionId: world.connectionId,
      list: "open",
      limit: 1,
    });
    expect(list.rows).toMatchObject([
      { scheduled: true, sentence: "4 records changed in Salesforce at once." },
    ]);
    expect(await close()).toBe(0);
  });
});

describe("pausing", () => {
  it("holds what is not sent yet until it is resumed; pausing twice changes nothing", async () => {
    await w.decide("start");
    expect(await w.decide("pause")).toEqual(running);
    expect(await w.decide("pause")).toEqual({ outcome: "unchanged", state: "deciding" });
    await w.drain("out");
    expect(back.venue.saves).toEqual([]);
    expect(await close()).toBe(0);
    expect(await w.review()).toMatchObject({ choice: "start", subject: { paused: true } });
    expect(await w.decide("resume")).toEqual(running);
    await w.drain("out");
    expect(back.venue.saves).toHaveLength(4);
    expect(await close()).toBe(1);
  });

  it("lets an edit go on that a person made since, in its own lane", async () => {
    await w.decide("start");
    await w.rows(sql`
      update record_direction d set lane = 1 from record r
      where r.id = d.record_id and d.direction = 'out' and r.key = '1'`);
    await w.decide("pause");
    await w.drain("out");
    expect(back.venue.saves).toHaveLength(1);
    expect(await statesOut()).toEqual(["idle", "review", "review", "review"]);
  });

  it("holds what was being sent and came back to be tried again", async () => {
    await w.decide("start");
    await w.decide("pause");
    await w.rows(sql`
      update record_direction set state = 'retrying', due_at = now() where direction = 'out' and lane = 3`);
    await close();
    expect(await statesOut()).toEqual(all("review"));
  });

  it("can end in dropping the rest", async () => {
    await w.decide("start");
    await w.decide("pause");
    expect(await w.decide("drop")).toEqual({ outcome: "changed", state: "closed" });
    expect(await statesOut()).toEqual(all("idle"));
  });

  it("is refused before it was started, and dropping while it runs", async () => {
    expect(await w.decide("pause")).toMatchObject({ outcome: "refused" });
    await w.decide("start");
    expect(await w.decide("drop")).toMatchObject({ outcome: "refused" });
  });
});

describe("dropping", () => {
  beforeEach(async () => {
    expect(await w.decide("drop")).toEqual({ outcome: "changed", state: "closed" });
  });

  it("sends nothing, now or with the polls to come", async () => {
    await w.turn();
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(await statesOut()).toEqual(all("idle"));
    expect((await w.outcomesOut()).slice(-4)).toEqual(all("ignored"));
  });

  it("sends a later edit of these records, and only that", async () => {
    world.org.set("Account", "1", { LastName: "Later" });
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({
      individualFirstName: "Edna",
      individualLastName: "Later",
    });
  });
});

describe("two mass changes, one after the other", () => {
  it("what changed in mass again waits for the later decision", async () => {
    await w.decide("start");
    edit("Again", ...numbers);
    await w.turn();
    const [first, second] = await w.rows(sql`select id::int, state from review order by id`);
    expect([first?.["state"], second?.["state"]]).toEqual(["deciding", "open"]);
    expect(await close()).toBe(1);
    expect(await progress()).toMatchObject({ total: 4, waiting: 4 });
    await w.drain("out");
    expect(back.venue.saves).toEqual([]);
  });

  it("one that nobody has decided takes in what follows", async () => {
    edit("Again", ...numbers, "99");
    await w.turn();
    expect(await progress()).toMatchObject({ total: 5, waiting: 5 });
    await w.decide("start");
    await w.drain("out");
    expect(back.venue.saves).toHaveLength(5);
  });
});

it("says who changed what, what it costs, and how much of the month is left", async () => {
  const { id } = await w.review();
  const detail = await reviewDetail(world.deps.db, Number(id), new Date());
  expect(detail).toMatchObject({
    institution: "myvenue",
    records: 4,
    subject: { by: [{ records: 4 }], changes: [{ field: "FirstName", records: 4 }] },
    mass: {
      records: { total: 4 },
      cost: { calls: 8, perMinute: 90, minutes: 1, leftThisMonth: 10_000 },
    },
  });
});
