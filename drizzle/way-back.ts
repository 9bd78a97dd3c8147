/** What Salesforce is asked for, and what is being created in S-360. */
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { Fault } from "@/lib/core/faults";
import { at, ref } from "./columns";
import { connectionRef } from "./connections";
import { recordRef } from "./records";

/** Reading what changed in Salesforce: one row per connection, claimed by whichever worker polls next. */
export const feed = pgTable("feed", {
  connectionId: connectionRef().primaryKey(),
  dueAt: at().notNull().defaultNow(),
  leaseToken: uuid(),
  leaseUntil: at(),
  lastPolledAt: at(),
  /** Rows of the last poll: read, and of them really changed. */
  lastRows: integer().notNull().default(0),
  lastChanges: integer().notNull().default(0),
  /** Rows of the last poll that have no record here and are not to be created in S-360. */
  lastStrangers: integer().notNull().default(0),
  /** Records that the sweep in hand has found changed so far, and the mass change that holds them. */
  sweepChanges: integer().notNull().default(0),
  sweepReviewId: ref(),
  /** Why the last poll came to nothing. */
  fault: jsonb().$type<Fault>(),
});

/** Where reading of one object stands; it moves in the transaction that stores what was read. */
export const cursor = pgTable(
  "cursor",
  {
    connectionId: connectionRef(),
    object: text().notNull(),
    /** By Salesforce's clock: when reading of the object began. What was written before came by other ways. */
    startedAt: at().notNull(),
    /** Old links that are known by now, by mapping: up to this link; null when all are. */
    baseline: jsonb().$type<Readonly<Record<string, number | null>>>().notNull().default({}),
    /** By Salesforce's clock: everything written before this has been read. */
    readUntil: at().notNull(),
    /** Inside a sweep that is not finished: the last row read, and the clock when the sweep began. */
    afterStamp: text(),
    afterId: text(),
    sweepBegan: at(),
    deletedUntil: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.object] })],
);

/**
 * A contact that is to be created in S-360, stored before S-360 is asked: should the answer be lost, it is known what was
 * sent, and what arrives from S-360 meanwhile is recognised.
 */
export const creation = pgTable(
  "creation",
  {
    recordId: recordRef().primaryKey(),
    connectionId: connectionRef(),
    /** Names and e-mail as sent, in the form in which contacts are compared. */
    likeness: text().notNull(),
    sentAt: at(),
    /** Set when the answer did not come. */
    lostAt: at(),
  },
  (t) => [index("creation_likeness").on(t.connectionId, t.likeness)],
);
