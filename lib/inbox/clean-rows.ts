/** Rows of the change feed as the database can store them: one broken text must not stop the feed for everybody. */
import type { ChangedRow, FeedPage } from "@/lib/core/side";
import { storableText } from "@/lib/core/storable";

export interface Repair {
  /** The row as it came. */
  readonly original: ChangedRow;
  /** What was done, for the event. */
  readonly note: string;
}

export interface CleanPages {
  readonly pages: readonly FeedPage[];
  /** By row of `pages`; rows that are not here are as they came. */
  readonly repairs: ReadonlyMap<ChangedRow, Repair>;
}

export function cleanPages(pages: readonly FeedPage[]): CleanPages {
  const repairs = new Map<ChangedRow, Repair>();
  const clean = (row: ChangedRow): ChangedRow => {
    const { value, repaired } = cleanTexts(row);
    if (repaired === 0) return row;
    const note =
      repaired === 1
        ? "1 text with characters that cannot be stored was repaired"
        : `${repaired} texts with characters that cannot be stored were repaired`;
    repairs.set(value, { original: row, note });
    return value;
  };
  return { pages: pages.map((page) => ({ ...page, changed: page.changed.map(clean) })), repairs };
}

/** A plain object with every text in it made storable, and how many were not. */
export function cleanTexts<T extends object>(node: T): { readonly value: T; readonly repaired: number } {
  let repaired = 0;
  const entries = Object.entries(node).map(([name, entry]: [string, unknown]) => {
    if (typeof entry === "string") {
      const text = storableText(entry);
      if (text !== entry) repaired++;
      return [name, text] as const;
    }
    if (entry === null || typeof entry !== "object") return [name, entry] as const;
    const inner = cleanTexts(entry);
    repaired += inner.repaired;
    return [name, inner.value] as const;
  });
  return { value: repaired > 0 ? (Object.fromEntries(entries) as T) : node, repaired };
}
