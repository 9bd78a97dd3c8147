import { z } from "zod";
import { findMapping, mappingParams, rowId } from "@/app/api/mappings/find-mapping";
import { neededRun } from "@/app/api/mappings/golden-run";
import { madeUpSource } from "@/app/api/mappings/golden-source";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import type { GoldenProposal } from "@/lib/mappings/golden-contract";
import { tryGolden } from "@/lib/mappings/golden";

const body = z.object({
  recordId: rowId,
  document: mappingDocumentSchema,
  /** What a person made of an earlier proposal: it is made nobody's once more. */
  source: z.record(z.string(), z.json()).optional(),
});

/** A record made nobody's, to be looked at before it is kept, with what the document gives for it. Stores nothing. */
export const POST = route({ params: mappingParams, body }, async ({ params, body: given }) => {
  const { recordId, document, source: typed } = given;
  const found = await findMapping(params.id);
  const run = await neededRun(found, document);
  const made = await madeUpSource({ found, run, recordId, typed });
  const expected = await tryGolden(document, made.source, run);
  const name = `Sample ${new Date().toISOString().slice(0, 10)}`;
  return { ...made, name, expected } satisfies GoldenProposal;
});
