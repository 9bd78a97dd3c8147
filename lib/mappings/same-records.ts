/** Two mappings of one kind and one object would write the same records, and take turns in undoing what the other wrote. */
import { and, eq, ne, sql } from "drizzle-orm";
import { mapping, mappingVersion } from "@/drizzle/schema";
import { kindTable } from "@/lib/core/kinds";
import { sameField } from "@/lib/core/mapping/field-name";
import type { Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { MappingRow } from "./drafts";

/** What a mapping writes. */
export interface Writer {
  readonly name: string;
  readonly kind: Kind;
  readonly object: string;
}

/** Why what is written cannot be written beside the others; null when it can. `prefix`: the org's; null while it is not known. */
export function writtenAlready(
  { kind, object }: Omit<Writer, "name">,
  others: readonly Writer[],
  prefix: string | null,
): string | null {
  const same = others.find((each) => each.kind === kind && sameField(each.object, object, prefix));
  if (!same) return null;
  return `${same.name} writes this kind (${kindTable[kind].label.toLowerCase()}) to ${object} already: two mappings would write the same records. Add lines to it instead.`;
}

/** What runs on the connection beside a mapping. */
export async function runningBeside(
  tx: Queryable,
  { id, connectionId }: Pick<MappingRow, "id" | "connectionId">,
): Promise<Writer[]> {
  const { name, kind } = mapping;
  return tx
    .select({ name, kind, object: sql<string>`${mappingVersion.document}->>'object'` })
    .from(mapping)
    .innerJoin(mappingVersion, eq(mappingVersion.id, mapping.publishedVersionId))
    .where(and(eq(mapping.connectionId, connectionId), ne(mapping.id, id)))
    .orderBy(mapping.id);
}

/**
 * Holds all mappings of a kind until the transaction ends, so that of two which begin to run at once one sees the other.
 * Always in the same order: nobody waits for somebody who waits for them.
 */
export async function lockKind(
  tx: Queryable,
  { connectionId, kind }: Pick<MappingRow, "connectionId" | "kind">,
): Promise<void> {
  await tx
    .select({ id: mapping.id })
    .from(mapping)
    .where(and(eq(mapping.connectionId, connectionId), eq(mapping.kind, kind)))
    .orderBy(mapping.id)
    .for("no key update");
}
