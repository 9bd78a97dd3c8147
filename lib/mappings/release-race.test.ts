import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import { defaultValueMaps } from "@/lib/core/mapping/defaults/defaults";
import { evaluatedBy } from "@/lib/sync/knowledge";
import type { ClaimedBatch } from "@/lib/sync/records";
import { settle } from "@/lib/sync/settle";
import { syncBatch } from "@/lib/sync/sync-batch";
import { person, syncWorld } from "@/lib/sync/test-world";
import { verdictsOf } from "@/lib/sync/verdict";
import { saveDraft } from "./drafts";
import { publish } from "./publish";
import { published } from "./published";
import { getMapping } from "./read";
import { releaseHeld } from "./release";
import { decideCodes, putValueMap } from "./value-maps";

const { world, rows, contacts, drain, states, take } = syncWorld();

const withTitle = (title: string) =>
  person("1", { individualContact: { title, individualFirstName: "Edna", individualLastName: "Frank" } });

const dame: ValueMapEntries = {
  values: { ...defaultValueMaps.titles?.values, DAME: "Dame" },
  otherwise: "hold",
};
const titles = (revision: number | null, entries: ValueMapEntries) =>
  putValueMap(world.deps.db, {
    connectionId: world.connectionId,
    name: "titles",
    actor: "ann",
    revision,
    entries,
  });

async function readAgain(): Promise<void> {
  world.deps = { ...world.deps, published: await published(world.deps.db, world.connectionId) };
}

/** All value maps stored, and a person of whom nothing was evaluated yet, taken by a worker that knows them as they are. */
async function inHand(title: string): Promise<ClaimedBatch> {
  for (const [name, entries] of Object.entries(defaultValueMaps)) {
    const input = { connectionId: world.connectionId, name, actor: "ann", revision: null };
    await putValueMap(world.deps.db, { ...input, entries });
  }
  await titles(1, { values: { MRS: "Mrs." }, otherwise: "hold" });
  await readAgain();
  await contacts(withTitle(title));
  return take(10);
}

async function publishFirstName(expression: string): Promise<void> {
  const { db, published } = world.deps;
  const mappingId = published.mappings.find(({ kind }) => kind === "individual")?.mappingId ?? 0;
  const mapping = await getMapping(db, { id: mappingId });
  if (!mapping) throw new Error("the mapping is gone");
  const { draftDocument, draft } = mapping;
  const lines = draftDocument.lines.map((line) =>
    line.target === "FirstName" ? { ...line, expression, twoWay: false } : line,
  );
  const document = { ...draftDocument, lines };
  await saveDraft(db, { mappingId, revision: draft.revision, document, actor: "ann" });
  const revision = draft.revision + 1;
  const result = await publish(db, { mappingId, revision, comment: "why", actor: "ann", target: null });
  expect(result.outcome).toBe("published");
}

describe("a record that a worker has in hand", () => {
  test("is due again when the code it was held for was mapped before it was settled", async () => {
    const batch = await inHand("DAME");
    await titles(2, dame);
    await syncBatch(world.deps, batch);
    expect(await states()).toMatchObject([{ key: "1", state: "pending" }]);
    await readAgain();
    await drain();
    expect(await states()).toEqual([{ key: "1", state: "idle", code: null }]);
    expect(world.org.get("Account", "1")).toMatchObject({ Salutation: "Dame" });
  });

  test("is due again when a decision in the inbox came in between", async () => {
    const batch = await inHand("DAME");
    const place = { connectionId: world.connectionId, name: "titles", actor: "ann" };
    await decideCodes(world.deps.db, { ...place, codes: ["DAME"], decision: { value: "Dame" } });
    await syncBatch(world.deps, batch);
    expect(await states()).toMatchObject([{ state: "pending" }]);
  });

  test("is due again when a version was published in between, whether it failed or was written", async () => {
    const batch = await inHand("MRS");
    await publishFirstName("$uppercase(individualContact.individualFirstName)");
    await syncBatch(world.deps, batch);
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Edna" });
    expect(await states()).toMatchObject([{ state: "pending" }]);
    await readAgain();
    await drain();
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "EDNA" });
  });

  test("is due again when the first version for its kind was published in between", async () => {
    const batch = await inHand("MRS");
    const mappings = world.deps.published.mappings.filter(({ kind }) => kind !== "individual");
    await syncBatch({ ...world.deps, published: { ...world.deps.published, mappings } }, batch);
    expect(await states()).toMatchObject([{ state: "pending" }]);
  });

  test("stays held when nothing was saved in between, or its mapping was only stopped", async () => {
    const batch = await inHand("DAME");
    await rows(sql`update mapping set published_version_id = null where name = 'individual'`);
    await syncBatch(world.deps, batch);
    expect(await states()).toEqual([{ key: "1", state: "failed", code: "unknown_code" }]);
  });
});

describe("settling and saving at the same moment", () => {
  /** Settles as held, and gives word when the transaction has the lock and waits for a record that is locked elsewhere. */
  async function settleHeld(batch: ClaimedBatch): Promise<void> {
    const fault = { code: "unknown_code", sentence: "x" } as const;
    const results = batch.records.map((record) => ({
      record,
      mapping: null,
      outcome: "failed" as const,
      fault,
    }));
    const verdicts = verdictsOf(batch.records, results, () => 0);
    await settle(world.deps.db, batch, verdicts, results, evaluatedBy(world.deps));
  }

  const waiting = async () =>
    (await rows(sql`select 1 from pg_locks where not granted and pid <> pg_backend_pid()`)).length;

  test("a save that comes while a batch is being settled waits, and releases what was settled", async () => {
    const batch = await inHand("DAME");
    let saving: Promise<unknown> = Promise.resolve();
    let settling: Promise<unknown> = Promise.resolve();
    await world.deps.db.transaction(async (tx) => {
      await tx.execute(sql`select from record for update`);
      settling = settleHeld(batch);
      await expect.poll(waiting).toBe(1);
      saving = titles(2, dame);
      await expect.poll(waiting).toBe(2);
    });
    await Promise.all([settling, saving]);
    expect(await states()).toMatchObject([{ state: "pending" }]);
  });

  test("a batch that is settled while a save is under way waits, and is due again", async () => {
    const batch = await inHand("DAME");
    let settling: Promise<unknown> = Promise.resolve();
    await world.deps.db.transaction(async (tx) => {
      await tx.execute(sql`update value_map set revision = 3 where name = 'titles'`);
      await releaseHeld(tx, { connectionId: world.connectionId, kinds: ["individual"] });
      settling = settleHeld(batch);
      await expect.poll(waiting).toBe(1);
    });
    await settling;
    expect(await states()).toMatchObject([{ state: "pending" }]);
  });
});
