import { describe, expect, it } from "vitest";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import { addRow, editRow, openDraft, readDraft, removeRow, stateOf, typedValue, type Draft } from "./draft";

const opened: ValueMapEntries = {
  values: { MR: "Mr.", "10": 5, "9": true, NONE: null },
  rules: { DR: "leave" },
  otherwise: { default: "Other" },
};

const rowOf = (draft: Draft, code: string) => {
  const found = draft.rows.find((row) => row.code === code);
  if (!found) throw new Error(`no row ${code}`);
  return found;
};

describe("a draft", () => {
  it("opens in the order people look for codes, and is read back as it was", () => {
    const draft = openDraft(opened);
    expect(draft.rows.map(({ code }) => code)).toEqual(["9", "10", "DR", "MR", "NONE"]);
    expect(readDraft(draft)).toMatchObject({ entries: opened, tooMany: false });
    expect(readDraft(draft).problems.size).toBe(0);
    expect(draft.rows.map((row) => stateOf(opened, row))).toEqual([null, null, null, null, null]);
  });

  it.each(["leave", "hold", { default: null }] as const)("keeps the rule %j", (otherwise) => {
    expect(readDraft(openDraft({ values: {}, otherwise })).entries).toEqual({ values: {}, otherwise });
  });

  it("keeps the type of a value whose text is the same", () => {
    const row = rowOf(openDraft(opened), "10");
    expect([typedValue(opened, row, "5"), typedValue(opened, row, "6")]).toEqual([5, "6"]);
  });

  it("keeps a removed row in sight until it is saved, and drops a new one", () => {
    const opening = openDraft(opened);
    const removed = removeRow(opening, rowOf(opening, "MR").id);
    expect(stateOf(opened, rowOf(removed, "MR"))).toBe("removed");
    expect(readDraft(removed).entries.values).not.toHaveProperty("MR");
    const added = addRow(opening);
    expect(removeRow(added, added.rows[0]?.id ?? -1)).toEqual(opening);
  });

  it("passes over a new row that was not filled in", () => {
    const added = addRow(openDraft(opened));
    expect(readDraft(added)).toMatchObject({ entries: opened });
    expect(stateOf(opened, rowOf(added, ""))).toBeNull();
  });

  it("marks empty, doubled and too long codes, and missing values, each in its cell", () => {
    const opening = addRow(openDraft(opened));
    const id = opening.rows[0]?.id ?? -1;
    const problemsWith = (change: object) => readDraft(editRow(opening, id, change)).problems;
    expect(problemsWith({ value: "Sir" }).get(id)).toEqual({ code: "The code is empty." });
    expect(problemsWith({ code: "X" }).get(id)).toEqual({ value: "Give a value, or empty the field." });
    expect(problemsWith({ code: "x".repeat(256), value: "a" }).get(id)?.code).toMatch(/longer than 255/);
    expect(problemsWith({ code: "__proto__", value: "a" }).get(id)?.code).toMatch(/cannot be a code/);
    const twice = problemsWith({ code: " MR ", value: "Sir" });
    expect([...twice.keys()].sort()).toEqual([rowOf(opening, "MR").id, id].sort());
  });

  it("needs a default value where one is to be written", () => {
    expect(readDraft({ ...openDraft(opened), fallback: " " }).fallbackProblem).toMatch(/Give a value/);
    expect(readDraft({ ...openDraft(opened), otherwise: "clear", fallback: " " })).toMatchObject({
      entries: { otherwise: { default: null } },
      fallbackProblem: undefined,
    });
  });
});
