import { Writable } from "node:stream";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connection, record, review, reviewRecord } from "@/drizzle/schema";
import type { ReviewKind, ReviewState } from "@/lib/core/reviews";
import { createLogger } from "@/lib/platform/log";
import { openMailer, type Mailer } from "@/lib/platform/mail";
import { insertTestConnection, testSettings } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { startSmtpServer, type SmtpServer } from "@/testing/smtp-server";
import { tellPeople } from "./tell";

const database = testDatabase();
const publicUrl = "https://sync.venue.example";
const tell = ["crm@venue.example", "box@venue.example"];
let connectionId = 0;
let smtp: SmtpServer;
let logged: string[] = [];
let pauses: NonNullable<Parameters<typeof tellPeople>[1]>;

const log = createLogger(
  "test",
  "info",
  new Writable({ write: (chunk, _encoding, done) => (logged.push(String(chunk)), done()) }),
);

beforeEach(async () => {
  await database.db.delete(connection);
  connectionId = await insertTestConnection(database.db);
  await setAddresses(tell);
  smtp = await startSmtpServer();
  logged = [];
  pauses = new Map();
});
afterEach(() => smtp.close());

async function setAddresses(addresses: readonly string[], id = connectionId) {
  await database.db
    .update(connection)
    .set({ settings: { ...testSettings, tell: [...addresses] }, name: "My Venue" })
    .where(eq(connection.id, id));
}

interface Opened {
  readonly kind?: ReviewKind;
  readonly state?: ReviewState;
  readonly ageSeconds?: number;
  readonly key?: string;
  readonly connectionId?: number;
}

async function open({ kind = "deleted_in_salesforce", state = "open", ageSeconds = 60, ...of }: Opened = {}) {
  const made = await database.db
    .insert(record)
    .values({
      connectionId: of.connectionId ?? connectionId,
      family: "contact",
      key: of.key ?? "0012030",
      kind: "individual",
      label: "edna@secret.example",
    })
    .onConflictDoUpdate({
      target: [record.connectionId, record.family, record.key],
      set: { kind: "individual" },
    })
    .returning({ id: record.id });
  const rows = await database.db
    .insert(review)
    .values({
      connectionId: of.connectionId ?? connectionId,
      kind,
      recordId: made[0]?.id,
      sentence: "First Name of Edna changed in Salesforce.",
      subject: { by: [{ name: "Edna Krabappel", records: 1 }] },
      state,
      openedAt: sql`now() - ${ageSeconds} * interval '1 second'`,
    })
    .returning({ id: review.id });
  return rows[0]?.id ?? 0;
}

const mailer = (): Mailer => openMailer({ smtpUrl: smtp.url, from: "connector@venue.example" }, 400);
const turn = (with_: Mailer | null = mailer(), own = pauses) =>
  tellPeople({ db: database.db, log, mailer: with_, publicUrl }, own);

const untold = async () =>
  (await database.db.select().from(review).orderBy(review.id))
    .filter(({ mailedAt }) => mailedAt === null)
    .map(({ id }) => id);

const subjects = () => smtp.mails.map(({ source }) => /^Subject: (.*)$/m.exec(source)?.[1]?.trim());

test("all that opened is told in one mail to all, once", async () => {
  await open();
  await open({ kind: "bounce", key: "2" });
  await open({ kind: "told", key: "3" });
  await turn();
  await turn();
  expect(subjects()).toEqual(["2 things wait for you at My Venue"]);
  expect(smtp.mails[0]).toMatchObject({ from: "connector@venue.example", to: tell });
  expect(await untold()).toEqual([]);
});

test("the mail names the record's number, and neither people nor values", async () => {
  await open();
  await turn();
  expect(smtp.mails[0]?.source).toContain("Individual 0012030");
  expect(smtp.mails[0]?.source).not.toMatch(/Edna|secret\.example/);
});

test("what is new, decided, being carried out or told before is not told", async () => {
  const young = await open({ ageSeconds: 20 });
  const others = [await open({ state: "deciding", key: "2" }), await open({ state: "closed", key: "3" })];
  await turn();
  expect(smtp.mails).toEqual([]);
  expect(await untold()).toEqual([young, ...others]);
  await database.db.update(review).set({ openedAt: sql`now() - interval '31 seconds'` });
  await turn();
  expect(subjects()).toEqual(["1 thing waits for you at My Venue"]);
  expect(await untold()).toEqual(others);
});

test("a mass change is told with the number of its records", async () => {
  const id = await open({ key: "1" });
  await open({ key: "2", state: "closed" });
  await database.db.update(review).set({ kind: "mass_change", recordId: null }).where(eq(review.id, id));
  const records = await database.db.select({ recordId: record.id }).from(record);
  await database.db.insert(reviewRecord).values(records.map(({ recordId }) => ({ reviewId: id, recordId })));
  await turn();
  expect(smtp.mails[0]?.source).toContain("2 records: ");
});

test("of many, twenty are listed, all are counted and none is told again", async () => {
  for (let number = 1; number <= 23; number++) await open({ key: String(number) });
  await turn();
  expect(smtp.mails[0]?.source.match(/^- Individual/gm)).toHaveLength(20);
  expect(smtp.mails[0]?.source).toContain("and 3 more");
  expect(await untold()).toEqual([]);
});

test("a connection without addresses is told nothing; addresses given later are told what still waits", async () => {
  const other = await insertTestConnection(database.db, "othervenue");
  const id = await open({ connectionId: other });
  await turn();
  expect(smtp.mails).toEqual([]);
  expect(await untold()).toEqual([id]);
  await setAddresses(["other@venue.example"], other);
  await turn();
  expect(smtp.mails.map(({ to }) => to)).toEqual([["other@venue.example"]]);
});

test("without a mail server nothing is sent and nothing is marked", async () => {
  const id = await open();
  await turn(null);
  expect(await untold()).toEqual([id]);
});

test("two workers at once send one mail; the second does not wait for the first", async () => {
  await open();
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  const arrived = new Promise<void>((resolve) => {
    smtp.onMail = async () => {
      resolve();
      await held;
    };
  });
  const patient = openMailer({ smtpUrl: smtp.url, from: "connector@venue.example" });
  const first = turn(patient);
  await arrived;
  await turn(patient, new Map());
  expect(smtp.connections).toBe(1);
  // While the mail is under way its review can be decided.
  await database.db.update(review).set({ state: "deciding" });
  answer();
  await first;
  expect(smtp.mails).toHaveLength(1);
  expect(await untold()).toEqual([]);
});

test.each(["says-nothing", "drops-in-data", "refuses-data"] as const)(
  "a server that %s leaves everything to be told, and is asked again after a pause that grows",
  async (fault) => {
    const id = await open();
    smtp.fault = fault;
    await turn();
    await turn();
    expect(smtp.connections).toBe(1);
    expect(await untold()).toEqual([id]);
    expect(pauses.get(connectionId)?.times).toBe(1);
    pauses.set(connectionId, { until: 0, times: 1 });
    await turn();
    expect(pauses.get(connectionId)?.times).toBe(2);
    smtp.fault = null;
    pauses.set(connectionId, { until: 0, times: 2 });
    await turn();
    expect(subjects()).toEqual(["1 thing waits for you at My Venue"]);
    expect(await untold()).toEqual([]);
    expect(pauses.size).toBe(0);
  },
);

test("an answer that got lost may tell twice, under one Message-ID; never not at all", async () => {
  await open();
  smtp.fault = "drops-after-data";
  await turn();
  smtp.fault = null;
  pauses.clear();
  await turn();
  const ids = smtp.mails.map(({ source }) => /^Message-ID: (.*)$/im.exec(source)?.[1]);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  expect(await untold()).toEqual([]);
});

test("a transaction that breaks after the sending does not send again", async () => {
  await open();
  const breaking: Mailer = {
    async send(mail) {
      const answer = await mailer().send(mail);
      await database.db.execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'`);
      return answer;
    },
  };
  await turn(breaking);
  await turn(breaking);
  expect(smtp.mails).toHaveLength(1);
  expect(await untold()).toEqual([]);
});

test("one connection whose addresses are refused does not keep the others from being told", async () => {
  const other = await insertTestConnection(database.db, "othervenue");
  await setAddresses(["other@venue.example"], other);
  await open();
  await open({ connectionId: other });
  for (const address of tell) smtp.unknown.add(address);
  await turn();
  expect(smtp.mails.map(({ to }) => to)).toEqual([["other@venue.example"]]);
});

test("logs hold counts and codes, never an address", async () => {
  await open();
  for (const address of tell) smtp.unknown.add(address);
  await turn();
  smtp.unknown.clear();
  smtp.unknown.add("box@venue.example");
  pauses.clear();
  await turn();
  expect(logged.join("")).not.toContain("venue.example");
  expect(logged.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({
      msg: "the mail was not sent",
      code: "EENVELOPE",
      answer: 550,
      nextInSeconds: 60,
    }),
    expect.objectContaining({ msg: "told by mail", reviews: 1, recipients: 1, refused: 1 }),
  ]);
});
