/**
 * Records and what becomes of them; the tables of connections, of mappings and of sign-in have files of their own (words as in
 * lib/core/words.ts).
 *
 * What must hold whatever else changes: family is part of a record's key and kind is an attribute; version and state
 * are kept per direction; one lease per record covers both directions; source state is never pruned; base is kept
 * per link and field and moves only with a settled write.
 */
import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type {
  AttemptOutcome,
  Direction,
  Family,
  Kind,
  Lane,
  Outcome,
  RecordState,
  Stream,
} from "@/lib/core/words";
import type { Agreement, FieldConflict, FieldTraces, HeldRow } from "@/lib/core/agreement";
import type { ReviewChoice, ReviewKind, ReviewState, ReviewSubject } from "@/lib/core/reviews";
import type { Fault } from "@/lib/core/faults";
import type { ImportEnd } from "@/lib/core/imports/words";
import type { ComparisonFinding } from "@/lib/core/mapping/comparison";
import { bulkJob } from "./bulk";
import { at, id, partOf, ref } from "./columns";
import { connectionRef } from "./connections";
import { importRun } from "./imports";
import { census, mapping, comparisonRun } from "./mappings";

export * from "./arrivals";
export * from "./bulk";
export * from "./connections";
export * from "./imports";
export * from "./mappings";
export * from "./people";
export * from "./value-maps";

const recordRef = () => partOf(() => record.id);

// --- what arrived ----------------------------------------------------------------------------------------------

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

// --- what it became --------------------------------------------------------------------------------------------

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
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.awaitedId] }),
    index("waiting_awaited").on(t.awaitedId),
    index("waiting_since").on(t.since, t.awaitedId),
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

// --- the way back ----------------------------------------------------------------------------------------------

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

/** Something only a person can settle. Closed ones stay, as the memory of who decided what. */
export const review = pgTable(
  "review",
  {
    id: id(),
    connectionId: connectionRef(),
    kind: text().$type<ReviewKind>().notNull(),
    /** The record it is about; null when it is about many, or about none. */
    recordId: ref().references(() => record.id, { onDelete: "cascade" }),
    /** What tells several open ones of a kind and record apart: the direction of a rule, what was told. */
    about: text().notNull().default(""),
    sentence: text().notNull(),
    subject: jsonb().$type<ReviewSubject>().notNull(),
    state: text().$type<ReviewState>().notNull().default("open"),
    choice: text().$type<ReviewChoice>(),
    openedAt: at().notNull().defaultNow(),
    decidedAt: at(),
    decidedBy: text(),
    closedAt: at(),
    /** When people were told by mail. */
    mailedAt: at(),
  },
  (t) => [
    index("review_open")
      .on(t.connectionId, t.openedAt, t.id)
      .where(sql`state <> 'closed'`),
    index("review_record_id").on(t.recordId),
    index("review_closed")
      .on(t.connectionId, t.closedAt, t.id)
      .where(sql`state = 'closed'`),
    uniqueIndex("review_of_record")
      .on(t.recordId, t.kind, t.about)
      .where(sql`state <> 'closed' and record_id is not null`),
  ],
);

/** The records that a review about many holds. */
export const reviewRecord = pgTable(
  "review_record",
  {
    reviewId: partOf(() => review.id),
    recordId: recordRef(),
  },
  (t) => [primaryKey({ columns: [t.reviewId, t.recordId] }), index("review_record_record").on(t.recordId)],
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

// --- large backlogs ------------------------------------------------------------------------------------------------

/** A record is in one Bulk job at most; its row has all that is noted once the org has answered. */
export const bulkRow = pgTable(
  "bulk_row",
  {
    recordId: recordRef().primaryKey(),
    jobId: partOf(() => bulkJob.id),
    /** What the row is found by again (lib/core/bulk.ts). */
    identity: text().notNull(),
    /** Rows are sorted by it, so that the org does not lock one parent in several places. */
    parent: text().notNull(),
    planned: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (t) => [unique("bulk_row_identity").on(t.jobId, t.identity)],
);

// --- comparisons of drafts ------------------------------------------------------------------------------------------

/** What a comparison found for one record, in the order of the records. */
export const comparisonRecord = pgTable(
  "comparison_record",
  {
    runId: partOf(() => comparisonRun.id),
    position: integer().notNull(),
    recordId: recordRef(),
    found: jsonb().$type<ComparisonFinding>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.position] }), index("comparison_record_record").on(t.recordId)],
);

/** A record whose result a census found changed. */
export const censusRecord = pgTable(
  "census_record",
  {
    censusId: partOf(() => census.id),
    recordId: recordRef(),
    /** The fields that change, or what else does (lib/core/census-change.ts). */
    changes: text().array().notNull().default([]),
    /** How it stood when a re-processing came to it, and at which version; null before. */
    was: text().$type<RecordState>(),
    version: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.censusId, t.recordId] }),
    index("census_record_record").on(t.recordId),
    index("census_record_left")
      .on(t.censusId, t.recordId)
      .where(sql`was is null`),
  ],
);

// --- initial imports ---------------------------------------------------------------------------------------------

/** A record that an import brought, or that came again while it went on. */
export const importRecord = pgTable(
  "import_record",
  {
    importId: partOf(() => importRun.id),
    recordId: recordRef(),
    arrivedAt: at().notNull().defaultNow(),
    /** A contact or an order, as are expected; an operation comes with its order. */
    counted: boolean().notNull(),
    /** An order is not written itself. */
    written: boolean().notNull(),
    /** It was here before: it came again, with nothing new. */
    known: boolean().notNull().default(false),
    /** When it took its turn; null while it is held. */
    releasedAt: at(),
    endedAs: text().$type<ImportEnd>(),
    endedAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.recordId] }),
    index("import_record_record").on(t.recordId),
    index("import_record_arrived").on(t.importId, t.arrivedAt),
    index("import_record_ended")
      .on(t.importId, t.endedAt)
      .where(sql`ended_at is not null`),
    index("import_record_held")
      .on(t.importId, t.recordId)
      .where(sql`released_at is null and ended_as is null`),
    index("import_record_going")
      .on(t.importId, t.recordId)
      .where(sql`released_at is not null and ended_as is null`),
  ],
);
