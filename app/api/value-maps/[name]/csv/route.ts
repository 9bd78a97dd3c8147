import { route } from "@/app/api/route-handler";
import {
  findConnection,
  findValueMap,
  ofConnection,
  valueMapParams as params,
} from "@/app/api/value-maps/find-value-map";
import { valueMapCsv } from "@/lib/core/mapping/value-maps/value-map-csv";

/** The codes of a value map as a file for a spreadsheet. */
export const GET = route({ params, query: ofConnection }, async ({ params: { name }, query }) => {
  const { id } = await findConnection(query.connection);
  const { entries } = await findValueMap(id, name);
  const headers = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="${name}.csv"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return new Response(valueMapCsv(entries), { headers });
});
