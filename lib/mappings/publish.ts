import { and, desc, eq } from "drizzle-orm";
import { auditLog, link, mapping, mappingVersion } from "@/drizzle/schema";
import { checkPublishable, type PublishingProblem } from "@/lib/core/mapping/publish/publish";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { MappingTarget } from "@/lib/core/mapping/evaluation";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { beginCensus } from "./census";
import type { PublishResult } from "./contract";
import { conflictWith, lockMapping, replaceDraft, type MappingRow } from "./drafts";
import { passGolden, type GoldenGate } from "./golden";
import { releaseHeld } from "./release";
import { normalDocument, sameDocument } from "./same-document";
import { lockValueMapNames } from "./value-maps";

interface Publication {
  readonly comment: string;
  readonly actor: string;
  /** The org's describe of the target, when it is known: then fields are checked too. */
  readonly target: MappingTarget | null;
  /** Golden samples are tried first. */
  readonly golden?: GoldenGate;
  /** The records whose result changes are taken through it as soon as they are counted. */
  readonly thenReprocess?: boolean;
}

/**
 * Publishes the draft that was opened at `revision` as a new, immutable version and makes records that were held due
 * again, in one transaction. A draft that says what is published already changes nothing. `over` is the id of the version
 * that it was compared with (null: none ran); when another runs by now nothing is published.
 */
export async function publish(
  db: Database,
  input: Publication & {
    readonly mappingId: number;
    readonly revision: number;
    readonly over?: number | null;
  },
): Promise<PublishResult> {
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, input.mappingId);
    if (!row) return { outcome: "missing" };
    if (row.draftRevision !== input.revision) return conflictWith(row);
    if (input.over !== undefined && row.publishedVersionId !== input.over) return { outcome: "outpaced" };
    return publishDocument(tx, row, row.draft, { ...input, action: "mapping published" });
  });
}

/**
 * Publishes what an earlier version said as a new version. The draft follows, unless it holds changes that were never
 * published: those are kept.
 */
export async function restore(
  db: Database,
  input: Publication & { readonly mappingId: number; readonly versionNumber: number },
): Promise<PublishResult> {
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, input.mappingId);
    const earlier = row && (await versionDocument(tx, row.id, input.versionNumber));
    if (!row || !earlier) return { outcome: "missing" };
    return publishAndFollow(tx, row, earlier, { ...input, action: "mapping restored" });
  });
}

/** Publishes a document that did not come from the draft; an untouched draft follows it. */
export async function publishAndFollow(
  tx: Queryable,
  row: MappingRow,
  document: MappingDocument,
  publication: Publication & { readonly action: string },
): Promise<PublishResult> {
  const before = await publishedDocument(tx, row);
  const result = await publishDocument(tx, row, document, publication);
  const untouched = before === null || sameDocument(row.draft, before);
  if (result.outcome === "published" && untouched && !sameDocument(row.draft, document)) {
    await replaceDraft(tx, row, document, publication.actor);
  }
  return result;
}

async function publishDocument(
  tx: Queryable,
  row: MappingRow,
  document: MappingDocument,
  { comment, actor, target, action, golden, thenReprocess }: Publication & { readonly action: string },
): Promise<PublishResult> {
  const current = await publishedVersion(tx, row);
  if (current && sameDocument(current.document, document)) {
    return { outcome: "unchanged", number: current.number };
  }
  const problems = [
    ...checkPublishable(document, target, await lockValueMapNames(tx, row.connectionId)),
    ...(await objectProblems(tx, row, document, current?.document ?? null)),
  ];
  if (problems.length > 0) return { outcome: "refused", problems };
  const unexpected = golden ? await passGolden(tx, row, document, golden, actor) : [];
  if (unexpected.length > 0) return { outcome: "unexpected", checks: unexpected };
  const number = (await lastNumber(tx, row.id)) + 1;
  const [version] = await tx
    .insert(mappingVersion)
    .values({ mappingId: row.id, number, document: normalDocument(document), comment, publishedBy: actor })
    .returning({ id: mappingVersion.id });
  if (!version) throw new Error("the version was not stored");
  await tx.update(mapping).set({ publishedVersionId: version.id }).where(eq(mapping.id, row.id));
  const { connectionId, kind } = row;
  await beginCensus(tx, row, { versionId: version.id, actor, thenReprocess });
  const released = await releaseHeld(tx, { connectionId, kinds: [kind] });
  await tx.insert(auditLog).values({ connectionId, actor, action, subject: `${row.name} ${number}` });
  return { outcome: "published", versionId: version.id, number, released };
}

/** Links point to records of the old object: another object under them would be written with foreign ids. */
async function objectProblems(
  tx: Queryable,
  row: MappingRow,
  document: MappingDocument,
  current: MappingDocument | null,
): Promise<PublishingProblem[]> {
  if (current === null || current.object === document.object) return [];
  const linked = await tx.select({ id: link.id }).from(link).where(eq(link.mappingId, row.id)).limit(1);
  if (linked.length === 0) return [];
  const sentence = `Records were already written to ${current.object} through this mapping, so its object cannot become ${document.object}. Make another mapping for ${document.object}.`;
  return [{ lineIndex: null, target: null, sentence }];
}

async function lastNumber(tx: Queryable, mappingId: number): Promise<number> {
  const rows = await tx
    .select({ number: mappingVersion.number })
    .from(mappingVersion)
    .where(eq(mappingVersion.mappingId, mappingId))
    .orderBy(desc(mappingVersion.number))
    .limit(1);
  return rows[0]?.number ?? 0;
}

async function publishedVersion(
  tx: Queryable,
  row: MappingRow,
): Promise<{ number: number; document: MappingDocument } | null> {
  if (row.publishedVersionId === null) return null;
  const rows = await tx
    .select({ number: mappingVersion.number, document: mappingVersion.document })
    .from(mappingVersion)
    .where(eq(mappingVersion.id, row.publishedVersionId));
  return rows[0] ?? null;
}

async function publishedDocument(tx: Queryable, row: MappingRow): Promise<MappingDocument | null> {
  return (await publishedVersion(tx, row))?.document ?? null;
}

async function versionDocument(
  tx: Queryable,
  mappingId: number,
  number: number,
): Promise<MappingDocument | null> {
  const rows = await tx
    .select({ document: mappingVersion.document })
    .from(mappingVersion)
    .where(and(eq(mappingVersion.mappingId, mappingId), eq(mappingVersion.number, number)));
  return rows[0]?.document ?? null;
}
