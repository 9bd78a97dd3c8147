/** Mappings with their drafts and versions, and what is kept beside them: comparisons, golden samples, re-processing. */
import { boolean, index, integer, jsonb, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { GoldenResult } from "@/lib/core/mapping/golden/golden";
import type { ComparisonSummary } from "@/lib/core/mapping/comparison";
import type { CensusState, Direction, Kind, ReprocessState } from "@/lib/core/words";
import { at, id, partOf, ref } from "./columns";
import { connectionRef } from "./connections";

export const mapping = pgTable(
  "mapping",
  {
    id: id(),
    connectionId: connectionRef(),
    /** Stable name in URLs and YAML, such as `individual`. */
    name: text().notNull(),
    direction: text().$type<Direction>().notNull(),
    kind: text().$type<Kind>().notNull(),
    draft: jsonb().$type<MappingDocument>().notNull(),
    /** Goes up with each save; a save that names an older one is refused. */
    draftRevision: integer().notNull().default(1),
    draftBy: text(),
    draftAt: at().notNull().defaultNow(),
    publishedVersionId: ref(),
  },
  (t) => [unique("mapping_name").on(t.connectionId, t.name)],
);

/** Published and immutable. */
export const mappingVersion = pgTable(
  "mapping_version",
  {
    id: id(),
    mappingId: partOf(() => mapping.id),
    number: integer().notNull(),
    document: jsonb().$type<MappingDocument>().notNull(),
    comment: text().notNull(),
    publishedBy: text().notNull(),
    publishedAt: at().notNull().defaultNow(),
  },
  (t) => [unique("mapping_version_number").on(t.mappingId, t.number)],
);

/** A draft tried on recent records, without writing. Only the latest few of a mapping are kept. */
export const comparisonRun = pgTable(
  "comparison_run",
  {
    id: id(),
    mappingId: partOf(() => mapping.id),
    /** What was tried, and against which published version. */
    document: jsonb().$type<MappingDocument>().notNull(),
    versionId: ref(),
    /** How many of the latest records were asked for, and how many there were. */
    wanted: integer().notNull(),
    total: integer().notNull(),
    done: integer().notNull().default(0),
    /** Salesforce was asked what it holds; otherwise what the connector knows counts. */
    fresh: boolean().notNull(),
    /** When Salesforce last told what people changed there, if what is known counts. */
    knownAt: at(),
    state: text().$type<"running" | "done" | "stopped" | "failed">().notNull().default("running"),
    /** Why it came to nothing. */
    sentence: text(),
    summary: jsonb().$type<ComparisonSummary>(),
    startedBy: text().notNull(),
    startedAt: at().notNull().defaultNow(),
    /** A run that has not been heard of for long lost its process. */
    heardAt: at().notNull().defaultNow(),
    endedAt: at(),
  },
  (t) => [index("comparison_run_mapping").on(t.mappingId, t.id)],
);

/**
 * Counting the records that were last written otherwise than a version says: workers evaluate it on what S-360 said, a
 * slice of records at a time. Nothing is written and Salesforce is not asked.
 */
export const census = pgTable(
  "census",
  {
    id: id(),
    mappingId: partOf(() => mapping.id),
    versionId: partOf(() => mappingVersion.id),
    /** The value map that was saved, where that is why it is counted; null where the version is. */
    valueMap: text(),
    /** Somebody has asked for what is found to be re-processed as soon as all is counted. */
    thenReprocess: boolean().notNull().default(false),
    state: text().$type<CensusState>().notNull().default("running"),
    /** Why it came to nothing. */
    sentence: text(),
    /** Records there were when the first slice was taken, and the last of them; null before. */
    total: integer(),
    untilId: ref(),
    /** Looked at so far, and of them to be written otherwise. */
    looked: integer().notNull().default(0),
    changed: integer().notNull().default(0),
    /** The last record looked at, in the order of ids. */
    afterId: ref().notNull().default(0),
    startedBy: text().notNull(),
    startedAt: at().notNull().defaultNow(),
    endedAt: at(),
  },
  (t) => [
    index("census_mapping").on(t.mappingId, t.id),
    uniqueIndex("census_open")
      .on(t.mappingId)
      .where(sql`state in ('running', 'paused')`),
  ],
);

/**
 * Records of a census taken through its version: the worker makes a slice of them due at a time, and the
 * engine writes what differs.
 */
export const reprocess = pgTable(
  "reprocess",
  {
    id: id(),
    mappingId: partOf(() => mapping.id),
    versionId: ref()
      .notNull()
      .references(() => mappingVersion.id, { onDelete: "cascade" }),
    state: text().$type<ReprocessState>().notNull().default("running"),
    /** Whose records; null once it made way for that of a later version. */
    censusId: ref().references(() => census.id, { onDelete: "set null" }),
    /** Records there were when it began. */
    total: integer().notNull(),
    /** Made due so far, or found to be due by themselves. */
    made: integer().notNull().default(0),
    startedBy: text().notNull(),
    startedAt: at().notNull().defaultNow(),
    endedAt: at(),
    /** How it ended. */
    written: integer(),
    failed: integer(),
  },
  (t) => [
    index("reprocess_mapping").on(t.mappingId, t.id),
    uniqueIndex("reprocess_open")
      .on(t.mappingId)
      .where(sql`state in ('running', 'paused')`),
  ],
);

/** Made-up records with the result that a mapping is to give for them: publishing is refused where it gives another. */
export const goldenSample = pgTable(
  "golden_sample",
  {
    id: id(),
    mappingId: partOf(() => mapping.id),
    name: text().notNull(),
    /** What the mapping runs on; of nobody. */
    source: jsonb().$type<unknown>().notNull(),
    expected: jsonb().$type<GoldenResult>().notNull(),
    /** Goes up with each change; a change that names an older one is refused. */
    revision: integer().notNull().default(1),
    changedBy: text().notNull(),
    changedAt: at().notNull().defaultNow(),
    /** Removed, and to be put back until it is pruned. */
    removedAt: at(),
  },
  (t) => [index("golden_sample_mapping").on(t.mappingId, t.id)],
);
