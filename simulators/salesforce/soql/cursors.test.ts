import { describe, expect, it } from "vitest";
import { QueryCursors } from "./cursors";
import { listOf } from "./query-list";
import { Schema } from "../model/schema";

const LIST = listOf([1, 2, 3], (row) => row);
const NOW = new Date("2026-11-22T08:00:00Z");
const schema = new Schema({
  personAccounts: false,
  prefix: "",
  secutixPackage: true,
  multiCurrency: false,
  stateCountryPicklists: false,
});
const ANN = { userId: "ann", schema };
const BOB = { userId: "bob", schema };
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

describe("A query cursor", () => {
  it("lives two days", () => {
    const cursors = new QueryCursors();
    const id = cursors.add(LIST, ANN, 200, NOW);
    expect(cursors.find(id, ANN, later(48))).toMatchObject({ list: LIST, pageSize: 200 });
    expect(cursors.find(id, ANN, later(49))).toBeUndefined();
    expect(cursors.find(id, ANN, NOW)).toBeUndefined();
  });

  it("belongs to the user who opened it", () => {
    const cursors = new QueryCursors();
    const id = cursors.add(LIST, ANN, 200, NOW);
    expect(cursors.find(id, BOB, NOW)).toBeUndefined();
    expect(cursors.find(id, ANN, NOW)).toBeDefined();
  });

  it("gives way to the eleventh of the same user, and to nobody else's", () => {
    const cursors = new QueryCursors();
    const [first, second] = [cursors.add(LIST, ANN, 200, NOW), cursors.add(LIST, ANN, 200, NOW)];
    for (let count = 0; count < 20; count++) cursors.add(LIST, BOB, 200, NOW);
    for (let count = 0; count < 20; count++) cursors.add(LIST, ANN, 200, NOW, true);
    expect(cursors.find(first, ANN, NOW)).toBeDefined();
    for (let count = 0; count < 9; count++) cursors.add(LIST, ANN, 200, NOW);
    expect(cursors.find(first, ANN, NOW)).toBeUndefined();
    expect(cursors.find(second, ANN, NOW)).toBeDefined();
  });

  it("ends when its user no longer sees all that was to be seen, and not when more is", () => {
    const cursors = new QueryCursors();
    const less = { userId: "ann", schema: schema.without(["Opportunity"]) };
    const [wide, narrow] = [cursors.add(LIST, ANN, 200, NOW), cursors.add(LIST, less, 200, NOW)];
    expect(cursors.find(wide, less, NOW)).toBeUndefined();
    expect(cursors.find(narrow, ANN, NOW)).toBeDefined();
  });

  it("ends when all are ended", () => {
    const cursors = new QueryCursors();
    const id = cursors.add(LIST, ANN, 200, NOW);
    expect(cursors.expireAll()).toBe(1);
    expect(cursors.find(id, ANN, NOW)).toBeUndefined();
  });
});
