import type { MappingDocument } from "@/lib/core/mapping/document";
import type { EvaluationContext } from "@/lib/core/mapping/evaluation";
import type { GoldenRun } from "@/lib/mappings/golden";
import { published } from "@/lib/mappings/published";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { selectedSections } from "@/lib/s360/sections";
import { targetOf, type FoundMapping } from "./find-mapping";

/** What expressions may go by on this connection now. */
export async function contextOf({ connection }: FoundMapping): Promise<EvaluationContext> {
  const { valueMaps } = await published(webRuntime().db, connection.id);
  const selected = selectedSections(connection.settings.s360.sections);
  return { valueMaps, timeZone: connection.timeZone, selected };
}

/** How golden samples are tried; null while the org was never asked for its fields. */
export async function goldenRun(found: FoundMapping, document: MappingDocument): Promise<GoldenRun | null> {
  const [known, context] = await Promise.all([targetOf(found, document), contextOf(found)]);
  return known && { target: known.target, context };
}

/** @throws Problem while the org was never asked for its fields */
export async function neededRun(found: FoundMapping, document: MappingDocument): Promise<GoldenRun> {
  const run = await goldenRun(found, document);
  if (run) return run;
  const detail =
    "Salesforce has not been asked for its fields yet. Ask it now, above the lines; then try again.";
  throw new Problem(409, "conflict", detail);
}
