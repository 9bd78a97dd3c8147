/** Comma separated values (RFC 4180), safe to open in a spreadsheet. Cells go out and come back exactly. */

/** What a spreadsheet would run as a formula, after any number of our own marks. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
const marked = /^'+[=+\-@\t\r\n＝＋－＠]/;

/** Begins with the mark by which Excel knows UTF-8. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(writeCell).join(",")}\r\n`).join("")}`;
}

function writeCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export interface CsvRow {
  /** 1-based, where the row begins in the file. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type ReadCsv =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  | { readonly ok: false; readonly line: number; readonly sentence: string };

/**
 * Reads what `writeCsv` wrote, and what spreadsheets write: the separator is the first comma, semicolon or tab of the file.
 * Empty lines are passed over.
 */
export function readCsv(file: string): ReadCsv {
  const text = file.replace(/^\uFEFF/, "");
  const separator = /[,;\t]/.exec(text)?.[0] ?? ",";
  const rows: CsvRow[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const cells: string[] = [];
    const began = line;
    for (;;) {
      const cell = readCell(text, at, separator);
      if (cell === null) {
        return {
          ok: false,
          line: began,
          sentence: "A quotation mark is opened and never closed, or stands inside a cell.",
        };
      }
      cells.push(cell.text.replace(marked, (marks) => marks.slice(1)));
      line += cell.lines;
      at = cell.end;
      if (text[at] !== separator) break;
      at += 1;
    }
    if (text.startsWith("\r\n", at)) at += 2;
    else if (at < text.length) at += 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== "") rows.push({ line: began, cells });
  }
  return { ok: true, rows };
}

interface Cell {
  readonly text: string;
  /** Where the separator or the end of the line stands. */
  readonly end: number;
  /** Line ends inside. */
  readonly lines: number;
}

const plainCell = { ",": /[^,\r\n]*/y, ";": /[^;\r\n]*/y, "\t": /[^\t\r\n]*/y };
const quotedCell = /"([^"]*(?:""[^"]*)*)"/y;

function readCell(text: string, at: number, separator: string): Cell | null {
  if (text[at] !== '"') {
    const found = matchAt(plainCell[separator as keyof typeof plainCell], text, at)?.[0] ?? "";
    return { text: found, end: at + found.length, lines: 0 };
  }
  const found = matchAt(quotedCell, text, at);
  if (!found) return null;
  const [whole, inside = ""] = found;
  const end = at + whole.length;
  if (end < text.length && ![separator, "\r", "\n"].includes(text.charAt(end))) return null;
  return { text: inside.replaceAll('""', '"'), end, lines: inside.match(/\r\n|\r|\n/g)?.length ?? 0 };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
