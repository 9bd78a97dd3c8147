import { describe, expect, it } from "vitest";
import { findRows } from "./find-rows";
import { Org } from "../org/org";
import { resolveOptions } from "../org/options";

const ROWS = 10_000;
const PAGE = 50;

/** An org whose contacts were changed in the order of their numbers, and named in another. */
function filled(): Org {
  const org = new Org(resolveOptions({}));
  const object = org.schema.standard("Contact");
  for (let n = 0; n < ROWS; n++) {
    org.store.put(object, {
      Id: org.ids.next("003"),
      Name: `Person ${(n * 7919) % ROWS}`,
      IsDeleted: false,
      SystemModstamp: new Date(1_700_000_000_000 + n * 1000).toISOString(),
      ...(n % 4 === 0 ? {} : { Department: `Team ${n % 3}` }),
    });
  }
  org.store.commit();
  return org;
}

describe("a list of many rows", () => {
  const org = filled();
  const object = org.schema.standard("Contact");
  const field = (name: string) => {
    const found = object.field(name);
    if (!found) throw new Error(`There is no ${name}.`);
    return found;
  };
  const names = (start: number, isDescending = false) =>
    findRows(org, object, "", start, PAGE, { field: field("Name"), isDescending }).rows.map(
      ({ Name }) => Name,
    );

  it("is sorted by name from any page on", () => {
    for (const start of [0, ROWS / 2, ROWS - PAGE]) {
      expect(names(start)).toEqual(Array.from({ length: PAGE }, (_, n) => `Person ${start + n}`));
    }
    expect(names(0, true)[0]).toBe(`Person ${ROWS - 1}`);
  });

  it("begins with what was changed last", () => {
    const { rows, total } = findRows(org, object, "", 0, 2);
    expect(total).toBe(ROWS);
    expect(rows.map(({ SystemModstamp }) => SystemModstamp)).toEqual([
      new Date(1_700_000_000_000 + (ROWS - 1) * 1000).toISOString(),
      new Date(1_700_000_000_000 + (ROWS - 2) * 1000).toISOString(),
    ]);
  });

  it("has empty values last", () => {
    const last = findRows(org, object, "", ROWS - PAGE, PAGE, {
      field: field("Department"),
      isDescending: false,
    });
    expect(last.rows.every(({ Department }) => Department === undefined)).toBe(true);
  });

  it("ends with its last page, also for who asks beyond it", () => {
    const { rows, start } = findRows(org, object, "", ROWS * 10, PAGE);
    expect([rows.length, start]).toEqual([PAGE, ROWS - PAGE]);
    expect(findRows(org, object, "nobody", 100, PAGE)).toEqual({ rows: [], total: 0, start: 0 });
  });
});
