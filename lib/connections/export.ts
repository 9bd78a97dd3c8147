import { isDeepStrictEqual } from "node:util";
import { Document } from "yaml";
import { defaultValueMaps } from "@/lib/core/mapping/defaults/defaults";
import { published } from "@/lib/mappings/published";
import { listValueMaps, type ValueMapRow } from "@/lib/mappings/value-maps";
import type { Queryable } from "@/lib/platform/db";
import { credentialReferences } from "./credentials";
import { defaultDocuments } from "./default-documents";
import { mappingChanges, type MappingChanges } from "./file-mappings";
import type { ConnectionFile, LineChange } from "./file-schema";
import { fileOf } from "./file-settings";
import { loadConnection } from "./load";

/**
 * The file of a connection, as YAML that `applyConfig` takes without change: `env:NAME` instead of secrets, and of the
 * mappings only what differs from the default. Null when there is no such connection.
 */
export async function exportConnection(db: Queryable, institution: string): Promise<string | null> {
  const connection = await loadConnection(db, institution);
  if (!connection) return null;
  const credentials = await credentialReferences(db, connection.id);
  const references = new Map(credentials.map(({ name, reference }) => [name, reference]));
  const { mappings } = await published(db, connection.id);
  const documents = new Map(mappings.map(({ name, document }) => [name, document]));
  const ownMappings = mappingChanges(defaultDocuments(connection.settings), documents);
  const ownValueMaps = valueMapChanges(await listValueMaps(db, connection.id));
  const file = {
    ...fileOf(connection, references),
    ...(Object.keys(ownMappings).length > 0 && { mappings: inShort(ownMappings) }),
    ...(Object.keys(ownValueMaps).length > 0 && { valueMaps: ownValueMaps }),
  };
  const document = new Document(file);
  document.commentBefore = ` Connection ${institution}. Secrets are named by environment variables; the mappings are what differs from the default.`;
  return document.toString({ lineWidth: 0 });
}

/** The value maps that differ from the default ones; null for a default one that was taken away. */
function valueMapChanges(stored: readonly ValueMapRow[]): ConnectionFile["valueMaps"] {
  const own = stored.filter(({ name, entries }) => !isDeepStrictEqual(entries, defaultValueMaps[name]));
  const gone = Object.keys(defaultValueMaps).filter((name) => !stored.some((row) => row.name === name));
  return Object.fromEntries([
    ...own.map(({ name, entries }) => [name, entries] as const),
    ...gone.map((name) => [name, null] as const),
  ]);
}

/** A line of which only the expression differs is written as that expression. */
function inShort(changes: MappingChanges): Record<string, unknown> {
  const shortLine = (line: LineChange) =>
    line?.expression !== undefined && Object.keys(line).length === 1 ? line.expression : line;
  const entries = Object.entries(changes).map(([name, change]) => {
    if (change === null) return [name, null] as const;
    const lines = Object.entries(change.lines).map(([target, line]) => [target, shortLine(line)] as const);
    return [name, { ...change, lines: Object.fromEntries(lines) }] as const;
  });
  return Object.fromEntries(entries);
}
