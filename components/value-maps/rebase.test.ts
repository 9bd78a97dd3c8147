import { describe, expect, it } from "vitest";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import { addRow, editRow, openDraft, removeRow, type Draft } from "./draft";
import { entriesOf, rebase, withTable } from "./rebase";

const opened: ValueMapEntries = { values: { A: "a", B: "b", C: "c" }, otherwise: "leave" };
const theirs: ValueMapEntries = { values: { A: "a", B: "theirs", D: "d" }, otherwise: "hold" };

const idOf = (draft: Draft, code: string) => draft.rows.find((row) => row.code === code)?.id ?? -1;
const edited = (code: string, change: object) =>
  editRow(openDraft(opened), idOf(openDraft(opened), code), change);
const added = (code: string, value: string) => {
  const draft = addRow(openDraft(opened));
  return editRow(draft, draft.rows[0]?.id ?? -1, { code, value });
};
const onTheirs = (draft: Draft) => entriesOf(rebase(opened, theirs, draft));

describe("on top of what somebody else saved", () => {
  it("everything is as theirs where nothing was changed here", () => {
    expect(onTheirs(openDraft(opened))).toEqual(theirs);
  });

  it("a change of mine stays, and theirs beside it", () => {
    expect(onTheirs(edited("A", { value: "mine" }))).toEqual({
      ...theirs,
      values: { A: "mine", B: "theirs", D: "d" },
    });
    expect(onTheirs(edited("B", { value: "mine" })).values).toEqual({ A: "a", B: "mine", D: "d" });
    expect(onTheirs({ ...openDraft(opened), otherwise: "clear" }).otherwise).toEqual({ default: null });
  });

  it("what they removed and I changed is there again; what both removed is gone", () => {
    expect(onTheirs(edited("C", { value: "mine" })).values).toMatchObject({ C: "mine" });
    const draft = openDraft(opened);
    expect(onTheirs(removeRow(draft, idOf(draft, "C"))).values).not.toHaveProperty("C");
  });

  it("a code that both added is one row, with my value", () => {
    const draft = rebase(opened, theirs, added("D", "mine"));
    expect(draft.rows.filter(({ code }) => code === "D")).toHaveLength(1);
    expect(entriesOf(draft).values).toMatchObject({ D: "mine" });
  });

  it("a row that cannot be saved yet is kept as it is typed", () => {
    expect(rebase(opened, theirs, added("", "half")).rows[0]).toMatchObject({ code: "", value: "half" });
  });

  it("of a save that is taken back nothing is left but what was typed since", () => {
    const saved: ValueMapEntries = { ...opened, values: { ...opened.values, A: "x" }, otherwise: "hold" };
    const typed = openDraft(saved);
    const since = editRow(typed, idOf(typed, "B"), { value: "mine" });
    expect(entriesOf(rebase(saved, opened, since))).toEqual({
      ...opened,
      values: { A: "a", B: "mine", C: "c" },
    });
  });

  it("a renamed code takes its old one along", () => {
    expect(onTheirs(edited("A", { code: "Z" })).values).toEqual({ Z: "a", B: "theirs", D: "d" });
  });
});

describe("a table from outside", () => {
  const table = { values: { A: "a", B: "file", E: 1 }, rules: { F: "hold" as const } };

  it("replaces what is there", () => {
    expect(entriesOf(withTable(opened, openDraft(opened), table, false))).toEqual({
      ...table,
      otherwise: "leave",
    });
  });

  it("has no rule for other codes: the one that is there stays, as typed too", () => {
    const ruled: ValueMapEntries = { ...opened, otherwise: { default: "x" } };
    expect(entriesOf(withTable(ruled, openDraft(ruled), table, false)).otherwise).toEqual({ default: "x" });
    const typed = { ...openDraft(opened), otherwise: "default" as const, fallback: "y" };
    expect(entriesOf(withTable(opened, typed, table, false)).otherwise).toEqual({ default: "y" });
  });

  it("keeps the codes it does not have when asked to", () => {
    expect(entriesOf(withTable(opened, openDraft(opened), table, true)).values).toEqual({
      ...table.values,
      C: "c",
    });
  });

  it("puts back what was removed here, and goes over what was typed", () => {
    const draft = openDraft(opened);
    const removed = removeRow(draft, idOf(draft, "A"));
    expect(entriesOf(withTable(opened, removed, table, false)).values).toEqual(table.values);
    expect(entriesOf(withTable(opened, added("E", "typed"), table, false)).values).toEqual(table.values);
    expect(entriesOf(withTable(opened, edited("A", { code: "Z" }), table, false)).values).toEqual(
      table.values,
    );
  });
});
