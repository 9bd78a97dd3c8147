import { describe, expect, test } from "vitest";
import { lineSchema } from "@/lib/core/mapping/document";
import { documentedAt } from "@/lib/core/mapping/fit/source-value";
import { sourceModel } from "@/lib/core/mapping/source-model";
import type { SourceNode, SourceOverview, TargetField } from "@/lib/mappings/contract";
import { remarksOfLine, fittingPaths, valueAt } from "./fit";
import { editorSource } from "../source/source";

const leaf = (path: string, type: SourceNode["type"], example: string | null, filled = 1): SourceNode => ({
  ...{ name: path, path, documented: true, example, filled, type, list: false, children: [] },
  lengths: example === null ? null : { usual: example.length, longest: example.length },
});
const overview: SourceOverview = {
  records: 10,
  tree: [
    leaf("function", "text", "Anna", 10),
    leaf("creationDate", "dateTime", "2020-01-01T10:00:00Z", 9),
    leaf("endValidityDate", "dateTime", null, 0),
    leaf("contactId", "number", "12", 10),
  ],
  valueMaps: ["grades"],
  codes: {},
  mapped: { grades: { type: "number", list: false, example: "1", lengths: null } },
  orderCodes: { types: [], states: [] },
};
const source = editorSource(overview, "individual");

const field = (type: TargetField["room"]["type"], length = 0): TargetField => ({
  ...{ target: "Since__c", name: "Since__c", label: "Since", type, isBoolean: false, referenceTo: [] },
  room: { label: "Since", type, length, restrictedPicklist: false, picklistValues: [] },
  ...{ required: false, notWritable: null },
});
const edited = (expression: string, more: object = {}) => ({
  ...{ uid: 1, unread: null },
  line: lineSchema.parse({ target: "Since__c", expression, ...more }),
});

describe("a line and its field", () => {
  test("that cannot fit are told, with an example that was seen", () => {
    expect(remarksOfLine(edited("function"), field("date"), source)).toEqual({
      grade: "unlikely",
      sentences: ["Since takes a date; function is a text such as “Anna”."],
    });
    expect(remarksOfLine(edited("contactId"), field("date"), source).grade).toBe("never");
  });

  test("are silent while the line is half typed, the field unknown or the expression says more than short form", () => {
    const silent = { grade: "fits", sentences: [] };
    expect(
      remarksOfLine({ ...edited("function"), unread: { text: "func(", cells: null } }, field("date"), source),
    ).toEqual(silent);
    expect(remarksOfLine(edited("function"), null, source)).toEqual(silent);
    expect(remarksOfLine(edited("$uppercase(function)"), field("date"), source)).toEqual(silent);
  });

  test("of a value map, by what its values are", () => {
    const graded = edited('$valueMap("grades", function)');
    expect(remarksOfLine(graded, field("number"), source).grade).toBe("fits");
    expect(remarksOfLine(graded, field("boolean"), source).grade).toBe("never");
  });

  test("too short for what comes are told, unless the rest is cut", () => {
    const short = field("text", 3);
    expect(remarksOfLine(edited("function"), short, source).sentences[0]).toContain("about 4 characters");
    expect(remarksOfLine(edited("function", { tooLong: "cut" }), short, source).sentences).toEqual([]);
  });
});

test("a field that takes only its own kind is offered the values that fit, the most filled first", () => {
  expect(fittingPaths(field("date"), source)).toEqual(["creationDate", "endValidityDate"]);
  expect(fittingPaths(field("text"), source)).toEqual([]);
});

test("until records were read S-360's documentation tells the kinds", () => {
  const unread = editorSource(null, "individual");
  expect(unread.seen.at("contactId")).toEqual(documentedAt(sourceModel("individual"))("contactId"));
  expect(valueAt("contactId", unread)?.kind).toBe("number");
});
