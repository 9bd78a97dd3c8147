/** Golden samples of a mapping: kept, tried, renamed, removed and put back. */
import { isDeepStrictEqual } from "node:util";
import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import { auditLog, goldenSample } from "@/drizzle/schema";
import { compileMapping, readAhead } from "@/lib/core/mapping/compile";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { CompiledMapping, EvaluationContext, MappingTarget } from "@/lib/core/mapping/evaluation";
import {
  goldenDifferences,
  goldenResult,
  goldenSentence,
  withoutFailing,
  type GoldenResult,
} from "@/lib/core/mapping/golden/golden";
import { notCompared, standInTarget } from "@/lib/core/mapping/golden/golden-stand-in";
import { OwnWork, ownTurn, workedMs } from "@/lib/platform/turns";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import {
  mostGolden,
  type GoldenChange,
  type GoldenCheck,
  type GoldenChecks,
  type GoldenSample,
} from "./golden-contract";
import { lockMapping, type MappingRow } from "./drafts";

type Row = typeof goldenSample.$inferSelect;

/** How a mapping is run on samples. */
export interface GoldenRun {
  /** Null while the org was never asked for the object: then as much is compared as can be. */
  readonly target: MappingTarget | null;
  readonly context: EvaluationContext;
}

/** Work for all samples together: they are tried while somebody waits. A machine that is busy with other things refuses nobody. */
const budgetMs = 3_000;
/** Removed ones can be put back for this long. */
const undoHours = 24;

const kept = (mappingId: number) =>
  and(eq(goldenSample.mappingId, mappingId), isNull(goldenSample.removedAt));

/** In the order in which they were kept. */
export async function listGolden(db: Queryable, mappingId: number): Promise<GoldenSample[]> {
  const rows = await db.select().from(goldenSample).where(kept(mappingId)).orderBy(asc(goldenSample.id));
  return rows.map(sampleOf);
}

function sampleOf({ id, name, source, expected, revision, changedBy: by, changedAt }: Row): GoldenSample {
  return { id, name, source, expected, revision, by, at: changedAt.toISOString() };
}

/** What a document gives for a source. `known`: results that tell what fields hold while the org was never asked. */
export async function tryGolden(
  document: MappingDocument,
  source: unknown,
  { target, context }: GoldenRun,
  known: readonly GoldenResult[] = [],
): Promise<GoldenResult> {
  await readAhead(document, ownTurn);
  const compiled = compileMapping(document, target ?? standInTarget(document, known));
  return goldenResult(compiled, source, { ...context, breathe: ownTurn, worked: workedMs });
}

/** Every sample through a document: as expected, or where not. */
export async function checkGolden(
  db: Queryable,
  mappingId: number,
  document: MappingDocument,
  { target, context }: GoldenRun,
): Promise<GoldenChecks> {
  const rows = await db.select().from(goldenSample).where(kept(mappingId)).orderBy(asc(goldenSample.id));
  await readAhead(document, ownTurn);
  const stoodIn = standInTarget(
    document,
    rows.map(({ expected }) => expected),
  );
  const compiled = compileMapping(document, target ?? stoodIn);
  const work = new OwnWork();
  const own = { ...context, breathe: work.breathe, worked: workedMs };
  const checks: GoldenCheck[] = [];
  for (const row of rows)
    checks.push(work.doneMs() > budgetMs ? tooLate(row) : await checkOne(row, compiled, own));
  return { checks, notCompared: target || rows.length === 0 ? null : notCompared };
}

function tooLate({ id, name, revision }: Row): GoldenCheck {
  return {
    id,
    name,
    revision,
    sentences: [`${name}: not tried, the mapping takes too long. Make it simpler.`],
    differences: [],
  };
}

async function checkOne(
  row: Row,
  compiled: CompiledMapping,
  context: EvaluationContext,
): Promise<GoldenCheck> {
  const { id, name, revision, source, expected } = row;
  const got = await goldenResult(compiled, source, context);
  const differences = goldenDifferences(compiled, expected, got);
  const sentences = differences.map((difference) => goldenSentence(name, difference));
  return { id, name, revision, sentences, differences };
}

export type AddGoldenResult =
  | { readonly outcome: "added"; readonly sample: GoldenSample }
  | { readonly outcome: "missing" }
  | { readonly outcome: "too-many" };

/** Keeps a made-up record with what the document gives for it. */
export async function addGolden(
  db: Database,
  input: {
    readonly mappingId: number;
    readonly name: string;
    readonly source: unknown;
    readonly expected: GoldenResult;
    readonly actor: string;
  },
): Promise<AddGoldenResult> {
  const { mappingId, name, source, expected, actor } = input;
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, mappingId);
    if (!row) return { outcome: "missing" };
    const gone = lt(goldenSample.removedAt, sql`now() - ${undoHours} * interval '1 hour'`);
    await tx.delete(goldenSample).where(and(eq(goldenSample.mappingId, mappingId), gone));
    if ((await listGolden(tx, mappingId)).length >= mostGolden) return { outcome: "too-many" };
    const [added] = await tx
      .insert(goldenSample)
      .values({ mappingId, name, source, expected, changedBy: actor })
      .returning();
    if (!added) throw new Error("the sample was not stored");
    await note(tx, row, actor, "golden sample kept", added.id);
    return { outcome: "added", sample: sampleOf(added) };
  });
}

export type ChangeGoldenResult =
  | { readonly outcome: "changed"; readonly revision: number }
  /** Somebody changed or removed it in between. */
  | { readonly outcome: "moved-on" };

const said = {
  rename: "golden sample renamed",
  remove: "golden sample removed",
  "put-back": "golden sample put back",
} as const;

/** Renames, removes or puts back a sample that was seen at `revision`. */
export async function changeGolden(
  db: Database,
  input: {
    readonly mappingId: number;
    readonly id: number;
    readonly revision: number;
    readonly change: GoldenChange;
    readonly actor: string;
  },
): Promise<ChangeGoldenResult> {
  const { mappingId, id, revision, change, actor } = input;
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, mappingId);
    const set = change.what === "rename" ? { name: change.name } : { removedAt: removedAt[change.what] };
    if (!row || !(await update(tx, { mappingId, id, revision }, { ...set, changedBy: actor })))
      return { outcome: "moved-on" };
    await note(tx, row, actor, said[change.what], id);
    return { outcome: "changed", revision: revision + 1 };
  });
}

/** A sample that is kept; null when it is gone, or was never one of the mapping. */
export async function getGolden(db: Queryable, mappingId: number, id: number): Promise<GoldenSample | null> {
  const [row] = await db
    .select()
    .from(goldenSample)
    .where(and(kept(mappingId), eq(goldenSample.id, id)));
  return row ? sampleOf(row) : null;
}

/** Stores what a sample that was seen at `revision` is to get from now on. */
export async function expectGolden(
  db: Database,
  input: {
    readonly mappingId: number;
    readonly id: number;
    readonly revision: number;
    readonly expected: GoldenResult;
    readonly actor: string;
    readonly byHand: boolean;
  },
): Promise<ChangeGoldenResult> {
  const { mappingId, id, revision, expected, actor, byHand } = input;
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, mappingId);
    const there = row && (await getGolden(tx, mappingId, id));
    if (!there || !(await update(tx, { mappingId, id, revision }, { expected, changedBy: actor })))
      return { outcome: "moved-on" };
    const action = byHand ? "golden sample's expectation edited" : "golden sample expects the new result";
    await note(tx, row, actor, action, id);
    return { outcome: "changed", revision: revision + 1 };
  });
}

const removedAt = { remove: sql`now()`, "put-back": null };

type Seen = { readonly mappingId: number; readonly id: number; readonly revision: number };
type Set = Parameters<ReturnType<Queryable["update"]>["set"]>[0];

async function update(tx: Queryable, { mappingId, id, revision }: Seen, set: Set): Promise<boolean> {
  const changed = await tx
    .update(goldenSample)
    .set({ ...set, revision: revision + 1, changedAt: sql`now()` })
    .where(
      and(
        eq(goldenSample.mappingId, mappingId),
        eq(goldenSample.id, id),
        eq(goldenSample.revision, revision),
      ),
    );
  return changed.rowCount === 1;
}

export interface GoldenGate extends GoldenRun {
  /** Samples whose present result somebody has declared the new expectation, as they saw them. */
  readonly accept: readonly SeenSample[];
  /** Restoring is never held up: what ran before must be able to run again at once. */
  readonly holdsUp: boolean;
}

interface SeenSample {
  readonly id: number;
  readonly revision: number;
}

/** What the samples of a mapping say of a document. */
export interface GoldenVerdict {
  /** All that were tried, as they were then. */
  readonly seen: readonly SeenSample[];
  /** Those that get something else than expected and stand in the way. */
  readonly refused: readonly GoldenCheck[];
  /** Those whose result is accepted, with what they are to expect from then on. */
  readonly accepted: readonly (SeenSample & { readonly expected: GoldenResult })[];
}

/** Tries every sample, with turns for others. Changes nothing. */
export async function tryAllGolden(
  db: Queryable,
  mappingId: number,
  document: MappingDocument,
  { target, context, accept, holdsUp }: GoldenGate,
): Promise<GoldenVerdict> {
  const { checks } = await checkGolden(db, mappingId, document, { target, context });
  const failed = checks.filter(({ sentences }) => sentences.length > 0);
  const isAccepted = (check: GoldenCheck) =>
    accept.some(({ id, revision }) => id === check.id && revision === check.revision);
  const refused = holdsUp ? failed.filter((check) => !isAccepted(check)) : [];
  const accepted: GoldenVerdict["accepted"][number][] = [];
  for (const { id, revision } of refused.length > 0 ? [] : failed.filter(isAccepted)) {
    const sample = await getGolden(db, mappingId, id);
    if (!sample) continue;
    const got = await tryGolden(document, sample.source, { target, context }, [sample.expected]);
    accepted.push({ id, revision, expected: withoutFailing(got, sample.expected) });
  }
  return { seen: checks.map(({ id, revision }) => ({ id, revision })), refused, accepted };
}

/** Whether the samples are still those that were tried, within a transaction that holds the mapping's row. */
export async function goldenStands(
  tx: Queryable,
  mappingId: number,
  { seen }: GoldenVerdict,
): Promise<boolean> {
  const { id, revision } = goldenSample;
  const now = await tx.select({ id, revision }).from(goldenSample).where(kept(mappingId)).orderBy(asc(id));
  return isDeepStrictEqual(now, seen);
}

/** Stores what accepted samples are to expect, within the transaction that publishes. */
export async function expectAccepted(
  tx: Queryable,
  mapping: MappingRow,
  { accepted }: GoldenVerdict,
  actor: string,
): Promise<void> {
  for (const { id, revision, expected } of accepted) {
    await update(tx, { mappingId: mapping.id, id, revision }, { expected, changedBy: actor });
    await note(tx, mapping, actor, "golden sample expects the new result", id);
  }
}

/** Names of samples are for people, and may be somebody's: the log has their number. */
async function note(
  tx: Queryable,
  row: MappingRow,
  actor: string,
  action: string,
  id: number,
): Promise<void> {
  await tx
    .insert(auditLog)
    .values({ connectionId: row.connectionId, actor, action, subject: `${row.name} sample ${id}` });
}
