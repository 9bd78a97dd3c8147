import { z } from "zod";
import { findMapping, mappingParams, rowId } from "@/app/api/mappings/find-mapping";
import { editedExpectation } from "@/app/api/mappings/golden-expectation";
import { neededRun } from "@/app/api/mappings/golden-run";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import type { GoldenExpected } from "@/lib/mappings/contract";
import { expectGolden, getGolden, tryGolden } from "@/lib/mappings/golden";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const edit = z.union([
  z.object({ must: z.literal("be"), value: z.string().max(100_000) }),
  z.object({ must: z.enum(["be-empty", "stay"]) }),
  z.object({ must: z.literal("be-refused"), saying: z.string().max(500) }),
]);

const body = z.object({
  revision: z.number().int(),
  /** The lines as they are typed. */
  document: mappingDocumentSchema,
  /** By field; null: what the lines give is expected from now on. */
  edits: z.record(z.string(), edit).nullable(),
});

const params = mappingParams.extend({ sample: rowId });

/** Changes what a golden sample that was seen at `revision` is to get. */
export const POST = route({ params, body }, async ({ params: { id, sample }, body: given, session }) => {
  const { revision, document, edits } = given;
  const { db } = webRuntime();
  const found = await findMapping(id);
  const run = await neededRun(found, document);
  const kept = await getGolden(db, id, sample);
  if (!kept) throw movedOn();
  const got = await tryGolden(document, kept.source, run);
  const { expected, replaced } = edits
    ? editedExpectation({ kept, run, got, edits })
    : { expected: got, replaced: [] };
  const input = { mappingId: id, id: sample, revision, expected, byHand: edits !== null };
  const result = await expectGolden(db, { ...input, actor: session.email });
  if (result.outcome !== "changed") throw movedOn();
  return { revision: result.revision, replaced } satisfies GoldenExpected;
});

function movedOn(): Problem {
  const detail =
    "Somebody else changed or removed this sample in between. What is shown now is how it stands.";
  return new Problem(409, "conflict", detail);
}
