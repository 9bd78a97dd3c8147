/** Bulk jobs: many records of a large backlog that Salesforce takes as one file (salesforce.md §3.6). */
import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import type { BulkState, BulkTarget } from "@/lib/core/bulk";
import type { Fault } from "@/lib/core/faults";
import type { EvaluatedBy } from "@/lib/core/mapping/published";
import type { Lane, Stream } from "@/lib/core/words";
import { at, id, partOf } from "./columns";
import { connectionRef } from "./connections";
import { recordRef } from "./records";

/** While a job stands here its records are in its hands: their lease is its token. */
export const bulkJob = pgTable(
  "bulk_job",
  {
    id: id(),
    connectionId: connectionRef(),
    stream: text().$type<Stream>().notNull(),
    /** Of its records: what the job costs, it costs for their sake. */
    lane: smallint().$type<Lane>().notNull(),
    target: jsonb().$type<BulkTarget>().notNull(),
    state: text().$type<BulkState>().notNull(),
    /** The mappings, value maps and rules that its rows were made by. */
    knowledge: jsonb().$type<EvaluatedBy>().notNull(),
    /** The token that its records are leased under. */
    leaseToken: uuid()
      .notNull()
      .default(sql`gen_random_uuid()`),
    /** The org's id of the job, stored before anything is uploaded. */
    salesforceId: text(),
    rows: integer().notNull().default(0),
    characters: integer().notNull().default(0),
    processed: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    createdAt: at().notNull().defaultNow(),
    /** How far the change feed had read the object when the job was made in the org; null where it had not begun to. */
    feedFrom: at(),
    /** When the org was told to begin. */
    loadedAt: at(),
    dueAt: at().notNull().defaultNow(),
    /** The worker that is about it. */
    workerToken: uuid(),
    workerUntil: at(),
    /** Steps in a row that came to nothing. */
    tries: integer().notNull().default(0),
    /** Why it is not under way. */
    fault: jsonb().$type<Fault>(),
  },
  (t) => [index("bulk_job_due").on(t.dueAt), index("bulk_job_connection").on(t.connectionId)],
);

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
