import { z } from "zod";
import { reviewChoices } from "@/lib/core/reviews";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { decide } from "@/lib/reviews/decide";
import { idShape } from "../../../records/filter";
import { route } from "../../../route-handler";

const body = z.strictObject({
  choice: z.enum(reviewChoices),
  /** Of several records that it may be: the one that it is. */
  candidateId: z.string().min(15).max(18).optional(),
});

/** Decides a review, or pauses and resumes what was decided. */
export const POST = route(
  { params: idShape, body },
  async ({ params: { id }, body: { choice, candidateId }, session }) => {
    const result = await decide(webRuntime().db, { reviewId: id, choice, candidateId, actor: session.email });
    if (result.outcome === "missing") throw notFound("There is no such review (any more).");
    if (result.outcome === "refused") throw new Problem(409, "refused", result.sentence);
    return { state: result.state };
  },
);
