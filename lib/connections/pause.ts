import { and, eq, isNull, isNotNull, sql } from "drizzle-orm";
import { auditLog, connection, stream } from "@/drizzle/schema";
import type { Stream } from "@/lib/core/words";
import { transact, type Database } from "@/lib/platform/db";
import { ensureStreams } from "./load";

interface Change {
  readonly institution: string;
  readonly stream: Stream;
  readonly paused: boolean;
  /** Who did it, as the Health page and the audit log name them. */
  readonly actor: string;
}

/**
 * Pauses or resumes a stream: what arrives is received and kept either way, while paused nothing of it is written.
 * Doing it again changes nothing and leaves no trace.
 */
export async function setPaused(db: Database, change: Change): Promise<"changed" | "unchanged" | "missing"> {
  return transact(db, async (tx) => {
    const [found] = await tx
      .select({ id: connection.id })
      .from(connection)
      .where(eq(connection.institution, change.institution));
    if (!found) return "missing";
    await ensureStreams(tx, found.id);
    const changed = await tx
      .update(stream)
      .set(
        change.paused ? { pausedAt: sql`now()`, pausedBy: change.actor } : { pausedAt: null, pausedBy: null },
      )
      .where(
        and(
          eq(stream.connectionId, found.id),
          eq(stream.name, change.stream),
          change.paused ? isNull(stream.pausedAt) : isNotNull(stream.pausedAt),
        ),
      )
      .returning({ name: stream.name });
    if (changed.length === 0) return "unchanged";
    await tx.insert(auditLog).values({
      connectionId: found.id,
      actor: change.actor,
      action: change.paused ? "stream paused" : "stream resumed",
      subject: change.stream,
    });
    if (!change.paused) await tx.execute(sql`select pg_notify('work', ${String(found.id)})`);
    return "changed";
  });
}
