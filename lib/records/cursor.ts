/** Keyset paging: a cursor names the last row seen, so pages stay whole while rows come and go. */
import { sql, type SQL } from "drizzle-orm";

export interface Cursor {
  /** ISO time with microseconds, as PostgreSQL gave it. */
  readonly at: string;
  readonly id: number;
}

export function writeCursor({ at, id }: Cursor): string {
  return `${at}_${id}`;
}

/** Undefined for a text that is no cursor: then the first page is given. */
export function readCursor(text: string | undefined): Cursor | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_(-?\d{1,18})$/.exec(text ?? "");
  return parts?.[1] && parts[2] ? { at: parts[1], id: Number(parts[2]) } : undefined;
}

/** Rows that come after the cursor when the newest come first. */
export function after(cursor: Cursor | undefined, at: SQL, id: SQL): SQL {
  return cursor ? sql`and (${at}, ${id}) < (${cursor.at}::timestamptz, ${cursor.id}::bigint)` : sql``;
}
