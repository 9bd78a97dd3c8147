import { route } from "@/app/api/route-handler";
import {
  findConnection,
  findValueMap,
  ofConnection,
  valueMapParams as params,
} from "@/app/api/value-maps/find-value-map";
import { countMapChange, mapCensus } from "@/lib/mappings/map-census";
import { webRuntime } from "@/lib/platform/runtime";

/** Whether the records that the map concerns were counted since it was saved, and for which mappings. */
export const GET = route({ params, query: ofConnection }, async ({ params: { name }, query }) => {
  const { id: connectionId } = await findConnection(query.connection);
  await findValueMap(connectionId, name);
  return mapCensus(webRuntime().db, { connectionId, name });
});

/** Counts them, for every mapping that runs and names the map. */
export const POST = route({ params, query: ofConnection }, async ({ params: { name }, query, session }) => {
  const { id: connectionId } = await findConnection(query.connection);
  await findValueMap(connectionId, name);
  return countMapChange(webRuntime().db, { connectionId, name, actor: session.email });
});
