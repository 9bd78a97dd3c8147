import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { decodeJwt, jwtVerify } from "jose";
import pino from "pino";
import { beforeEach, expect, test, vi } from "vitest";
import { apiUsage, feed, gate } from "@/drizzle/schema";
import { FaultError, type Fault } from "@/lib/core/faults";
import { setBoost } from "@/lib/platform/gate-use";
import { faultOf, scriptedVenues, success, type Script } from "@/lib/s360/test-scripted-venue";
import { empty, testDatabase } from "@/testing/database";
import { applyConfig } from "./apply";
import { keyRing } from "./cipher";
import { parseConnectionFile } from "./config-file";
import { removeCredential } from "./credentials";
import { loadConnection, type Connection } from "./load";
import { contactsWithoutCalls, openContacts } from "./open-s360";
import { connectionStatus } from "./status";

const database = testDatabase();
const venues = scriptedVenues();
const keys = keyRing(randomBytes(32));
const log = pino({ level: "silent" });

beforeEach(() => empty(database.db));

interface Wanted {
  readonly url?: string;
  readonly secret?: string;
  readonly s360?: string;
  readonly more?: string;
}

const whole = "operator: MYVENUE_CRM, partner: CRM, secret: env:SECRET";

async function apply({ url = "http://127.0.0.1:1", secret = "s3cret", s360 = whole, more = "" }: Wanted) {
  const file = parseConnectionFile(`
institution: myvenue
timeZone: Europe/Zurich
s360: { baseUrl: "${url}", ${s360} }
webhooks: { contacts: none, orders: none }
salesforce: { loginUrl: "http://127.0.0.1:2", flow: client-credentials, clientId: id, clientSecret: env:SECRET }
individualsAs: person-account
${more}
`);
  await applyConfig(database.db, keys, file, { SECRET: secret });
  const loaded = await loadConnection(database.db, "myvenue");
  if (!loaded) throw new Error("the connection was not stored");
  return loaded;
}

const open = (loaded: Connection) => openContacts(database.db, loaded, keys, log);
const opened = async (loaded: Connection) => (await open(loaded)) ?? expect.fail("not set up");
const callsToday = async () => (await connectionStatus(database.db, "myvenue"))?.s360Calls.today;
const answer = (headers: Record<string, string>) => ({
  ...success({ contactNumber: "1", type: "x" }),
  headers,
});

async function venueAt(script?: Script) {
  const { venue } = await venues.open(script);
  return venue;
}

test("calls are signed for the institution, go through the gate and are counted", async () => {
  const venue = await venueAt();
  const loaded = await apply({ url: venue.url });
  expect(await (await opened(loaded)).read("0012345")).toMatchObject({ contactNumber: "0012345" });
  const [bearer] = venue.calls.map(({ headers }) => String(headers.authorization).replace("Bearer ", ""));
  const { payload } = await jwtVerify(bearer ?? "", new TextEncoder().encode("s3cret"));
  expect(payload).toMatchObject({ sub: "myvenue", aud: "MYVENUE_CRM", iss: "CRM" });
  await vi.waitFor(async () => expect(await callsToday()).toBe(1));
  expect(await database.db.$count(gate, eq(gate.system, "s360"))).toBe(1);
});

test("one side per institution and process; a rotated secret is used without a restart", async () => {
  const venue = await venueAt();
  const first = await opened(await apply({ url: venue.url }));
  expect(await open(await apply({ url: venue.url }))).toBe(first);
  const second = await opened(await apply({ url: venue.url, secret: "rotated" }));
  expect(second).not.toBe(first);
  await second.read("1");
  const token = String(venue.calls[0]?.headers.authorization).replace("Bearer ", "");
  await expect(jwtVerify(token, new TextEncoder().encode("rotated"))).resolves.toBeTruthy();
});

test("without operator, partner and secret, or switched off, nothing is sent back", async () => {
  expect(await open(await apply({ s360: "" }))).toBeNull();
  expect(await open(await apply({ more: "contactsOut: { enabled: false }" }))).toBeNull();
  const status = await connectionStatus(database.db, "myvenue");
  expect(status?.feed).toMatchObject({ setUp: false, enabled: false, missing: [] });
});

test("set up by half is a fault that names what is missing", async () => {
  const loaded = await apply({ s360: "partner: CRM, secret: env:SECRET" });
  const sentence = "has no s360.operator, so nothing can go back to S-360";
  expect(await faultOf(open(loaded))).toMatchObject(faultLike("set_up", sentence));
  await removeCredential(database.db, loaded.id, "s360.secret");
  expect((await faultOf(open(loaded))).sentence).toContain("has no s360.operator and no s360.secret");
  const status = await connectionStatus(database.db, "myvenue");
  expect(status?.feed.missing).toEqual(["s360.operator", "s360.secret"]);
  // Switched off it is nobody's mistake.
  const off = { ...loaded.settings, contactsOut: { ...loaded.settings.contactsOut, enabled: false } };
  expect(await open({ ...loaded, settings: off })).toBeNull();
});

test("set up by half, contacts are still known, and every call is the fault", async () => {
  const loaded = await apply({ s360: "partner: CRM, secret: env:SECRET" });
  const fault = await open(loaded).catch((error: unknown) => error);
  if (!(fault instanceof FaultError)) throw new Error("it opened");
  const side = contactsWithoutCalls(loaded, fault);
  const nova = { individualContact: { individualFirstName: "Nova", individualLastName: "Star" } };
  expect(side.queryFor(nova)).toEqual({ firstName: "Nova", lastName: "Star" });
  expect(side.tooLong(nova)).toEqual([]);
  for (const call of [side.read("1"), side.save("individual", nova), side.search({ lastName: "Star" })]) {
    expect(await faultOf(call)).toBe(fault.fault);
  }
});

test("a secret that cannot be read, or an assumption that is not known, is a fault of the set-up", async () => {
  const loaded = await apply({});
  const otherKeys = keyRing(randomBytes(32));
  expect(await faultOf(openContacts(database.db, loaded, otherKeys, log))).toMatchObject({ code: "set_up" });
  const s360 = { ...loaded.settings.s360, assumptions: { lists: "patch" } };
  expect(await faultOf(open({ ...loaded, settings: { ...loaded.settings, s360 } }))).toMatchObject(
    faultLike("set_up", "s360.assumptions.lists"),
  );
});

test("when the month's calls are used up, nothing is sent and a sentence says until when", async () => {
  const venue = await venueAt();
  const loaded = await apply({ url: venue.url, s360: `${whole}, callsPerMonth: 1200` });
  const side = await opened(loaded);
  await database.db.execute(sql`insert into api_usage (connection_id, system, day, calls)
    values (${loaded.id}, 's360', to_char(now() at time zone 'utc', 'YYYY-MM-DD'), 1200)`);
  const fault = await faultOf(side.read("1"));
  expect(fault).toMatchObject(faultLike("s360_quota", "monthly limit of 1,200 calls is used up until 1 "));
  expect(fault.sentence).toContain("callsPerMonth");
  expect(venue.calls).toEqual([]);
  expect(await database.db.$count(apiUsage)).toBe(1);
});

test("a call over S-360's limit closes the gate for every process, and is counted", async () => {
  const venue = await venueAt((_, count) => (count === 1 ? { status: 509, body: "limit" } : undefined));
  const loaded = await apply({ url: venue.url });
  const side = await opened(loaded);
  expect(await faultOf(side.read("1"))).toMatchObject({ code: "s360_limit", origin: { code: "HTTP_509" } });
  const closedMs = async () => {
    const [row] = await database.db.select().from(gate);
    return (row?.nextAt.getTime() ?? 0) - Date.now();
  };
  expect(await closedMs()).toBeGreaterThan(5_000);
  await vi.waitFor(async () => expect(await callsToday()).toBe(1));
  await database.db.update(gate).set({ nextAt: sql`now() + interval '5 minutes'` });
  const refused = await faultOf(side.read("1"));
  expect(refused).toMatchObject(faultLike("s360_limit", "They go on by themselves in "));
  expect(venue.calls).toHaveLength(1);
  expect(await closedMs()).toBeLessThan(300_000);
});

test("a read that announces a save pays for both, so that the save goes out at once", async () => {
  const venue = await venueAt();
  const side = await opened(await apply({ url: venue.url }));
  const nextAt = async () => (await database.db.select().from(gate))[0]?.nextAt.getTime() ?? 0;
  await side.read("0012345", { thenSave: true });
  const paidUntil = await nextAt();
  expect(paidUntil - Date.now()).toBeGreaterThan(2_000);
  await side.save("individual", { contactNumber: "0012345", function: "Treasurer" }, ["function"]);
  expect(await nextAt()).toBe(paidUntil);
  await vi.waitFor(async () => expect(await callsToday()).toBe(2));
});

test("what was paid for before S-360 asked to slow down is not used after it", async () => {
  const venue = await venueAt(({ method }) =>
    method === "searchContact" ? { status: 509, body: "" } : undefined,
  );
  const side = await opened(await apply({ url: venue.url }));
  await side.read("0012345", { thenSave: true });
  await database.db.update(gate).set({ nextAt: new Date() });
  expect(await faultOf(side.search({ lastName: "Martin" }))).toMatchObject({ code: "s360_limit" });
  await database.db.update(gate).set({ nextAt: sql`now() + interval '5 minutes'` });
  const refused = await faultOf(side.save("individual", { contactNumber: "0012345" }));
  expect(refused).toMatchObject(faultLike("s360_limit", "They go on by themselves in "));
  expect(venue.calls).toHaveLength(2);
});

test("S-360's clock is noted when it moves by more than half a second, and tokens follow it", async () => {
  const aheadMs = 90_000;
  let skewMs = aheadMs;
  const venue = await venueAt(() => answer({ date: new Date(Date.now() + skewMs).toUTCString() }));
  const loaded = await apply({ url: venue.url });
  const noted = async () => (await connectionStatus(database.db, "myvenue"))?.s360Calls.clockSkewMs ?? 0;
  const side = await opened(loaded);
  // In the middle of a second, the whole seconds of the header hide a move of 200 ms.
  const untilMidSecond = () => sleep((1_500 - (Date.now() % 1_000)) % 1_000);
  await untilMidSecond();
  await side.read("1");
  await vi.waitFor(async () => expect(Math.abs((await noted()) - aheadMs)).toBeLessThan(1_500));
  const before = await noted();
  skewMs = aheadMs + 200;
  await untilMidSecond();
  await side.read("1");
  expect(await noted()).toBe(before);
  const token = String(venue.calls.at(-1)?.headers.authorization).replace("Bearer ", "");
  expect(((decodeJwt(token).iat ?? 0) * 1_000 - Date.now()) / 1_000).toBeGreaterThan(85);
  skewMs = 0;
  await side.read("1");
  await vi.waitFor(async () => expect(Math.abs(await noted())).toBeLessThan(1_500));
});

test("a side that is opened later knows the clock that was noted before", async () => {
  const venue = await venueAt(() => answer({}));
  const loaded = await apply({ url: venue.url });
  await database.db
    .insert(gate)
    .values({ connectionId: loaded.id, system: "s360", nextAt: new Date(), clockSkewMs: -600_000 });
  await (await opened(loaded)).read("1");
  const token = String(venue.calls[0]?.headers.authorization).replace("Bearer ", "");
  expect((decodeJwt(token).iat ?? 0) * 1_000).toBeLessThan(Date.now() - 590_000);
});

test("the status tells the pace in force, the month and what the last poll found", async () => {
  const loaded = await apply({
    s360: `${whole}, callsPerMonth: 0`,
    more: "contactsOut: { pollSeconds: 60 }",
  });
  const status = async () => (await connectionStatus(database.db, "myvenue")) ?? expect.fail("no status");
  expect(await status()).toMatchObject({
    calls: [],
    s360Calls: {
      today: 0,
      month: 0,
      perMonth: null,
      forecast: 0,
      perMinute: 60,
      boost: null,
      clockSkewMs: null,
    },
    feed: { setUp: true, enabled: true, missing: [], pollSeconds: 60, lastPolledAt: null, dueAt: null },
  });
  const until = new Date(Date.now() + 60_000);
  await setBoost(database.db, loaded.id, "s360", { perMinute: 180, until });
  const polled = { lastPolledAt: new Date(), dueAt: until, lastRows: 5, lastChanges: 2, lastStrangers: 1 };
  await database.db.insert(feed).values({ connectionId: loaded.id, ...polled });
  expect(await status()).toMatchObject({
    s360Calls: { perMinute: 180, boost: { perMinute: 180, until: until.toISOString() } },
    feed: {
      ...polled,
      fault: null,
      lastPolledAt: polled.lastPolledAt.toISOString(),
      dueAt: until.toISOString(),
    },
  });
  const fault = { code: "org_unreachable", sentence: "Salesforce does not answer." } as const;
  await database.db.update(feed).set({ fault: { ...fault, origin: { code: "x", message: "y" } } });
  expect((await status()).feed.fault).toEqual(fault);
});

function faultLike(code: Fault["code"], part: string) {
  return { code, sentence: expect.stringContaining(part) as string };
}
