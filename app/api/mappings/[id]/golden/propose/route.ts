import { z } from "zod";
import { findMapping, mappingParams, rowId } from "@/app/api/mappings/find-mapping";
import { neededRun } from "@/app/api/mappings/golden-run";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import { makeUp } from "@/lib/core/mapping/golden/made-up";
import type { GoldenProposal } from "@/lib/mappings/golden-contract";
import { tryGolden } from "@/lib/mappings/golden";
import { getSample } from "@/lib/mappings/samples";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const body = z.object({
  recordId: rowId,
  document: mappingDocumentSchema,
  /** What a person made of an earlier proposal; absent: personal data is replaced by made-up values. */
  source: z.record(z.string(), z.json()).optional(),
});

/** A record made nobody's, to be looked at before it is kept, with what the document gives for it. Stores nothing. */
export const POST = route({ params: mappingParams, body }, async ({ params, body: given }) => {
  const { recordId, document, source } = given;
  const found = await findMapping(params.id);
  const run = await neededRun(found, document);
  const of = { connectionId: found.connection.id, kind: found.mapping.kind };
  const sample = await getSample(webRuntime().db, of, recordId);
  if (!sample) throw notFound("This record is gone, or is of another kind by now. Choose another one.");
  const made = source ? { source, replacements: [] } : makeUp(sample.source, recordId);
  const expected = await tryGolden(document, made.source, run);
  const name = `Sample ${new Date().toISOString().slice(0, 10)}`;
  return { ...made, name, expected } satisfies GoldenProposal;
});
