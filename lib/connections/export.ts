import { isDeepStrictEqual } from "node:util";
import { Document } from "yaml";
import { defaultValueMaps } from "@/lib/core/mapping/defaults";
import { published } from "@/lib/mappings/published";
import { listValueMaps } from "@/lib/mappings/value-maps";
import type { Queryable } from "@/lib/platform/db";
import { credentialReferences } from "./credentials";
import { defaultDocuments } from "./default-documents";
import { mappingChanges, type MappingChanges } from "./file-mappings";
import type { LineChange } from "./file-schema";
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
  const ownValueMaps = (await listValueMaps(db, connection.id)).filter(
    ({ name, entries }) => !isDeepStrictEqual(entries, defaultValueMaps[name]),
  );
  const file = {
    ...fileOf(connection, references),
    ...(Object.keys(ownMappings).length > 0 && { mappings: inShort(ownMappings) }),
    ...(ownValueMaps.length > 0 && {
      valueMaps: Object.fromEntries(ownValueMaps.map(({ name, entries }) => [name, entries])),
    }),
  };
  const document = new Document(file);
  document.commentBefore = ` Connection ${institution}. Secrets are named by environment variables; the mappings are what differs from the default.`;
  return document.toString({ lineWidth: 0 });
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
