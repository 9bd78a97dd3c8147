import { readFileSync } from "node:fs";
import jsonata from "jsonata";
import { describe, expect, it } from "vitest";
import { checkExpression } from "@/lib/core/mapping/expression/allow-list";
import { compileShortForm } from "@/lib/core/mapping/short-form/compile";
import { readShortForm } from "@/lib/core/mapping/short-form/parse";
import { sourceModel } from "@/lib/core/mapping/source-model";
import type { SourceNode } from "./contract";
import { sourceTree } from "./source-tree";

const contacts = JSON.parse(readFileSync("e2e/payloads/contacts-50.json", "utf8")) as unknown[];
const model = sourceModel("individual");
const tree = sourceTree(contacts, model);

const at = (nodes: readonly SourceNode[], ...names: string[]): SourceNode => {
  const [name, ...further] = names;
  const node = nodes.find((each) => each.name === name);
  if (!node) throw new Error(`no ${name ?? ""} among ${nodes.map((each) => each.name).join(", ")}`);
  return further.length === 0 ? node : at(node.children, ...further);
};
const townLengths = (contacts as { addresses?: { main?: boolean; town?: string }[] }[]).flatMap(
  ({ addresses = [] }) => {
    const main = addresses.find((address) => address.main === true);
    return main?.town === undefined ? [] : [main.town.length];
  },
);
const leaves = (nodes: readonly SourceNode[]): SourceNode[] =>
  nodes.flatMap((node) => (node.children.length > 0 ? leaves(node.children) : [node]));

describe("what records of S-360 hold", () => {
  it("says how often each value is there, with an example", () => {
    expect(at(tree, "contactNumber")).toMatchObject({
      path: "contactNumber",
      filled: 50,
      type: "text",
      documented: true,
    });
    const born = contacts.filter((contact) => JSON.stringify(contact).includes('"birthday":"')).length;
    expect(at(tree, "individualContact", "birthday")).toMatchObject({ filled: born, type: "date" });
    expect(at(tree, "structureContact", "officialName").example).toMatch(/\w/);
    const [longest, town] = [Math.max(...townLengths), at(tree, "addresses", "main", "town")];
    expect(town.lengths).toMatchObject({ longest });
    expect(town.lengths?.usual).toBeLessThanOrEqual(longest);
  });

  it("tells elements of a list apart by flags and codes", () => {
    expect(at(tree, "authorizations", "authorizationCode=EMAIL", "allowed")).toMatchObject({
      path: "authorizations(authorizationCode=EMAIL)/allowed",
      filled: 50,
    });
    expect(at(tree, "addresses", "main", "town").path).toBe("addresses(main)/town");
    expect(at(tree, "addresses", "shippingAddress").filled).toBe(17);
    expect(at(tree, "communicationMeans", "email").path).toBe("communicationMeans/email");
  });

  it("shows names that mean something to JavaScript like any other", () => {
    const hostile = JSON.parse(
      '{"__proto__":{"a":"x"},"constructor":"y","toString":[{"code":"A","hasOwnProperty":true}]}',
    ) as unknown;
    const nodes = sourceTree([hostile, {}], []);
    expect(at(nodes, "__proto__", "a")).toMatchObject({ path: "__proto__/a", example: "x", filled: 1 });
    expect(at(nodes, "constructor")).toMatchObject({ example: "y", filled: 1 });
    expect(at(nodes, "toString", "code=A", "hasOwnProperty")).toMatchObject({ filled: 1 });
    for (const { path } of leaves(nodes)) expect(readShortForm(path).ok, path).toBe(true);
  });

  it("has what the documentation knows and no record holds, and what records hold and it does not know", () => {
    expect(at(tree, "endValidityDate")).toMatchObject({ filled: 0, example: null, documented: true });
    const [own] = sourceTree([{ "my field": { größe: "XL" } }], []);
    expect(own).toMatchObject({
      name: "my field",
      documented: false,
      children: [{ path: "`my field`/größe", filled: 1 }],
    });
  });

  it("keeps names apart that differ only by case from what is documented", () => {
    const nodes = sourceTree([{ contactNumber: "1", ContactNumber: "2" }, { ContactNumber: "3" }], model);
    expect(at(nodes, "contactNumber")).toMatchObject({ filled: 1, example: "1", path: "contactNumber" });
    expect(at(nodes, "ContactNumber")).toMatchObject({ filled: 2, example: "2", documented: false });
    const read = readShortForm(at(nodes, "ContactNumber").path, model);
    expect(read.ok && compileShortForm(read.form)).toBe("ContactNumber");
  });

  it("writes names that hold a backtick as an expression", async () => {
    const records = [{ "a`b": "x", list: [{ code: "A", "c`d": { e: 5 } }] }];
    const nodes = sourceTree(records, []);
    const paths = leaves(nodes)
      .map(({ path }) => path)
      .filter((path) => path.includes("$lookup"));
    expect(paths).toContain('$lookup($, "a`b")');
    expect(at(nodes, "list", "code=A", "c`d", "e").path).toBe('$lookup(`list`[`code`="A"][0], "c`d").`e`');
    for (const path of paths) {
      expect(checkExpression(path)).toEqual([]);
      expect(await jsonata(path).evaluate(records[0])).toSatisfy((value) => value === "x" || value === 5);
    }
  });

  it("gives nothing but paths that short form can read", () => {
    for (const { path } of leaves(tree)) expect(readShortForm(path, model)).toMatchObject({ ok: true });
    const sales = sourceTree(
      [{ operation: { product: "Jazz" }, order: { orderId: 1 } }],
      sourceModel("operation"),
    );
    expect(at(sales, "operation", "product").path).toBe("operation.product");
    for (const { path } of leaves(sales))
      expect(readShortForm(path, sourceModel("operation"))).toMatchObject({ ok: true });
  });

  it("stays small, and takes anything", () => {
    const deep = Array.from({ length: 60 }).reduce<unknown>((inner) => ({ a: inner, b: [inner] }), 1);
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`key${n}`, n]));
    const count = (nodes: readonly SourceNode[]): number =>
      nodes.reduce((sum, { children }) => sum + 1 + count(children), 0);
    expect(
      count(sourceTree([deep, wide, null, 7, "text", [], [[[]]], { "`": 1, "": 2 }], model)),
    ).toBeLessThanOrEqual(1_500);
    expect(count(sourceTree([], model))).toBeGreaterThan(50);
  });
});
