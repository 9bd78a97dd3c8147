/** Columns that every table spells the same way. */
import { bigint, timestamp } from "drizzle-orm/pg-core";

export const id = () => bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
export const ref = () => bigint({ mode: "number" });
export const at = () => timestamp({ withTimezone: true, mode: "date" });
