/** The worker against a simulated org over HTTP, with a clock that is moved on instead of waited for. */
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { applyConfig } from "@/lib/connections/apply";
import { keyRing } from "@/lib/connections/cipher";
import { parseConnectionFile } from "@/lib/connections/config-file";
import type { ContactSide } from "@/lib/core/contact-side";
import { receive } from "@/lib/inbox/receive";
import { readContacts } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { startSalesforceSimulator, type RunningSimulator } from "@/simulators/salesforce/server";
import type { SimulatorOptions } from "@/simulators/salesforce/server";
import { testDatabase } from "@/testing/database";
import { drainConnection } from "./drain";
import { dueWork } from "./due";
import { depsOpener, type OpenDeps } from "./open-deps";

const keys = keyRing(Buffer.alloc(32, 7));
const log = pino({ level: "silent" });

interface Call {
  readonly method: string;
  readonly path: string;
}

/** A fresh org and connection before each test. `contacts`: S-360, where edits go back to it. */
export function orgWorld(options: SimulatorOptions = {}, contacts?: () => ContactSide) {
  const database = testDatabase();
  const world = { connectionId: 0 };
  let org: RunningSimulator;
  beforeAll(async () => {
    org = await startSalesforceSimulator(options);
  });
  afterAll(() => org.close());
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    await database.db.execute(sql`truncate connection cascade`);
    await control("POST", "reset", {});
    for (const kind of ["faults", "duplicate-rules", "calls"]) await control("DELETE", kind);
    await connect();
  });
  afterEach(() => vi.useRealTimers());

  async function connect({
    secret = "demo-secret",
    salesforce = "",
    s360 = "",
    rules = "",
  } = {}): Promise<void> {
    const file = parseConnectionFile(`
      institution: myvenue
      timeZone: Europe/Zurich
      s360: { baseUrl: "http://127.0.0.1:1" ${s360} }
      webhooks: { contacts: none, orders: none }
      salesforce: { loginUrl: "${org.url}", flow: client-credentials, clientId: demo-client, clientSecret: env:SECRET,
        apiVersion: "62.0", callsPerMinute: 100000 ${salesforce} }
      individualsAs: person-account
      rules: { ${rules} }
    `);
    const { connectionId } = await applyConfig(database.db, keys, file, { SECRET: secret });
    world.connectionId = connectionId;
  }

  async function control(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${org.url}/__control/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return text === "" ? null : JSON.parse(text);
  }

  const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;
  const openDeps: OpenDeps = async (...given) => {
    const deps = await depsOpener(database.db, keys, log)(...given);
    return contacts ? { ...deps, contacts: contacts() } : deps;
  };
  const drain = () =>
    drainConnection({ db: database.db, log, connectionId: world.connectionId, direction: "in", openDeps });

  /** Until the hold is over: gives how long that took, 0 when there is none. */
  async function waitForHold(): Promise<number> {
    const [held] = await rows(sql`
      with held as (select connection_id, extract(epoch from until - now()) * 1000 as left_ms from block)
      update block b set until = now() from held where held.connection_id = b.connection_id
      returning held.left_ms::float8 as left_ms`);
    const leftMs = Math.max(0, Math.ceil(Number(held?.["left_ms"] ?? 0)));
    vi.setSystemTime(Date.now() + leftMs);
    return leftMs;
  }

  return {
    world,
    database,
    rows,
    openDeps,
    connect,
    control,
    drain,
    waitForHold,
    fault: (fault: object) => control("POST", "faults", fault),
    /** Another integration makes so many calls. */
    async othersCall(times: number): Promise<void> {
      const { origin } = new URL(org.url);
      const signIn = {
        grant_type: "client_credentials",
        client_id: "demo-client",
        client_secret: "demo-secret",
      };
      const signedIn = await fetch(`${origin}/services/oauth2/token`, {
        method: "POST",
        body: new URLSearchParams(signIn),
      });
      const { access_token: token } = (await signedIn.json()) as { access_token: string };
      const headers = { authorization: `Bearer ${token}` };
      for (let call = 0; call < times; call++)
        await fetch(`${origin}/services/data/v62.0/limits`, { headers });
    },
    contacts: (...items: unknown[]) =>
      receive(database.db, {
        connectionId: world.connectionId,
        stream: "contacts-in",
        direction: "in",
        items: readContacts(JSON.stringify(items)),
        portray,
      }),
    /** The worker as it goes on for so long, whenever something is due. */
    async work(forMs: number): Promise<void> {
      for (let passedMs = 0; passedMs <= forMs; passedMs += Math.max(1, await waitForHold())) {
        if ((await dueWork(database.db)).length > 0) await drain();
        if ((await rows(sql`select 1 from block`)).length === 0) return;
      }
    },
    async records(object: string): Promise<readonly Record<string, unknown>[]> {
      const answer = (await control("GET", `records?object=${object}`)) as {
        records: Record<string, unknown>[];
      };
      return answer.records;
    },
    async calls(part = ""): Promise<readonly Call[]> {
      const answer = (await control("GET", "calls")) as { calls: Call[] } | Call[];
      return (Array.isArray(answer) ? answer : answer.calls).filter(({ path }) => path.includes(part));
    },
    states: () =>
      rows(sql`
        select r.key, d.state, d.attempts, d.fault->>'code' as code from record_direction d
        join record r on r.id = d.record_id where d.direction = 'in' order by r.key`),
    held: async () => (await rows(sql`select fault->>'code' as code, times from block`))[0],
  };
}

export const person = (contactNumber: string, individualLastName = "Frank", more: object = {}) => ({
  contactNumber,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  individualContact: { title: "MRS", individualFirstName: "Edna", individualLastName },
  ...more,
});
