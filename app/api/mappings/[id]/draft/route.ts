import { z } from "zod";
import { findMapping, mappingParams, ordinal } from "@/app/api/mappings/find-mapping";
import { succeeded } from "@/app/api/mappings/results";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import { sameField } from "@/lib/core/mapping/field-name";
import { saveDraft } from "@/lib/mappings/drafts";
import { getDraftSummary } from "@/lib/mappings/read";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const body = z.object({ revision: ordinal, document: mappingDocumentSchema });

/** Which draft is stored: cheap, as open pages ask again and again. */
export const GET = route({ params: mappingParams }, async ({ params }) => {
  const draft = await getDraftSummary(webRuntime().db, params.id);
  if (!draft) throw notFound("This mapping is no longer there. Reload the list of mappings.");
  return draft;
});

/** Saves the draft that was opened at `revision`; 409 with the other draft when somebody saved in between. */
export const PUT = route({ params: mappingParams, body }, async ({ params, body: given, session }) => {
  const { mapping, connection } = await findMapping(params.id);
  if (mapping.kind !== given.document.kind) {
    throw new Problem(
      400,
      "invalid-request",
      `This mapping is for the kind ${mapping.kind}; that never changes.`,
    );
  }
  const [now, asked] = [mapping.draftDocument.object, given.document.object];
  const isLatest = mapping.draft.revision === given.revision;
  if (isLatest && !sameField(now, asked, connection.org?.prefix ?? null)) {
    throw new Problem(
      400,
      "invalid-request",
      `This mapping writes to ${now}; that never changes here. Make another mapping for ${asked}.`,
    );
  }
  return succeeded(
    await saveDraft(webRuntime().db, { ...given, mappingId: mapping.id, actor: session.email }),
  );
});
