import { z } from "zod";
import { beginComparison } from "@/app/api/mappings/begin-comparison";
import { findMapping, mappingParams } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { mostCompared } from "@/lib/comparison/contract";
import { latestRun } from "@/lib/comparison/runs";

const body = z.object({
  document: mappingDocumentSchema,
  wanted: z.number().int().min(1).max(mostCompared),
  fresh: z.boolean(),
});

/** The latest comparison of a draft with what Salesforce holds; null when there was none. */
export const GET = route({ params: mappingParams }, async ({ params }) =>
  Response.json(await latestRun(webRuntime().db, params.id)),
);

/** Begins one; it goes on after the answer. Nothing is written to either system. */
export const POST = route({ params: mappingParams, body }, async ({ params, body: given, session }) => {
  const found = await findMapping(params.id);
  if (found.mapping.kind !== given.document.kind) {
    const detail = `This mapping is for the kind ${found.mapping.kind}; that never changes.`;
    throw new Problem(400, "invalid-request", detail);
  }
  return { id: await beginComparison(found, { ...given, actor: session.email }) };
});
