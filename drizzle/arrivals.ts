/** What S-360 sent and no worker has taken in yet. */
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { Fault } from "@/lib/core/faults";
import type { Family, Stream } from "@/lib/core/words";
import { at, id } from "./columns";
import { connectionRef } from "./connections";

/**
 * A call of S-360 as it came: once it is here, S-360 gets its 200. A worker takes it in (its items become events and are
 * folded into records) and removes it in the same transaction.
 */
export const payload = pgTable(
  "payload",
  {
    id: id(),
    connectionId: connectionRef(),
    stream: text().$type<Stream>().notNull(),
    /** What its events will carry. */
    payloadId: uuid().notNull().defaultRandom(),
    body: text().notNull(),
    items: integer().notNull(),
    receivedAt: at().notNull().defaultNow(),
    /** How often taking it in has failed. */
    tries: integer().notNull().default(0),
    /** When it is tried again; those behind it wait. */
    dueAt: at().notNull().defaultNow(),
    /** Why it was not taken in the last time. */
    fault: jsonb().$type<Fault>(),
  },
  (t) => [index("payload_due").on(t.connectionId, t.stream, t.id)],
);

/**
 * Contacts and orders that S-360 named by number only (webhook V1) and that are to be asked of it: one row, however often
 * they were named.
 */
export const named = pgTable(
  "named",
  {
    connectionId: connectionRef(),
    family: text().$type<Family>().notNull(),
    /** As S-360 spells it. */
    key: text().notNull(),
    namedAt: at().notNull().defaultNow(),
    /** How often it was named: one that is named while it is asked for is asked for again. */
    times: integer().notNull().default(1),
    tries: integer().notNull().default(0),
    dueAt: at().notNull().defaultNow(),
    /** Set while a worker asks. */
    askingUntil: at(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.family, t.key] }),
    index("named_due").on(t.connectionId, t.family, t.dueAt, t.key),
    index("named_asking").on(t.connectionId, t.askingUntil),
  ],
);
