import { describe, expect, it } from "vitest";
import { QueryCursors } from "./cursors";
import { listOf } from "./query-list";

const LIST = listOf([1, 2, 3], (row) => row);
const NOW = new Date("2026-11-22T08:00:00Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

describe("A query cursor", () => {
  it("lives two days", () => {
    const cursors = new QueryCursors();
    const id = cursors.add(LIST, "ann", 200, NOW);
    expect(cursors.find(id, "ann", later(48))).toMatchObject({ list: LIST, pageSize: 200 });
    expect(cursors.find(id, "ann", later(49))).toBeUndefined();
    expect(cursors.find(id, "ann", NOW)).toBeUndefined();
  });

  it("belongs to the user who opened it", () => {
    const cursors = new QueryCursors();
    const id = cursors.add(LIST, "ann", 200, NOW);
    expect(cursors.find(id, "bob", NOW)).toBeUndefined();
    expect(cursors.find(id, "ann", NOW)).toBeDefined();
  });

  it("gives way to the eleventh of the same user, and to nobody else's", () => {
    const cursors = new QueryCursors();
    const [first, second] = [cursors.add(LIST, "ann", 200, NOW), cursors.add(LIST, "ann", 200, NOW)];
    for (let count = 0; count < 20; count++) cursors.add(LIST, "bob", 200, NOW);
    for (let count = 0; count < 20; count++) cursors.add(LIST, "ann", 200, NOW, true);
    expect(cursors.find(first, "ann", NOW)).toBeDefined();
    for (let count = 0; count < 9; count++) cursors.add(LIST, "ann", 200, NOW);
    expect(cursors.find(first, "ann", NOW)).toBeUndefined();
    expect(cursors.find(second, "ann", NOW)).toBeDefined();
  });

  it("ends when all are ended", () => {
    const cursors = new QueryCursors();
    const id = cursors.add(LIST, "ann", 200, NOW);
    expect(cursors.expireAll()).toBe(1);
    expect(cursors.find(id, "ann", NOW)).toBeUndefined();
  });
});
