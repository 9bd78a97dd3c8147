import { z } from "zod";
import { findMapping, mappingParams, rowId, sampleName } from "@/app/api/mappings/find-mapping";
import { neededRun } from "@/app/api/mappings/golden-run";
import { madeUpSource } from "@/app/api/mappings/golden-source";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import { withoutFailing } from "@/lib/core/mapping/golden/golden";
import { isStorableJson } from "@/lib/core/storable";
import { mostGolden } from "@/lib/mappings/golden-contract";
import { addGolden, listGolden, tryGolden } from "@/lib/mappings/golden";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const body = z.object({
  name: sampleName,
  /** The record that the source was made of. */
  recordId: rowId,
  source: z
    .record(z.string(), z.json())
    .refine(
      isStorableJson,
      "must be plain text: it holds a NUL or half of a character, which cannot be stored",
    ),
  document: mappingDocumentSchema,
});

/** The golden samples of a mapping. */
export const GET = route({ params: mappingParams }, ({ params }) => listGolden(webRuntime().db, params.id));

/**
 * Keeps a record made nobody's, whatever was sent as its source, with what the document gives for it as the expectation. Of a
 * field whose line fails nothing is expected.
 */
export const POST = route({ params: mappingParams, body }, async ({ params, body: given, session }) => {
  const { name, recordId, document, source: typed } = given;
  const found = await findMapping(params.id);
  const run = await neededRun(found, document);
  const { source } = await madeUpSource({ found, run, recordId, typed });
  const got = await tryGolden(document, source, run);
  if (typeof got.standing === "object") throw untold(got.standing.held);
  const expected = withoutFailing(got);
  const added = { mappingId: params.id, name, source, expected, actor: session.email };
  const result = await addGolden(webRuntime().db, added);
  if (result.outcome === "added") return result.sample;
  if (result.outcome === "missing") throw notFound("This mapping is no longer there.");
  const detail = `A mapping can have ${mostGolden} golden samples: all are tried whenever somebody publishes. Remove one first.`;
  throw new Problem(409, "conflict", detail);
});

function untold(held: string): Problem {
  const detail = `It cannot be told what becomes of this record: ${held} Correct that first, or keep what another version gives.`;
  return new Problem(409, "conflict", detail);
}
