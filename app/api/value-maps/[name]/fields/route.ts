import { route } from "@/app/api/route-handler";
import { findConnection, ofConnection, valueMapParams as params } from "@/app/api/value-maps/find-value-map";
import { valueMapDetail } from "@/lib/mappings/read-value-maps";
import { usedFields } from "@/lib/mappings/used-fields";
import { webRuntime } from "@/lib/platform/runtime";

/** The fields that the value map is written to: how they are called, and what they take; none once it is gone. */
export const GET = route({ params, query: ofConnection }, async ({ params: { name }, query }) => {
  const connection = await findConnection(query.connection);
  const { db } = webRuntime();
  const map = await valueMapDetail(db, connection.id, name);
  return map ? usedFields(db, connection, map.uses) : [];
});
