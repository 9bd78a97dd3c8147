/** Value maps, and the codes they were asked for and do not list. */
import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import { at, ref } from "./columns";
import { connectionRef } from "./connections";

export const valueMap = pgTable(
  "value_map",
  {
    connectionId: connectionRef(),
    name: text().notNull(),
    entries: jsonb().$type<ValueMapEntries>().notNull(),
    /** Goes up with each save; a save that names an older one is refused. */
    revision: integer().notNull().default(1),
    updatedBy: text(),
    updatedAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.name] })],
);

/** Noted by the worker; a code that is listed by now may still stand here, and is passed over when read. */
export const unseenCode = pgTable(
  "unseen_code",
  {
    connectionId: connectionRef(),
    /** The value map's name. */
    valueMap: text().notNull(),
    code: text().notNull(),
    /** Evaluations of a record that asked for it. */
    seen: integer().notNull(),
    firstAt: at().notNull().defaultNow(),
    lastAt: at().notNull().defaultNow(),
    /** The record that brought it last; it may be gone by now. */
    recordId: ref().notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.valueMap, t.code] })],
);
