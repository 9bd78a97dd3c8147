import { z } from "zod";
import { withOrg } from "@/app/api/mappings/ask-org";
import { connectionOf } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";

const query = z.object({ connection: z.string() });

/** The objects of the org that a mapping may write. Asks Salesforce: one call. */
export const GET = route({ query }, async ({ query: { connection } }) => {
  return withOrg(await connectionOf(connection), (side) => side.writableObjects());
});
