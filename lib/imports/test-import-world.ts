/** The engine's world, with an import in it. */
import { sql } from "drizzle-orm";
import type { ImportChange, ImportStream } from "@/lib/core/imports/words";
import { person, syncWorld } from "@/lib/sync/test-world";
import { beginJobs, parkingOf } from "@/lib/sync/bulk/park";
import { syncBatch } from "@/lib/sync/sync-batch";
import { claim } from "@/lib/sync/records";
import type { ImportStatus } from "./contract";
import { readImports } from "./status";
import { changeImport, startImport, type ImportStart } from "./steer";
import { turnImports } from "./turn";

/** As S-360 sends those it has had for years. */
export const old = (contactNumber: string, more: object = {}) =>
  person(contactNumber, { creationDate: "2019-03-02T09:15:04.120+00:00", ...more });

export const numbered = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => String(from + index));

export function importWorld() {
  const sync = syncWorld();
  const { world, rows } = sync;

  async function status(stream: ImportStream = "contacts-in"): Promise<ImportStatus> {
    const { current } = await readImports(world.deps.db, world.connectionId);
    const found = current.find((run) => run.stream === stream);
    if (!found) throw new Error(`no import of ${stream}`);
    return found;
  }

  return {
    ...sync,
    status,
    start: (more: Partial<ImportStart> = {}) =>
      startImport(world.deps.db, {
        ...{ connectionId: world.connectionId, since: "2020-01-01", canary: 4, actor: "ada@example.org" },
        streams: [{ stream: "contacts-in", expected: null }],
        ...more,
      }),
    /** What an admin does who sees how it stands now. */
    async steer(change: ImportChange, stream: ImportStream = "contacts-in") {
      const { id: importId, revision } = await status(stream);
      return changeImport(world.deps.db, { importId, revision, change, actor: "ada@example.org" });
    },
    /** A worker's turn: records are let out, and written. */
    async work(turns = 1): Promise<void> {
      for (let turn = 0; turn < turns; turn++) {
        await turnImports(world.deps.db);
        await drain();
      }
      await turnImports(world.deps.db);
    },
    drain,
    /** What is due goes into Bulk jobs, which are ready to begin. */
    async park(): Promise<void> {
      const { deps, connectionId } = world;
      const batch = await claim(deps.db, connectionId, "in", 1_000);
      const bulk = { ...parkingOf(deps, batch, new Set()), wants: () => true };
      await syncBatch({ ...deps, bulk }, batch);
      await beginJobs(deps.db, connectionId);
    },
    written: async () =>
      (
        await rows(
          sql`select r.key from link l join record r on r.id = l.record_id order by length(r.key), r.key`,
        )
      ).map(({ key }) => key as string),
    /** Keys by where they stand. */
    standing: async (state: string) =>
      (
        await rows(sql`
          select r.key from record_direction d join record r on r.id = d.record_id
          where d.state = ${state} and d.direction = 'in' order by length(r.key), r.key`)
      ).map(({ key }) => key as string),
  };

  async function drain(): Promise<void> {
    for (;;) {
      const batch = await claim(world.deps.db, world.connectionId, "in", 1_000);
      if (batch.records.length === 0) return;
      await syncBatch(world.deps, batch);
    }
  }
}
