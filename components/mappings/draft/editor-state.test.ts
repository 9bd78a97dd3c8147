import { describe, expect, test } from "vitest";
import { lineOf } from "@/lib/core/mapping/defaults/defaults-contacts";
import type { MappingLine } from "@/lib/core/mapping/document";
import {
  documentOf,
  editorReducer,
  isUnsaved,
  openEditor,
  type EditorAction,
  type EditorState,
  type SavedDraft,
} from "./editor-state";

const line = (target: string, expression = "x"): MappingLine => lineOf({ target, expression });

function stored(revision: number, lines: readonly MappingLine[], filter?: string): SavedDraft {
  const document = { kind: "individual" as const, object: "Account", keyField: "A", lines: [...lines] };
  return {
    draft: { revision, by: "Ann", at: "2026-01-01T00:00:00.000Z" },
    document: filter === undefined ? document : { ...document, filter },
  };
}

const opened = (...lines: MappingLine[]): EditorState => openEditor(stored(1, lines));

const after = (state: EditorState, ...actions: EditorAction[]) => actions.reduce(editorReducer, state);
const says = (state: EditorState) =>
  documentOf(state).lines.map(({ target, expression }) => `${target}=${expression}`);
const steps = ({ history }: EditorState) => history.past.map(({ what }) => what);

const undo: EditorAction = { type: "undone" };
const redo: EditorAction = { type: "redone" };
const typed = (uid: number, expression: string): EditorAction => ({
  type: "edited",
  uid,
  changes: { expression },
});
const replaced: EditorAction = {
  type: "lines-replaced",
  lines: [line("B", "b"), line("A", "a"), line("C")],
  what: "3 lines from the pasted list",
};

describe("what was done", () => {
  test("is undone step by step, and done again: lines, filter, sales rules, moves, removals", () => {
    const before = opened(line("A"), line("B"));
    const doing: EditorAction[] = [
      typed(1, "a"),
      { type: "filtered", filter: 'state = "ACTIVE"' },
      { type: "moved", uid: 1, by: 1 },
      { type: "removed", uid: 2 },
      { type: "added", line: line("C") },
      { type: "sales-ruled", sales: { rules: [], signed: ["Amount__c"] } },
    ];
    const states = [before, ...doing.map((_, index) => after(before, ...doing.slice(0, index + 1)))];
    let state = after(before, ...doing);
    for (const earlier of states.slice(0, -1).reverse()) {
      state = after(state, undo);
      expect(state.announcement).toMatch(/^Undone: /);
      expect([says(state), state.filter]).toEqual([says(earlier), earlier.filter]);
    }
    expect(isUnsaved(state)).toBe(false);
    for (const later of states.slice(1)) {
      state = after(state, redo);
      expect([says(state), state.filter]).toEqual([says(later), later.filter]);
    }
    expect(after(state, redo)).toBe(state);
  });

  test("is named as the person knows it", () => {
    const state = after(
      opened(line("A"), line("B__c")),
      { ...typed(1, "a"), name: "First Name" } as EditorAction,
      {
        type: "removed",
        uid: 2,
      },
    );
    expect(steps(state)).toEqual(["First Name changed", "B__c removed"]);
    expect(after(state, undo).announcement).toBe("Undone: B__c removed");
  });

  test("is one step while somebody types on, until the line is left", () => {
    const state = after(opened(line("A")), { type: "opened", uid: 1 }, typed(1, "a"), typed(1, "ab"));
    expect(steps(state)).toEqual(["A changed"]);
    const later = after(state, { type: "opened", uid: null }, typed(1, "abc"));
    expect(steps(later)).toHaveLength(2);
    expect(says(after(later, undo))).toEqual(["A=ab"]);
  });

  test("keeps what cannot be read yet, undone and done again", () => {
    const state = after(opened(line("A")), { type: "unread", uid: 1, unread: { text: "a +", cells: null } });
    expect(isUnsaved(state)).toBe(true);
    const back = after(state, undo);
    expect([back.lines[0]?.unread, isUnsaved(back)]).toEqual([null, false]);
    expect(after(back, redo).lines[0]?.unread).toEqual({ text: "a +", cells: null });
  });

  test("to many lines alike is one step", () => {
    const alike: EditorAction = {
      type: "edited-alike",
      uids: new Set([1, 3]),
      changes: { twoWay: true },
      what: "Edits of 2 lines go back to S-360",
    };
    const state = after(opened(line("A"), line("B"), line("C")), alike);
    expect(state.lines.map((each) => each.line.twoWay)).toEqual([true, false, true]);
    expect([steps(state), state.announcement]).toEqual([[alike.what], alike.what]);
    expect(isUnsaved(after(state, undo))).toBe(false);
  });

  test("starts anew in another direction: what was undone before is gone then", () => {
    const state = after(opened(line("A")), typed(1, "a"), undo, typed(1, "b"));
    expect(after(state, redo)).toBe(state);
  });

  test("can be undone after saving, too", () => {
    const state = after(opened(line("A")), typed(1, "a"));
    const saved = after(state, { type: "saved", saved: stored(2, [line("A", "a")]) });
    expect(isUnsaved(saved)).toBe(false);
    const back = after(saved, undo);
    expect([says(back), isUnsaved(back)]).toEqual([["A=x"], true]);
  });
});

describe("many lines at once", () => {
  test("replace what is open; a line that stays keeps its identity", () => {
    const before = opened(line("A"), line("B"));
    const state = after(before, { type: "opened", uid: 1 }, replaced);
    expect(says(state)).toEqual(["B=b", "A=a", "C=x"]);
    expect(state.lines.map(({ uid }) => uid)).toEqual([2, 1, 3]);
    expect(state.openUid).toBeNull();
    expect(state.announcement).toBe("3 lines from the pasted list: the mapping has 3 lines now");
  });

  test("two lines of one target stay two", () => {
    const state = after(opened(line("A"), line("A")), {
      ...replaced,
      lines: [line("A"), line("A"), line("A")],
    });
    expect(state.lines.map(({ uid }) => uid)).toEqual([1, 2, 3]);
  });

  test("are undone in one step, and done again, and told so", () => {
    const before = opened(line("A"), line("B"));
    const undone = after(before, replaced, undo);
    expect(undone.lines).toEqual(before.lines);
    expect(undone.notice).toEqual({ kind: "replaced", what: "3 lines from the pasted list", undone: true });
    expect(says(after(undone, redo))).toEqual(["B=b", "A=a", "C=x"]);
  });

  test("lose nothing that was edited in between", () => {
    const state = after(opened(line("A")), replaced, typed(3, "mine"));
    expect(says(after(state, undo))).toEqual(["B=b", "A=a", "C=x"]);
    expect(says(after(state, undo, undo))).toEqual(["A=x"]);
    expect(says(after(state, undo, undo, redo, redo))).toEqual(says(state));
  });

  test("bring their filter along where they have one, as part of the same step", () => {
    const before = after(opened(line("A")), { type: "filtered", filter: "mine" });
    const state = after(before, { ...replaced, filter: "theirs" } as EditorAction);
    expect(documentOf(state).filter).toBe("theirs");
    const undone = after(state, undo);
    expect([undone.filter, undone.lines]).toEqual(["mine", before.lines]);
    const cleared = after(before, { ...replaced, filter: "" } as EditorAction);
    expect(documentOf(cleared)).not.toHaveProperty("filter");
  });

  test("give new lines identities that no line had before", () => {
    const state = after(opened(line("A")), replaced, undo, { type: "added", line: line("D") });
    expect(new Set(state.lines.map(({ uid }) => uid)).size).toBe(state.lines.length);
    expect(state.lines.at(-1)?.uid).toBe(4);
  });
});

describe("what somebody else saved", () => {
  const theirs = stored(2, [line("A", "theirs"), line("B"), line("N", "new")]);
  const overtaken: EditorAction = { type: "overtaken", theirs, isRefusal: false };
  const take: EditorAction = { type: "taken-in", choices: new Map(), what: "What Ann saved is taken in" };

  test("is told and changes nothing until it is taken in", () => {
    const state = after(opened(line("A"), line("B")), typed(2, "mine"), overtaken);
    expect([says(state), state.theirs?.draft.revision]).toEqual([["A=x", "B=mine"], 2]);
  });

  test("goes together with what was typed, and can be undone until it is saved", () => {
    const before = after(opened(line("A"), line("B")), typed(2, "mine"), overtaken);
    const state = after(before, take);
    expect(says(state)).toEqual(["A=theirs", "B=mine", "N=new"]);
    expect([state.saved.draft.revision, state.theirs]).toEqual([2, null]);
    const back = after(state, undo);
    expect([says(back), back.saved.draft.revision]).toEqual([["A=x", "B=mine"], 1]);
    const again = after(back, redo);
    expect([says(again), again.saved.draft.revision]).toEqual([says(state), 2]);
    const saved = after(state, { type: "saved", saved: { ...theirs, document: documentOf(state) } });
    expect(after(saved, undo)).toBe(saved);
  });

  test("that is older than what is open is no news", () => {
    const state = openEditor(stored(3, [line("A")]));
    expect(after(state, overtaken)).toBe(state);
  });
});

describe("the draft that is discarded", () => {
  test("goes back to what is published, told with a way back", () => {
    const before = after(opened(line("A"), line("B")), typed(1, "mine"));
    const state = after(before, {
      type: "discarded",
      saved: stored(2, [line("A")]),
      what: "Back to version 1",
    });
    expect([says(state), isUnsaved(state), state.notice?.kind]).toEqual([["A=x"], false, "replaced"]);
    const back = after(state, undo);
    expect([says(back), isUnsaved(back)]).toEqual([["A=mine", "B=x"], true]);
  });
});

describe("an earlier version that was published again", () => {
  const restored = { version: 1, as: 3 };

  test("is told as published; the step that can be undone is the draft's", () => {
    const state = after(opened(line("A")), { type: "loaded", saved: stored(2, [line("B")]), restored });
    expect(state.notice).toEqual({ kind: "restored", restored });
    expect([says(state), isUnsaved(state), steps(state)]).toEqual([
      ["B=x"],
      false,
      ["Draft back to version 1"],
    ]);
    expect(after(state, undo).notice).toEqual({
      kind: "replaced",
      what: "Draft back to version 1",
      undone: true,
    });
  });

  test("is told too where the draft keeps what it says", () => {
    const state = after(opened(line("A")), { type: "loaded", saved: stored(1, [line("A")]), restored });
    expect([state.notice?.kind, steps(state)]).toEqual(["restored", []]);
  });
});
