import { z } from "zod";
import { route } from "@/app/api/route-handler";
import {
  findConnection,
  findValueMap,
  ofConnection,
  valueMapParams as params,
} from "@/app/api/value-maps/find-value-map";
import { valueMapSchema } from "@/lib/core/mapping/document";
import { mostMapsBefore } from "@/lib/mappings/reprocess-contract";
import { countMapChange } from "@/lib/mappings/map-census";
import { webRuntime } from "@/lib/platform/runtime";

const body = z.strictObject({ before: z.array(valueMapSchema).min(1).max(mostMapsBefore) });

/** Counts the records whose result changed since the map was as it is given here, one after the other; answers with the mappings it is counted for. */
export const POST = route(
  { params, query: ofConnection, body },
  async ({ params: { name }, query, body: { before }, session }) => {
    const { id: connectionId } = await findConnection(query.connection);
    await findValueMap(connectionId, name);
    return countMapChange(webRuntime().db, { connectionId, name, before, actor: session.email });
  },
);
