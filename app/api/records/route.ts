import { z } from "zod";
import { pageSize } from "@/app/(admin)/records/page-size";
import { webRuntime } from "@/lib/platform/runtime";
import { searchRecords } from "@/lib/records/search";
import { route } from "../route-handler";
import { connectionOf, cursorShape, filterShape } from "./filter";

/** A page of the records that match. */
export const GET = route(
  { query: z.object({ ...filterShape, ...cursorShape }) },
  async ({ query: { connection, ...filter } }) => {
    const { id: connectionId } = await connectionOf(connection);
    return searchRecords(webRuntime().db, { connectionId, limit: pageSize, ...filter });
  },
);
