/** What drafts and new versions of mappings would change, record by record. */
import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { RecordState } from "@/lib/core/words";
import type { ComparisonFinding } from "@/lib/core/mapping/comparison";
import { partOf } from "./columns";
import { census, comparisonRun } from "./mappings";
import { recordRef } from "./records";

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
