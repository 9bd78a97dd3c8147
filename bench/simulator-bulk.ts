/**
 * `npm run bench:simulator`: how the simulated Salesforce org carries 100,000 contacts. They are loaded through Bulk
 * API 2.0 over HTTP into a simulator in a process of its own; measured are the load, that process's memory, Collections
 * upserts of 200 contacts and of 200 person accounts by external id against the same in an empty org, and the query that
 * polls for changes. Writes
 * bench/reports/simulator-bulk.json; `npm run bench:simulator -- 20000` loads another number.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { stringify } from "csv-stringify/sync";
import { startSalesforceSimulator } from "../simulators/salesforce/server";

const ROWS_PER_CALL = 200;
const TIMES = 25;
const COLUMNS = [
  "SyncId__c",
  "FirstName",
  "LastName",
  "Email",
  "Phone",
  "MailingCity",
  "Birthdate",
  "DoNotCall",
];

interface Memory {
  heapUsed: number;
  rss: number;
}

interface Simulator {
  call: (method: string, path: string, body?: unknown, contentType?: string) => Promise<Response>;
  memory: () => Promise<Memory>;
  stop: () => Promise<void>;
}

if (process.send) await beSimulator();
else await measure(Number(process.argv[2] ?? "100000"));

/** The other process: an org that works Bulk jobs off as fast as it can, and tells its memory. */
async function beSimulator(): Promise<void> {
  const { url } = await startSalesforceSimulator({ bulk: { rowsPerSecond: 1e9, shortestMs: 0 } });
  process.on("message", () => {
    globalThis.gc?.();
    process.send?.(process.memoryUsage());
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.(url);
}

async function measure(contacts: number): Promise<void> {
  const empty = await startSimulator();
  const emptyMs = await upsertMedians(empty, 0);
  await empty.stop();

  const full = await startSimulator();
  const before = await full.memory();
  const load = await loadContacts(full, contacts);
  const after = await full.memory();
  const fullMs = await upsertMedians(full, contacts - ROWS_PER_CALL);
  const since = new Date(Date.now() - 60_000).toISOString().replace("Z", "+0000");
  const changes = `SELECT Id, SyncId__c, SystemModstamp FROM Contact WHERE SystemModstamp >= ${since} ORDER BY SystemModstamp, Id LIMIT 2000`;
  const pollMs = await medianMs(() => query(full, changes));
  const peak = await full.memory();
  await full.stop();

  const report = {
    at: new Date().toISOString(),
    contacts,
    csvMegabytes: rounded(load.csvBytes / 1024 / 1024),
    uploadMs: Math.round(load.uploadMs),
    jobMs: Math.round(load.jobMs),
    contactsPerSecond: Math.round((contacts / load.jobMs) * 1000),
    heapBeforeMegabytes: megabytes(before.heapUsed),
    heapAfterMegabytes: megabytes(after.heapUsed),
    heapBytesPerContact: Math.round((after.heapUsed - before.heapUsed) / contacts),
    rssMegabytes: megabytes(peak.rss),
    upsert200ContactsEmptyMs: rounded(emptyMs.contacts),
    upsert200ContactsFullMs: rounded(fullMs.contacts),
    contactsRatio: rounded(fullMs.contacts / emptyMs.contacts),
    upsert200PersonsEmptyMs: rounded(emptyMs.persons),
    upsert200PersonsFullMs: rounded(fullMs.persons),
    personsRatio: rounded(fullMs.persons / emptyMs.persons),
    pollQueryMs: rounded(pollMs),
  };
  console.table(report);
  writeFileSync("bench/reports/simulator-bulk.json", `${JSON.stringify(report, null, 2)}\n`);
}

async function startSimulator(): Promise<Simulator> {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ["--import", "tsx", "--expose-gc"] });
  const url = await told<string>(child);
  const form = { grant_type: "client_credentials", client_id: "demo-client", client_secret: "demo-secret" };
  const signIn = await fetch(`${url}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await signIn.json()) as { access_token: string };
  return {
    call: async (method, path, body, contentType = "application/json") => {
      const response = await fetch(`${url}/services/data/v62.0${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": contentType },
        body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response;
    },
    memory: async () => {
      child.send("memory");
      return told<Memory>(child);
    },
    stop: async () => {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}

async function told<Message>(child: ChildProcess): Promise<Message> {
  const [message] = (await once(child, "message")) as [Message];
  return message;
}

async function loadContacts(simulator: Simulator, contacts: number) {
  const rows = Array.from({ length: contacts }, (_, n) => Object.values(contact(n, "Loaded")));
  const csv = stringify([COLUMNS, ...rows], { cast: { boolean: String } });
  const job = { object: "Contact", operation: "upsert", externalIdFieldName: "SyncId__c" };
  const created = await simulator.call("POST", "/jobs/ingest", job);
  const { id } = (await created.json()) as { id: string };
  const startedMs = performance.now();
  await simulator.call("PUT", `/jobs/ingest/${id}/batches`, csv, "text/csv");
  const uploadMs = performance.now() - startedMs;
  await simulator.call("PATCH", `/jobs/ingest/${id}`, { state: "UploadComplete" });
  const closedMs = performance.now();
  for (;;) {
    const look = await simulator.call("GET", `/jobs/ingest/${id}`);
    const info = (await look.json()) as {
      state: string;
      numberRecordsProcessed: number;
      numberRecordsFailed: number;
    };
    if (
      info.state === "JobComplete" &&
      info.numberRecordsProcessed === contacts &&
      info.numberRecordsFailed === 0
    )
      break;
    if (info.state !== "UploadComplete" && info.state !== "InProgress") throw new Error(JSON.stringify(info));
    await sleep(50);
  }
  const jobMs = performance.now() - closedMs;
  await simulator.call("DELETE", `/jobs/ingest/${id}`);
  return { csvBytes: csv.length, uploadMs, jobMs };
}

function contact(n: number, city: string) {
  return {
    SyncId__c: `bench-${n}`,
    FirstName: `First ${n % 500}`,
    LastName: `Last ${n}`,
    Email: `person${n}@mail.example`,
    Phone: `+41 22 ${String(n).padStart(7, "0")}`,
    MailingCity: city,
    Birthdate: `19${String(40 + (n % 60))}-0${1 + (n % 9)}-1${n % 10}`,
    DoNotCall: n % 2 === 0,
  };
}

/** Updates of 200 rows a call, spread over the contacts from 0 to `lastStart`; persons are created first. */
async function upsertMedians(simulator: Simulator, lastStart: number) {
  let round = 0;
  const from = () => (lastStart === 0 ? 0 : (round * 997) % lastStart);
  const upsertContacts = () => {
    const [start, city] = [from(), `Again ${++round}`];
    return upsert(simulator, "Contact", (n) => contact(start + n, city));
  };
  const upsertPersons = () => {
    const city = `Again ${++round}`;
    return upsert(simulator, "Account", (n) => person(n, city));
  };
  await upsertContacts();
  await upsertPersons();
  return { contacts: await medianMs(upsertContacts), persons: await medianMs(upsertPersons) };
}

function person(n: number, city: string) {
  return {
    SyncId__c: `person-${n}`,
    RecordType: { Name: "Person Account" },
    FirstName: `First ${n % 500}`,
    LastName: `Last ${n}`,
    PersonEmail: `person${n}@mail.example`,
    PersonMailingCity: city,
    PersonDoNotCall: n % 2 === 0,
  };
}

async function upsert(simulator: Simulator, object: string, rowOf: (n: number) => object): Promise<void> {
  const records = Array.from({ length: ROWS_PER_CALL }, (_, n) => ({
    attributes: { type: object },
    ...rowOf(n),
  }));
  const path = `/composite/sobjects/${object}/SyncId__c`;
  const answer = await simulator.call("PATCH", path, { allOrNone: false, records });
  const results = (await answer.json()) as { success: boolean }[];
  if (!results.every(({ success }) => success)) throw new Error(JSON.stringify(results.slice(0, 3)));
}

async function query(simulator: Simulator, soql: string): Promise<void> {
  await (await simulator.call("GET", `/query?q=${encodeURIComponent(soql)}`)).json();
}

async function medianMs(work: () => Promise<void>): Promise<number> {
  const durationsMs: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const startMs = performance.now();
    await work();
    durationsMs.push(performance.now() - startMs);
  }
  return durationsMs.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
