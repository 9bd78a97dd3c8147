import { z } from "zod";
import { loadConnection, loadConnectionById, type Connection } from "@/lib/connections/load";
import { storable } from "@/lib/core/storable-schema";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { MappingDetail } from "@/lib/mappings/contract";
import { knownTarget, type KnownTarget } from "@/lib/mappings/known-target";
import { getMapping } from "@/lib/mappings/read";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

/** A number of a row, as it stands in an address. */
export const rowId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** A count from one, as columns of 32 bits hold it: a version, a revision. */
export const ordinal = z.coerce.number().int().min(1).max(2_147_483_647);

/** What a golden sample is called. */
export const sampleName = storable.trim().min(1, "give the sample a name").max(80);

/** Why a version is published; people read it in the list of versions. */
export const comment = storable.trim().min(1, "say why, for those who read it later").max(500);

export const mappingParams = z.object({ id: rowId });

export interface FoundMapping {
  readonly mapping: MappingDetail;
  readonly connection: Connection;
}

/** @throws Problem 404 */
export async function connectionOf(institution: string): Promise<Connection> {
  const connection = await loadConnection(webRuntime().db, institution);
  if (!connection) throw notFound("No connection has this institution code.");
  return connection;
}

/** @throws Problem 404 */
export async function findMapping(id: number): Promise<FoundMapping> {
  const { db } = webRuntime();
  const mapping = await getMapping(db, { id });
  const connection = mapping && (await loadConnectionById(db, mapping.connectionId));
  if (!mapping || !connection)
    throw notFound("This mapping is no longer there. Reload the list of mappings.");
  return { mapping, connection };
}

/** What is known of the object a document writes to, without asking the org. */
export function targetOf(
  { mapping, connection }: FoundMapping,
  document: MappingDocument = mapping.draftDocument,
): Promise<KnownTarget | null> {
  return knownTarget(webRuntime().db, connection, document);
}
