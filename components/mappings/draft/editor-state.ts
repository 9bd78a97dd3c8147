/** What is open in the editor: what is typed, the steps that led there, and the saved draft it started from. Pure. */
import { sameMapping, sameSales } from "@/lib/core/mapping/difference";
import type { MappingDocument, MappingLine } from "@/lib/core/mapping/document";
import type { SalesRules } from "@/lib/core/mapping/sales/sales";
import type { DraftSummary } from "@/lib/mappings/contract";
import {
  contentOf,
  sameContent,
  withEdit,
  withLines,
  withMove,
  withUnread,
  type Content,
  type Unread,
} from "./content";
import { noHistory, recorded, redone, settled, sinceLast, undone, type History, type Step } from "./history";
import { mergeDrafts, type Choices } from "./merge";
import { shownName } from "../names";
import { joinOfSales } from "../sales/join";

export type { EditedLine } from "./content";

/** A draft as it is stored. */
export interface SavedDraft {
  readonly draft: DraftSummary;
  readonly document: MappingDocument;
}

/** What goes with a step besides what was typed. */
interface Kept {
  /** Of taking in what somebody else saved: the draft that was started from. */
  readonly saved: SavedDraft | null;
  /** Told in a notice with a way back. */
  readonly isTold: boolean;
}

/** The last thing that is worth telling, until something else is done. */
export type Notice =
  | { readonly kind: "removed"; readonly name: string; readonly index: number }
  /** Much at once: a list, a file, a version, what somebody else saved. */
  | { readonly kind: "replaced"; readonly what: string; readonly undone: boolean }
  /** Not only the draft: it runs. */
  | { readonly kind: "restored"; readonly restored: Restored };

/** An earlier version that was published again. */
export interface Restored {
  readonly version: number;
  /** The number it has now. */
  readonly as: number;
}

/** What somebody else saved since this was opened. */
export interface Theirs extends SavedDraft {
  /** It kept this side from being saved. */
  readonly isRefusal: boolean;
}

export interface EditorState extends Content {
  readonly saved: SavedDraft;
  readonly history: History<Kept>;
  readonly nextUid: number;
  /** The line whose form is open. */
  readonly openUid: number | null;
  readonly notice: Notice | null;
  readonly theirs: Theirs | null;
  /** Read out by screen readers. */
  readonly announcement: string;
}

/** `name`: what the person knows the line as, for telling what was done. */
export type EditorAction =
  | {
      readonly type: "edited";
      readonly uid: number;
      readonly changes: Partial<MappingLine>;
      readonly name?: string;
    }
  | {
      readonly type: "unread";
      readonly uid: number;
      readonly unread: Unread;
      /** What of it can be read. */
      readonly changes?: Partial<MappingLine>;
      readonly name?: string;
    }
  /** Many lines alike. */
  | {
      readonly type: "edited-alike";
      readonly uids: ReadonlySet<number>;
      readonly changes: Partial<MappingLine>;
      readonly what: string;
    }
  | { readonly type: "filtered"; readonly filter: string }
  | { readonly type: "sales-ruled"; readonly sales: SalesRules }
  | { readonly type: "added"; readonly line: MappingLine; readonly name?: string }
  | { readonly type: "removed"; readonly uid: number; readonly name?: string }
  /** Many lines at once: a list, a file or a version. The latter say which records take part and what becomes of orders, too. */
  | {
      readonly type: "lines-replaced";
      readonly lines: readonly MappingLine[];
      readonly filter?: string;
      readonly sales?: SalesRules;
      readonly what: string;
    }
  | { readonly type: "moved"; readonly uid: number; readonly by: -1 | 1; readonly name?: string }
  | { readonly type: "undone" | "redone" }
  | { readonly type: "opened"; readonly uid: number | null }
  | { readonly type: "saved"; readonly saved: SavedDraft }
  /** Somebody else saved; told by a refusal, or by looking. */
  | { readonly type: "overtaken"; readonly theirs: SavedDraft; readonly isRefusal: boolean }
  /** What somebody else saved goes together with what was typed; of what both changed, as chosen. */
  | { readonly type: "taken-in"; readonly choices: Choices; readonly what: string }
  /** What is stored now, read again; what was typed stays, and is asked about where both changed. */
  | { readonly type: "loaded"; readonly saved: SavedDraft; readonly restored?: Restored }
  /** A saved draft takes the place of what was typed, as a step. */
  | { readonly type: "discarded"; readonly saved: SavedDraft; readonly what: string };

export function openEditor(saved: SavedDraft): EditorState {
  return {
    ...contentOf(saved.document, 1),
    saved,
    history: noHistory,
    nextUid: 1 + saved.document.lines.length,
    ...{ openUid: null, notice: null, theirs: null, announcement: "" },
  };
}

export function documentOf({
  saved,
  lines,
  filter,
  sales,
}: Content & Pick<EditorState, "saved">): MappingDocument {
  return onto(saved.document, { filter, sales, lines: lines.map(({ line }) => line) });
}

interface Typed extends Pick<Content, "filter" | "sales"> {
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
    case "edited": {
      const part = "expression" in action.changes ? "expression" : Object.keys(action.changes).join();
      const what = `${nameOf(state, action)} changed`;
      return done(state, withEdit(state, action.uid, action.changes), what, `${action.uid} ${part}`);
    }
    case "edited-alike": {
      const edited = [...action.uids].reduce<Content>(
        (content, uid) => withEdit(content, uid, action.changes),
        state,
      );
      return { ...done(state, edited, action.what), announcement: action.what };
    }
    case "unread": {
      const what = `${nameOf(state, action)} changed`;
      return done(
        state,
        withUnread(state, action.uid, action.unread, action.changes),
        what,
        `${action.uid} expression`,
      );
    }
    case "filtered":
      return done(state, { ...state, filter: action.filter }, "Filter changed", "filter");
    case "sales-ruled":
      return done(
        ...([state, { ...state, sales: action.sales }, "Sales rules changed"] as const),
        joinOfSales(state.sales, action.sales),
      );
    case "added": {
      const uid = state.nextUid;
      const name = action.name ?? shownName(action.line.target);
      const lines = [...state.lines, { uid, line: action.line, unread: null }];
      const announcement = `${name} added as line ${lines.length}`;
      return {
        ...done(state, { ...state, lines }, `${name} added`),
        nextUid: uid + 1,
        openUid: uid,
        announcement,
      };
    }
    case "removed": {
      const index = state.lines.findIndex(({ uid }) => uid === action.uid);
      const name = nameOf(state, action);
      const lines = state.lines.filter(({ uid }) => uid !== action.uid);
      if (index < 0) return state;
      const openUid = state.openUid === action.uid ? null : state.openUid;
      const notice: Notice = { kind: "removed", name, index };
      const announcement = `${name} removed. Undo puts it back.`;
      return { ...done(state, { ...state, lines }, `${name} removed`), openUid, notice, announcement };
    }
    case "lines-replaced":
      return replace(state, action);
    case "moved": {
      const moved = withMove(state, action.uid, action.by);
      if (moved === state) return state;
      const name = nameOf(state, action);
      const place = moved.lines.findIndex(({ uid }) => uid === action.uid) + 1;
      const announcement = `${name} is now line ${place} of ${moved.lines.length}`;
      return { ...done(state, moved, `${name} moved`, `${action.uid} moved`), announcement };
    }
    case "undone":
      return turn(state, "undone");
    case "redone":
      return turn(state, "redone");
    case "opened":
      return { ...state, openUid: action.uid, history: settled(state.history) };
    case "saved":
      return saved(state, action.saved);
    case "overtaken": {
      const { theirs, isRefusal } = action;
      if (theirs.draft.revision <= state.saved.draft.revision) return state;
      return { ...state, theirs: { ...theirs, isRefusal: isRefusal || state.theirs?.isRefusal === true } };
    }
    case "taken-in":
      return takeIn(state, action.choices, action.what);
    case "loaded":
      return action.restored
        ? loadRestored(state, action.saved, action.restored)
        : load(state, action.saved, "The draft is as it is stored now");
    case "discarded":
      return discard(state, action.saved, action.what);
  }
}

function nameOf({ lines }: EditorState, { uid, name }: { readonly uid: number; readonly name?: string }) {
  return name ?? shownName(lines.find((edited) => edited.uid === uid)?.line.target ?? "Line");
}

/** What was done, as a step that can be undone; nothing when it changed nothing. */
function done(
  state: EditorState,
  next: Content,
  what: string,
  joins: string | null = null,
  kept: Kept = { saved: null, isTold: false },
): EditorState {
  const { lines, filter, sales } = next;
  if (lines === state.lines && filter === state.filter && sales === state.sales) return state;
  const history = recorded(state.history, { what, joins, other: contentIn(state), kept });
  return { ...state, lines, filter, sales, history, notice: null, announcement: "" };
}

function contentIn({ lines, filter, sales }: Content): Content {
  return { lines, filter, sales };
}

/** Something that changes much at once, and is told with a way back. */
function doneAtOnce(state: EditorState, next: Content, what: string, base: SavedDraft | null = null) {
  const changed = { ...done(state, next, what, null, { saved: base, isTold: true }) };
  const nextUid = Math.max(state.nextUid, ...next.lines.map(({ uid }) => uid + 1));
  const notice: Notice = { kind: "replaced", what, undone: false };
  return { ...changed, nextUid, openUid: null, notice };
}

function replace(
  state: EditorState,
  { lines, filter, sales, what }: Extract<EditorAction, { type: "lines-replaced" }>,
): EditorState {
  const next = withLines(state, lines, state.nextUid);
  const whole = { ...next, filter: filter ?? state.filter, sales: sales ?? state.sales };
  const announcement = `${what}: the mapping has ${lines.length} lines now`;
  return { ...doneAtOnce(state, whole, what), announcement };
}

function turn(state: EditorState, way: "undone" | "redone"): EditorState {
  const last = (way === "undone" ? state.history.past : state.history.future).at(-1);
  if (!last) return state;
  const base = last.kept.saved && state.saved;
  const open = { other: contentIn(state), kept: { ...last.kept, saved: base } };
  const turned = (way === "undone" ? undone : redone)(state.history, open);
  if (!turned) return state;
  const { step, history } = turned;
  const isOpen = step.other.lines.some(({ uid }) => uid === state.openUid);
  return {
    ...state,
    ...step.other,
    history,
    saved: step.kept.saved ?? state.saved,
    openUid: isOpen && !step.kept.isTold ? state.openUid : null,
    notice: step.kept.isTold ? { kind: "replaced", what: step.what, undone: way === "undone" } : null,
    announcement: `${way === "undone" ? "Undone" : "Done again"}: ${step.what}`,
  };
}

const tookIn = ({ kept }: Step<Kept>) => kept.saved !== null;

/** What was taken in from others stays once it is saved: undoing it then would drop their work in silence. */
function saved(state: EditorState, draft: SavedDraft): EditorState {
  const history = sinceLast(settled(state.history), tookIn);
  const isNewer = (state.theirs?.draft.revision ?? 0) > draft.draft.revision;
  return { ...state, saved: draft, history, notice: null, theirs: isNewer ? state.theirs : null };
}

function takeIn(state: EditorState, choices: Choices, what: string): EditorState {
  if (!state.theirs) return state;
  const { draft, document } = state.theirs;
  const given = { base: state.saved.document, theirs: document, mine: contentIn(state), choices };
  const { content } = mergeDrafts({ ...given, firstUid: state.nextUid });
  const taken = doneAtOnce(state, content, what, state.saved);
  return { ...taken, saved: { draft, document }, theirs: null, announcement: what };
}

function load(state: EditorState, stored: SavedDraft, what: string): EditorState {
  const base = state.saved.document;
  if (sameMapping(stored.document, base)) return { ...state, saved: stored, theirs: null };
  if (isUnsaved(state)) return { ...state, theirs: { ...stored, isRefusal: false } };
  return discard(state, stored, what);
}

/** The draft's step back is told as one of the draft: it does not take back what is published. */
function loadRestored(state: EditorState, stored: SavedDraft, restored: Restored): EditorState {
  const loaded = load(state, stored, `Draft back to version ${restored.version}`);
  const announcement = `Version ${restored.version} is published as version ${restored.as}`;
  return { ...loaded, notice: { kind: "restored", restored }, announcement };
}

function discard(state: EditorState, stored: SavedDraft, what: string): EditorState {
  const { filter, sales } = contentOf(stored.document, 1);
  const content = { ...withLines(state, stored.document.lines, state.nextUid), filter, sales };
  const next = sameContent(content, state) ? state : doneAtOnce(state, content, what);
  return { ...next, saved: stored, theirs: null, announcement: what };
}

/** Whether something is typed that is not saved, also what cannot be read yet. */
export function isUnsaved(state: EditorState): boolean {
  const isUnread = state.lines.some(({ unread }) => unread !== null);
  return isUnread || !sameMapping(state.saved.document, documentOf(state));
}
