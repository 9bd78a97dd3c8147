import { invalidBatch } from "./errors";

/** One record of CSV data: its cells, where its text ends, and where the next record starts. */
export interface CsvRecord {
  cells: string[];
  end: number;
  next: number;
}

const MAX_CELL_CHARACTERS = 131_072;
const MAX_RECORD_CHARACTERS = 400_000;
const MAX_CELLS = 5_000;

/**
 * Reads the record that starts at `start`. Quotes stand at the very edges of a cell, a quote within is doubled;
 * nothing is trimmed (Bulk API 2.0 guide, "Prepare CSV Files", "Limits"). The words are those of Salesforce's own
 * reader of CSV, com.sforce.async.CSVReader.
 * @throws JobFailure InvalidBatch: quotes out of place, a cell or record beyond its limit
 */
export function readCsvRecord(text: string, start: number, delimiter: string, lineEnd: string): CsvRecord {
  const cells: string[] = [];
  let position = start;
  for (;;) {
    const cell = text[position] === '"' ? quotedCell(text, position) : bareCell(text, position, delimiter);
    if (cell.value.length > MAX_CELL_CHARACTERS)
      throw unreadable(`Exceeded max field size: ${cell.value.length}`);
    cells.push(cell.value);
    if (cells.length > MAX_CELLS) {
      throw unreadable(`Exceeded max number of columns per record : ${MAX_CELLS}`);
    }
    position = cell.end;
    if (position >= text.length) return checked(start, { cells, end: position, next: position });
    if (text.startsWith(lineEnd, position)) {
      return checked(start, { cells, end: position, next: position + lineEnd.length });
    }
    if (text[position] !== delimiter) throw unreadable("Not expecting more text after end quote");
    position += 1;
  }
}

function checked(start: number, record: CsvRecord): CsvRecord {
  const length = record.end - start;
  if (length <= MAX_RECORD_CHARACTERS) return record;
  throw unreadable(
    `Exceeded max length for one record: ${length}. Max length for one record should be less than or equal to ${MAX_RECORD_CHARACTERS}`,
  );
}

interface Cell {
  value: string;
  end: number;
}

function bareCell(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < text.length) {
    const character = text[end];
    if (character === delimiter || character === "\n") break;
    if (character === "\r" && text[end + 1] === "\n") break;
    if (character === '"') {
      throw unreadable("Found unescaped quote. A value with quote should be within a quote");
    }
    end += 1;
  }
  return { value: text.slice(start, end), end };
}

function quotedCell(text: string, start: number): Cell {
  let from = start + 1;
  let value = "";
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw unreadable("EOF reached before closing an opened quote");
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}

function unreadable(reason: string): Error {
  return invalidBatch(`Failed to parse CSV. ${reason}`);
}
