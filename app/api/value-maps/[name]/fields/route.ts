import { route } from "@/app/api/route-handler";
import {
  findConnection,
  findValueMap,
  ofConnection,
  valueMapParams as params,
} from "@/app/api/value-maps/find-value-map";
import { usedFields } from "@/lib/mappings/used-fields";
import { webRuntime } from "@/lib/platform/runtime";

/** The fields that the value map is written to: how they are called, and what they take. */
export const GET = route({ params, query: ofConnection }, async ({ params: { name }, query }) => {
  const connection = await findConnection(query.connection);
  const { uses } = await findValueMap(connection.id, name);
  return usedFields(webRuntime().db, connection, uses);
});
