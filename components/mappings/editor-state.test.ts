import { describe, expect, test } from "vitest";
import { lineOf } from "@/lib/core/mapping/defaults-contacts";
import type { MappingLine } from "@/lib/core/mapping/document";
import {
  documentOf,
  editorReducer,
  isEditedSince,
  openEditor,
  type EditorAction,
  type EditorState,
} from "./editor-state";

const line = (target: string, expression = "x"): MappingLine => lineOf({ target, expression });

function opened(...lines: MappingLine[]): EditorState {
  const document = { kind: "individual" as const, object: "Account", keyField: "A", lines };
  return openEditor({ draft: { revision: 1, by: null, at: "2026-01-01T00:00:00.000Z" }, document });
}

const after = (state: EditorState, ...actions: EditorAction[]) => actions.reduce(editorReducer, state);
const says = (state: EditorState) =>
  documentOf(state).lines.map(({ target, expression }) => `${target}=${expression}`);

const replaced: EditorAction = {
  type: "lines-replaced",
  lines: [line("B", "b"), line("A", "a"), line("C")],
  what: "3 lines from the pasted list",
};
const turned: EditorAction = { type: "replacement-turned" };

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

  test("are undone in one step, and done again", () => {
    const before = opened(line("A"), line("B"));
    const undone = after(before, replaced, turned);
    expect(undone.lines).toEqual(before.lines);
    expect(undone.replacement?.undone).toBe(true);
    expect(says(after(undone, turned))).toEqual(["B=b", "A=a", "C=x"]);
  });

  test("lose nothing that was edited in between", () => {
    const edited: EditorAction = { type: "edited", uid: 3, changes: { expression: "mine" } };
    const state = after(opened(line("A")), replaced, edited);
    expect(state.replacement && isEditedSince(state.replacement, state)).toBe(true);
    expect(says(after(state, turned))).toEqual(["A=x"]);
    expect(says(after(state, turned, turned))).toEqual(says(state));
    const undoneAndEdited = after(state, turned, {
      type: "edited",
      uid: 1,
      changes: { expression: "later" },
    });
    expect(says(after(undoneAndEdited, turned, turned))).toEqual(["A=later"]);
  });

  test("bring their filter along where they have one, as part of the same step", () => {
    const before = after(opened(line("A")), { type: "filtered", filter: "mine" });
    const state = after(before, { ...replaced, filter: "theirs" });
    expect(documentOf(state).filter).toBe("theirs");
    const undone = after(state, turned);
    expect([undone.filter, undone.lines]).toEqual(["mine", before.lines]);
    expect(after(undone, turned).filter).toBe("theirs");
    const cleared = after(before, { ...replaced, filter: "" });
    expect(documentOf(cleared)).not.toHaveProperty("filter");
  });

  test("leave the filter alone where they have none, also when they are undone", () => {
    const state = after(opened(line("A")), replaced, { type: "filtered", filter: "later" });
    expect(state.replacement && isEditedSince(state.replacement, state)).toBe(false);
    expect(after(state, turned).filter).toBe("later");
  });

  test("cannot be undone once saved: then the versions tell", () => {
    const state = after(opened(line("A")), replaced);
    const saved = after(state, { type: "saved", saved: { ...state.saved, document: documentOf(state) } });
    expect(saved.replacement).toBeNull();
    expect(after(saved, turned)).toBe(saved);
  });

  test("give new lines identities that no line had before", () => {
    const state = after(opened(line("A")), replaced, turned, { type: "added", line: line("D") });
    expect(new Set(state.lines.map(({ uid }) => uid)).size).toBe(state.lines.length);
    expect(state.lines.at(-1)?.uid).toBe(4);
  });
});
