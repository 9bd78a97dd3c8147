/** Columns that every table spells the same way. */
import { bigint, timestamp, type AnyPgColumn } from "drizzle-orm/pg-core";

export const id = () => bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
export const ref = () => bigint({ mode: "number" });
export const at = () => timestamp({ withTimezone: true, mode: "date" });

/** Goes with the row it points to. */
export const partOf = (column: () => AnyPgColumn) =>
  ref().notNull().references(column, { onDelete: "cascade" });
