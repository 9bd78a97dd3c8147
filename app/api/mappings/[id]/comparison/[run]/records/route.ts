import { z } from "zod";
import { mappingParams, rowId } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { comparisonFates, comparisonKinds } from "@/lib/core/mapping/comparison";
import { webRuntime } from "@/lib/platform/runtime";
import { recordsBehind } from "@/lib/comparison/records";

const params = mappingParams.extend({ run: rowId });

const from = z.coerce.number().int().min(0).max(1_000_000).default(0);
const query = z.union([
  z.object({ fate: z.enum(comparisonFates), from }),
  z.object({
    field: z
      .string()
      .max(300)
      .refine((name) => !name.includes("\0")),
    kind: z.enum([...comparisonKinds, "unchanged"]),
    from,
  }),
]);

/** The records behind a number of a comparison, before and after, a page at a time. */
export const GET = route(
  { params, query },
  async ({ params: { id, run }, query: { from: start, ...number } }) =>
    recordsBehind(webRuntime().db, { mappingId: id, runId: run }, number, start),
);
