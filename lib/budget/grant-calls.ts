/** The calls that an admin grants, read and saved; the same setting that the connection's file gives. */
import { eq, sql } from "drizzle-orm";
import { auditLog, connection } from "@/drizzle/schema";
import type { DailyCalls } from "@/lib/core/budget/grant";
import { connectionSettingsSchema } from "@/lib/core/connection-settings";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { GrantCallsResult, StoredGrant } from "./contract";

/** Null when there is no such connection. */
export async function storedGrant(db: Queryable, institution: string): Promise<StoredGrant | null> {
  const [row] = await db.select().from(connection).where(eq(connection.institution, institution));
  return row ? grantOf(connectionSettingsSchema.parse(row.settings).salesforce) : null;
}

/**
 * Grants so many calls from now on, unless somebody granted others since `revision` was read. Saving what is stored
 * already changes nothing and leaves no trace. Workers go by it within seconds.
 */
export async function grantCalls(
  db: Database,
  input: {
    readonly institution: string;
    readonly revision: string;
    readonly dailyCalls: DailyCalls;
    readonly actor: string;
  },
): Promise<GrantCallsResult> {
  const { institution, revision, dailyCalls, actor } = input;
  return transact(db, async (tx): Promise<GrantCallsResult> => {
    const [row] = await tx
      .select()
      .from(connection)
      .where(eq(connection.institution, institution))
      .for("no key update");
    if (!row) return { outcome: "missing" };
    const settings = connectionSettingsSchema.parse(row.settings);
    const stored = grantOf(settings.salesforce);
    if (stored.revision !== revision) return { outcome: "conflict", stored };
    if (settings.salesforce.dailyCalls === dailyCalls) return { outcome: "saved", stored };
    const next = { ...settings, salesforce: { ...settings.salesforce, dailyCalls } };
    await tx
      .update(connection)
      .set({ settings: next, updatedAt: sql`now()` })
      .where(eq(connection.id, row.id));
    await tx.insert(auditLog).values({
      connectionId: row.id,
      actor,
      action: "Salesforce calls granted",
      subject: `${dailyCalls} in 24 hours`,
    });
    await tx.execute(sql`select pg_notify('work', ${String(row.id)})`);
    return { outcome: "saved", stored: grantOf(next.salesforce) };
  });
}

/** One value: it is its own revision. */
export function grantOf({ dailyCalls }: { readonly dailyCalls: DailyCalls }): StoredGrant {
  return { dailyCalls, revision: String(dailyCalls) };
}
