import { and, desc, eq } from "drizzle-orm";
import { auditLog, mapping, mappingVersion } from "@/drizzle/schema";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { MappingTarget } from "@/lib/core/mapping/evaluation";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { beginCensus } from "./census";
import type { PublishResult } from "./contract";
import { conflictWith, findRow, lockMapping, replaceDraft, type MappingRow } from "./drafts";
import { expectAccepted, type GoldenGate } from "./golden";
import { judge, judgeAgain, objectProblems, type Judgement } from "./judge";
import { releaseHeld } from "./release";
import { normalDocument, sameDocument } from "./same-document";
import { lockKind, type Writer } from "./same-records";

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

/** Which mapping, and what the person had seen. */
interface Seen {
  readonly mappingId: number;
  /** Id of the version that it was compared with; null: none ran. When another runs by now nothing is published. */
  readonly over?: number | null;
}

/**
 * Publishes the draft that was opened at `revision` as a new, immutable version and makes records that were held due
 * again, in one transaction. A draft that says what is published already changes nothing. What takes long, the checks, is
 * done before the transaction.
 */
export async function publish(
  db: Database,
  input: Publication & Seen & { readonly revision: number },
): Promise<PublishResult> {
  const found = await findRow(db, input.mappingId);
  const early = whyNotDraft(found, input);
  if (!found || early) return early ?? { outcome: "missing" };
  const judgement = await judge(db, found, { ...input, document: found.draft });
  return transact(db, async (tx) => {
    await lockKind(tx, found);
    const row = await lockMapping(tx, input.mappingId);
    const late = whyNotDraft(row, input);
    if (!row || late) return late ?? { outcome: "missing" };
    return publishDocument(tx, row, row.draft, { ...input, judgement, action: "mapping published" });
  });
}

function whyNotDraft(
  row: MappingRow | null,
  seen: Seen & { readonly revision: number },
): PublishResult | null {
  if (!row) return { outcome: "missing" };
  if (row.draftRevision !== seen.revision) return conflictWith(row);
  return isOutpaced(row, seen) ? { outcome: "outpaced" } : null;
}

/**
 * Publishes what an earlier version said as a new version. The draft follows, unless it holds changes that were never
 * published: those are kept.
 */
export async function restore(
  db: Database,
  input: Publication & Seen & { readonly versionNumber: number },
): Promise<PublishResult> {
  const found = await findRow(db, input.mappingId);
  const earlier = found && (await versionDocument(db, found.id, input.versionNumber));
  if (!found || !earlier) return { outcome: "missing" };
  if (isOutpaced(found, input)) return { outcome: "outpaced" };
  const judgement = await judge(db, found, { ...input, document: earlier });
  return transact(db, async (tx) => {
    await lockKind(tx, found);
    const row = await lockMapping(tx, input.mappingId);
    if (!row) return { outcome: "missing" };
    if (isOutpaced(row, input)) return { outcome: "outpaced" };
    return publishAndFollow(tx, row, earlier, { ...input, judgement, action: "mapping restored" });
  });
}

function isOutpaced({ publishedVersionId }: MappingRow, { over }: Seen): boolean {
  return over !== undefined && publishedVersionId !== over;
}

interface Order extends Publication {
  readonly action: string;
  /** What was found of the document before the transaction; without, it is checked within. */
  readonly judgement?: Judgement;
  /** What runs beside it once the transaction ends; absent: what does now. */
  readonly beside?: readonly Writer[];
}

/** Publishes a document that did not come from the draft; an untouched draft follows it. */
export async function publishAndFollow(
  tx: Queryable,
  row: MappingRow,
  document: MappingDocument,
  publication: Order,
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
  { comment, actor, target, action, golden, thenReprocess, judgement, beside }: Order,
): Promise<PublishResult> {
  const current = await publishedVersion(tx, row);
  if (current && sameDocument(current.document, document)) {
    return { outcome: "unchanged", number: current.number };
  }
  const found = await judgeAgain(tx, row, { document, target, golden }, judgement ?? null);
  const problems = [
    ...found.problems,
    ...(await objectProblems(tx, row, document, { running: current?.document ?? null, beside })),
  ];
  if (problems.length > 0) return { outcome: "refused", problems };
  if (found.golden && found.golden.refused.length > 0)
    return { outcome: "unexpected", checks: found.golden.refused };
  if (found.golden) await expectAccepted(tx, row, found.golden, actor);
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
  db: Queryable,
  mappingId: number,
  number: number,
): Promise<MappingDocument | null> {
  const rows = await db
    .select({ document: mappingVersion.document })
    .from(mappingVersion)
    .where(and(eq(mappingVersion.mappingId, mappingId), eq(mappingVersion.number, number)));
  return rows[0]?.document ?? null;
}
