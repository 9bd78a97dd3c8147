import { z } from "zod";
import { pageSize } from "@/app/(admin)/records/page-size";
import { streams } from "@/lib/core/words";
import { webRuntime } from "@/lib/platform/runtime";
import { endedFilters } from "@/lib/records/contract";
import { endedItems } from "@/lib/records/items";
import { connectionOf, connectionShape, cursorShape } from "../records/filter";
import { route } from "../route-handler";

const shape = z.object({
  ...connectionShape,
  ...cursorShape,
  stream: z.enum(streams).optional(),
  outcome: z.enum(endedFilters).optional(),
});

/** A page of the items that ended at the door. */
export const GET = route({ query: shape }, async ({ query: { connection, ...filter } }) => {
  const { id: connectionId } = await connectionOf(connection);
  return endedItems(webRuntime().db, { connectionId, limit: pageSize, ...filter });
});
