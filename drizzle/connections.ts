/** Connections, how they sign in, what holds them, and how much they use. */
import { boolean, index, integer, jsonb, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import type { ConnectionSettings } from "@/lib/core/connection-settings";
import type { Fault } from "@/lib/core/faults";
import type { ObjectDescribe, OrgFacts } from "@/lib/core/side";
import type { Lane, Stream, System } from "@/lib/core/words";
import { at, id, partOf, ref } from "./columns";

export const connectionRef = () => partOf(() => connection.id);

export const connection = pgTable("connection", {
  id: id(),
  institution: text().notNull().unique(),
  name: text().notNull(),
  timeZone: text().notNull(),
  settings: jsonb().$type<ConnectionSettings>().notNull(),
  /** What the org told us when last asked: prefix, person accounts, record types. Null until first reached. */
  org: jsonb().$type<OrgFacts>(),
  createdAt: at().notNull().defaultNow(),
  updatedAt: at().notNull().defaultNow(),
});

/** AES-256-GCM; the cipher text is bound to this row (connection and name) by its additional data. */
export const credential = pgTable(
  "credential",
  {
    connectionId: connectionRef(),
    name: text().notNull(),
    cipherText: text().notNull(),
    /** `env:NAME` when the value came from a named environment variable; shown on export instead of the value. */
    reference: text(),
    updatedAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.name] })],
);

export const stream = pgTable(
  "stream",
  {
    connectionId: connectionRef(),
    name: text().$type<Stream>().notNull(),
    pausedAt: at(),
    pausedBy: text(),
    lastReceivedAt: at(),
    lastWrittenAt: at(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.name] })],
);

/** While a system as a whole refuses work (limits, sign-in, outage): no record is claimed for it before `until`. */
export const block = pgTable(
  "block",
  {
    connectionId: connectionRef(),
    system: text().$type<System>().notNull(),
    until: at().notNull(),
    fault: jsonb().$type<Fault>().notNull(),
    /** How often in a row; the pause grows with it. */
    times: integer().notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.system] })],
);

/** The describe of an object as the org gave it, shared by every process; refreshed by age. */
export const orgObject = pgTable(
  "org_object",
  {
    connectionId: connectionRef(),
    object: text().notNull(),
    describe: jsonb().$type<ObjectDescribe>().notNull(),
    fetchedAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.object] })],
);

/** Generic cell rate algorithm: the theoretical arrival time of the next call, shared by all processes. */
export const gate = pgTable(
  "gate",
  {
    connectionId: connectionRef(),
    system: text().$type<System>().notNull(),
    nextAt: at().notNull(),
    /** Another pace that the other system has granted for a while. */
    boostPerMinute: integer(),
    boostUntil: at(),
    /** How far the other system's clock is ahead of ours, as last measured. */
    clockSkewMs: integer(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.system] })],
);

export const apiUsage = pgTable(
  "api_usage",
  {
    connectionId: connectionRef(),
    system: text().notNull(),
    day: text().notNull(),
    calls: integer().notNull().default(0),
    /** From `Sforce-Limit-Info`: the org's own count, all integrations together. */
    orgUsed: integer(),
    orgLimit: integer(),
    orgHeardAt: at(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.system, t.day] })],
);

/** Calls to Salesforce by hour and lane: the org allows so many in any 24 hours (lib/core/budget). Older hours are removed. */
export const callHour = pgTable(
  "call_hour",
  {
    connectionId: connectionRef(),
    hour: at().notNull(),
    lane: smallint().$type<Lane>().notNull(),
    calls: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.hour, t.lane] })],
);

/** Who did what to which thing. Ids and names of things only, never values. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: id(),
    connectionId: ref(),
    actor: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    at: at().notNull().defaultNow(),
  },
  (t) => [index("audit_log_connection").on(t.connectionId, t.id)],
);
