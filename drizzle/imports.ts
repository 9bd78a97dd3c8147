/** Initial imports: periods in which S-360 sends again what it has had for long (lib/imports). */
import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { ImportState, ImportStream } from "@/lib/core/imports/words";
import { at, id } from "./columns";
import { connectionRef } from "./connections";

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
