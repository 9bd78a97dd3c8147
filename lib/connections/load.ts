import { asc, eq, sql } from "drizzle-orm";
import { connection, stream } from "@/drizzle/schema";
import { connectionSettingsSchema, type ConnectionSettings } from "@/lib/core/connection-settings";
import type { OrgFacts } from "@/lib/core/side";
import { streams } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

export interface Connection {
  readonly id: number;
  readonly institution: string;
  readonly name: string;
  readonly timeZone: string;
  readonly settings: ConnectionSettings;
  /** What the org told us when last asked; null until first reached. */
  readonly org: OrgFacts | null;
}

/** The connection of an institution, or null when there is none. Its streams exist afterwards. */
export async function loadConnection(db: Queryable, institution: string): Promise<Connection | null> {
  if (institution.includes("\0")) return null;
  return one(db, await db.select().from(connection).where(eq(connection.institution, institution)));
}

export async function loadConnectionById(db: Queryable, id: number): Promise<Connection | null> {
  return one(db, await db.select().from(connection).where(eq(connection.id, id)));
}

/** All connections, by institution. */
export async function listConnections(db: Queryable): Promise<Connection[]> {
  const rows = await db.select().from(connection).orderBy(asc(connection.institution));
  return rows.map(toConnection);
}

/** Makes the rows that pauses and last times are kept in. */
export async function ensureStreams(db: Queryable, connectionId: number): Promise<void> {
  await db
    .insert(stream)
    .values(streams.map((name) => ({ connectionId, name })))
    .onConflictDoNothing();
}

type Row = typeof connection.$inferSelect;

async function one(db: Queryable, rows: readonly Row[]): Promise<Connection | null> {
  const row = rows[0];
  if (!row) return null;
  const [counted] = await db
    .select({ number: sql<number>`count(*)::int` })
    .from(stream)
    .where(eq(stream.connectionId, row.id));
  if (counted?.number !== streams.length) await ensureStreams(db, row.id);
  return toConnection(row);
}

function toConnection(row: Row): Connection {
  const { id, institution, name, timeZone, org } = row;
  const settings = connectionSettingsSchema.parse(row.settings);
  return { id, institution, name, timeZone, settings, org };
}
