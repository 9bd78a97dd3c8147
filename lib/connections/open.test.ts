import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { apiUsage, connection, link, mapping, orgObject, record } from "@/drizzle/schema";
import { FaultError } from "@/lib/core/faults";
import { startSalesforceSimulator, type RunningSimulator } from "@/simulators/salesforce/server";
import { testDatabase } from "@/testing/database";
import { applyConfig } from "./apply";
import { keyRing } from "./cipher";
import { parseConnectionFile } from "./config-file";
import { removeCredential } from "./credentials";
import { knock } from "./door";
import { loadConnection, type Connection } from "./load";
import { openSalesforce } from "./open";
import { forgetOrg } from "./org-cache";
import { connectionStatus } from "./status";

const database = testDatabase();
const keys = keyRing(randomBytes(32));
const log = pino({ level: "silent" });
let org: RunningSimulator;

beforeAll(async () => {
  org = await startSalesforceSimulator();
});
afterAll(() => org.close());

async function apply(secret = "demo-secret", clientId = "demo-client"): Promise<Connection> {
  const file = parseConnectionFile(`
    institution: myvenue
    timeZone: Europe/Zurich
    s360: { baseUrl: "http://127.0.0.1:1" }
    webhooks: { contacts: { authentication: api-key, header: x-key, key: env:KEY }, orders: none }
    salesforce: { loginUrl: "${org.url}", flow: client-credentials, clientId: ${clientId}, clientSecret: env:SECRET }
    individualsAs: person-account
  `);
  await applyConfig(database.db, keys, file, { SECRET: secret, KEY: "k3y" });
  const loaded = await loadConnection(database.db, "myvenue");
  if (!loaded) throw new Error("the connection was not stored");
  return loaded;
}

const open = (loaded: Connection) => openSalesforce(database.db, loaded, keys, log);
const callsToday = async () =>
  (await database.db.select().from(apiUsage)).reduce((sum, row) => sum + row.calls, 0);

beforeEach(() => database.db.execute(sql`truncate connection cascade`));

test("one side per org and process, and another one once settings or credentials changed", async () => {
  const first = await open(await apply());
  expect(await open(await apply())).toBe(first);
  expect(await open(await apply("other-secret"))).not.toBe(first);
});

test("what the org tells is kept for every process, and asked again when forgotten", async () => {
  const loaded = await apply();
  const { facts, objects } = await (await open(loaded)).describe(["Account"]);
  expect(facts.personAccounts).toBe(true);
  expect(objects.get("Account")?.fields.length).toBeGreaterThan(10);
  expect((await loadConnection(database.db, "myvenue"))?.org).toEqual(facts);
  await vi.waitFor(async () => expect(await callsToday()).toBeGreaterThan(0));
  const calls = await callsToday();

  await (await open(loaded)).describe(["Account"]);
  expect(await callsToday()).toBe(calls);
  await forgetOrg(database.db, loaded.id);
  expect(await database.db.$count(orgObject)).toBe(0);
  await (await open(loaded)).describe(["Account"]);
  await vi.waitFor(async () => expect(await callsToday()).toBeGreaterThan(calls));
  const status = await connectionStatus(database.db, "myvenue");
  expect(status?.org?.id).toBe(facts.organizationId);
  expect(status?.calls[0]).toMatchObject({ system: "salesforce", today: await callsToday() });
});

test("a credential that is missing is a fault of the set-up, told by its name", async () => {
  const loaded = await apply();
  await removeCredential(database.db, loaded.id, "salesforce.clientSecret");
  const error: unknown = await open(loaded).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(FaultError);
  expect((error as FaultError).fault).toMatchObject({
    code: "set_up",
    sentence: expect.stringContaining("has no salesforce.clientSecret") as string,
  });
});

test("once records were written, an address that leads to another org is refused", async () => {
  const loaded = await apply();
  const { facts } = await (await open(loaded)).describe(["Account"]);
  await database.db
    .update(connection)
    .set({ org: { ...facts, organizationId: "00DOTHER", fetchedAt: "2020-01-01T00:00:00Z" } });
  const [contact] = await database.db
    .insert(record)
    .values({ connectionId: loaded.id, family: "contact", key: "1", kind: "individual" })
    .returning();
  const [row] = await database.db.select({ id: mapping.id }).from(mapping);
  await database.db.insert(link).values({
    connectionId: loaded.id,
    recordId: contact?.id ?? 0,
    mappingId: row?.id ?? 0,
    object: "Account",
    salesforceId: "001",
    key: "1",
    base: {},
    baseVersion: 1,
  });
  const error: unknown = await (await open(loaded)).describe(["Account"]).catch((caught: unknown) => caught);
  expect((error as FaultError).fault).toMatchObject({
    code: "set_up",
    sentence: expect.stringContaining("00DOTHER") as string,
  });
});

test("a webhook is opened by its own secret only", async () => {
  await apply();
  const accepts = async (webhook: "contacts" | "orders", headers: Record<string, string>) =>
    (
      await knock({ db: database.db, keys }, "myvenue", webhook, {
        headers: new Headers(headers),
        keyInAddress: null,
      })
    )?.isOpen;
  expect(await accepts("contacts", { "X-Key": "k3y" })).toBe(true);
  expect(await accepts("contacts", { "x-key": "key" })).toBe(false);
  expect(await accepts("orders", {})).toBe(true);
});

test("an institution that is not there, or cannot be, is null", async () => {
  expect(await loadConnection(database.db, "nowhere")).toBeNull();
  expect(await loadConnection(database.db, "my\0venue")).toBeNull();
  expect(await connectionStatus(database.db, "nowhere")).toBeNull();
});
