export interface DeletedRow {
  /** 18 characters. */
  id: string;
  deletedMs: number;
}

/** Records that are gone from the recycle bin too, and when they were deleted. Kept while the org runs. */
export class DeleteLog {
  /** Deletions before this moment were purged from the log; undefined when none were. */
  knownSince: Date | undefined;
  private readonly byObject = new Map<string, DeletedRow[]>();

  add(objectName: string, row: DeletedRow): void {
    const rows = this.byObject.get(objectName);
    if (rows) rows.push(row);
    else this.byObject.set(objectName, [row]);
  }

  of(objectName: string): readonly DeletedRow[] {
    return this.byObject.get(objectName) ?? [];
  }
}
