/** What stands in the way of running a document, found before the transaction that would run it. */
import { eq } from "drizzle-orm";
import { connection, valueMap } from "@/drizzle/schema";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { MappingTarget } from "@/lib/core/mapping/evaluation";
import { sameField } from "@/lib/core/mapping/field-name";
import { checkInTurns, type PublishingProblem } from "@/lib/core/mapping/publish/publish";
import type { Queryable } from "@/lib/platform/db";
import { ownTurn } from "@/lib/platform/turns";
import type { MappingRow } from "./drafts";
import { goldenStands, tryAllGolden, type GoldenGate, type GoldenVerdict } from "./golden";
import { runningBeside, writtenAlready, type Writer } from "./same-records";
import { lockValueMapNames } from "./value-maps";
import { writtenObject } from "./written";

interface Judged {
  readonly document: MappingDocument;
  readonly target: MappingTarget | null;
  readonly golden?: GoldenGate;
}

export interface Judgement {
  readonly problems: readonly PublishingProblem[];
  /** Null where there are none to try, or problems come first. */
  readonly golden: GoldenVerdict | null;
  /** By which it was found. */
  readonly valueMapNames: readonly string[];
}

type Row = Pick<MappingRow, "id" | "connectionId">;

/**
 * Checks a document with turns for others: a large one takes long, and neither requests nor those who wait for a row that
 * a transaction holds are to wait for it.
 */
export async function judge(db: Queryable, row: Row, judged: Judged): Promise<Judgement> {
  return judgeBy(await valueMapNames(db, row.connectionId), db, row, judged);
}

/**
 * The same in the transaction that holds the mapping's row, where the value maps can no longer be removed: what was found
 * before still counts when nothing changed that it was found by, and is found again when something did.
 */
export async function judgeAgain(
  tx: Queryable,
  row: Row,
  judged: Judged,
  earlier: Judgement | null,
): Promise<Judgement> {
  const names = await lockValueMapNames(tx, row.connectionId);
  const stands =
    earlier !== null &&
    names.join(" ") === earlier.valueMapNames.join(" ") &&
    (earlier.golden === null || (await goldenStands(tx, row.id, earlier.golden)));
  return stands ? earlier : judgeBy(names, tx, row, judged);
}

async function judgeBy(
  names: readonly string[],
  db: Queryable,
  { id }: Row,
  { document, target, golden }: Judged,
): Promise<Judgement> {
  const problems = await checkInTurns(document, target, names, ownTurn);
  const verdict = golden && problems.length === 0 ? await tryAllGolden(db, id, document, golden) : null;
  return { problems, golden: verdict, valueMapNames: names };
}

async function valueMapNames(db: Queryable, connectionId: number): Promise<string[]> {
  const rows = await db
    .select({ name: valueMap.name })
    .from(valueMap)
    .where(eq(valueMap.connectionId, connectionId))
    .orderBy(valueMap.name);
  return rows.map(({ name }) => name);
}

interface Running {
  /** What runs now, which was let run by this; null: nothing does. */
  readonly running: MappingDocument | null;
  /** What runs beside it once the transaction ends; absent: what does now. */
  readonly beside?: readonly Writer[];
}

/**
 * Links point to records of the object they were written to: with another object those records would be written with
 * foreign ids. The links say which that is, whatever ran when. And what another mapping writes is not written twice: to be
 * called in a transaction that holds the mappings of the kind (`lockKind`).
 */
export async function objectProblems(
  tx: Queryable,
  row: Row,
  { kind, object }: MappingDocument,
  { running, beside }: Running,
): Promise<PublishingProblem[]> {
  if (running?.object === object) return [];
  const [owner] = await tx
    .select({ org: connection.org })
    .from(connection)
    .where(eq(connection.id, row.connectionId));
  const prefix = owner?.org?.prefix ?? null;
  const already = writtenAlready({ kind, object }, beside ?? (await runningBeside(tx, row)), prefix);
  const sentences = [await whyObjectStays(tx, row, object, prefix), already];
  return sentences.flatMap((sentence) =>
    sentence === null ? [] : [{ lineIndex: null, target: null, sentence }],
  );
}

async function whyObjectStays(
  tx: Queryable,
  { id }: Row,
  object: string,
  prefix: string | null,
): Promise<string | null> {
  const written = await writtenObject(tx, id);
  if (written === null || sameField(written, object, prefix)) return null;
  return `Records were already written to ${written} through this mapping, so its object cannot become ${object}. Make another mapping for ${object}.`;
}
