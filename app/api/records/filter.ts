/** What the record routes take, and the connection they speak of. */
import { z } from "zod";
import { kinds, recordStates, streams } from "@/lib/core/words";
import { listConnections, loadConnection, type Connection } from "@/lib/connections/load";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { retryableStates } from "@/lib/records/contract";

export const connectionShape = { connection: z.string().max(100).optional() };

export const filterShape = {
  ...connectionShape,
  q: z.string().max(200).optional(),
  state: z.enum(recordStates).optional(),
  stream: z.enum(streams).optional(),
  kind: z.enum(kinds).optional(),
  census: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  change: z.string().max(100).optional(),
  imported: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  run: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
};

export const retryShape = { ...filterShape, state: z.enum(retryableStates) };

export const cursorShape = { cursor: z.string().max(100).optional() };

export const idShape = z.object({ id: z.coerce.number().int().positive() });

/** The connection of an institution, else the first. Throws a 404 problem when there is none. */
export async function connectionOf(institution: string | undefined): Promise<Connection> {
  const { db } = webRuntime();
  const connection =
    institution === undefined ? (await listConnections(db))[0] : await loadConnection(db, institution);
  if (!connection) throw notFound("There is no such connection. Choose another one at the top of the page.");
  return connection;
}
