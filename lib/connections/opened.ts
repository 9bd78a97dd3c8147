import type { Database } from "@/lib/platform/db";

interface Opened<T> {
  /** What the side was opened with; anything else opens another. */
  readonly openedWith: string;
  readonly side: Promise<T>;
}

/** Sides by database and connection: one each, opened again when what it was opened with has changed. */
export function openedSides<T>() {
  const byDatabase = new WeakMap<Database, Map<number, Opened<T>>>();
  return (
    db: Database,
    connectionId: number,
    parts: readonly unknown[],
    open: () => Promise<T>,
  ): Promise<T> => {
    const openedWith = JSON.stringify(parts);
    const opened = byDatabase.get(db) ?? new Map<number, Opened<T>>();
    byDatabase.set(db, opened);
    const known = opened.get(connectionId);
    if (known?.openedWith === openedWith) return known.side;
    const side = open();
    opened.set(connectionId, { openedWith, side });
    // What could not be opened is tried anew; whoever asked hears of the failure.
    side.catch(() => {
      if (opened.get(connectionId)?.side === side) opened.delete(connectionId);
    });
    return side;
  };
}
