import { z } from "zod";
import { loadConnection, type Connection } from "@/lib/connections/load";
import { valueMapNameSchema } from "@/lib/core/mapping/document";
import type { ValueMapDetail } from "@/lib/mappings/value-map-contract";
import { valueMapDetail } from "@/lib/mappings/read-value-maps";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

export const valueMapParams = z.object({ name: valueMapNameSchema });

export const ofConnection = z.object({ connection: z.string().max(100) });

/** @throws Problem 404 */
export async function findConnection(institution: string): Promise<Connection> {
  const connection = await loadConnection(webRuntime().db, institution);
  if (!connection) throw notFound("No connection has this institution code.");
  return connection;
}

/** @throws Problem 404 */
export async function findValueMap(connectionId: number, name: string): Promise<ValueMapDetail> {
  const found = await valueMapDetail(webRuntime().db, connectionId, name);
  if (!found) throw valueMapGone(name);
  return found;
}

export function valueMapGone(name: string) {
  return notFound(`There is no value map ${name} (any more). The list of value maps shows those there are.`);
}
