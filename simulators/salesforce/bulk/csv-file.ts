import { DELIMITERS, LINE_ENDS, type ColumnDelimiter, type LineEnding } from "./csv-format";
import { readCsvRecord, type CsvRecord } from "./csv-record";
import { clientInputError, invalidBatch } from "./errors";

const MAX_HEADER_CHARACTERS = 32_000;

/** The uploaded data of a job: its header, and its records by number once they were scanned. */
export class CsvFile {
  readonly header: readonly string[];
  /** The header as it was written, without its line end. */
  readonly headerText: string;
  private readonly delimiter: string;
  private readonly lineEnd: string;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private scannedTo: number;

  /** @throws JobFailure for line ends of the other kind, and for an unreadable or too long header */
  constructor(
    private readonly text: string,
    delimiter: ColumnDelimiter,
    lineEnding: LineEnding,
  ) {
    refuseOtherLineEnds(text, lineEnding);
    this.delimiter = DELIMITERS[delimiter];
    this.lineEnd = LINE_ENDS[lineEnding];
    const header = this.recordAt(0);
    this.headerText = text.slice(0, header.end);
    if (header.end > MAX_HEADER_CHARACTERS) {
      throw invalidBatch(
        `The header row has ${header.end} characters; it can contain up to ${MAX_HEADER_CHARACTERS}`,
      );
    }
    this.header = header.end === 0 ? [] : header.cells;
    this.scannedTo = header.next;
  }

  /**
   * Finds the next records, at most so many. Empty lines are none; a line of empty cells is one (recorded: jsforce's
   * own tests of a real org).
   * @returns whether all were found
   * @throws JobFailure InvalidBatch for CSV that cannot be read
   */
  scan(maxRecords: number): boolean {
    for (let count = 0; count < maxRecords && this.scannedTo < this.text.length; count++) {
      const record = this.recordAt(this.scannedTo);
      if (record.end > this.scannedTo) {
        this.starts.push(this.scannedTo);
        this.ends.push(record.end);
      }
      this.scannedTo = record.next;
    }
    return this.scannedTo >= this.text.length;
  }

  /** Records found so far. */
  get size(): number {
    return this.starts.length;
  }

  cells(row: number): string[] {
    return this.recordAt(this.starts[row] ?? this.text.length).cells;
  }

  /** A record as it was written, without its line end. */
  rowText(row: number): string {
    return this.text.slice(this.starts[row], this.ends[row]);
  }

  /** The data from a record on, as they were written. */
  textFrom(row: number): string {
    const start = this.starts[row];
    return this.text.slice(start ?? this.scannedTo);
  }

  private recordAt(start: number): CsvRecord {
    return readCsvRecord(this.text, start, this.delimiter, this.lineEnd);
  }
}

/** Line ends of the other kind anywhere in the data fail the job, those within quotes too (recorded). */
function refuseOtherLineEnds(text: string, lineEnding: LineEnding): void {
  const isOther = lineEnding === "LF" ? text.includes("\r\n") : /(?:^|[^\r])\n/.test(text);
  if (isOther) {
    throw clientInputError(`LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`);
  }
}
