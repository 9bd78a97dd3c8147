import { readFileSync } from "node:fs";
import type { SavedSettings } from "./saved-settings";
import type { OrgShape } from "../model/schema";
import type { Row } from "../model/types";

export interface SavedState {
  seed: number;
  shape: OrgShape;
  settings: SavedSettings;
  /** Object name and row, each row once, in the order the rows were created. */
  rows: Iterable<readonly [objectName: string, row: Row]>;
}

type Line = Partial<{
  format: number;
  seed: number;
  shape: Partial<OrgShape>;
  settings: SavedSettings;
  object: string;
  row: Row;
  gone: string;
}>;

const NEW_LINE = 10;
const SHAPES_WITHOUT_LATER_SWITCHES = { multiCurrency: false, stateCountryPicklists: false };

/**
 * Reads a state file: a header, then one line for each row or group of settings; a later line wins over an earlier one.
 * A last line that was cut off by a crash is left out.
 * @throws Error when the file is not one of ours
 */
export function readSavedState(path: string): SavedState {
  const [header, ...lines] = readLines(readFileSync(path));
  if (isFirstFormat(header)) return readFirstFormat(header);
  if (header?.format !== 2 || header.seed === undefined || !header.shape) {
    throw new Error(`${path} does not hold the state of a simulated Salesforce org.`);
  }
  let settings: SavedSettings = { idCounters: {} };
  const rows = new Map<string, readonly [string, Row]>();
  for (const line of lines) {
    if (line.settings) settings = line.settings;
    if (line.object !== undefined && line.row) rows.set(String(line.row.Id), [line.object, line.row]);
    if (line.gone !== undefined) rows.delete(line.gone);
  }
  return { seed: header.seed, shape: wholeShape(header.shape), settings, rows: rows.values() };
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
  return { seed, shape: wholeShape(shape), settings, rows: named };
}

function wholeShape(shape: Partial<OrgShape>): OrgShape {
  return { ...SHAPES_WITHOUT_LATER_SWITCHES, ...shape } as OrgShape;
}

/** Each line parsed; stops before a line that is no JSON. Read from bytes, as a large org is longer than a string. */
function readLines(bytes: Buffer): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < bytes.length;) {
    const next = bytes.indexOf(NEW_LINE, start);
    const end = next < 0 ? bytes.length : next;
    const line = parse(bytes.toString("utf8", start, end));
    if (!line) break;
    lines.push(line);
    start = end + 1;
  }
  return lines;
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
