import { z } from "zod";
import { streams } from "@/lib/core/words";
import { readAllAgain } from "@/lib/inbox/read-again";
import { webRuntime } from "@/lib/platform/runtime";
import { connectionOf, connectionShape } from "../../records/filter";
import { route } from "../../route-handler";

const shape = z.strictObject({ ...connectionShape, stream: z.enum(streams).optional() });

/** Has all calls read again that were set aside. */
export const POST = route({ body: shape }, async ({ body: { connection, stream }, session }) => {
  const { id: connectionId } = await connectionOf(connection);
  return readAllAgain(webRuntime().db, { connectionId, ...(stream && { stream }) }, session.email);
});
