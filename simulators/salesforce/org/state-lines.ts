import { writeFileSync } from "node:fs";
import type { Org } from "./org";
import type { SavedSettings } from "./saved-settings";
import type { Table } from "./table";

const LINES_PER_WRITE = 1000;

function headerLine(org: Org): string {
  return `${JSON.stringify({ format: 2, seed: org.options.seed, shape: org.shape })}\n`;
}

export function settingsLine(settings: SavedSettings): string {
  return `${JSON.stringify({ settings })}\n`;
}

/** The row as it is now, or that it is gone, and since when if the delete log tells. */
export function rowLine(org: Org, table: Table, id: string): string {
  const row = table.get(id);
  const object = table.object.name;
  if (row) return `${JSON.stringify({ object, row })}\n`;
  return `${JSON.stringify({ object, gone: id, deletedMs: org.deleteLog.find(object, id)?.deletedMs })}\n`;
}

/** All of an org, line by line; `settings` is the line of its settings. */
export function* wholeOrg(org: Org, settings: string): IterableIterator<string> {
  yield headerLine(org);
  yield settings;
  for (const table of org.store.all()) {
    for (const row of table.all()) yield rowLine(org, table, String(row.Id));
  }
  for (const [object, { id, deletedMs }] of org.deleteLog.all()) {
    yield `${JSON.stringify({ object, gone: id, deletedMs })}\n`;
  }
}

/**
 * Writes lines to an open file, many at once.
 * @returns how many bytes were written
 * @throws Error when not all of it could be written
 */
export function writeLines(file: number, lines: Iterable<string>): number {
  let bytes = 0;
  let batch: string[] = [];
  const write = () => {
    const chunk = Buffer.from(batch.join(""), "utf8");
    writeFileSync(file, chunk);
    bytes += chunk.length;
    batch = [];
  };
  for (const line of lines) if (batch.push(line) === LINES_PER_WRITE) write();
  if (batch.length > 0) write();
  return bytes;
}
