import { describe, expect, test } from "vitest";
import type { SourceNode, SourceOverview } from "@/lib/mappings/contract";
import { examplesOf } from "../expressions/examples";
import { readShortForm } from "@/lib/core/mapping/short-form/parse";
import { compiledPath, editorSource, foundIn } from "./source";

const node = (path: string, more: Partial<SourceNode> = {}): SourceNode => ({
  name: path.split("/").at(-1) ?? path,
  path,
  documented: true,
  example: null,
  filled: 0,
  lengths: null,
  type: "text",
  list: false,
  children: [],
  ...more,
});

const email = "authorizations(authorizationCode=EMAIL)";
const overview: SourceOverview = {
  records: 10,
  orderCodes: { types: [], states: [] },
  valueMaps: ["titles"],
  codes: {},
  mapped: { titles: { type: "text", list: false, example: "Mr.", lengths: null } },
  tree: [
    node("contactNumber", { filled: 10, example: "0012345" }),
    node("function", { filled: 2 }),
    node("authorizations", {
      list: true,
      type: null,
      children: [
        node(email, {
          name: "authorizationCode=EMAIL",
          type: null,
          children: [node(`${email}/allowed`, { filled: 9, type: "boolean" })],
        }),
        node("authorizations/allowed", { filled: 10, type: "boolean" }),
      ],
    }),
  ],
};
const source = editorSource(overview, "individual");

describe("what the editor knows of the source", () => {
  test("names of lists and their members, without the branches that choose an element", () => {
    expect(source.model.map(({ name }) => name)).toEqual(["contactNumber", "function", "authorizations"]);
    expect(source.model[2]?.members.map(({ name }) => name)).toEqual(["allowed"]);
  });

  test("the codes that were seen, and the paths, the most filled first", () => {
    expect(source.codes("authorizations", "authorizationCode")).toEqual(["EMAIL"]);
    expect(source.codes("addresses", "countryCode")).toEqual([]);
    expect(source.paths).toEqual(["contactNumber", "authorizations/allowed", `${email}/allowed`, "function"]);
  });

  test("S-360's documentation until the records were read", () => {
    expect(editorSource(null, "operation").model.map(({ name }) => name)).toEqual(["operation", "order"]);
  });

  test("a search keeps the branches that lead to what it finds, by name and by example", () => {
    expect(foundIn(overview.tree, "0012")).toEqual([overview.tree[0]]);
    expect(foundIn(overview.tree, " allowed ")).toHaveLength(1);
    expect(foundIn(overview.tree, "nothing")).toEqual([]);
  });

  test("a picked path becomes the expression of a new line", () => {
    expect(compiledPath(`${email}/allowed`, source)).toEqual({
      expression: 'authorizations[authorizationCode="EMAIL"][0].allowed',
    });
    expect(compiledPath(null, source)).toEqual({});
    // A name that short form cannot write comes as an expression; what is no path at all does not.
    expect(compiledPath('$lookup($, "a`b")', source)).toEqual({ expression: '$lookup($, "a`b")' });
    expect(compiledPath("contactNumber +", source)).toEqual({});
  });
});

test("every example can be written, with records and without", () => {
  for (const of of [source, editorSource(null, "individual"), editorSource(null, "operation")]) {
    for (const { text } of examplesOf(of)) expect(readShortForm(text, of.model)).toMatchObject({ ok: true });
  }
});
