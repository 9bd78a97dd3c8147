/** CSV as Bulk jobs take and give it (salesforce.md §3.6): commas, LF, nothing trimmed, quotes doubled within quotes. */
import { bulkNull } from "@/lib/core/bulk";

/** `undefined` is left alone, null is emptied. */
export type CellValue = string | number | boolean | null | undefined;

export function csvLine(cells: readonly CellValue[]): string {
  return `${cells.map(cellText).join(",")}\n`;
}

function cellText(value: CellValue): string {
  if (value === undefined) return "";
  if (value === null) return bulkNull;
  const text = String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The rows of an answer, the header first. Throws Error where a quoted cell never ends: the answer broke off.
 */
export function* csvRows(text: string): Generator<readonly string[]> {
  let at = 0;
  while (at < text.length) {
    const cells: string[] = [];
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at) : bareCell(text, at);
      cells.push(cell.value);
      at = cell.end;
      if (text[at] !== ",") break;
      at++;
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    yield cells;
  }
}

interface Cell {
  readonly value: string;
  readonly end: number;
}

function bareCell(text: string, start: number): Cell {
  let end = start;
  while (end < text.length && text[end] !== "," && text[end] !== "\n" && text[end] !== "\r") end++;
  return { value: text.slice(start, end), end };
}

function quotedCell(text: string, start: number): Cell {
  const parts: string[] = [];
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) throw new Error("a quoted cell never ends");
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { value: parts.join('"'), end: quote + 1 };
    from = quote + 2;
  }
}
