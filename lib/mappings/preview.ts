import { compileMapping, filterFault } from "@/lib/core/mapping/compile";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { evaluateMapping, takesPart } from "@/lib/core/mapping/evaluate";
import type { CompiledMapping, EvaluationContext, MappingTarget } from "@/lib/core/mapping/evaluation";
import { checkInTurns, fieldsLacking, type PublishingProblem } from "@/lib/core/mapping/publish/publish";
import { saleStanding } from "@/lib/core/mapping/sales/sales";
import { clockTime } from "@/lib/core/moments";
import { MappingSignal } from "@/lib/core/mapping/signal";
import { ownTurn, workedMs } from "@/lib/platform/turns";
import type { MappingPreview, PreviewResult } from "./contract";

/** Wall clock for all lines together; each has its own bound as well (lib/core/mapping/expression/limits.ts). */
export const previewBudgetMs = 2_000;

export interface PreviewInput {
  readonly document: MappingDocument;
  /** The org's fields; null while the org was never asked. */
  readonly target: MappingTarget | null;
  /** Folded source state, or `{ operation, order }`; undefined without a sample. */
  readonly source: unknown;
  readonly context: EvaluationContext;
}

/**
 * What a document would do to one record, and what stands in the way of publishing it. Changes nothing and asks no
 * system. Between lines and between the steps of an expression others have their turn, so that a slow document delays
 * nobody else's request for long.
 */
export async function previewMapping(given: PreviewInput): Promise<MappingPreview> {
  const context = { ...given.context, breathe: ownTurn, worked: workedMs };
  const input = { ...given, context };
  const { document, target } = input;
  const publishing = await checkInTurns(document, target, Object.keys(context.valueMaps), ownTurn);
  const ofLines = document.lines.map((): PublishingProblem[] => []);
  for (const problem of publishing) if (problem.lineIndex !== null) ofLines[problem.lineIndex]?.push(problem);
  const sound = document.lines.filter((_, index) => ofLines[index]?.every(({ ofWayBack }) => ofWayBack));
  const results = await resultsOf(input);
  return {
    takesPart: await partOf(input),
    sale: document.sales && input.source !== undefined ? saleStanding(document.sales, input.source) : null,
    lines: results.map((result, index) => ({
      problems: (ofLines[index] ?? []).map(({ sentence }) => sentence),
      result,
    })),
    problems: publishing.flatMap(({ lineIndex, target: field, sentence }) =>
      lineIndex === null ? { target: field, sentence } : [],
    ),
    required: {
      needed: fieldsLacking(document, target, []).length,
      missing: fieldsLacking(document, target, sound),
    },
  };
}

async function partOf({ document, target, source, context }: PreviewInput): Promise<boolean | string | null> {
  if (!target || source === undefined || document.filter === undefined) return null;
  try {
    return await takesPart(compileMapping({ ...document, lines: [] }, target), source, context);
  } catch (error) {
    return error instanceof MappingSignal ? error.sentence : filterFault().sentence;
  }
}

async function resultsOf({ document, target, source, context }: PreviewInput): Promise<PreviewResult[]> {
  const forAll = (sentence: string): PreviewResult[] =>
    document.lines.map(() => ({ outcome: "not-run", sentence }));
  if (!target) return forAll("The org has not been asked for its fields yet.");
  if (source === undefined) return forAll("There is no record to try it on.");
  const compiled = compileMapping(document, target);
  const endsAt = performance.now() + previewBudgetMs;
  const results: PreviewResult[] = [];
  for (let index = 0; index < document.lines.length; index++) {
    const late = performance.now() > endsAt;
    results.push(late ? tooLate : await resultOf(compiled, index, source, context));
  }
  return results;
}

const tooLate: PreviewResult = {
  outcome: "not-run",
  sentence: "Not tried: the lines above take too long. Make them simpler.",
};

async function resultOf(
  compiled: CompiledMapping,
  index: number,
  source: unknown,
  context: EvaluationContext,
): Promise<PreviewResult> {
  const broken = compiled.problems.find(({ lineIndex }) => lineIndex === index);
  if (broken) return { outcome: "problem", sentence: broken.fault.sentence };
  const alone = {
    ...compiled,
    recordTypeId: null,
    lines: compiled.lines.filter((line) => line.index === index),
  };
  const { fields, problems } = await evaluateMapping(alone, source, context);
  if (problems[0]) return { outcome: "problem", sentence: problems[0].fault.sentence };
  const field = fields.find(({ lineIndex }) => lineIndex === index);
  if (!field) return { outcome: "left" };
  const { value, when } = field;
  if (value === null) return { outcome: "cleared", when };
  const isMoment = alone.lines[0]?.field.type === "datetime" && typeof value === "string";
  const clock = isMoment ? clockTime(value, context.timeZone) : null;
  return { outcome: "value", value, when, reference: field.reference?.object ?? null, clock };
}
