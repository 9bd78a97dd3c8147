import { z } from "zod";
import { listConnections, loadConnection } from "@/lib/connections/load";
import { webRuntime } from "@/lib/platform/runtime";
import { countOpen } from "@/lib/reviews/list";
import { connectionShape } from "../../records/filter";
import { route } from "../../route-handler";

/** How many reviews wait for a person; none where there is no connection yet, as every page asks this. */
export const GET = route({ query: z.object(connectionShape) }, async ({ query: { connection } }) => {
  const { db } = webRuntime();
  const found =
    connection === undefined ? (await listConnections(db))[0] : await loadConnection(db, connection);
  return { open: found ? await countOpen(db, found.id) : 0 };
});
