/** What the change feed is to read once more, for it met it before its links were there. */
import { sql } from "drizzle-orm";
import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns";
import { connectionRef } from "./connections";

/**
 * Records that a Bulk job made are strangers to the feed until the job is settled. From `since` on the object's changes are
 * read again then. The row goes when a sweep that began there has been read to its end.
 */
export const reread = pgTable(
  "reread",
  {
    connectionId: connectionRef(),
    object: text().notNull(),
    /** By Salesforce's clock. */
    since: at().notNull(),
    /** Changes whenever it is asked for anew, so that a sweep which began before takes nothing away. */
    token: uuid()
      .notNull()
      .default(sql`gen_random_uuid()`),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.object, t.since] })],
);
