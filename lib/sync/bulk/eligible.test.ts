/** Which records of a large backlog go into a job. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FakeVenue } from "@/testing/fake-venue";
import { claim } from "../records";
import { syncBatch } from "../sync-batch";
import { person, syncWorld } from "../test-world";
import { parkingOf } from "./park";

const { world, rows, contacts, drain } = syncWorld();

/** A backlog comes in, of which everything is to go into jobs that may; gives how many did. */
async function parked(...numbers: readonly string[]): Promise<number> {
  await contacts(...numbers.map((number) => person(number)));
  const batch = await claim(world.deps.db, world.connectionId, "in", 1_000);
  const bulk = { ...parkingOf(world.deps, batch, new Set()), wants: () => true };
  await syncBatch({ ...world.deps, bulk }, batch);
  return (await rows(sql`select from bulk_row`)).length;
}

const goesBack = () => {
  world.deps = { ...world.deps, contacts: new FakeVenue() };
};

describe("records with two-way lines", () => {
  it("go into a job where nothing goes back to S-360", async () => {
    expect(await parked("1", "2", "3")).toBe(3);
  });

  it("go into a job where edits go back as well, if they are new", async () => {
    goesBack();
    expect(await parked("1", "2", "3")).toBe(3);
    expect(await rows(sql`select from link`)).toEqual([]);
  });

  it("are written by calls where edits go back, if they are linked: the org is asked right before", async () => {
    goesBack();
    await contacts(person("1"), person("2"));
    await drain();
    const renamed = {
      individualContact: { title: "MRS", individualFirstName: "Ada", individualLastName: "Graf" },
    };
    await contacts(person("1", renamed), person("2", renamed));
    expect(await parked()).toBe(0);
    expect(world.org.get("Account", "2")).toMatchObject({ LastName: "Graf" });
  });
});
