/** Which records of a large backlog go into a job. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FakeVenue } from "@/testing/fake-venue";
import { claim } from "../records";
import { syncBatch } from "../sync-batch";
import { person, syncWorld } from "../test-world";
import { parkingOf } from "./park";

const { world, rows, contacts } = syncWorld();

/** A backlog comes in, of which everything is to go into jobs that may; gives how many did. */
async function parked(...numbers: readonly string[]): Promise<number> {
  await contacts(...numbers.map((number) => person(number)));
  const batch = await claim(world.deps.db, world.connectionId, "in", 1_000);
  const bulk = { ...parkingOf(world.deps, batch, new Set()), wants: () => true };
  await syncBatch({ ...world.deps, bulk }, batch);
  return (await rows(sql`select from bulk_row`)).length;
}

/** Before a poll of the feed takes them for somebody else's. */
const links = async () => (await rows(sql`select from link`)).length;

describe("new records with two-way lines", () => {
  it("go into a job where nothing goes back to S-360", async () => {
    expect(await parked("1", "2", "3")).toBe(3);
    expect(await links()).toBe(0);
  });

  it("are written by calls where edits go back, so that they are known before anybody can edit them", async () => {
    world.deps = { ...world.deps, contacts: new FakeVenue() };
    expect(await parked("1", "2", "3")).toBe(0);
    expect(await links()).toBe(3);
  });
});
