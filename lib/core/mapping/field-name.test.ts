import { describe, expect, test } from "vitest";
import { fieldKeysAmong, sameField, sureFieldKey } from "./field-name";

const names = ["SyncId__c", "[p]SyncId__c", "secutix__SyncId__c"] as const;
const sameAs = (name: string, prefix: string | null) => names.filter((each) => sameField(each, name, prefix));

describe("names of one field", () => {
  test("are those that the org's prefix makes the same, in any case", () => {
    expect(sameAs("[p]syncid__C", "")).toEqual(["SyncId__c", "[p]SyncId__c"]);
    expect(sameAs("[p]syncid__C", "secutix__")).toEqual(["[p]SyncId__c", "secutix__SyncId__c"]);
    expect(sameAs("SYNCID__C", "secutix__")).toEqual(["SyncId__c"]);
  });

  test("are all of these while the prefix is not known: none of them is filled twice unseen", () => {
    for (const name of names) expect(sameAs(name.toUpperCase().replace("[P]", "[p]"), null)).toEqual(names);
  });

  test("surely are those alone that are written alike, while the prefix is not known", () => {
    const sure = (prefix: string | null) => new Set(names.map((name) => sureFieldKey(name, prefix))).size;
    expect([sure(null), sure(""), sure("secutix__")]).toEqual([3, 2, 2]);
    expect(sureFieldKey("[p]SYNCID__C", null)).toBe(sureFieldKey("[p]SyncId__c", null));
  });

  test("are never those of another package, nor of another field", () => {
    expect(sameField("other__SyncId__c", "SyncId__c", null)).toBe(false);
    expect(sameField("SyncId__c", "SyncId2__c", null)).toBe(false);
  });
});

describe("among the names of one org's documents", () => {
  const groups = (...documents: string[][]) => {
    const keyOf = fieldKeysAmong(...documents);
    const all = documents.flat();
    return all.map((name) => all.filter((each) => keyOf(each) === keyOf(name)));
  };

  test("two ways to write a name are one field, each in another document", () => {
    const [own, packaged] = ["X__c", "[p]x__c"];
    expect(groups([own], [packaged])).toEqual([
      [own, packaged],
      [own, packaged],
    ]);
  });

  test("one document that names both means two fields, in all of them", () => {
    expect(groups(["[p]X__c", "Y__c", "x__c"], ["X__c", "[p]Y__c"])).toEqual([
      ["[p]X__c"],
      ["Y__c", "[p]Y__c"],
      ["x__c", "X__c"],
      ["x__c", "X__c"],
      ["Y__c", "[p]Y__c"],
    ]);
  });

  test("an org that has both fields has two, and [p] means the package's", () => {
    expect(groups(["X__c"], ["[p]X__c"], ["secutix__X__c"])).toEqual([
      ["X__c"],
      ["[p]X__c", "secutix__X__c"],
      ["[p]X__c", "secutix__X__c"],
    ]);
  });
});
