/** While a drain goes on: which of its records go into Bulk jobs instead of being written at once. */
import type { Direction } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import { largeBacklogs, type Backlogs } from "@/lib/sync/bulk/backlog";
import { beginJobs, parkingOf } from "@/lib/sync/bulk/park";
import type { ClaimedBatch } from "@/lib/sync/records";
import type { SyncDeps } from "@/lib/sync/work";

const none: Backlogs = new Set();

/** A backlog that was large when it was met goes through jobs to its end. */
export class BulkSwitch {
  private backlogs = none;
  private wasOn = false;

  constructor(
    private readonly input: {
      readonly db: Database;
      readonly connectionId: number;
      readonly direction: Direction;
    },
  ) {}

  /** Before a batch is claimed. */
  async look({ side, settings }: SyncDeps): Promise<void> {
    const { db, connectionId, direction } = this.input;
    if (direction === "out" || !side.bulk || this.backlogs.size > 0) return;
    this.backlogs = await largeBacklogs(db, connectionId, settings.bulkFrom);
    this.wasOn ||= this.backlogs.size > 0;
  }

  switched(deps: SyncDeps, batch: ClaimedBatch): SyncDeps {
    return this.backlogs.size === 0 ? deps : { ...deps, bulk: parkingOf(deps, batch, this.backlogs) };
  }

  /** The backlog is through: what comes next is looked at anew. */
  stop(): void {
    this.backlogs = none;
  }

  /** Nothing more is due: what was put into jobs goes on its way. Should this never come, it does so by itself after a while. */
  async end(): Promise<void> {
    if (this.wasOn) await beginJobs(this.input.db, this.input.connectionId);
  }
}
