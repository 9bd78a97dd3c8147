/** What is open in the editor: the lines as typed, and the saved draft they started from. Pure. */
import { sameSales } from "@/lib/core/mapping/difference";
import type { MappingDocument, MappingLine } from "@/lib/core/mapping/document";
import { noSalesRules, type SalesRules } from "@/lib/core/mapping/sales";
import type { DraftSummary } from "@/lib/mappings/contract";

/** A line with an identity that survives moving and renaming. */
export interface EditedLine {
  readonly uid: number;
  readonly line: MappingLine;
  /** What was typed in short form and cannot be read yet; the line keeps what it said before. */
  readonly unread: string | null;
}

/** A draft as it is stored. */
export interface SavedDraft {
  readonly draft: DraftSummary;
  readonly document: MappingDocument;
}

export interface EditorState {
  readonly saved: SavedDraft;
  readonly lines: readonly EditedLine[];
  /** Which records take part; empty for all of them. */
  readonly filter: string;
  /** What becomes of orders; of mappings of operations. */
  readonly sales: SalesRules;
  readonly nextUid: number;
  /** The line whose form is open. */
  readonly openUid: number | null;
  /** The line that was removed last, to be put back. */
  readonly removed: { readonly edited: EditedLine; readonly index: number } | null;
  /** Many lines that were replaced at once, to be put back. */
  readonly replacement: Replacement | null;
  /** What somebody else saved in between. */
  readonly theirs: SavedDraft | null;
  /** Read out by screen readers. */
  readonly announcement: string;
}

/** Undone and done again it changes places with what is open: nothing typed since is ever lost. */
export interface Replacement {
  /** What was done, such as "22 lines from the pasted list". */
  readonly what: string;
  readonly undone: boolean;
  /** What is not open: what was before it, or after it was undone what it made. */
  readonly others: Content;
  /** What was open when it was done or undone. */
  readonly made: Content;
}

/** What a replacement puts in place of another. */
interface Content {
  readonly lines: readonly EditedLine[];
  /** Which records take part; null where that was not replaced and stays whatever is done. */
  readonly filter: string | null;
}

export type EditorAction =
  | { readonly type: "edited"; readonly uid: number; readonly changes: Partial<MappingLine> }
  /** Many lines alike. */
  | {
      readonly type: "edited-alike";
      readonly uids: ReadonlySet<number>;
      readonly changes: Partial<MappingLine>;
      readonly what: string;
    }
  | { readonly type: "unread"; readonly uid: number; readonly text: string }
  | { readonly type: "filtered"; readonly filter: string }
  | { readonly type: "sales-ruled"; readonly sales: SalesRules }
  | { readonly type: "added"; readonly line: MappingLine }
  | { readonly type: "removed"; readonly uid: number }
  | { readonly type: "removal-undone" }
  /** Many lines at once: a list, a file or a version. The latter two say which records take part, too. */
  | {
      readonly type: "lines-replaced";
      readonly lines: readonly MappingLine[];
      readonly filter?: string;
      readonly what: string;
    }
  /** Undoes the replacement, or does it again. */
  | { readonly type: "replacement-turned" }
  | { readonly type: "moved"; readonly uid: number; readonly by: -1 | 1 }
  | { readonly type: "opened"; readonly uid: number | null }
  | { readonly type: "saved"; readonly saved: SavedDraft }
  | { readonly type: "refused"; readonly theirs: SavedDraft }
  /** Their draft replaces what was typed. */
  | { readonly type: "theirs-taken" }
  /** What is stored replaces what was typed. */
  | { readonly type: "loaded"; readonly saved: SavedDraft };

export function openEditor(saved: SavedDraft, firstUid = 1): EditorState {
  const lines = saved.document.lines.map((line, index) => ({ uid: firstUid + index, line, unread: null }));
  const nextUid = firstUid + lines.length;
  const nothing = { openUid: null, removed: null, replacement: null, theirs: null, announcement: "" };
  const { filter = "", sales = noSalesRules } = saved.document;
  return { saved, lines, filter, sales, nextUid, ...nothing };
}

type Open = Pick<EditorState, "saved" | "lines" | "filter" | "sales">;

export function documentOf({ saved, lines, filter, sales }: Open): MappingDocument {
  return onto(saved.document, { filter, sales, lines: lines.map(({ line }) => line) });
}

interface Typed extends Pick<EditorState, "filter" | "sales"> {
  readonly lines: MappingDocument["lines"];
}

/** What was typed in place of what a document says. */
export function onto(
  { filter: _, sales: __, ...document }: MappingDocument,
  { filter, sales, lines }: Typed,
): MappingDocument {
  return {
    ...document,
    ...(filter.trim() !== "" && { filter }),
    ...(!sameSales(sales) && { sales: withoutBlank(sales) }),
    lines,
  };
}

/** A mark that is being typed. */
function withoutBlank({ vanished, ...sales }: SalesRules): SalesRules {
  return vanished === undefined || vanished.trim() === "" ? sales : { ...sales, vanished };
}

export function editorReducer(state: EditorState, action: EditorAction): EditorState {
  switch (action.type) {
    case "edited":
      return {
        ...state,
        lines: state.lines.map((edited) =>
          edited.uid === action.uid ? change(edited, action.changes) : edited,
        ),
      };
    case "edited-alike":
      return {
        ...state,
        lines: state.lines.map((edited) =>
          action.uids.has(edited.uid) ? change(edited, action.changes) : edited,
        ),
        announcement: action.what,
      };
    case "unread":
      return {
        ...state,
        lines: state.lines.map((edited) =>
          edited.uid === action.uid ? { ...edited, unread: action.text } : edited,
        ),
      };
    case "added": {
      const added = { uid: state.nextUid, line: action.line, unread: null };
      return {
        ...state,
        lines: [...state.lines, added],
        nextUid: state.nextUid + 1,
        openUid: added.uid,
        announcement: `${action.line.target} added as line ${state.lines.length + 1}`,
      };
    }
    case "filtered":
      return { ...state, filter: action.filter };
    case "sales-ruled":
      return { ...state, sales: action.sales };
    case "removed":
      return remove(state, action.uid);
    case "removal-undone":
      return undoRemoval(state);
    case "lines-replaced":
      return replace(state, action);
    case "replacement-turned":
      return turnReplacement(state);
    case "moved":
      return move(state, action.uid, action.by);
    case "opened":
      return { ...state, openUid: action.uid };
    case "saved":
      return { ...state, saved: action.saved, theirs: null, removed: null, replacement: null };
    case "refused":
      return { ...state, theirs: action.theirs };
    case "theirs-taken":
      return state.theirs ? openEditor(state.theirs, state.nextUid) : state;
    case "loaded":
      return openEditor(action.saved, state.nextUid);
  }
}

/** An expression that is known again takes the place of what could not be read. */
function change({ unread, line, ...edited }: EditedLine, changes: Partial<MappingLine>): EditedLine {
  return { ...edited, line: withChanges(line, changes), unread: "expression" in changes ? null : unread };
}

/** A change to undefined takes the key away, as it would when stored. */
function withChanges(line: MappingLine, changes: Partial<MappingLine>): MappingLine {
  const merged = Object.entries({ ...line, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged) as MappingLine;
}

function remove(state: EditorState, uid: number): EditorState {
  const index = state.lines.findIndex((edited) => edited.uid === uid);
  const edited = state.lines[index];
  if (!edited) return state;
  return {
    ...state,
    lines: state.lines.filter((each) => each !== edited),
    openUid: state.openUid === uid ? null : state.openUid,
    removed: { edited, index },
  };
}

function undoRemoval(state: EditorState): EditorState {
  if (!state.removed) return state;
  const { edited, index } = state.removed;
  const lines = state.lines.toSpliced(index, 0, edited);
  return { ...state, lines, removed: null, announcement: `${edited.line.target} is back` };
}

/** A line that keeps its target keeps its identity, and its last good result with it. */
function replace(
  state: EditorState,
  { lines, filter, what }: Extract<EditorAction, { type: "lines-replaced" }>,
): EditorState {
  const known = new Map<string, EditedLine[]>();
  for (const edited of state.lines)
    known.set(edited.line.target, [...(known.get(edited.line.target) ?? []), edited]);
  let { nextUid } = state;
  const made = lines.map((line): EditedLine => {
    const [same, ...more] = known.get(line.target) ?? [];
    known.set(line.target, more);
    return { uid: same?.uid ?? nextUid++, line, unread: null };
  });
  return {
    ...state,
    lines: made,
    filter: filter ?? state.filter,
    nextUid,
    openUid: null,
    removed: null,
    replacement: {
      ...{ what, undone: false, made: { lines: made, filter: filter ?? null } },
      others: { lines: state.lines, filter: filter === undefined ? null : state.filter },
    },
    announcement: `${what}: the mapping has ${made.length} lines now`,
  };
}

function turnReplacement(state: EditorState): EditorState {
  if (!state.replacement) return state;
  const { what, undone, others } = state.replacement;
  return {
    ...state,
    lines: others.lines,
    filter: others.filter ?? state.filter,
    openUid: null,
    removed: null,
    replacement: {
      ...{ what, undone: !undone, made: others },
      others: { lines: state.lines, filter: others.filter === null ? null : state.filter },
    },
    announcement: undone ? `${what}: done again` : `${what}: undone`,
  };
}

/** Whether something that would go with the replacement was changed since it was done or undone. */
export function isEditedSince({ made }: Replacement, { lines, filter }: EditorState): boolean {
  return lines !== made.lines || (made.filter !== null && made.filter !== filter);
}

function move(state: EditorState, uid: number, by: -1 | 1): EditorState {
  const from = state.lines.findIndex((edited) => edited.uid === uid);
  const to = from + by;
  const edited = state.lines[from];
  if (!edited || to < 0 || to >= state.lines.length) return state;
  const lines = state.lines.toSpliced(from, 1).toSpliced(to, 0, edited);
  const announcement = `${edited.line.target} is now line ${to + 1} of ${lines.length}`;
  return { ...state, lines, announcement };
}
