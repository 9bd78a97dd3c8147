import { z } from "zod";
import { found, importParams as params } from "@/app/api/imports/found";
import { ordinal } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { importChanges } from "@/lib/core/imports/words";
import { readReport } from "@/lib/imports/report";
import { readImport } from "@/lib/imports/status";
import { changeImport } from "@/lib/imports/steer";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

/** What became of it so far. */
export const GET = route({ params }, async ({ params: { id } }) =>
  found(await readReport(webRuntime().db, id)),
);

const body = z.strictObject({ revision: ordinal, change: z.enum(importChanges) });

/** Approves its canary, pauses, resumes, finishes or cancels it; answers with how it stands then. */
export const PATCH = route({ params, body }, async ({ params: { id }, body: given, session }) => {
  const { db } = webRuntime();
  const result = found(await changeImport(db, { ...given, importId: id, actor: session.email }));
  if (result.outcome === "moved-on") {
    const detail = "Somebody else changed this import in between. What is shown now is how it stands.";
    throw new Problem(409, "conflict", detail);
  }
  if (result.outcome === "refused") throw new Problem(422, "refused", result.sentence);
  return found(await readImport(db, id));
});
