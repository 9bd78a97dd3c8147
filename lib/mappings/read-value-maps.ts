import { and, desc, eq, sql } from "drizzle-orm";
import { record, unseenCode, valueMap } from "@/drizzle/schema";
import { maxCodeLength } from "@/lib/core/mapping/document";
import { codeCount } from "@/lib/core/mapping/value-maps/value-map";
import type { Queryable } from "@/lib/platform/db";
import type { UnseenCode, ValueMapDetail, ValueMapSummary, ValueMapUse } from "./value-map-contract";
import { listValueMaps, type ValueMapRow } from "./value-maps";
import { valueMapUses } from "./value-map-uses";

/** The value maps of a connection by name: what names them, and what waits in their inboxes. */
export async function valueMapSummaries(db: Queryable, connectionId: number): Promise<ValueMapSummary[]> {
  const [rows, uses, unseen] = await Promise.all([
    listValueMaps(db, connectionId),
    valueMapUses(db, connectionId),
    unseenCounts(db, connectionId),
  ]);
  return rows.map((row) => summary(row, uses.get(row.name) ?? [], unseen.get(row.name) ?? 0));
}

/** One value map with its codes, or null. */
export async function valueMapDetail(
  db: Queryable,
  connectionId: number,
  name: string,
): Promise<ValueMapDetail | null> {
  const [rows, uses, unseen] = await Promise.all([
    listValueMaps(db, connectionId),
    valueMapUses(db, connectionId),
    unseenCounts(db, connectionId),
  ]);
  const row = rows.find((candidate) => candidate.name === name);
  if (!row) return null;
  return { ...summary(row, uses.get(name) ?? [], unseen.get(name) ?? 0), entries: row.entries };
}

/** How many codes wait for a decision, of all value maps together. */
export async function countUnseen(db: Queryable, connectionId: number): Promise<number> {
  const counts = await unseenCounts(db, connectionId);
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function summary(row: ValueMapRow, uses: readonly ValueMapUse[], unseen: number): ValueMapSummary {
  const { name, revision, entries, updatedBy, updatedAt } = row;
  return {
    name,
    revision,
    codes: codeCount(entries),
    otherwise: entries.otherwise,
    changed: { by: updatedBy, at: updatedAt.toISOString() },
    uses,
    unseen,
  };
}

/** Nobody can decide about a text that is too long for a code: see `isTooLongForCode`, which counts as PostgreSQL does. */
const canBeListed = sql`length(${unseenCode.code}) <= ${maxCodeLength}`;
/** A worker that read the map before a save may note a code that the save listed. */
const notListed = sql`not jsonb_exists(${valueMap.entries}->'values', ${unseenCode.code})
  and not coalesce(jsonb_exists(${valueMap.entries}->'rules', ${unseenCode.code}), false)`;

const itsMap = and(
  eq(valueMap.connectionId, unseenCode.connectionId),
  eq(valueMap.name, unseenCode.valueMap),
);

async function unseenCounts(db: Queryable, connectionId: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .select({ name: unseenCode.valueMap, codes: sql<number>`count(*)::int` })
    .from(unseenCode)
    .innerJoin(valueMap, itsMap)
    .where(and(eq(unseenCode.connectionId, connectionId), notListed, canBeListed))
    .groupBy(unseenCode.valueMap);
  return new Map(rows.map(({ name, codes }) => [name, codes]));
}

/** Codes that a value map was asked for and does not list; the most frequent first. */
export async function unseenCodes(db: Queryable, connectionId: number, name: string): Promise<UnseenCode[]> {
  const rows = await db
    .select({ row: unseenCode, recordId: record.id, key: record.key })
    .from(unseenCode)
    .innerJoin(valueMap, itsMap)
    .leftJoin(record, eq(record.id, unseenCode.recordId))
    .where(and(eq(unseenCode.connectionId, connectionId), eq(unseenCode.valueMap, name), notListed))
    .orderBy(desc(unseenCode.seen), unseenCode.code);
  return rows.map(({ row, recordId, key }) => ({
    code: row.code,
    seen: row.seen,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    record: recordId === null || key === null ? null : { id: recordId, key },
  }));
}
