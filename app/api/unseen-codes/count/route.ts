import { z } from "zod";
import { route } from "@/app/api/route-handler";
import { connectionShape } from "@/app/api/records/filter";
import { listConnections, loadConnection } from "@/lib/connections/load";
import { countUnseen } from "@/lib/mappings/read-value-maps";
import { webRuntime } from "@/lib/platform/runtime";

/** How many codes wait in the inboxes of value maps; none where there is no connection yet, as every page asks this. */
export const GET = route({ query: z.object(connectionShape) }, async ({ query: { connection } }) => {
  const { db } = webRuntime();
  const found =
    connection === undefined ? (await listConnections(db))[0] : await loadConnection(db, connection);
  return { waiting: found ? await countUnseen(db, found.id) : 0 };
});
