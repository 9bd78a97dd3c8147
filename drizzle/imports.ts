/** Initial imports: periods in which S-360 sends again what it has had for long (lib/imports). */
import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { ImportEnd, ImportState, ImportStream } from "@/lib/core/imports/words";
import { at, id, partOf } from "./columns";
import { connectionRef } from "./connections";
import { recordRef } from "./records";

export const importRun = pgTable(
  "import_run",
  {
    id: id(),
    connectionId: connectionRef(),
    stream: text().$type<ImportStream>().notNull(),
    state: text().$type<ImportState>().notNull().default("running"),
    /** Goes up with each change that an admin makes; a change that names an older one is refused. */
    revision: integer().notNull().default(1),
    /** What was agreed with SecuTix: everything changed since this day is sent. */
    since: text().notNull(),
    /** How many contacts or orders are expected; null: not known. */
    expected: integer(),
    /** How many records may be written before somebody approves, and how many more one asks for at a time. */
    canary: integer().notNull(),
    canaryStep: integer().notNull(),
    /** What is written takes its turn only once somebody has approved. */
    approvedAt: at(),
    approvedBy: text(),
    startedBy: text().notNull(),
    startedAt: at().notNull().defaultNow(),
    /** The latest arrival with which fewer had come than are expected: only a later one is worth counting again. */
    shortAt: at(),
    /** When all of many that were on their way were last looked at for how they ended. */
    notedAt: at(),
    /** Nothing that arrives later belongs to it. */
    closedAt: at(),
    /** Since when it goes on writing; the pace is told from here on. */
    resumedAt: at().notNull().defaultNow(),
    endedAt: at(),
  },
  (t) => [
    index("import_run_connection").on(t.connectionId, t.id),
    uniqueIndex("import_run_open")
      .on(t.connectionId, t.stream)
      .where(sql`closed_at is null`),
  ],
);

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
