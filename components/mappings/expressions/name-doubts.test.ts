import { describe, expect, test } from "vitest";
import { lineOf } from "@/lib/core/mapping/defaults/defaults-contacts";
import { sourceModel } from "@/lib/core/mapping/source-model";
import { doubtOfLine, doubtsOf } from "./name-doubts";
import { editorSource, type EditorSource } from "../source/source";

const overview = { records: 0, tree: [], valueMaps: [], orderCodes: { types: [], states: [] }, mapped: {} };
const source: EditorSource = {
  ...editorSource(null, "individual"),
  overview,
  model: sourceModel("individual"),
};

const line = (expression: string, unread: string | null = null) => ({
  uid: 1,
  line: lineOf({ target: "City__c", expression }),
  unread: unread === null ? null : { text: unread, cells: null },
});

describe("names that no source has", () => {
  test("are told with the line or the filter they stand in", () => {
    const content = { lines: [line("addresses[main][0].twon"), line("role")], filter: 'stat = "ACTIVE"' };
    expect(doubtsOf(content, source, () => "City")).toEqual([
      "Which records take part: S-360's documentation knows no stat here. Did you mean state?",
      "City: S-360's documentation knows no twon here. Did you mean town?",
    ]);
  });

  test("are told with what becomes of edits where those would go back under them", () => {
    const back = { ...line("rolle"), line: { ...line("rolle").line, twoWay: true } };
    expect(doubtOfLine(back, source)).toMatch(
      /Did you mean role\? What people edit in Salesforce would go back/,
    );
    const told = doubtsOf({ lines: [back], filter: "" }, source, () => "City");
    expect(told).toEqual([expect.stringMatching(/^City: .*not known to keep anything\.$/)]);
    expect(doubtOfLine(line("rolle"), source)).not.toMatch(/go back/);
  });

  test("are not told of what is half written, nor before it is known what S-360 sends", () => {
    expect(doubtOfLine(line("rolle"), source)).toMatch(/Did you mean role/);
    expect(doubtOfLine(line("rolle", "role +"), source)).toBeNull();
    expect(doubtOfLine(line("rolle"), editorSource(null, "individual"))).toBeNull();
  });
});
