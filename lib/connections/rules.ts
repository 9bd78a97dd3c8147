/** The rules of a connection, read and saved by the Rules page; the same settings that the connection's file gives. */
import { createHash } from "node:crypto";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { auditLog, connection, feed } from "@/drizzle/schema";
import {
  connectionSettingsSchema,
  conflictOwnerSchema,
  contactsOutSchema,
  tellSchema,
  type ConnectionSettings,
  type RuleSettings,
} from "@/lib/core/connection-settings";
import { matchingSchema } from "@/lib/core/matching/settings";
import { salesSettingsSchema } from "@/lib/core/sales-settings";
import { releaseSales, wakeWorkers } from "@/lib/mappings/release";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { SaveRulesResult, StoredRules } from "./contract";
import { fileRulesSchema } from "./file-way-back";
import { differingPaths } from "./setting-changes";

/** What may be saved: as in the connection's file, conditions included. */
export const ruleSettingsSchema = z.strictObject({
  conflictOwner: conflictOwnerSchema,
  contactsOut: contactsOutSchema,
  rules: fileRulesSchema,
  tell: tellSchema,
  matching: matchingSchema,
  sales: salesSettingsSchema,
});

export interface SaveRules {
  readonly institution: string;
  /** Of the rules that were open when the change began. */
  readonly revision: string;
  readonly settings: RuleSettings;
  readonly actor: string;
}

/** Null when there is no such connection. */
export async function storedRules(db: Queryable, connectionId: number): Promise<StoredRules | null> {
  const rows = await db.select().from(connection).where(eq(connection.id, connectionId));
  const settings = rows[0] && connectionSettingsSchema.parse(rows[0].settings);
  return settings ? describe(db, connectionId, settings) : null;
}

/**
 * Replaces the rules that were opened at `revision`; when they are no longer those nothing is written. Saving what is
 * stored already changes nothing and leaves no trace. What changed counts from the next batch and the next poll on.
 */
export async function saveRules(db: Database, input: SaveRules): Promise<SaveRulesResult> {
  return transact(db, async (tx) => {
    const rows = await tx
      .select()
      .from(connection)
      .where(eq(connection.institution, input.institution))
      .for("no key update");
    const row = rows[0];
    if (!row) return { outcome: "missing" };
    const before = connectionSettingsSchema.parse(row.settings);
    if (revisionOf(before) !== input.revision)
      return { outcome: "conflict", stored: await describe(tx, row.id, before) };
    const changed = differingPaths(rulesOf(before), rulesOf(input.settings));
    if (changed.length === 0) return { outcome: "saved", changed };
    await store(tx, row.id, { ...before, ...rulesOf(input.settings) });
    if (changed.some((path) => path.startsWith("sales."))) await releaseSales(tx, row.id);
    await announce(tx, row.id, changed, input.actor);
    return { outcome: "saved", changed };
  });
}

/** In one order, whatever the order in which they were sent or stored. */
function rulesOf({ conflictOwner, contactsOut, rules, tell, matching, sales }: RuleSettings): RuleSettings {
  return ruleSettingsShape.parse({ conflictOwner, contactsOut, rules, tell, matching, sales });
}

/** Without the check of conditions: what is stored is shown even where it could not be saved today. */
const ruleSettingsShape = connectionSettingsSchema.pick({
  conflictOwner: true,
  contactsOut: true,
  rules: true,
  tell: true,
  matching: true,
  sales: true,
});

function revisionOf(settings: RuleSettings): string {
  return createHash("sha256")
    .update(JSON.stringify(rulesOf(settings)))
    .digest("base64url")
    .slice(0, 22);
}

async function describe(
  db: Queryable,
  connectionId: number,
  settings: ConnectionSettings,
): Promise<StoredRules> {
  const [last] = await db
    .select({ by: auditLog.actor, at: auditLog.at })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.connectionId, connectionId),
        inArray(auditLog.action, [ruleChanged, "connection applied"]),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(1);
  return {
    revision: revisionOf(settings),
    settings: rulesOf(settings),
    changed: last ? { by: last.by, at: last.at.toISOString() } : null,
  };
}

async function store(tx: Queryable, connectionId: number, settings: ConnectionSettings): Promise<void> {
  await tx
    .update(connection)
    .set({ settings, updatedAt: sql`now()` })
    .where(eq(connection.id, connectionId));
}

const ruleChanged = "rule changed";

/** Leaves a trace of what changed, never of what it was or is, and lets the workers look at once. */
async function announce(
  tx: Queryable,
  connectionId: number,
  changed: readonly string[],
  actor: string,
): Promise<void> {
  await tx
    .insert(auditLog)
    .values(changed.map((subject) => ({ connectionId, actor, action: ruleChanged, subject })));
  if (changed.some((path) => path.startsWith("contactsOut.") || path.startsWith("rules.out."))) {
    await tx
      .update(feed)
      .set({ dueAt: sql`now()` })
      .where(eq(feed.connectionId, connectionId));
  }
  await wakeWorkers(tx, connectionId);
}
