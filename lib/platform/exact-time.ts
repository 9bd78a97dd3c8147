import { sql, type SQL } from "drizzle-orm";

/**
 * A time in UTC with all its digits: a JavaScript date would cut microseconds, and rows of one transaction share them. Later
 * ones sort after earlier ones, as texts.
 */
export function exactTime(column: SQL): SQL {
  return sql`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
