import { sql } from "drizzle-orm";
import { beforeEach } from "vitest";
import { valueMap } from "@/drizzle/schema";
import { defaultValueMaps } from "@/lib/core/mapping/defaults/defaults";
import { countSlice, openCensuses } from "@/lib/comparison/census";
import { person, syncWorld } from "@/lib/sync/test-world";
import { saveDraft } from "./drafts";
import { feedReprocesses } from "./feed-reprocess";
import { publish } from "./publish";
import { published } from "./published";
import { getMapping } from "./read";
import { changeReprocess, reprocessStatus, startReprocess } from "./reprocess";

export const named = (contactNumber: string, individualFirstName: string) =>
  person(contactNumber, { individualContact: { individualFirstName, individualLastName: "Frank" } });

/** First names in capitals. */
export const capitals = "$uppercase(individualContact.individualFirstName)";

/** The engine's test world with all value maps stored, in which versions are published, counted for and re-processed. */
export function reprocessWorld() {
  const sync = syncWorld();
  const { world, rows, drain } = sync;

  // Publishing checks that the value maps are there.
  beforeEach(async () => {
    const { connectionId } = world;
    const maps = Object.entries(defaultValueMaps).map(([name, entries]) => ({ connectionId, name, entries }));
    await world.deps.db.insert(valueMap).values(maps);
    await reload();
  });

  const mappingId = () => {
    const mapping = world.deps.published.mappings.find(({ kind }) => kind === "individual");
    if (!mapping) throw new Error("there is no mapping for individuals");
    return mapping.mappingId;
  };

  async function reload(): Promise<number> {
    world.deps = { ...world.deps, published: await published(world.deps.db, world.connectionId) };
    return (await getMapping(world.deps.db, { id: mappingId() }))?.published?.id ?? 0;
  }

  /** Publishes another expression for the first name; gives the version's id. */
  async function publishFirstName(expression: string): Promise<number> {
    const { db } = world.deps;
    const mapping = await getMapping(db, { id: mappingId() });
    if (!mapping) throw new Error("the mapping is gone");
    const lines = mapping.draftDocument.lines.map((line) =>
      line.target === "FirstName" ? { ...line, expression, twoWay: false } : line,
    );
    const document = { ...mapping.draftDocument, lines };
    const saved = await saveDraft(db, {
      mappingId: mappingId(),
      revision: mapping.draft.revision,
      document,
      actor: "ann",
    });
    if (saved.outcome !== "saved") throw new Error(saved.outcome);
    const revision = saved.revision;
    const result = await publish(db, {
      ...{ mappingId: mappingId(), revision, comment: "why", actor: "ann" },
      target: null,
    });
    if (result.outcome !== "published") throw new Error(JSON.stringify(result));
    return reload();
  }

  /** What the workers do about censuses. */
  async function count(): Promise<void> {
    for (const { id } of await openCensuses(world.deps.db)) while (await countSlice(world.deps, id));
  }
  const startCounted = (versionId: number) =>
    startReprocess(world.deps.db, { mappingId: mappingId(), versionId, actor: "ann" });
  const start = async (versionId: number) => {
    await count();
    return startCounted(versionId);
  };
  const change = async (what: "pause" | "resume" | "cancel") => {
    const runId = (await status()).run?.id ?? 0;
    return changeReprocess(world.deps.db, { mappingId: mappingId(), runId, change: what, actor: "ann" });
  };
  const status = async () => {
    const found = await reprocessStatus(world.deps.db, mappingId());
    if (!found) throw new Error("no status");
    return found;
  };
  const firstNames = () => world.org.rows.map(({ fields }) => fields["FirstName"]);
  const due = async () =>
    (await rows(sql`select record_id from record_direction where state = 'pending'`)).length;

  async function work(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) {
      await feedReprocesses(world.deps.db);
      await drain();
    }
  }

  return {
    ...sync,
    mappingId,
    reload,
    publishFirstName,
    count,
    startCounted,
    start,
    change,
    status,
    firstNames,
    due,
    work,
  };
}
