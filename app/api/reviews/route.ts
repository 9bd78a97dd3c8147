import { z } from "zod";
import { reviewPageSize } from "@/app/(admin)/reviews/page-size";
import { reviewKinds } from "@/lib/core/reviews";
import { webRuntime } from "@/lib/platform/runtime";
import { reviewLists } from "@/lib/reviews/contract";
import { listReviews } from "@/lib/reviews/list";
import { connectionOf, connectionShape, cursorShape } from "../records/filter";
import { route } from "../route-handler";

const query = z.object({
  ...connectionShape,
  ...cursorShape,
  state: z.enum(reviewLists).default("open"),
  kind: z.enum(reviewKinds).optional(),
});

/** A page of the reviews that wait for a person, or that are decided. */
export const GET = route({ query }, async ({ query: { connection, state, kind, cursor } }) => {
  const { id: connectionId } = await connectionOf(connection);
  const input = {
    connectionId,
    list: state,
    limit: reviewPageSize,
    ...(kind && { kind }),
    ...(cursor && { cursor }),
  };
  return listReviews(webRuntime().db, input);
});
