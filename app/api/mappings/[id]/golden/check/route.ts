import { z } from "zod";
import { findMapping, mappingParams } from "@/app/api/mappings/find-mapping";
import { goldenRun } from "@/app/api/mappings/golden-run";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import { checkGolden } from "@/lib/mappings/golden";
import { webRuntime } from "@/lib/platform/runtime";

/** Every golden sample through a document: as expected, or where not. */
export const POST = route(
  { params: mappingParams, body: z.object({ document: mappingDocumentSchema }) },
  async ({ params, body: { document } }) => {
    const found = await findMapping(params.id);
    return checkGolden(webRuntime().db, params.id, document, await goldenRun(found, document));
  },
);
