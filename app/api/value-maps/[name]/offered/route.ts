import { route } from "@/app/api/route-handler";
import {
  findConnection,
  findValueMap,
  ofConnection,
  valueMapParams as params,
} from "@/app/api/value-maps/find-value-map";
import { offeredValues } from "@/lib/mappings/offered-values";
import { webRuntime } from "@/lib/platform/runtime";

/** What the picklists take that the value map is written to. */
export const GET = route({ params, query: ofConnection }, async ({ params: { name }, query }) => {
  const connection = await findConnection(query.connection);
  const { uses } = await findValueMap(connection.id, name);
  return offeredValues(webRuntime().db, connection, uses);
});
