import { describe, expect, test } from "vitest";
import { lineSchema, type MappingLine } from "@/lib/core/mapping/document";
import { checkPublishable } from "@/lib/core/mapping/publish/publish";
import { sourceModel } from "@/lib/core/mapping/source-model";
import type { TargetField } from "@/lib/mappings/contract";
import { editorSource, type EditorSource } from "../source/source";
import {
  chooseEdits,
  chooseOwner,
  ownerRules,
  saysSame,
  wayBackOf,
  wayBackOffers,
  wayBackProblem,
  wayBackWords,
  withAdvice,
} from "./way-back";

const line = (changes: Partial<MappingLine> = {}): MappingLine => ({
  ...lineSchema.parse({ target: "FirstName", expression: "individualContact.individualFirstName" }),
  ...changes,
});

const field = (changes: Partial<TargetField> = {}): TargetField => ({
  target: "FirstName",
  name: "FirstName",
  label: "First Name",
  type: "text(40)",
  isBoolean: false,
  room: { label: "Field", type: "text", length: 40, restrictedPicklist: false, picklistValues: [] },
  referenceTo: [],
  required: false,
  notWritable: null,
  ...changes,
});

const overview = {
  ...{ records: 1, tree: [], orderCodes: { types: [], states: [] }, codes: {}, mapped: {} },
  valueMaps: ["titles"],
};
const source: EditorSource = {
  ...editorSource(null, "individual"),
  ...{ overview, valueMaps: overview.valueMaps, model: sourceModel("individual") },
};

const start = "This line goes from S-360 to Salesforce only, because ";

describe("whether edits of a field can go back", () => {
  test("they can where the expression reads one member, known field or not", () => {
    const possible = {
      outcome: "possible",
      sentence: "What people edit goes into individualContact/individualFirstName.",
    };
    expect(wayBackOf(line(), "individual", field(), source)).toEqual(possible);
    expect(wayBackOf(line(), "individual", null, source)).toEqual(possible);
  });

  test.each<[string, Partial<MappingLine>, Partial<TargetField>, string]>([
    ["computes", { expression: "$uppercase(individualContact.individualFirstName)" }, {}, "cannot be turned"],
    ["fills a lookup", {}, { type: "lookup(Account)", referenceTo: ["Account"] }, "(reference)"],
    ["fills a list of choices", {}, { type: "multi-select picklist" }, "(multipicklist)"],
    ["points to a record", { reference: { object: "Account" } }, {}, "points to another record"],
    ["writes new records only", { when: "create" }, {}, "only on new records"],
    ["writes empty fields only", { when: "blank" }, {}, "only while the field is empty"],
  ])("they cannot where the line %s, and a sentence says so", (_what, changes, target, words) => {
    const answer = wayBackOf(line(changes), "individual", field(target), source);
    expect(answer).toEqual({ outcome: "impossible", sentence: expect.stringContaining(words) as string });
    expect(answer).toHaveProperty("sentence", expect.stringContaining(start));
  });

  test("they cannot through a value map that is not there, as far as the maps are known", () => {
    const titled = (name: string) =>
      line({ expression: `$valueMap("${name}", individualContact.title)`, twoWay: true });
    expect(wayBackOf(titled("titles"), "individual", field(), source).outcome).toBe("possible");
    const sentence = `${start}there is no value map “tittles”.`;
    expect(wayBackOf(titled("tittles"), "individual", field(), source)).toEqual({
      outcome: "impossible",
      sentence,
    });
    expect(wayBackProblem(titled("tittles"), "individual", field(), source)).toBe(sentence);
    const unread = editorSource(null, "individual");
    expect(wayBackOf(titled("tittles"), "individual", field(), unread).outcome).toBe("possible");
    expect(
      checkPublishable(
        { kind: "individual", object: "Account", keyField: "K", lines: [titled("tittles")] },
        null,
        ["titles"],
      ).map(({ sentence }) => sentence),
    ).toContain(
      'There is no value map "tittles". Did you mean "titles"? Otherwise create it, or choose another.',
    );
  });

  test("it is doubtful to a name that S-360 neither documents nor ever sent", () => {
    const unknown = line({ expression: "individualContact.individualFristName" });
    expect(wayBackOf(unknown, "individual", field(), source)).toEqual({
      outcome: "doubtful",
      sentence: expect.stringMatching(/not known to keep anything\.$/) as string,
    });
    const member = { name: "individualFristName", type: null, list: false, members: [] };
    const sent = [{ name: "individualContact", type: null, list: false, members: [member] }];
    expect(wayBackOf(unknown, "individual", field(), { ...source, model: sent }).outcome).toBe("possible");
    const offered = wayBackOffers([{ uid: 1, line: unknown }], "individual", new Map(), source);
    expect(offered).toEqual([]);
  });

  test("those of sales never do", () => {
    expect(wayBackOf(line(), "operation", field(), source)).toMatchObject({ outcome: "impossible" });
  });

  test.each(["", "$uppercase(individualContact", "a +"])(
    "nothing is said while %j is typed",
    (expression) => {
      const typed = line({ expression, twoWay: true });
      expect(wayBackOf(typed, "individual", field(), source)).toEqual({ outcome: "unknown" });
      expect(wayBackProblem(typed, "individual", field(), source)).toBeNull();
    },
  );
});

describe("ways back are offered", () => {
  const fields = new Map([["FirstName", field({ label: "Vorname" })]]);
  const offersFor = (changes: Partial<MappingLine>, known = fields) =>
    wayBackOffers([{ uid: 7, line: line({ twoWay: false, ...changes }) }], "individual", known, source);

  test("for lines whose edits stay though they could go back, with what would become of them", () => {
    const sentence = "What people edit goes into individualContact/individualFirstName.";
    expect(offersFor({})).toEqual([{ uid: 7, name: "Vorname", sentence }]);
    expect(offersFor({}, new Map())).toMatchObject([{ name: "FirstName" }]);
  });

  test.each<[string, Partial<MappingLine>]>([
    ["go both ways already", { twoWay: true }],
    ["cannot be turned round", { expression: "$uppercase(individualContact.individualFirstName)" }],
    ["cannot be read yet", { expression: "individualContact." }],
  ])("but not for lines that %s", (_what, changes) => expect(offersFor(changes)).toEqual([]));

  test("but not for fields that nobody can edit", () => {
    expect(offersFor({}, new Map([["FirstName", field({ notWritable: "It is computed." })]]))).toEqual([]);
  });
});

describe("a line that is switched to go both ways and cannot", () => {
  const upper = line({ expression: "$uppercase(individualContact.individualFirstName)", twoWay: true });

  test("is a problem until it is switched off", () => {
    expect(wayBackProblem(upper, "individual", field(), source)).toContain("$uppercase");
    expect(wayBackProblem({ ...upper, ...chooseEdits("stay") }, "individual", field(), source)).toBeNull();
  });

  test("is known by what publishing would refuse it with, told in the words of the switch", () => {
    const document = {
      kind: "individual",
      object: "Account",
      keyField: "IndivSecutixContactID__c",
      lines: [upper],
    } as const;
    const [refusal] = checkPublishable({ ...document, lines: [...document.lines] }, null);
    const problem = wayBackProblem(upper, "individual", field(), source);
    expect(saysSame(refusal?.sentence ?? "", problem)).toBe(true);
    expect(saysSame("There is no value map “titles”.", problem)).toBe(false);
    expect(withAdvice(problem ?? "")).toMatch(/turned back; let its edits stay in Salesforce, or write/);
  });
});

test("letting edits stay forgets whose value stays when both sides changed", () => {
  expect(chooseEdits("stay")).toStrictEqual({ twoWay: false, owner: undefined });
  expect(chooseEdits("back")).toStrictEqual({ twoWay: true });
  expect(chooseOwner("rules")).toStrictEqual({ owner: undefined });
  expect(chooseOwner("salesforce")).toStrictEqual({ owner: "salesforce" });
});

test("a line says whose value stays where that is its own rule", () => {
  expect(ownerRules(line({ twoWay: true, owner: "s360" }))).toEqual(["Both changed: S-360’s value stays"]);
  expect(ownerRules(line({ twoWay: true }))).toEqual([]);
  expect(ownerRules(line({ owner: "s360" }))).toEqual([]);
});

describe("the way back of two lines compared", () => {
  test("is told on both sides where it differs", () => {
    expect(wayBackWords(line({ twoWay: true }), line())).toEqual(["Edits in Salesforce go back to S-360"]);
    expect(wayBackWords(line(), line({ twoWay: true }))).toEqual(["Edits in Salesforce stay there"]);
    const ours = line({ twoWay: true, owner: "salesforce" });
    const usual = line({ twoWay: true });
    expect(wayBackWords(ours, usual)).toEqual(["When both sides changed it: Salesforce’s value stays"]);
    expect(wayBackWords(usual, ours)).toEqual(["When both sides changed it: as the rules say"]);
  });

  test("is not told where it is the same, or usual for a line without another", () => {
    expect(wayBackWords(line({ twoWay: true }), line({ twoWay: true }))).toEqual([]);
    expect(wayBackWords(line(), null)).toEqual([]);
    expect(wayBackWords(line({ twoWay: true }), null)).toEqual(["Edits in Salesforce go back to S-360"]);
  });
});
