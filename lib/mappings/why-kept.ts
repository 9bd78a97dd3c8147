import { and, desc, eq } from "drizzle-orm";
import { auditLog, connection, type mapping } from "@/drizzle/schema";
import { defaultMappings } from "@/lib/core/mapping/defaults/defaults";
import type { Queryable } from "@/lib/platform/db";
import { writtenObject } from "./written";

type Row = Pick<typeof mapping.$inferSelect, "id" | "connectionId" | "name">;

/** What a worker had begun when a mapping was stopped is written by then. */
const settledMs = 2 * 60_000;

/** Why a mapping can be stopped only, and not deleted; null when it can. */
export async function whyKept(db: Queryable, { id, connectionId, name }: Row): Promise<string | null> {
  const [owner] = await db
    .select({ settings: connection.settings })
    .from(connection)
    .where(eq(connection.id, connectionId));
  if (owner && defaultMappings(owner.settings).some((each) => each.name === name))
    return "Every connection begins with this mapping, so it can be stopped, not deleted.";
  return (await writtenObject(db, id)) === null
    ? null
    : "Records in Salesforce were written through this mapping, and their history names it, so it can be stopped, not deleted.";
}

/** Until when a worker may still be writing through a mapping that was stopped; null when none does (any more). */
export async function settledAt(db: Queryable, { connectionId, name }: Row): Promise<Date | null> {
  const { action, at, subject } = auditLog;
  const [stop] = await db
    .select({ at })
    .from(auditLog)
    .where(and(eq(auditLog.connectionId, connectionId), eq(action, "mapping stopped"), eq(subject, name)))
    .orderBy(desc(auditLog.id))
    .limit(1);
  const settled = stop && new Date(stop.at.getTime() + settledMs);
  return settled && settled.getTime() > Date.now() ? settled : null;
}
