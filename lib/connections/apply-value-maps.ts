import type { ValueMapEntries } from "@/lib/core/mapping/document";
import type { Queryable } from "@/lib/platform/db";
import { runningVersions } from "@/lib/mappings/value-map-uses";
import { listValueMaps, removeValueMap, storeValueMap } from "@/lib/mappings/value-maps";

/** Makes the value maps those that are wanted; the others are removed. */
export async function applyValueMaps(
  tx: Queryable,
  connectionId: number,
  wanted: Readonly<Record<string, ValueMapEntries>>,
  actor: string,
): Promise<string[]> {
  const stored = await listValueMaps(tx, connectionId);
  const known = await runningVersions(tx, connectionId);
  const changes: string[] = [];
  for (const [name, entries] of Object.entries(wanted)) {
    const current = stored.find((row) => row.name === name) ?? null;
    const { outcome } = await storeValueMap(tx, current, { connectionId, name, entries, actor, known });
    if (outcome === "saved") changes.push(`value map ${name}: ${current ? "changed" : "added"}`);
  }
  for (const { name } of stored) {
    if (name in wanted) continue;
    await removeValueMap(tx, { connectionId, name, actor });
    changes.push(`value map ${name}: removed`);
  }
  return changes;
}
