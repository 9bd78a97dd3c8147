import { and, asc, desc, eq } from "drizzle-orm";
import { mapping, mappingVersion } from "@/drizzle/schema";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { Queryable } from "@/lib/platform/db";
import type { DraftSummary, MappingDetail, MappingSummary, VersionSummary } from "./contract";
import { sameDocument } from "./same-document";

type Row = typeof mapping.$inferSelect;
type VersionRow = typeof mappingVersion.$inferSelect;

/** The mappings of a connection, in the order they were made. */
export async function listMappings(db: Queryable, connectionId: number): Promise<MappingSummary[]> {
  const rows = await db
    .select({ row: mapping, version: mappingVersion })
    .from(mapping)
    .leftJoin(mappingVersion, eq(mappingVersion.id, mapping.publishedVersionId))
    .where(eq(mapping.connectionId, connectionId))
    .orderBy(asc(mapping.id));
  return rows.map(({ row, version }) => summary(row, version));
}

/** One mapping with its draft and the list of its versions, or null. */
export async function getMapping(
  db: Queryable,
  which: { readonly id: number } | { readonly connectionId: number; readonly name: string },
): Promise<MappingDetail | null> {
  const condition =
    "id" in which
      ? eq(mapping.id, which.id)
      : and(eq(mapping.connectionId, which.connectionId), eq(mapping.name, which.name));
  const rows = await db.select().from(mapping).where(condition);
  const row = rows[0];
  if (!row) return null;
  const versions = await db
    .select()
    .from(mappingVersion)
    .where(eq(mappingVersion.mappingId, row.id))
    .orderBy(desc(mappingVersion.number));
  const current = versions.find((version) => version.id === row.publishedVersionId) ?? null;
  return {
    ...summary(row, current),
    connectionId: row.connectionId,
    draftDocument: row.draft,
    publishedDocument: current?.document ?? null,
    versions: versions.map(versionSummary),
  };
}

/** Which draft is stored, without reading it; null when there is no such mapping. */
export async function getDraftSummary(db: Queryable, mappingId: number): Promise<DraftSummary | null> {
  const { draftRevision: revision, draftBy: by, draftAt } = mapping;
  const rows = await db.select({ revision, by, draftAt }).from(mapping).where(eq(mapping.id, mappingId));
  return rows[0] ? { revision: rows[0].revision, by: rows[0].by, at: rows[0].draftAt.toISOString() } : null;
}

/** What a published version said, or null when there is no such version. */
export async function getVersion(
  db: Queryable,
  mappingId: number,
  number: number,
): Promise<(VersionSummary & { readonly document: MappingDocument }) | null> {
  const rows = await db
    .select()
    .from(mappingVersion)
    .where(and(eq(mappingVersion.mappingId, mappingId), eq(mappingVersion.number, number)));
  const version = rows[0];
  return version ? { ...versionSummary(version), document: version.document } : null;
}

function summary(row: Row, version: VersionRow | null): MappingSummary {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    direction: row.direction,
    object: row.draft.object,
    published: version ? versionSummary(version) : null,
    draft: { revision: row.draftRevision, by: row.draftBy, at: row.draftAt.toISOString() },
    draftDiffers: version === null || !sameDocument(row.draft, version.document),
  };
}

function versionSummary(version: VersionRow): VersionSummary {
  const { id, number, comment, publishedBy: by, publishedAt } = version;
  return { id, number, comment, by, at: publishedAt.toISOString() };
}
