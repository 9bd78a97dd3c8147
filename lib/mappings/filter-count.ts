import { compileMapping, filterFault } from "@/lib/core/mapping/compile";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { takesPart } from "@/lib/core/mapping/evaluate";
import type { EvaluationContext, MappingTarget } from "@/lib/core/mapping/evaluation";
import { MappingSignal } from "@/lib/core/mapping/signal";
import { ownTurn, workedMs } from "@/lib/platform/turns";
import type { FilterCount } from "./contract";
import { previewBudgetMs } from "./preview";

export interface FilterCountInput {
  readonly document: MappingDocument;
  readonly target: MappingTarget;
  readonly sources: readonly unknown[];
  readonly context: EvaluationContext;
}

/**
 * Of how many records a document's filter and sales rules let take part. Others have their turn between records and between
 * the steps of the filter; what is not tried within the time of a preview is left out of `records`.
 */
export async function countTakingPart(given: FilterCountInput): Promise<FilterCount> {
  const { document, target, sources } = given;
  const context = { ...given.context, breathe: ownTurn, worked: workedMs };
  const compiled = compileMapping({ ...document, lines: [] }, target);
  const endsAt = performance.now() + previewBudgetMs;
  let [records, taking, failing] = [0, 0, 0];
  let problem: string | null = null;
  for (const source of sources) {
    if (performance.now() > endsAt) break;
    await ownTurn();
    records++;
    try {
      if (await takesPart(compiled, source, context)) taking++;
    } catch (error) {
      failing++;
      problem ??= error instanceof MappingSignal ? error.sentence : filterFault().sentence;
    }
  }
  return { records, taking, failing, problem };
}
