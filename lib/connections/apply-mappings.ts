import { eq } from "drizzle-orm";
import { mapping, mappingVersion } from "@/drizzle/schema";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { sureFieldKey } from "@/lib/core/mapping/field-name";
import { checkPublishable, type PublishingProblem } from "@/lib/core/mapping/publish/publish";
import type { Queryable } from "@/lib/platform/db";
import type { MappingRow } from "@/lib/mappings/drafts";
import { publishAndFollow } from "@/lib/mappings/publish";
import { sameDocument } from "@/lib/mappings/same-document";
import { writtenAlready, type Writer } from "@/lib/mappings/same-records";
import { stopIn } from "@/lib/mappings/stop";
import { ConfigFileError } from "./config-file";
import { sameMapping, type Documents } from "./file-mappings";

/**
 * Makes the published mappings what the file says: a new version where they differ; a mapping the file does not have
 * stops running, its versions stay. Drafts with changes that were never published are kept.
 * @throws ConfigFileError when a mapping cannot be published
 */
export async function applyMappings(
  tx: Queryable,
  connectionId: number,
  wanted: Documents,
  actor: string,
): Promise<string[]> {
  const rows = await tx
    .select({ row: mapping, version: mappingVersion })
    .from(mapping)
    .leftJoin(mappingVersion, eq(mappingVersion.id, mapping.publishedVersionId))
    .where(eq(mapping.connectionId, connectionId))
    .orderBy(mapping.id)
    .for("no key update", { of: mapping });
  const changes: string[] = [];
  for (const [name, document] of wanted) {
    const known = rows.find(({ row }) => row.name === name);
    if (known?.version && sameMapping(known.version.document, document)) continue;
    const row = known?.row ?? (await insertMapping(tx, connectionId, name, document, actor));
    const before = known?.version?.document ?? null;
    const beside = writersOf(wanted).filter((writer) => writer.name !== name);
    changes.push(await publishFromFile(tx, row, { before, document, beside, actor }));
  }
  for (const { row } of rows) {
    if (wanted.has(row.name) || row.publishedVersionId === null) continue;
    await stopIn(tx, row, actor);
    changes.push(`mapping ${row.name}: no longer runs; its versions are kept`);
  }
  return changes;
}

interface FromFile {
  readonly before: MappingDocument | null;
  readonly document: MappingDocument;
  /** What else the file lets run: two that change places are never in each other's way. */
  readonly beside: readonly Writer[];
  readonly actor: string;
}

async function publishFromFile(
  tx: Queryable,
  row: MappingRow,
  { before, document, beside, actor }: FromFile,
): Promise<string> {
  if (row.kind !== document.kind) {
    const sentence = `mappings.${row.name}.kind: this mapping is for ${row.kind}; give the one for ${document.kind} another name`;
    throw new ConfigFileError([sentence]);
  }
  const publication = {
    comment: "From the connection's file",
    actor,
    target: null,
    beside,
    action: "mapping published",
  };
  const result = await publishAndFollow(tx, row, document, publication);
  if (result.outcome === "refused") throw new ConfigFileError(withPaths(row.name, result.problems));
  if (result.outcome !== "published") throw new Error(`publishing ended as ${result.outcome}`);
  const kept = before !== null && !sameDocument(row.draft, before) && !sameDocument(row.draft, document);
  const draft = kept ? "; its draft has other changes and was kept" : "";
  return `mapping ${row.name}: version ${result.number} published${draft}`;
}

async function insertMapping(
  tx: Queryable,
  connectionId: number,
  name: string,
  document: MappingDocument,
  actor: string,
): Promise<MappingRow> {
  const { kind } = document;
  const [row] = await tx
    .insert(mapping)
    .values({ connectionId, name, direction: "in", kind, draft: document, draftBy: actor })
    .returning();
  if (!row) throw new Error("the mapping was not stored");
  return row;
}

/** What stands in the way of publishing these mappings beside these value maps, each with its path in the file. */
export function publishingProblems(wanted: Documents, valueMapNames: readonly string[]): string[] {
  const writers = writersOf(wanted);
  return [...wanted].flatMap(([name, document], at) => {
    const already = writtenAlready(document, writers.slice(0, at).filter(isWrittenAlike(document)), null);
    const problems = checkPublishable(document, null, valueMapNames);
    return [
      ...(already === null ? [] : [`mappings.${name}.object: ${already}`]),
      ...withPaths(name, problems),
    ];
  });
}

function writersOf(documents: Documents): Writer[] {
  return [...documents].map(([name, { kind, object }]) => ({ name, kind, object }));
}

/** Whether `X` and `[p]X` are one object is not known before the org is; it is looked at when they are published. */
function isWrittenAlike({ object }: MappingDocument) {
  return (other: Writer) => sureFieldKey(other.object, null) === sureFieldKey(object, null);
}

function withPaths(name: string, problems: readonly PublishingProblem[]): string[] {
  return problems.map(({ target, sentence }) => {
    const place = target === null ? "" : `.lines.${target}`;
    return `mappings.${name}${place}: ${sentence}`;
  });
}
