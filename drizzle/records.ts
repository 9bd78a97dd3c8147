/** What arrived: events, the records they are folded into, and how those stand by direction. */
import { sql } from "drizzle-orm";
import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { Direction, Family, Kind, Lane, Outcome, RecordState, Stream } from "@/lib/core/words";
import type { Fault } from "@/lib/core/faults";
import { at, id, partOf, ref } from "./columns";
import { connectionRef } from "./connections";

export const recordRef = () => partOf(() => record.id);

export const event = pgTable(
  "event",
  {
    id: id(),
    connectionId: connectionRef(),
    stream: text().$type<Stream>().notNull(),
    /** One call of the other system; its items share it, in the order of `position`. */
    payloadId: uuid().notNull(),
    position: integer().notNull(),
    receivedAt: at().notNull().defaultNow(),
    /** The item's own text, untouched: PostgreSQL's text refuses only NUL, which JSON text cannot hold unescaped. */
    raw: text().notNull(),
    /** What we had to do to read it (such as strip NUL characters). */
    note: text(),
    /** Set when the event ended here and touches no record: `failed` or `ignored`. */
    outcome: text().$type<Outcome>(),
    fault: jsonb().$type<Fault>(),
  },
  (t) => [
    index("event_received").on(t.connectionId, t.stream, t.receivedAt),
    index("event_ended")
      .on(t.connectionId, t.receivedAt, t.id)
      .where(sql`outcome is not null`),
  ],
);

export const record = pgTable(
  "record",
  {
    id: id(),
    connectionId: connectionRef(),
    family: text().$type<Family>().notNull(),
    key: text().notNull(),
    /** Null while nothing is known of it but that others refer to it. */
    kind: text().$type<Kind>(),
    /** S-360's technical contact id when the record was linked; a later one that differs means the number was reused. */
    contactId: text(),
    latestContactId: text(),
    parentId: ref(),
    /** Source state: what S-360 last told us, events folded section by section. Never pruned. */
    s360State: jsonb().$type<Record<string, unknown>>(),
    /** What an admin would type to find it: lower-cased names, e-mails. */
    label: text(),
    searchTerms: text()
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    leaseToken: uuid(),
    leaseUntil: at(),
    createdAt: at().notNull().defaultNow(),
    updatedAt: at().notNull().defaultNow(),
  },
  (t) => [
    unique("record_key").on(t.connectionId, t.family, t.key),
    index("record_parent")
      .on(t.parentId)
      .where(sql`parent_id is not null`),
    index("record_search").using("gin", sql`array_to_tsvector(search_terms)`),
    index("record_recent").on(t.connectionId, t.family, t.updatedAt),
    // Who refers to a contact: asked when it was merged in S-360. What is longer is no number, and would not fit.
    index("record_buyer")
      .on(t.connectionId, sql`left(lower(btrim(s360_state->>'contactReference')), 100)`)
      .where(sql`family = 'order'`),
    index("record_relay_of")
      .using("gin", sql`(s360_state->'contactConnections') jsonb_path_ops`)
      .where(sql`kind = 'relay'`),
  ],
);

/** The outbox: one row per record and direction. Coalescing, order and dedupe come from the row's identity. */
export const recordDirection = pgTable(
  "record_direction",
  {
    recordId: recordRef(),
    direction: text().$type<Direction>().notNull(),
    connectionId: ref().notNull(),
    stream: text().$type<Stream>().notNull(),
    version: integer().notNull().default(0),
    syncedVersion: integer().notNull().default(0),
    state: text().$type<RecordState>().notNull(),
    dueAt: at().notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    lane: smallint().$type<Lane>().notNull(),
    fault: jsonb().$type<Fault>(),
    /** Faults that a person has decided to pass over in the next try. */
    waived: text().array().notNull().default([]),
    writtenAt: at(),
    changedAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.direction] }),
    index("record_direction_due")
      .on(t.connectionId, t.stream, t.lane, t.dueAt, t.recordId)
      .where(sql`state in ('pending', 'retrying')`),
    index("record_direction_state").on(t.connectionId, t.stream, t.state),
  ],
);

/** Which event touched which record, at which version, and how it ended. Null: as the record's state says. */
export const eventRecord = pgTable(
  "event_record",
  {
    eventId: partOf(() => event.id),
    recordId: recordRef(),
    direction: text().$type<Direction>().notNull(),
    version: integer().notNull(),
    outcome: text().$type<Outcome>(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.recordId] }),
    index("event_record_open")
      .on(t.recordId, t.direction, t.version)
      .where(sql`outcome is null`),
    index("event_record_record").on(t.recordId, t.eventId),
  ],
);
