/** Taking a mapping out of work, putting it back, and removing one that was made by mistake. */
import { desc, eq } from "drizzle-orm";
import { auditLog, mapping, mappingVersion } from "@/drizzle/schema";
import type { MappingTarget } from "@/lib/core/mapping/evaluation";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { beginCensus, endCensus } from "./census";
import type { DeleteMappingResult, PublishResult, StopMappingResult } from "./contract";
import { findRow, lockMapping, type MappingRow } from "./drafts";
import { judge, judgeAgain, objectProblems } from "./judge";
import { releaseHeld } from "./release";
import { endReprocess } from "./reprocess";
import { lockKind } from "./same-records";
import { settledAt, whyKept } from "./why-kept";

interface Order {
  readonly mappingId: number;
  readonly actor: string;
}

/**
 * What is published stops running: records of its kind are not written through it any more, and counting and re-processing
 * for it end. Its draft and versions stay, so that it can run again.
 */
export async function stopMapping(db: Database, { mappingId, actor }: Order): Promise<StopMappingResult> {
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, mappingId);
    if (!row) return { outcome: "missing" };
    if (row.publishedVersionId === null) return { outcome: "unchanged" };
    await stopIn(tx, row, actor);
    return { outcome: "stopped" };
  });
}

/** The same in a transaction that holds the mapping's row, of a mapping that runs. */
export async function stopIn(tx: Queryable, row: MappingRow, actor: string): Promise<void> {
  const { id, connectionId, name: subject } = row;
  await tx.update(mapping).set({ publishedVersionId: null }).where(eq(mapping.id, id));
  await endReprocess(tx, id);
  await endCensus(tx, id);
  await tx.insert(auditLog).values({ connectionId, actor, action: "mapping stopped", subject });
}

/**
 * What ran last runs again, as the version it was. What it needs may be gone by now: then it is refused, with what. What
 * came while it was stopped is counted as after a publication.
 */
export async function runAgain(
  db: Database,
  { mappingId, actor, target }: Order & { readonly target: MappingTarget | null },
): Promise<PublishResult> {
  const found = await findRow(db, mappingId);
  const ran = await lastVersion(db, mappingId);
  if (!found || !ran) return { outcome: "missing" };
  const earlier = await judge(db, found, { document: ran.document, target });
  return transact(db, async (tx) => {
    await lockKind(tx, found);
    const row = await lockMapping(tx, mappingId);
    const last = await lastVersion(tx, mappingId);
    if (!row || !last) return { outcome: "missing" };
    const { id: versionId, number, document } = last;
    if (row.publishedVersionId !== null) return { outcome: "unchanged", number };
    const { connectionId, kind, name } = row;
    const judgement = await judgeAgain(tx, row, { document, target }, last.id === ran.id ? earlier : null);
    const problems = [...judgement.problems, ...(await objectProblems(tx, row, document, { running: null }))];
    if (problems.length > 0) return { outcome: "refused", problems };
    await tx.update(mapping).set({ publishedVersionId: versionId }).where(eq(mapping.id, mappingId));
    await beginCensus(tx, row, { versionId, actor });
    const released = await releaseHeld(tx, { connectionId, kinds: [kind] });
    const action = "mapping runs again";
    await tx.insert(auditLog).values({ connectionId, actor, action, subject: `${name} ${number}` });
    return { outcome: "published", versionId, number, released };
  });
}

async function lastVersion(db: Queryable, mappingId: number) {
  const [last] = await db
    .select()
    .from(mappingVersion)
    .where(eq(mappingVersion.mappingId, mappingId))
    .orderBy(desc(mappingVersion.number))
    .limit(1);
  return last ?? null;
}

/** Removes a mapping with its draft and versions. One that wrote records is their history, and stays. */
export async function deleteMapping(db: Database, { mappingId, actor }: Order): Promise<DeleteMappingResult> {
  return transact(db, async (tx) => {
    // The full lock: no worker stores a link to it meanwhile.
    const [row] = await tx.select().from(mapping).where(eq(mapping.id, mappingId)).for("update");
    if (!row) return { outcome: "missing" };
    const sentence = (await whyKept(tx, row)) ?? (await whyNotYet(tx, row));
    if (sentence !== null) return { outcome: "kept", sentence };
    await tx.delete(mapping).where(eq(mapping.id, mappingId));
    const { connectionId, name: subject } = row;
    await tx.insert(auditLog).values({ connectionId, actor, action: "mapping deleted", subject });
    return { outcome: "deleted" };
  });
}

async function whyNotYet(tx: Queryable, row: MappingRow): Promise<string | null> {
  if (row.publishedVersionId !== null) return "This mapping runs. Stop it first.";
  return (await settledAt(tx, row)) !== null
    ? "This mapping was stopped just now, and a record may still be on its way through it. Try again in two minutes."
    : null;
}
