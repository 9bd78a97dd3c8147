import { z } from "zod";
import { maxKeyLength } from "@/lib/core/record-key";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import type { MergedNumberResult } from "@/lib/reviews/contract";
import { lookAtMerge, sayMerged, takeBackMerged } from "@/lib/reviews/merged-numbers";
import { route } from "../../../route-handler";
import { idShape } from "../../filter";

/** The number that it belongs to now. */
const headShape = z.strictObject({ head: z.string().trim().min(1).max(maxKeyLength) });

/** Both contacts, and whether the one can be merged into the other. */
export const GET = route(
  { params: idShape, query: headShape },
  async ({ params: { id }, query: { head } }) => {
    const numbers = await lookAtMerge(webRuntime().db, { recordId: id, head });
    if (!numbers) throw notFound("There is no such record (any more).");
    return numbers;
  },
);

/** Says that S-360 merged it. */
export const POST = route(
  { params: idShape, body: headShape },
  async ({ params: { id }, body: { head }, session }) =>
    answer(await sayMerged(webRuntime().db, { recordId: id, head, actor: session.email })),
);

/** Takes that back. */
export const DELETE = route({ params: idShape }, async ({ params: { id }, session }) =>
  answer(await takeBackMerged(webRuntime().db, { recordId: id, actor: session.email })),
);

function answer(result: MergedNumberResult): { readonly sales: number } {
  if (result.outcome === "missing") throw notFound("There is no such record (any more).");
  if (result.outcome === "refused") throw new Problem(409, "refused", result.sentence);
  return { sales: result.outcome === "changed" ? result.sales : 0 };
}
