import { eq, sql } from "drizzle-orm";
import { auditLog, mapping } from "@/drizzle/schema";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { Conflict, SaveDraftResult } from "./contract";
import { normalDocument, sameDocument } from "./same-document";

export type MappingRow = typeof mapping.$inferSelect;

/** The mapping as it stands, held by nobody. */
export async function findRow(db: Queryable, mappingId: number): Promise<MappingRow | null> {
  const rows = await db.select().from(mapping).where(eq(mapping.id, mappingId));
  return rows[0] ?? null;
}

/**
 * The mapping, held until the transaction ends, so that saves and publications take turns. "No key update" lets the
 * workers go on storing links to it.
 */
export async function lockMapping(tx: Queryable, mappingId: number): Promise<MappingRow | null> {
  const rows = await tx.select().from(mapping).where(eq(mapping.id, mappingId)).for("no key update");
  return rows[0] ?? null;
}

/**
 * Saves a draft that was opened at `revision`. When somebody saved in between nothing is written and the other draft
 * comes back. The kind of a mapping is chosen once: a document of another kind throws RangeError.
 */
export async function saveDraft(
  db: Database,
  input: {
    readonly mappingId: number;
    readonly revision: number;
    readonly document: MappingDocument;
    readonly actor: string;
  },
): Promise<SaveDraftResult> {
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, input.mappingId);
    if (!row) return { outcome: "missing" };
    if (row.draftRevision !== input.revision) return conflictWith(row);
    if (row.kind !== input.document.kind) throw new RangeError(`this mapping is for the kind ${row.kind}`);
    if (sameDocument(row.draft, input.document)) return { outcome: "saved", revision: row.draftRevision };
    await replaceDraft(tx, row, input.document, input.actor);
    await tx.insert(auditLog).values({
      connectionId: row.connectionId,
      actor: input.actor,
      action: "mapping draft saved",
      subject: row.name,
    });
    return { outcome: "saved", revision: row.draftRevision + 1 };
  });
}

export async function replaceDraft(
  tx: Queryable,
  row: MappingRow,
  document: MappingDocument,
  actor: string,
): Promise<void> {
  await tx
    .update(mapping)
    .set({
      draft: normalDocument(document),
      draftRevision: sql`${mapping.draftRevision} + 1`,
      draftBy: actor,
      draftAt: sql`now()`,
    })
    .where(eq(mapping.id, row.id));
}

export function conflictWith(row: MappingRow): Conflict {
  const { draftRevision: revision, draftBy: by, draftAt, draft } = row;
  return { outcome: "conflict", draft: { revision, by, at: draftAt.toISOString() }, document: draft };
}
