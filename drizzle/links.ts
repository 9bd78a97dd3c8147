/** What became of records: their Salesforce records, what they wait for, and each attempt. */
import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { AttemptOutcome, Direction } from "@/lib/core/words";
import type { Agreement, FieldConflict, FieldTraces, HeldRow } from "@/lib/core/agreement";
import type { ReviewSubject } from "@/lib/core/reviews";
import type { Fault } from "@/lib/core/faults";
import { at, id, partOf, ref } from "./columns";
import { connectionRef } from "./connections";
import { mapping } from "./mappings";
import { recordRef } from "./records";

export const link = pgTable(
  "link",
  {
    id: id(),
    connectionId: connectionRef(),
    recordId: recordRef(),
    mappingId: ref()
      .notNull()
      .references(() => mapping.id),
    object: text().notNull(),
    salesforceId: text().notNull(),
    /** The external id the Salesforce record carries for us; what references from other records name. */
    key: text().notNull(),
    /** Several S-360 keys may share one Salesforce id (aliases); only the head writes. */
    head: boolean().notNull().default(true),
    /** Per target field, canonical: the last value both sides agreed on, as S-360 has it. */
    base: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The event version the base last moved with. */
    baseVersion: integer().notNull(),
    /** The same agreement as Salesforce has it, for fields that it keeps in another form than was sent. */
    stored: jsonb().$type<Agreement>().notNull().default({}),
    /** What else is known of fields that go both ways. */
    traces: jsonb().$type<FieldTraces>().notNull().default({}),
    /** What Salesforce last told us of this record: its source state on that side. Null until it did. */
    held: jsonb().$type<HeldRow>(),
    /** Set while the record is deleted in Salesforce. */
    goneAt: at(),
    /** When it was settled by rule, or decided by a person, what its deletion means: it is not asked about again. */
    fateAt: at(),
    createdAt: at().notNull().defaultNow(),
    updatedAt: at().notNull().defaultNow(),
  },
  (t) => [
    unique("link_record_mapping").on(t.recordId, t.mappingId),
    uniqueIndex("link_head")
      .on(t.connectionId, t.salesforceId, t.mappingId)
      .where(sql`head`),
    index("link_salesforce_id").on(t.connectionId, t.salesforceId),
    index("link_mapping").on(t.mappingId, t.object),
  ],
);

/**
 * What a record without a link is about to become in Salesforce, stored before Salesforce is written: should the answer be
 * lost, it is known what was meant, and nobody else takes that Salesforce record meanwhile. Rows go a while after the link
 * is there.
 */
export const adoption = pgTable(
  "adoption",
  {
    connectionId: connectionRef(),
    /** The Salesforce id; of a record that is made anew its mapping and key. */
    target: text().notNull(),
    recordId: recordRef(),
    mappingId: partOf(() => mapping.id),
    /** Target fields that S-360 had a value for. */
    filled: text().array().notNull(),
    /** What is listed as possibly the same once it is there. */
    duplicates: jsonb().$type<{ readonly sentence: string; readonly subject: ReviewSubject }>(),
    since: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.target] }),
    index("adoption_record").on(t.recordId),
    index("adoption_since").on(t.since),
  ],
);

/**
 * Contacts that S-360 merged into another, as a person said: nothing tells which number is the head (s360.md §1.5). The
 * number's own links stay as they were, for whoever takes it back.
 */
export const mergedContact = pgTable(
  "merged_contact",
  {
    recordId: recordRef().primaryKey(),
    connectionId: ref().notNull(),
    /** The number that was said. */
    saidId: recordRef(),
    /** Where that one ends, if it was merged on: the number that is written. */
    headId: recordRef(),
    saidBy: text().notNull(),
    saidAt: at().notNull().defaultNow(),
  },
  (t) => [
    index("merged_contact_head").on(t.headId),
    index("merged_contact_said").on(t.saidId),
    index("merged_contact_connection").on(t.connectionId),
  ],
);

export const waiting = pgTable(
  "waiting",
  {
    recordId: recordRef(),
    awaitedId: recordRef(),
    since: at().notNull().defaultNow(),
    /** When it is looked at whether S-360 is to be asked for what it awaits. */
    lookAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.awaitedId] }),
    index("waiting_awaited").on(t.awaitedId),
    index("waiting_look").on(t.lookAt, t.awaitedId),
  ],
);

/** Contacts that others waited for so long that S-360 was asked for them, and that have not come. */
export const missingContact = pgTable(
  "missing_contact",
  {
    recordId: recordRef().primaryKey(),
    connectionId: ref().notNull(),
    tries: integer().notNull(),
    /** When it is asked for again. */
    dueAt: at().notNull(),
    /** Set while a worker asks. */
    askingUntil: at(),
  },
  (t) => [index("missing_contact_asking").on(t.connectionId, t.askingUntil)],
);

/** How far the known contacts have been asked of S-360, one after the other in the order of their numbers. */
export const contactCheck = pgTable("contact_check", {
  connectionId: connectionRef().primaryKey(),
  /** The last number that was asked for; empty before the first. */
  afterKey: text().notNull().default(""),
  /** When it began with the first of them. */
  roundAt: at().notNull().defaultNow(),
  /** Set while a worker asks, and while the check rests. */
  askingUntil: at(),
  /** Why it rests: neither a contact nor one that S-360 sent itself is known there. */
  doubt: text(),
});

export const attempt = pgTable(
  "attempt",
  {
    id: id(),
    recordId: recordRef(),
    direction: text().$type<Direction>().notNull(),
    version: integer().notNull(),
    mappingVersionId: ref(),
    object: text(),
    salesforceId: text(),
    outcome: text().$type<AttemptOutcome>().notNull(),
    fault: jsonb().$type<Fault>(),
    /** Only the fields of this write: before = the base, after = what was sent. */
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
    /** Fields that both sides had changed, and whose value stayed. */
    conflicts: jsonb().$type<readonly FieldConflict[]>(),
    /** The outward call that carried it, shared with the other rows of the call. */
    callId: uuid(),
    callRows: integer(),
    at: at().notNull().defaultNow(),
  },
  (t) => [index("attempt_record").on(t.recordId, t.id)],
);
