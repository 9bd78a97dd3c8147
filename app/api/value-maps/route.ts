import { route } from "@/app/api/route-handler";
import { findConnection, ofConnection } from "@/app/api/value-maps/find-value-map";
import { valueMapSummaries } from "@/lib/mappings/read-value-maps";
import { webRuntime } from "@/lib/platform/runtime";

/** The value maps of an institution's connection. */
export const GET = route({ query: ofConnection }, async ({ query }) => {
  const { id } = await findConnection(query.connection);
  return valueMapSummaries(webRuntime().db, id);
});
