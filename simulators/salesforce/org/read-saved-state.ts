import { readFileSync } from "node:fs";
import type { DeletedRow } from "./delete-log";
import type { SavedSettings } from "./saved-settings";
import type { OrgShape } from "../model/schema";
import type { Row } from "../model/types";

export interface SavedState {
  seed: number;
  shape: OrgShape;
  settings: SavedSettings;
  /** Object name and row, each row once, in the order the rows were created. */
  rows: Iterable<readonly [objectName: string, row: Row]>;
  /** Object name and record, of records that are gone from the recycle bin too. */
  deletions: Iterable<readonly [objectName: string, row: DeletedRow]>;
  /** Whether lines can be appended to the file as it is. */
  canGrow: boolean;
  /** Bytes of the lines that hold good, and of those that later ones have replaced. */
  usedBytes: number;
  staleBytes: number;
}

type Line = Partial<{
  format: number;
  seed: number;
  shape: Partial<OrgShape>;
  settings: SavedSettings;
  object: string;
  row: Row;
  gone: string;
  deletedMs: number;
}>;

const NEW_LINE = 10;
const SHAPES_WITHOUT_LATER_SWITCHES = { multiCurrency: false, stateCountryPicklists: false };

/**
 * Reads a state file: a header, then one line for each row or group of settings; a later line wins over an earlier one.
 * A last line that was cut off by a crash is left out.
 * @throws Error when the file is not one of ours, and when a line before the last is broken: what stands behind it
 * belongs to the org too
 */
export function readSavedState(path: string): SavedState {
  const bytes = readFileSync(path);
  const first = lineAt(bytes, 0);
  const header = parse(first.text);
  if (isFirstFormat(header)) return readFirstFormat(header);
  if (header?.format !== 2 || header.seed === undefined || !header.shape) {
    throw new Error(`${path} does not hold the state of a simulated Salesforce org.`);
  }
  const lines = new Lines();
  let isCut = bytes.at(-1) !== NEW_LINE;
  for (let start = first.next, number = 2; start < bytes.length; number++) {
    const { text, next } = lineAt(bytes, start);
    const line = parse(text);
    if (line) lines.take(line, next - start);
    else if (next < bytes.length) {
      throw new Error(`${path} is damaged: line ${number} cannot be read, and more lines follow.`);
    } else isCut = true;
    start = next;
  }
  return {
    seed: header.seed,
    shape: wholeShape(header.shape),
    settings: lines.settings,
    rows: lines.rows(),
    deletions: lines.deletions(),
    canGrow: !isCut,
    usedBytes: bytes.length - lines.staleBytes,
    staleBytes: lines.staleBytes,
  };
}

/** What the lines of a file say together. */
class Lines {
  settings: SavedSettings = { idCounters: {} };
  staleBytes = 0;
  private settingsBytes = 0;
  private readonly byId = new Map<string, { object: string; row: Row; bytes: number }>();
  private readonly gone = new Map<string, readonly [string, DeletedRow]>();

  take({ settings, object, row, gone, deletedMs }: Line, bytes: number): void {
    if (settings) {
      this.settings = settings;
      this.staleBytes += this.settingsBytes;
      this.settingsBytes = bytes;
    }
    if (object === undefined) return;
    const id = row ? String(row.Id) : (gone ?? "");
    this.staleBytes += this.byId.get(id)?.bytes ?? 0;
    this.gone.delete(id);
    if (row) this.byId.set(id, { object, row, bytes });
    else this.byId.delete(id);
    if (gone === undefined) return;
    if (deletedMs === undefined) this.staleBytes += bytes;
    else this.gone.set(gone, [object, { id: gone, deletedMs }]);
  }

  *rows(): IterableIterator<readonly [string, Row]> {
    for (const { object, row } of this.byId.values()) yield [object, row];
  }

  deletions(): Iterable<readonly [string, DeletedRow]> {
    return this.gone.values();
  }
}

/** Files of the first version: the whole org as one object. */
interface FirstFormat extends SavedSettings {
  seed: number;
  shape: Partial<OrgShape>;
  rows: Record<string, Row[]>;
}

function isFirstFormat(header: object | undefined): header is FirstFormat {
  return header !== undefined && "format" in header && header.format === 1 && "rows" in header;
}

function readFirstFormat({ seed, shape, rows, ...settings }: FirstFormat): SavedState {
  const named = Object.entries(rows).flatMap(([name, list]) => list.map((row) => [name, row] as const));
  const unsized = { deletions: [], canGrow: false, usedBytes: 0, staleBytes: 0 };
  return { seed, shape: wholeShape(shape), settings, rows: named, ...unsized };
}

function wholeShape(shape: Partial<OrgShape>): OrgShape {
  return { ...SHAPES_WITHOUT_LATER_SWITCHES, ...shape } as OrgShape;
}

/** A line, and where the next one starts. Read from bytes, as a large org is longer than a string. */
function lineAt(bytes: Buffer, start: number): { text: string; next: number } {
  const end = bytes.indexOf(NEW_LINE, start);
  const next = end < 0 ? bytes.length : end + 1;
  return { text: bytes.toString("utf8", start, end < 0 ? next : end), next };
}

function parse(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as unknown;
    return typeof line === "object" && line !== null ? line : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
