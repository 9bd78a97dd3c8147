export interface DeletedRow {
  /** 18 characters. */
  id: string;
  deletedMs: number;
}

/** Deletions are told for 15 days (REST API guide, "sObject Get Deleted"). */
const KEPT_MS = 15 * 86_400_000;
const FEWEST_BEFORE_PRUNING = 1000;

/** Records that are gone from the recycle bin too, and when they were deleted, of the last 15 days. */
export class DeleteLog {
  /** Deletions before this moment were purged from the log; undefined when none were. */
  knownSince: Date | undefined;
  private readonly byObject = new Map<string, Map<string, DeletedRow>>();
  private pruneAbove = FEWEST_BEFORE_PRUNING;

  add(objectName: string, row: DeletedRow, now: Date): void {
    const rows = this.byObject.get(objectName);
    if (rows) rows.set(row.id, row);
    else this.byObject.set(objectName, new Map([[row.id, row]]));
    if (this.size > this.pruneAbove) this.prune(now);
  }

  /** Forgets a record, because it is not gone after all. */
  remove(objectName: string, id: string): void {
    this.byObject.get(objectName)?.delete(id);
  }

  find(objectName: string, id: string): DeletedRow | undefined {
    return this.byObject.get(objectName)?.get(id);
  }

  of(objectName: string): DeletedRow[] {
    return [...(this.byObject.get(objectName)?.values() ?? [])];
  }

  *all(): IterableIterator<readonly [objectName: string, row: DeletedRow]> {
    for (const [objectName, rows] of this.byObject) {
      for (const row of rows.values()) yield [objectName, row];
    }
  }

  get size(): number {
    let size = 0;
    for (const rows of this.byObject.values()) size += rows.size;
    return size;
  }

  /** Forgets what Salesforce tells no longer. */
  prune(now: Date): void {
    for (const rows of this.byObject.values()) {
      for (const { id, deletedMs } of rows.values()) {
        if (now.getTime() - deletedMs > KEPT_MS) rows.delete(id);
      }
    }
    this.pruneAbove = Math.max(FEWEST_BEFORE_PRUNING, 2 * this.size);
  }
}
