import { z } from "zod";
import { findMapping, mappingParams, rowId, targetOf } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import { previewMapping } from "@/lib/mappings/preview";
import { published } from "@/lib/mappings/published";
import { getSample } from "@/lib/mappings/samples";
import { webRuntime } from "@/lib/platform/runtime";
import { selectedSections } from "@/lib/s360/sections";

const body = z.object({ document: mappingDocumentSchema, recordId: rowId.nullable() });

/** What a document would do to a record: nothing is stored, and neither system is asked. */
export const POST = route(
  { params: mappingParams, body },
  async ({ params, body: { document, recordId } }) => {
    const { db } = webRuntime();
    const found = await findMapping(params.id);
    const { connection, mapping } = found;
    const of = { connectionId: connection.id, kind: mapping.kind };
    const [known, sample, { valueMaps }] = await Promise.all([
      targetOf(found, document),
      recordId === null ? null : getSample(db, of, recordId),
      published(db, connection.id),
    ]);
    const selected = selectedSections(connection.settings.s360.sections);
    const context = { valueMaps, timeZone: connection.timeZone, selected };
    return previewMapping({ document, target: known?.target ?? null, source: sample?.source, context });
  },
);
