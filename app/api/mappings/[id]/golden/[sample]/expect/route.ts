import { z } from "zod";
import { findMapping, mappingParams, ordinal, rowId } from "@/app/api/mappings/find-mapping";
import { editedExpectation } from "@/app/api/mappings/golden-expectation";
import { neededRun } from "@/app/api/mappings/golden-run";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import { goldenStandings, withoutFailing } from "@/lib/core/mapping/golden/golden";
import { storable } from "@/lib/core/storable-schema";
import type { GoldenExpected } from "@/lib/mappings/golden-contract";
import { expectGolden, getGolden, tryGolden } from "@/lib/mappings/golden";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const edit = z.union([
  z.object({ must: z.literal("be"), value: storable.max(100_000) }),
  z.object({ must: z.enum(["be-empty", "stay", "be-as-now", "be-anything"]) }),
  z.object({ must: z.literal("be-refused"), saying: storable.max(500) }),
]);

const edits = z.object({
  standing: z.enum([...goldenStandings, "as-now"]).optional(),
  fields: z
    .record(storable.max(100), edit)
    .refine((fields) => Object.keys(fields).length <= 1_000, "are at most 1,000 fields"),
});

const body = z.object({
  revision: ordinal,
  /** The lines as they are typed. */
  document: mappingDocumentSchema,
  /** Null: what the lines give is expected from now on; nothing of a field whose line fails. */
  edits: edits.nullable(),
});

const params = mappingParams.extend({ sample: rowId });

/** Changes what a golden sample that was seen at `revision` is to get. */
export const POST = route({ params, body }, async ({ params: { id, sample }, body: given, session }) => {
  const { revision, document, edits } = given;
  const { db } = webRuntime();
  const found = await findMapping(id);
  const run = await neededRun(found, document);
  const kept = await getGolden(db, id, sample);
  if (kept?.revision !== revision) throw movedOn();
  const got = await tryGolden(document, kept.source, run);
  const { expected, replaced } = edits
    ? editedExpectation({ kept, run, got, edits })
    : { expected: withoutFailing(got, kept.expected), replaced: [] };
  const byHand = edits !== null;
  const input = { mappingId: id, id: sample, revision, expected, byHand, actor: session.email };
  const result = await expectGolden(db, input);
  if (result.outcome !== "changed") throw movedOn();
  return { revision: result.revision, replaced } satisfies GoldenExpected;
});

function movedOn(): Problem {
  const detail =
    "Somebody else changed or removed this sample in between. What is shown now is how it stands: look at it, and save again.";
  return new Problem(409, "conflict", detail);
}
