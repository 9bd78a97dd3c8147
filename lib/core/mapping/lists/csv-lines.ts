/** The lines of a mapping as a table for a spreadsheet, both ways. */
import { closest } from "../../closest";
import type { MappingDocument, MappingLine } from "../document";
import {
  CellProblem,
  choiceOf,
  invalidCell,
  invalidOf,
  missingCell,
  missingOf,
  textCell,
  textOf,
} from "./cells";
import { readCsv, writeCsv, type CsvRow } from "../../csv";
import { listLimit, tooLong, withinLimit, type ListEntry, type ReadList } from "./list-entry";
import { sourceText, type SourceLanguage } from "./source-text";

type Policies = Partial<MappingLine>;

interface PolicyColumn {
  readonly title: string;
  readonly cellOf: (line: MappingLine) => string;
  /** @throws CellProblem */
  readonly changesOf: (cell: string) => Policies;
}

/** One row of this table per policy; `Target`, `Source` and `Language` stand before them. */
const policyColumns: readonly PolicyColumn[] = [
  {
    title: "Direction",
    cellOf: ({ twoWay }) => (twoWay ? "both ways" : "one way"),
    changesOf: (cell) => ({ twoWay: choiceOf(cell, ["one way", "both ways"]) === "both ways" }),
  },
  {
    title: "Required",
    cellOf: ({ required }) => textCell(required),
    changesOf: (cell) => ({ required: textOf(cell) }),
  },
  {
    title: "On missing",
    cellOf: ({ onMissing }) => missingCell(onMissing),
    changesOf: (cell) => ({ onMissing: missingOf(cell) }),
  },
  {
    title: "On invalid",
    cellOf: ({ onInvalid }) => invalidCell(onInvalid),
    changesOf: (cell) => ({ onInvalid: invalidOf(cell) }),
  },
  {
    title: "Too long",
    cellOf: ({ tooLong: policy }) => policy,
    changesOf: (cell) => ({ tooLong: choiceOf(cell, ["hold", "cut"]) }),
  },
  {
    title: "When",
    cellOf: ({ when }) => when,
    changesOf: (cell) => ({ when: choiceOf(cell, ["always", "create", "blank"]) }),
  },
  {
    title: "Owner",
    cellOf: ({ owner }) => owner ?? "",
    changesOf: (cell) => ({
      owner: cell.trim() === "" ? undefined : choiceOf(cell, ["s360", "salesforce"]),
    }),
  },
  {
    title: "Reference",
    cellOf: ({ reference }) => (reference ? referenceText(reference) : ""),
    changesOf: (cell) => ({ reference: referenceOf(cell.trim()) }),
  },
  {
    title: "Note",
    cellOf: ({ note }) => textCell(note),
    changesOf: (cell) => ({ note: noteOf(textOf(cell)) }),
  },
];

const titles = ["Target", "Source", "Language", ...policyColumns.map(({ title }) => title)];

/** All of the lines, defaults spelled out. Read again it gives the very same lines. */
export function linesCsv({ kind, lines }: Pick<MappingDocument, "kind" | "lines">): string {
  const rows = lines.map((line) => {
    const { text, language } = sourceText(line.expression, kind);
    return [line.target, text, language, ...policyColumns.map(({ cellOf }) => cellOf(line))];
  });
  return writeCsv([titles, ...rows]);
}

/**
 * Only the columns `Target` and `Source` are needed. What a column that is there leaves empty is the default; what a column
 * would say that is not there stays as it was.
 */
export function readLinesCsv(text: string): ReadList {
  if (text.length > listLimit) return tooLong;
  const csv = readCsv(text);
  if (!csv.ok) return failed(csv.line, csv.sentence);
  const [head, ...rows] = csv.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (!head) return text === "" ? { entries: [], problems: [], notes: [] } : failed(1, empty);
  const columns = new Map<string, number>();
  for (const [place, cell] of head.cells.entries()) {
    const name = nameOfColumn(cell);
    if (columns.has(name) && name !== "")
      return failed(head.line, `The column ${cell.trim()} is there twice.`);
    columns.set(name, place);
  }
  const lacking = ["Target", "Source"].filter((title) => !columns.has(nameOfColumn(title)));
  if (lacking.length > 0) {
    const sentence = `The first row names the columns, and ${lacking.join(" and ")} ${lacking.length > 1 ? "are" : "is"} not among them. Download the lines as CSV to see what they look like.`;
    return failed(head.line, sentence);
  }
  const notes = [...head.cells.flatMap(noteOnColumn), ...(rows.length === 0 ? [onlyHeader] : [])];
  const entries = rows.map((row) => entryOf(row, columns, head.cells.length));
  return withinLimit({ entries, problems: [], notes });
}

const empty = "The file is empty: its first row must name the columns Target and Source.";
const onlyHeader = "The first row names the columns, and no lines follow it. Write them below.";

function failed(at: number, sentence: string): ReadList {
  return { entries: [], problems: [{ at, sentence }], notes: [] };
}

/** "On missing", "onMissing" and "on_missing" are one. */
function nameOfColumn(title: string): string {
  return title.replace(/[^\p{L}]/gu, "").toLowerCase();
}

function noteOnColumn(cell: string): string[] {
  const isKnown = titles.some((title) => nameOfColumn(title) === nameOfColumn(cell));
  if (isKnown || cell.trim() === "") return [];
  const near = closest(cell.trim(), titles);
  return [`The column ${cell.trim()} is not known and is not read.${near ? ` Did you mean ${near}?` : ""}`];
}

const languages = ["short form", "JSONata"] as const satisfies readonly SourceLanguage[];

function entryOf(row: CsvRow, columns: ReadonlyMap<string, number>, width: number): ListEntry {
  const cellOf = (title: string): string | undefined => {
    const place = columns.get(nameOfColumn(title));
    return place === undefined ? undefined : (row.cells[place] ?? "");
  };
  const name = (cellOf("Target") ?? "").trim();
  const written = cellOf("Source") ?? "";
  const entry = {
    at: row.line,
    text: `${name} = ${written.trim()}`,
    name,
    source: written,
    sourceAt: null,
    language: null,
    policies: {},
    isBareAmountMeant: false,
  };
  const problem = (sentence: string): ListEntry => ({ ...entry, problem: { sentence } });
  if (row.cells.slice(width).some((cell) => cell.trim() !== ""))
    return problem(
      `This row has ${row.cells.length} cells, and the first row names ${width} columns. A text with the separator in it needs quotes.`,
    );
  if (name === "") return problem("The name of the Salesforce field is missing in the column Target.");
  try {
    const policies: Policies = {};
    for (const { title, changesOf } of policyColumns) {
      const cell = cellOf(title);
      if (cell !== undefined)
        Object.assign(
          policies,
          named(title, () => changesOf(cell)),
        );
    }
    const language = named("Language", () => languageOf(cellOf("Language") ?? ""));
    return { ...entry, language, policies };
  } catch (error) {
    if (error instanceof CellProblem) return problem(error.message);
    throw error;
  }
}

function languageOf(cell: string): SourceLanguage | null {
  return cell.trim() === "" ? null : choiceOf(cell, languages);
}

/** Runs `read`; what it refuses is told with the name of the column. */
function named<T>(title: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof CellProblem) throw new CellProblem(`${title}: ${error.message}.`);
    throw error;
  }
}

const byContact = / by contact$/i;

/** "Account", or "Account by contact" when the value is the S-360 key of a contact. */
function referenceText({ object, family }: NonNullable<MappingLine["reference"]>): string {
  const name = byContact.test(object) ? JSON.stringify(object) : textCell(object);
  return family === undefined ? name : `${name} by ${family}`;
}

function referenceOf(cell: string): MappingLine["reference"] {
  const object = textOf(cell.replace(byContact, ""));
  if (object === undefined) return undefined;
  return byContact.test(cell) ? { object, family: "contact" } : { object };
}

const longestNote = 500;

function noteOf(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= longestNote) return text;
  throw new CellProblem(`must not be longer than ${longestNote} characters, and has ${text.length}`);
}
