/** While a drain goes on: which of its records go into Bulk jobs instead of being written at once. */
import type { Direction, Lane } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import { largeBacklogs, type Backlogs } from "@/lib/sync/bulk/backlog";
import { beginJobs, parkingOf } from "@/lib/sync/bulk/park";
import type { ClaimedBatch } from "@/lib/sync/records";
import type { SyncDeps } from "@/lib/sync/work";

const none: Backlogs = new Set();

/** A backlog that was large when it was met goes through jobs to its end. */
export class BulkSwitch {
  private backlogs = none;
  private hasParked = false;

  constructor(
    private readonly input: {
      readonly db: Database;
      readonly connectionId: number;
      readonly direction: Direction;
    },
  ) {}

  /** Before a batch is claimed of these lanes. */
  async look({ side, settings }: SyncDeps, from: readonly Lane[]): Promise<void> {
    const { db, connectionId, direction } = this.input;
    if (direction === "out" || !side.bulk || this.backlogs.size > 0) return;
    this.backlogs = await largeBacklogs(db, connectionId, settings.bulkFrom, from);
  }

  /** Writes a batch, or puts it into jobs. */
  async around<T>(deps: SyncDeps, batch: ClaimedBatch, sync: (deps: SyncDeps) => Promise<T>): Promise<T> {
    if (this.backlogs.size === 0) return sync(deps);
    const ended = await sync({ ...deps, bulk: parkingOf(deps, batch, this.backlogs) });
    this.hasParked = true;
    return ended;
  }

  /** Nothing more is due: what was put into jobs goes on its way. Another batch may still be under way, and ends it again. */
  async end(): Promise<void> {
    this.backlogs = none;
    if (!this.hasParked) return;
    this.hasParked = false;
    await beginJobs(this.input.db, this.input.connectionId);
  }
}
