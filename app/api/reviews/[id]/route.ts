import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { reviewDetail } from "@/lib/reviews/detail";
import { idShape } from "../../records/filter";
import { route } from "../../route-handler";

/** All that is needed to decide a review. */
export const GET = route({ params: idShape }, async ({ params: { id } }) => {
  const review = await reviewDetail(webRuntime().db, id, new Date());
  if (!review) throw notFound("There is no such review (any more).");
  return review;
});
