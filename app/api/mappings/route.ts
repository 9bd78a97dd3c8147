import { z } from "zod";
import { route } from "@/app/api/route-handler";
import { loadConnection } from "@/lib/connections/load";
import { listMappings } from "@/lib/mappings/read";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

/** The mappings of an institution's connection. */
export const GET = route({ query: z.object({ connection: z.string() }) }, async ({ query }) => {
  const { db } = webRuntime();
  const connection = await loadConnection(db, query.connection);
  if (!connection) throw notFound("No connection has this institution code.");
  return listMappings(db, connection.id);
});
