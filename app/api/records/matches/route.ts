import { z } from "zod";
import { webRuntime } from "@/lib/platform/runtime";
import { countMatches } from "@/lib/records/search";
import { route } from "../../route-handler";
import { connectionOf, filterShape } from "../filter";

/** How many records match, counted up to a limit. */
export const GET = route({ query: z.object(filterShape) }, async ({ query: { connection, ...filter } }) => {
  const { id } = await connectionOf(connection);
  return countMatches(webRuntime().db, id, filter);
});
