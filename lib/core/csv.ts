/** Comma-separated values (RFC 4180), safe to open in a spreadsheet. Cells go out and come back exactly. */

export interface CsvRow {
  /** 1-based line of the text on which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvAnswer =
  { readonly ok: true; readonly rows: readonly CsvRow[] } | ({ readonly ok: false } & CsvProblem);

interface CsvProblem {
  readonly line: number;
  readonly sentence: string;
}

const byteOrderMark = "\uFEFF";

/** What a spreadsheet would take for a formula, also behind apostrophes that are there already. */
const formula = /^'*\s*[=+\-@\t\r\n＝＋－＠]/;

/** With the mark by which spreadsheets know UTF-8. An apostrophe keeps them from calculating what somebody wrote. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return byteOrderMark + rows.map((cells) => `${cells.map(guarded).map(quoted).join(",")}\r\n`).join("");
}

function guarded(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

function unguarded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

function quoted(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Reads what `writeCsv` wrote, and what spreadsheets write: cells may be parted by commas, semicolons or tabs, as their
 * country has it. Empty lines are passed over. Never throws.
 */
export function readCsv(given: string): CsvAnswer {
  const text = given.startsWith(byteOrderMark) ? given.slice(1) : given;
  // Some spreadsheets name the separator in a line of its own.
  const named = /^sep=([,;\t])\r?\n/i.exec(text);
  return new Reader(text, named?.[1] ?? separatorOf(text), named?.[0].length ?? 0).rows();
}

/** What stands most often in the first line, outside of quotes. */
function separatorOf(text: string): string {
  const first = (/^[^\r\n]*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const counted = [",", ";", "\t"].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

class Reader {
  private at: number;
  private line: number;

  constructor(
    private readonly text: string,
    private readonly separator: string,
    start: number,
  ) {
    this.at = start;
    this.line = start === 0 ? 1 : 2;
  }

  rows(): CsvAnswer {
    const rows: CsvRow[] = [];
    while (this.at < this.text.length) {
      const { line } = this;
      const cells: string[] = [];
      do {
        const cell = this.cell();
        if (typeof cell !== "string") return { ok: false, ...cell };
        cells.push(unguarded(cell));
      } while (this.takeSeparator());
      this.takeLineEnd();
      if (cells.length > 1 || cells[0] !== "") rows.push({ line, cells });
    }
    return { ok: true, rows };
  }

  private cell(): string | CsvProblem {
    if (this.text.charAt(this.at) === '"') return this.quotedCell();
    const from = this.at;
    while (this.at < this.text.length && !this.isEnd(this.text.charAt(this.at))) this.at++;
    return this.text.slice(from, this.at);
  }

  private quotedCell(): string | CsvProblem {
    const opened = this.line;
    const parts: string[] = [];
    for (;;) {
      const from = this.at + 1;
      const to = this.text.indexOf('"', from);
      if (to === -1)
        return {
          line: opened,
          sentence: 'The quotes that open here are never closed. Write " twice inside of quotes.',
        };
      const part = this.text.slice(from, to);
      parts.push(part);
      this.line += part.match(/\r\n|\r|\n/g)?.length ?? 0;
      this.at = to + 1;
      const next = this.text.charAt(this.at);
      if (next !== '"') break;
    }
    const next = this.text.charAt(this.at);
    if (next !== "" && !this.isEnd(next))
      return {
        line: this.line,
        sentence: `After closing quotes the cell must end, and not go on with ${next}. Write " twice inside of quotes.`,
      };
    return parts.join('"');
  }

  private isEnd(sign: string): boolean {
    return sign === this.separator || sign === "\r" || sign === "\n";
  }

  private takeSeparator(): boolean {
    if (this.text.charAt(this.at) !== this.separator) return false;
    this.at++;
    return true;
  }

  private takeLineEnd(): void {
    if (this.at >= this.text.length) return;
    if (this.text.startsWith("\r\n", this.at)) this.at++;
    this.at++;
    this.line++;
  }
}
