import { isDeepStrictEqual } from "node:util";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { auditLog, connection, unseenCode, valueMap } from "@/drizzle/schema";
import { maxCodes, type ValueMapEntries } from "@/lib/core/mapping/document";
import {
  codeCount,
  isListed,
  listedCodes,
  normalEntries,
  twinOf,
  withDecision,
} from "@/lib/core/mapping/value-maps/value-map";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { CodeDecision, ValueMapUse } from "./value-map-contract";
import { releaseHeld } from "./release";
import { runningVersions, usesOf, type RunningVersion } from "./value-map-uses";

export type ValueMapRow = {
  readonly name: string;
  readonly entries: ValueMapEntries;
  readonly revision: number;
  readonly updatedBy: string | null;
  readonly updatedAt: Date;
};

export type PutValueMapResult =
  | { readonly outcome: "saved"; readonly revision: number; readonly released: number }
  | { readonly outcome: "unchanged"; readonly revision: number }
  | Conflict
  /** A new map, and there is one whose name differs only by small and capital letters. */
  | { readonly outcome: "twin"; readonly name: string };

type Stored = Extract<PutValueMapResult, { readonly outcome: "saved" | "unchanged" }>;

/** Somebody saved in between; nothing was changed. Null: the map is not there (any more). */
interface Conflict {
  readonly outcome: "conflict";
  readonly current: ValueMapRow | null;
}

export async function listValueMaps(db: Queryable, connectionId: number): Promise<ValueMapRow[]> {
  const { name, entries, revision, updatedBy, updatedAt } = valueMap;
  return db
    .select({ name, entries, revision, updatedBy, updatedAt })
    .from(valueMap)
    .where(eq(valueMap.connectionId, connectionId))
    .orderBy(asc(valueMap.name));
}

interface Place {
  readonly connectionId: number;
  readonly name: string;
  readonly actor: string;
}

interface Put extends Place {
  readonly entries: ValueMapEntries;
}

/**
 * Stores a value map that was opened at `revision` (null: a new one). Value maps take effect at once: the records that
 * were held are evaluated again.
 */
export async function putValueMap(
  db: Database,
  input: Put & { readonly revision: number | null },
): Promise<PutValueMapResult> {
  const known = await runningVersions(db, input.connectionId);
  return transact(db, async (tx) => {
    const current = await lockValueMap(tx, input.connectionId, input.name);
    if ((current?.revision ?? null) !== input.revision) return { outcome: "conflict", current };
    const names = current ? [] : (await listValueMaps(tx, input.connectionId)).map(({ name }) => name);
    const twin = twinOf(input.name, names);
    if (twin !== undefined) return { outcome: "twin", name: twin };
    return storeValueMap(tx, current, { ...input, known });
  });
}

/** Stores a value map whatever its revision is, within a transaction. `known`: what ran before it began. */
export async function storeValueMap(
  tx: Queryable,
  current: ValueMapRow | null,
  { connectionId, name, entries: given, actor, known }: Put & { readonly known: readonly RunningVersion[] },
): Promise<Stored> {
  const entries = normalEntries(given);
  if (current && isDeepStrictEqual(current.entries, entries)) {
    return { outcome: "unchanged", revision: current.revision };
  }
  const revision = (current?.revision ?? 0) + 1;
  // By the clock by which counting begins: see `mapCensus`.
  const row = { entries, revision, updatedBy: actor, updatedAt: sql`now()` };
  await tx
    .insert(valueMap)
    .values({ connectionId, name, ...row })
    .onConflictDoUpdate({ target: [valueMap.connectionId, valueMap.name], set: row });
  const ofMap = and(eq(unseenCode.connectionId, connectionId), eq(unseenCode.valueMap, name));
  await tx.delete(unseenCode).where(and(ofMap, inArray(unseenCode.code, listedCodes(entries))));
  const running = await runningVersions(tx, connectionId, known);
  // No other record can be cured by it.
  const kinds = [...new Set(usesOf(running, name).map(({ kind }) => kind))];
  const released = kinds.length > 0 ? await releaseHeld(tx, { connectionId, kinds }) : 0;
  await tx.insert(auditLog).values({ connectionId, actor, action: "value map saved", subject: name });
  return { outcome: "saved", revision, released };
}

export type DecideCodesResult =
  | (Stored & {
      /** How many of the codes somebody had decided about already: what was said of them stays. */
      readonly passedOver: number;
    })
  /** There is no such map, all of the codes are listed by now (somebody decided), or the map has no place for them. */
  | { readonly outcome: "missing" | "listed" | "full" };

/** Lists codes as a person decided of all of them, in one save. Whatever else of the map was changed meanwhile stays. */
export async function decideCodes(
  db: Database,
  {
    codes,
    decision,
    ...place
  }: Place & { readonly codes: readonly string[]; readonly decision: CodeDecision },
): Promise<DecideCodesResult> {
  const known = await runningVersions(db, place.connectionId);
  return transact(db, async (tx) => {
    const current = await lockValueMap(tx, place.connectionId, place.name);
    if (!current) return { outcome: "missing" };
    const asked = new Set(codes);
    const open = [...asked].filter((code) => !isListed(current.entries, code));
    if (open.length === 0) return { outcome: "listed" };
    if (codeCount(current.entries) + open.length > maxCodes) return { outcome: "full" };
    const entries = withDecision(current.entries, open, decision);
    return {
      ...(await storeValueMap(tx, current, { ...place, entries, known })),
      passedOver: asked.size - open.length,
    };
  });
}

export type DropValueMapResult =
  | { readonly outcome: "removed" | "missing" }
  | Conflict
  /** Mappings that run name it. */
  | { readonly outcome: "used"; readonly uses: readonly ValueMapUse[] };

/** Removes a value map that was seen at `revision` and that no published mapping names. */
export async function dropValueMap(
  db: Database,
  { revision, ...place }: Place & { readonly revision: number },
): Promise<DropValueMapResult> {
  const { connectionId, name } = place;
  const known = await runningVersions(db, connectionId);
  return transact(db, async (tx) => {
    const current = await lockValueMap(tx, connectionId, name);
    if (!current) return { outcome: "missing" };
    if (current.revision !== revision) return { outcome: "conflict", current };
    // Whoever publishes holds the names that may be used: see `lockValueMapNames`.
    await tx
      .select({ name: valueMap.name })
      .from(valueMap)
      .where(and(eq(valueMap.connectionId, connectionId), eq(valueMap.name, name)))
      .for("update");
    const uses = usesOf(await runningVersions(tx, connectionId, known), name);
    if (uses.length > 0) return { outcome: "used", uses };
    await removeValueMap(tx, place);
    return { outcome: "removed" };
  });
}

/** Removes a value map whoever uses it, within a transaction. */
export async function removeValueMap(tx: Queryable, { connectionId, name, actor }: Place): Promise<void> {
  await tx.delete(valueMap).where(and(eq(valueMap.connectionId, connectionId), eq(valueMap.name, name)));
  const ofMap = and(eq(unseenCode.connectionId, connectionId), eq(unseenCode.valueMap, name));
  await tx.delete(unseenCode).where(ofMap);
  await tx.insert(auditLog).values({ connectionId, actor, action: "value map removed", subject: name });
}

/** The value maps that a mapping may name; none of them can be removed before the transaction ends. */
export async function lockValueMapNames(tx: Queryable, connectionId: number): Promise<string[]> {
  const rows = await tx
    .select({ name: valueMap.name })
    .from(valueMap)
    .where(eq(valueMap.connectionId, connectionId))
    .orderBy(asc(valueMap.name))
    .for("key share");
  return rows.map(({ name }) => name);
}

/** Holds the connection's row, because a map that is not there yet has none: saves of one connection take turns. */
async function lockValueMap(tx: Queryable, connectionId: number, name: string): Promise<ValueMapRow | null> {
  await tx
    .select({ id: connection.id })
    .from(connection)
    .where(eq(connection.id, connectionId))
    .for("no key update");
  return (await listValueMaps(tx, connectionId)).find((row) => row.name === name) ?? null;
}
