import { z } from "zod";
import { findMapping, mappingParams, rowId, targetOf } from "@/app/api/mappings/find-mapping";
import { contextOf } from "@/app/api/mappings/golden-run";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import { getGolden } from "@/lib/mappings/golden";
import { previewMapping } from "@/lib/mappings/preview";
import { getSample } from "@/lib/mappings/samples";
import { webRuntime } from "@/lib/platform/runtime";

/** `goldenId`: a golden sample of the mapping, in the place of a record. */
const body = z.object({
  document: mappingDocumentSchema,
  recordId: rowId.nullable(),
  goldenId: rowId.nullable().default(null),
});

/** What a document would do to a record: nothing is stored, and neither system is asked. */
export const POST = route(
  { params: mappingParams, body },
  async ({ params, body: { document, recordId, goldenId } }) => {
    const { db } = webRuntime();
    const found = await findMapping(params.id);
    const { connection, mapping } = found;
    const of = { connectionId: connection.id, kind: mapping.kind };
    const [known, sample, golden, context] = await Promise.all([
      targetOf(found, document),
      recordId === null ? null : getSample(db, of, recordId),
      goldenId === null ? null : getGolden(db, mapping.id, goldenId),
      contextOf(found),
    ]);
    const { source } = golden ?? sample ?? {};
    return previewMapping({ document, target: known?.target ?? null, source, context });
  },
);
