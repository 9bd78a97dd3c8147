/** A census next to an initial import that nobody has approved yet. */
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { changeImport, startImport } from "@/lib/imports/steer";
import { readImports } from "@/lib/imports/status";
import { old } from "@/lib/imports/test-import-world";
import { turnImports } from "@/lib/imports/turn";
import { capitals, named, reprocessWorld } from "./test-reprocess-world";

const { publishFirstName, count, startCounted, status, firstNames, work, world, rows, contacts, drain } =
  reprocessWorld();

const actor = "ada@venue.example";

/** Old contacts come; the first of them is written to be looked at, the others are held. */
async function importing(...numbers: readonly string[]): Promise<void> {
  const { connectionId, deps } = world;
  const streams = [{ stream: "contacts-in", expected: null }] as const;
  await startImport(deps.db, { connectionId, since: "2020-01-01", canary: 1, actor, streams });
  await contacts(...numbers.map((number) => old(number)));
  await turn();
}

async function turn(): Promise<void> {
  await turnImports(world.deps.db);
  await drain();
  await turnImports(world.deps.db);
}

async function approve(): Promise<void> {
  const [run] = (await readImports(world.deps.db, world.connectionId)).current;
  if (!run) throw new Error("there is no import");
  await changeImport(world.deps.db, {
    importId: run.id,
    revision: run.revision,
    change: "approve",
    actor,
  });
}

const held = async () =>
  (
    await rows(
      sql`select r.key from record_direction d join record r on r.id = d.record_id where d.state = 'held' order by r.key`,
    )
  ).map(({ key }) => key);

test("held records are neither counted nor re-processed: they are written with what is published at their turn", async () => {
  await contacts(named("live", "Edna"));
  await drain();
  await importing("1", "2", "3");
  expect(await held()).toEqual(["2", "3"]);
  const versionId = await publishFirstName(capitals);
  await count();
  expect((await status()).census).toMatchObject({ state: "done", total: 2, looked: 2, changed: 2, left: 2 });
  await startCounted(versionId);
  await work();
  expect(await held()).toEqual(["2", "3"]);
  expect(firstNames()).toEqual(["EDNA", "EDNA"]);
  await approve();
  await turn();
  expect(await held()).toEqual([]);
  expect(firstNames()).toEqual(["EDNA", "EDNA", "EDNA", "EDNA"]);
});
