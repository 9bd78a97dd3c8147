/** What is open in the editor: the lines as typed, and the saved draft they started from. Pure. */
import type { MappingDocument, MappingLine } from "@/lib/core/mapping/document";
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
  readonly nextUid: number;
  /** The line whose form is open. */
  readonly openUid: number | null;
  /** The line that was removed last, to be put back. */
  readonly removed: { readonly edited: EditedLine; readonly index: number } | null;
  /** What somebody else saved in between. */
  readonly theirs: SavedDraft | null;
  /** Read out by screen readers. */
  readonly announcement: string;
}

export type EditorAction =
  | { readonly type: "edited"; readonly uid: number; readonly changes: Partial<MappingLine> }
  | { readonly type: "unread"; readonly uid: number; readonly text: string }
  | { readonly type: "added"; readonly line: MappingLine }
  | { readonly type: "removed"; readonly uid: number }
  | { readonly type: "removal-undone" }
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
  return { saved, lines, nextUid, openUid: null, removed: null, theirs: null, announcement: "" };
}

export function documentOf({ saved, lines }: Pick<EditorState, "saved" | "lines">): MappingDocument {
  return { ...saved.document, lines: lines.map(({ line }) => line) };
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
    case "removed":
      return remove(state, action.uid);
    case "removal-undone":
      return undoRemoval(state);
    case "moved":
      return move(state, action.uid, action.by);
    case "opened":
      return { ...state, openUid: action.uid };
    case "saved":
      return { ...state, saved: action.saved, theirs: null, removed: null };
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

function move(state: EditorState, uid: number, by: -1 | 1): EditorState {
  const from = state.lines.findIndex((edited) => edited.uid === uid);
  const to = from + by;
  const edited = state.lines[from];
  if (!edited || to < 0 || to >= state.lines.length) return state;
  const lines = state.lines.toSpliced(from, 1).toSpliced(to, 0, edited);
  const announcement = `${edited.line.target} is now line ${to + 1} of ${lines.length}`;
  return { ...state, lines, announcement };
}
