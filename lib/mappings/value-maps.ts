import { isDeepStrictEqual } from "node:util";
import { and, asc, eq } from "drizzle-orm";
import { auditLog, connection, valueMap } from "@/drizzle/schema";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import { kinds } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { releaseHeld } from "./release";

export type ValueMapRow = {
  readonly name: string;
  readonly entries: ValueMapEntries;
  readonly revision: number;
};

export type PutValueMapResult =
  | { readonly outcome: "saved"; readonly revision: number; readonly released: number }
  | { readonly outcome: "unchanged"; readonly revision: number }
  /** Somebody saved in between; nothing was changed. Null: the map is not there (any more). */
  | { readonly outcome: "conflict"; readonly current: ValueMapRow | null };

export async function listValueMaps(db: Queryable, connectionId: number): Promise<ValueMapRow[]> {
  return db
    .select({ name: valueMap.name, entries: valueMap.entries, revision: valueMap.revision })
    .from(valueMap)
    .where(eq(valueMap.connectionId, connectionId))
    .orderBy(asc(valueMap.name));
}

interface Put {
  readonly connectionId: number;
  readonly name: string;
  readonly entries: ValueMapEntries;
  readonly actor: string;
}

/**
 * Stores a value map that was opened at `revision` (null: a new one). Value maps take effect at once: the records that
 * were held are evaluated again.
 */
export async function putValueMap(
  db: Database,
  input: Put & { readonly revision: number | null },
): Promise<PutValueMapResult> {
  return transact(db, async (tx) => {
    const current = await lockValueMap(tx, input.connectionId, input.name);
    if ((current?.revision ?? null) !== input.revision) return { outcome: "conflict", current };
    return storeValueMap(tx, current, input);
  });
}

/** Stores a value map whatever its revision is, within a transaction. */
export async function storeValueMap(
  tx: Queryable,
  current: ValueMapRow | null,
  { connectionId, name, entries, actor }: Put,
): Promise<Exclude<PutValueMapResult, { outcome: "conflict" }>> {
  if (current && isDeepStrictEqual(current.entries, entries)) {
    return { outcome: "unchanged", revision: current.revision };
  }
  const revision = (current?.revision ?? 0) + 1;
  const row = { entries, revision, updatedAt: new Date() };
  await tx
    .insert(valueMap)
    .values({ connectionId, name, ...row })
    .onConflictDoUpdate({ target: [valueMap.connectionId, valueMap.name], set: row });
  const released = await releaseHeld(tx, { connectionId, kinds });
  await tx.insert(auditLog).values({ connectionId, actor, action: "value map saved", subject: name });
  return { outcome: "saved", revision, released };
}

export async function removeValueMap(
  tx: Queryable,
  { connectionId, name, actor }: Omit<Put, "entries">,
): Promise<void> {
  await tx.delete(valueMap).where(and(eq(valueMap.connectionId, connectionId), eq(valueMap.name, name)));
  await tx.insert(auditLog).values({ connectionId, actor, action: "value map removed", subject: name });
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
