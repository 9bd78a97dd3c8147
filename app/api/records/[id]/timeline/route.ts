import { z } from "zod";
import { timelineSize } from "@/app/(admin)/records/page-size";
import { webRuntime } from "@/lib/platform/runtime";
import { recordTimeline } from "@/lib/records/timeline";
import { route } from "../../../route-handler";
import { cursorShape, idShape } from "../../filter";

/** A page of what happened to a record. */
export const GET = route(
  { params: idShape, query: z.object(cursorShape) },
  async ({ params: { id }, query }) =>
    recordTimeline(webRuntime().db, { recordId: id, limit: timelineSize, ...query }),
);
