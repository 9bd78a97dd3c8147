/** What an admin does with an import: begins it, approves its canary, pauses, resumes, finishes and cancels it. */
import { eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { auditLog, importRun } from "@/drizzle/schema";
import type { ImportChange, ImportStream } from "@/lib/core/imports/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { ChangeResult, StartResult } from "./contract";
import { takeBack } from "./slices";
import { turnImport } from "./turn";
import { wakeWorkers } from "./wake";

export interface ImportStart {
  readonly connectionId: number;
  /** A day, as agreed with SecuTix: YYYY-MM-DD. */
  readonly since: string;
  /** Records that are written before somebody looks; 0: all at once. */
  readonly canary: number;
  readonly streams: readonly { readonly stream: ImportStream; readonly expected: number | null }[];
  readonly actor: string;
}

class OpenAlready extends Error {
  constructor(readonly stream: ImportStream) {
    super(stream);
  }
}

/** All of them or none: from now on what is old belongs to an import, by stream. */
export async function startImport(db: Database, start: ImportStart): Promise<StartResult> {
  const { connectionId, since, canary, actor } = start;
  const approved = canary === 0 ? { approvedAt: new Date(), approvedBy: actor } : {};
  try {
    await transact(db, async (tx) => {
      for (const { stream, expected } of start.streams) {
        const made = await tx
          .insert(importRun)
          .values({
            ...{ connectionId, stream, since, expected, canary, ...approved },
            canaryStep: canary,
            startedBy: actor,
          })
          .onConflictDoNothing()
          .returning({ id: importRun.id });
        if (made.length === 0) throw new OpenAlready(stream);
        await note(tx, { connectionId, stream, id: made[0]?.id ?? 0 }, actor, "import started");
      }
    });
    return { outcome: "started" };
  } catch (error) {
    if (error instanceof OpenAlready) return { outcome: "open", stream: error.stream };
    throw error;
  }
}

type Row = typeof importRun.$inferSelect;
type Update = PgUpdateSetSource<typeof importRun>;

export interface ImportSteering {
  readonly importId: number;
  /** As it was when the admin saw it. */
  readonly revision: number;
  readonly change: ImportChange;
  readonly actor: string;
}

/** Null: there is no such import. What arrives this moment is waited for, so that it belongs to the import or does not. */
export async function changeImport(db: Database, given: ImportSteering): Promise<ChangeResult | null> {
  const { importId, change } = given;
  const result = await transact(db, (tx) => steer(tx, given));
  // What waits in Bulk jobs is taken back under a weaker lock, for the inbox must not be waited for under this one.
  if (result?.outcome === "done" && stops(change)) await turnImport(db, importId);
  return result;
}

const stops = (change: ImportChange) => change === "pause" || change === "cancel";

async function steer(tx: Queryable, given: ImportSteering): Promise<ChangeResult | null> {
  const { importId, revision, change, actor } = given;
  const [run] = await tx.select().from(importRun).where(eq(importRun.id, importId)).for("update");
  if (!run) return null;
  if (run.revision !== revision) return { outcome: "moved-on" };
  const refusal = refusals[change](run);
  if (refusal !== null) return { outcome: "refused", sentence: refusal };
  await tx
    .update(importRun)
    .set({ ...updates[change](run, actor), revision: revision + 1 })
    .where(eq(importRun.id, importId));
  if (stops(change)) await takeBack(tx, importId);
  await note(tx, run, actor, said[change]);
  await wakeWorkers(tx, run.connectionId);
  return { outcome: "done" };
}

const isOver = ({ state }: Row) => state === "cancelled" || state === "done";
const over = "This import is over.";

/** Why it cannot be done as the import stands; null when it can. */
const refusals: Readonly<Record<ImportChange, (run: Row) => string | null>> = {
  approve: (run) => {
    if (isOver(run)) return over;
    return run.approvedAt === null ? null : "It is approved already.";
  },
  more: (run) => {
    if (isOver(run)) return over;
    return run.approvedAt === null ? null : "It is approved: all records take their turn.";
  },
  pause: (run) => (run.state === "running" ? null : isOver(run) ? over : "It is paused already."),
  resume: (run) => (run.state === "paused" ? null : isOver(run) ? over : "It is not paused."),
  finish: (run) => {
    if (isOver(run)) return over;
    return run.closedAt === null ? null : "It takes nothing more already, and ends when all is written.";
  },
  cancel: (run) => (isOver(run) ? over : null),
  write: (run) =>
    run.state === "cancelled" ? null : "Only what a cancelled import left can be written after all.",
};

const updates: Readonly<Record<ImportChange, (run: Row, actor: string) => Update>> = {
  approve: (_, approvedBy) => ({ approvedAt: new Date(), approvedBy, resumedAt: new Date() }),
  more: ({ canary, canaryStep }) => ({ canary: canary + canaryStep }),
  pause: () => ({ state: "paused" }),
  resume: () => ({ state: "running", resumedAt: new Date() }),
  finish: () => ({ closedAt: sql`now()` }),
  cancel: ({ closedAt }) => ({ state: "cancelled", closedAt: closedAt ?? sql`now()`, endedAt: new Date() }),
  write: ({ approvedAt, approvedBy }, actor) => ({
    state: "running",
    endedAt: null,
    resumedAt: new Date(),
    approvedAt: approvedAt ?? new Date(),
    approvedBy: approvedBy ?? actor,
  }),
};

const said: Readonly<Record<ImportChange, string>> = {
  approve: "import approved",
  more: "import: more to look at",
  pause: "import paused",
  resume: "import resumed",
  finish: "import finished by hand",
  cancel: "import cancelled",
  write: "import written after all",
};

async function note(
  tx: Queryable,
  { connectionId, stream, id }: { connectionId: number; stream: ImportStream; id: number },
  actor: string,
  action: string,
): Promise<void> {
  await tx.insert(auditLog).values({ connectionId, actor, action, subject: `${stream} ${id}` });
}
