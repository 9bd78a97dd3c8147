import { z } from "zod";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { EvaluationContext, MappingTarget } from "@/lib/core/mapping/evaluation";
import { mostGolden } from "@/lib/mappings/golden-contract";
import type { GoldenRun } from "@/lib/mappings/golden";
import { published } from "@/lib/mappings/published";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { selectedSections } from "@/lib/s360/sections";
import { ordinal, rowId, targetOf, type FoundMapping } from "./find-mapping";

/** Golden samples that are to expect their present result from now on, as they were seen. */
export const seenSamples = z
  .array(z.object({ id: rowId, revision: ordinal }))
  .max(mostGolden)
  .default([]);

/** What expressions may go by on this connection now. */
export async function contextOf({ connection }: FoundMapping): Promise<EvaluationContext> {
  const { valueMaps } = await published(webRuntime().db, connection.id);
  const selected = selectedSections(connection.settings.s360.sections);
  return { valueMaps, timeZone: connection.timeZone, selected };
}

/** How golden samples are tried. */
export async function goldenRun(found: FoundMapping, document: MappingDocument): Promise<GoldenRun> {
  const [known, context] = await Promise.all([targetOf(found, document), contextOf(found)]);
  return { target: known?.target ?? null, context };
}

/** @throws Problem while the org was never asked for its fields */
export async function neededRun(
  found: FoundMapping,
  document: MappingDocument,
): Promise<GoldenRun & { readonly target: MappingTarget }> {
  const { target, context } = await goldenRun(found, document);
  if (target) return { target, context };
  const detail =
    "Salesforce has not been asked for its fields yet. Ask it now, above the lines; then try again.";
  throw new Problem(409, "conflict", detail);
}
