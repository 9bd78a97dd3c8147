import { z } from "zod";
import { webRuntime } from "@/lib/platform/runtime";
import { countRetryable, retryAll } from "@/lib/records/retry";
import { route } from "../../route-handler";
import { connectionOf, retryShape } from "../filter";

/** How many records POST would make due. */
export const GET = route({ query: z.object(retryShape) }, async ({ query: { connection, ...filter } }) => {
  const { id: connectionId } = await connectionOf(connection);
  return { records: await countRetryable(webRuntime().db, { connectionId, ...filter }) };
});

/** Makes all records of a filter due again. */
export const POST = route(
  { body: z.strictObject(retryShape) },
  async ({ body: { connection, ...filter }, session }) => {
    const { id: connectionId } = await connectionOf(connection);
    return { records: await retryAll(webRuntime().db, { connectionId, ...filter }, session.email) };
  },
);
