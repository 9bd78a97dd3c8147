import { describe, expect, test } from "vitest";
import { lineOf } from "@/lib/core/mapping/defaults/defaults-contacts";
import { sourceModel } from "@/lib/core/mapping/source-model";
import { doubtsOfLine } from "./name-doubts";
import { editorSource, type EditorSource } from "../source/source";

const overview = {
  records: 0,
  tree: [],
  valueMaps: [],
  orderCodes: { types: [], states: [] },
  codes: {},
  mapped: {},
};
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

const told = (expression: string) => doubtsOfLine(line(expression), source);

describe("names that no source has", () => {
  test("are told, as are codes that S-360 never sent", () => {
    expect(told("addresses[main][0].twon")).toEqual([
      "S-360's documentation knows no twon here. Did you mean town?",
    ]);
    expect(told('authorizations[authorizationCode="EMIAL"][0].allowed')).toEqual([
      "S-360's documentation knows no authorizationCode EMIAL; did you mean EMAIL?",
    ]);
    expect(told("role")).toEqual([]);
  });

  test("are told with what becomes of edits where those would go back under them", () => {
    const back = { ...line("rolle"), line: { ...line("rolle").line, twoWay: true } };
    expect(doubtsOfLine(back, source)).toEqual([
      expect.stringMatching(
        /Did you mean role\? What people edit in Salesforce would go back.*not known to keep anything\.$/,
      ),
    ]);
    expect(told("rolle")[0]).not.toMatch(/go back/);
  });

  test("are not told of what is half written, nor before it is known what S-360 sends", () => {
    expect(doubtsOfLine(line("rolle", "role +"), source)).toEqual([]);
    expect(doubtsOfLine(line("rolle"), editorSource(null, "individual"))).toEqual([]);
  });
});
