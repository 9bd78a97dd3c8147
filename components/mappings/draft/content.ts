/** What is typed in the editor, and what a change makes of it. Pure. */
import { sameLine, sameSales } from "@/lib/core/mapping/difference";
import type { MappingDocument, MappingLine } from "@/lib/core/mapping/document";
import { fieldKeysAmong } from "@/lib/core/mapping/field-name";
import { noSalesRules, type SalesRules } from "@/lib/core/mapping/sales/sales";

/** What was typed for the value of a line and cannot be read yet. */
export interface Unread {
  /** As short form. */
  readonly text: string;
  /** Where rows were typed: those that cannot be read, by their place; the line says what the others are. */
  readonly cells: Readonly<Record<number, string>> | null;
}

/** A line with an identity that survives moving and renaming. */
export interface EditedLine {
  readonly uid: number;
  readonly line: MappingLine;
  /** The line keeps what it said before. */
  readonly unread: Unread | null;
}

/** All that undo takes back. */
export interface Content {
  readonly lines: readonly EditedLine[];
  /** Which records take part; empty for all of them. */
  readonly filter: string;
  /** What becomes of orders; of mappings of operations. */
  readonly sales: SalesRules;
}

/** Lines get numbers from `firstUid` on. */
export function contentOf(document: MappingDocument, firstUid: number): Content {
  const lines = document.lines.map((line, index) => ({ uid: firstUid + index, line, unread: null }));
  return { lines, filter: document.filter ?? "", sales: document.sales ?? noSalesRules };
}

export function withEdit(content: Content, uid: number, changes: Partial<MappingLine>): Content {
  return withLine(content, uid, (edited) => {
    const line = withChanges(edited.line, changes);
    // An expression that is known again takes the place of what could not be read.
    const unread = "expression" in changes ? null : edited.unread;
    return unread === edited.unread && sameLine(line, edited.line) ? edited : { ...edited, line, unread };
  });
}

/** `changes`: what of it can be read. */
export function withUnread(
  content: Content,
  uid: number,
  unread: Unread,
  changes: Partial<MappingLine> = {},
): Content {
  return withLine(content, uid, (edited) => {
    const line = withChanges(edited.line, changes);
    return sameUnread(unread, edited.unread) && sameLine(line, edited.line)
      ? edited
      : { ...edited, line, unread };
  });
}

function sameUnread(a: Unread | null, b: Unread | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The very content when the line stays as it is. */
function withLine(content: Content, uid: number, change: (edited: EditedLine) => EditedLine): Content {
  const index = content.lines.findIndex((edited) => edited.uid === uid);
  const edited = content.lines[index];
  const changed = edited && change(edited);
  return !changed || changed === edited ? content : { ...content, lines: content.lines.with(index, changed) };
}

/** A change to undefined takes the key away, as it would when stored. */
function withChanges(line: MappingLine, changes: Partial<MappingLine>): MappingLine {
  const merged = Object.entries({ ...line, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged) as MappingLine;
}

/** The line one place up or down; the very content where there is no place. */
export function withMove(content: Content, uid: number, by: -1 | 1): Content {
  const from = content.lines.findIndex((edited) => edited.uid === uid);
  const to = from + by;
  const edited = content.lines[from];
  if (!edited || to < 0 || to >= content.lines.length) return content;
  return { ...content, lines: content.lines.toSpliced(from, 1).toSpliced(to, 0, edited) };
}

/** Other lines; one that keeps its field keeps its identity, and its last good result with it. */
export function withLines(content: Content, lines: readonly MappingLine[], firstUid: number): Content {
  const keyOf = fieldKeysAmong(
    content.lines.map(({ line }) => line.target),
    lines.map(({ target }) => target),
  );
  const known = new Map<string, EditedLine[]>();
  for (const edited of content.lines) {
    const key = keyOf(edited.line.target);
    known.set(key, [...(known.get(key) ?? []), edited]);
  }
  let nextUid = firstUid;
  const made = lines.map((line): EditedLine => {
    const key = keyOf(line.target);
    const [same, ...more] = known.get(key) ?? [];
    known.set(key, more);
    return { uid: same?.uid ?? nextUid++, line, unread: null };
  });
  return { ...content, lines: made };
}

/** Whether both say the same, also what cannot be read yet. */
export function sameContent(a: Content, b: Content): boolean {
  return (
    a.filter === b.filter &&
    sameSales(a.sales, b.sales) &&
    a.lines.length === b.lines.length &&
    a.lines.every((edited, index) => {
      const other = b.lines[index];
      return (
        edited === other ||
        (other !== undefined && sameUnread(edited.unread, other.unread) && sameLine(edited.line, other.line))
      );
    })
  );
}
