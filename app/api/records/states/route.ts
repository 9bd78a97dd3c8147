import { z } from "zod";
import { webRuntime } from "@/lib/platform/runtime";
import { countStates } from "@/lib/records/search";
import { route } from "../../route-handler";
import { connectionOf, filterShape } from "../filter";

/** How many records stand where. */
export const GET = route(
  { query: z.object(filterShape).pick({ connection: true, stream: true }) },
  async ({ query: { connection, stream } }) => {
    const { id } = await connectionOf(connection);
    return countStates(webRuntime().db, id, stream);
  },
);
