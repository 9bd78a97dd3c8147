/** Golden samples: what a mapping is to give for a record, and where it gives something else. Pure. */
import type { CanonicalValue } from "../../side";
import { sameValue } from "../../canonical";
import { filterFault } from "../compile";
import { evaluateMapping, takesPart } from "../evaluate";
import type { CompiledMapping, EvaluationContext, When } from "../evaluation";
import { saleStanding } from "../sales/sales";
import { MappingSignal } from "../signal";

/** What one field gets. A field that is left alone is not listed. */
export type GoldenField =
  /** Written by hand before any line gives it, it is expected whenever it is written. */
  | { readonly value: CanonicalValue; readonly when: When; readonly byHand?: true }
  /** The record is held for it. Written by hand, the reason has to be among what is said; an empty one is any. */
  | { readonly problem: string; readonly byHand?: true };

/** What becomes of the record as a whole: by the filter and, for sales, by their rules. */
export const goldenStandings = ["write", "mark", "ignore", "left-out"] as const;
export type GoldenStanding =
  | (typeof goldenStandings)[number]
  /** It cannot be told whether it takes part. */
  | { readonly held: string };

export interface GoldenResult {
  readonly standing: GoldenStanding;
  /** By API name of the target field: what the lines give, also where the record takes no part. */
  readonly fields: Readonly<Record<string, GoldenField>>;
  /** API names of fields of which nothing is expected, whatever they get. */
  readonly open?: readonly string[];
}

export type GoldenDifference =
  | {
      readonly field: string;
      readonly label: string;
      /** Null: the field is left alone. */
      readonly expected: GoldenField | null;
      readonly got: GoldenField | null;
    }
  /** The record as a whole. */
  | { readonly field: null; readonly expected: GoldenStanding; readonly got: GoldenStanding };

/** What a mapping gives for a sample, in the form it is kept. */
export async function goldenResult(
  compiled: CompiledMapping,
  source: unknown,
  context: EvaluationContext,
): Promise<GoldenResult> {
  const evaluation = await evaluateMapping(compiled, source, context);
  const targets = new Map(compiled.lines.map((line) => [line.index, line.target]));
  const problems = [...compiled.problems, ...evaluation.problems].flatMap(({ lineIndex, fault }) => {
    const name = targets.get(lineIndex) ?? fault.field ?? compiled.document.lines[lineIndex]?.target;
    return name === undefined ? [] : [[name, { problem: fault.sentence }] as const];
  });
  // The record type is an id of this org, and a mark is only taken back from what has one: neither says what the mapping gives.
  const values = evaluation.fields.flatMap(({ lineIndex, target, value, when, over }) =>
    lineIndex === -1 || over ? [] : [[target, { value, when }] as const],
  );
  const standing = await standingOf(compiled, source, context);
  return { standing, fields: Object.fromEntries([...values, ...problems]) };
}

async function standingOf(
  compiled: CompiledMapping,
  source: unknown,
  context: EvaluationContext,
): Promise<GoldenStanding> {
  const whole = compiled.problems.find(
    ({ lineIndex, fault }) => lineIndex === -1 && fault.field === undefined,
  );
  if (whole) return { held: whole.fault.sentence };
  const { action } = saleStanding(compiled.sales?.rules, source);
  if (action === "ignore") return "ignore";
  try {
    return (await takesPart(compiled, source, context)) ? action : "left-out";
  } catch (error) {
    const { message } = error as { message?: string };
    return { held: filterFault(error instanceof MappingSignal ? error.sentence : message).sentence };
  }
}

/**
 * The result as an expectation: of a field whose line failed nothing is expected, for a failure is nobody's wish; and of one
 * of which nothing was expected before, nothing is still. `before`: what was expected; a refusal that was, still is.
 */
export function withoutFailing(
  { standing, fields }: GoldenResult,
  before: Pick<GoldenResult, "fields" | "open"> = { fields: {} },
): GoldenResult {
  const open = new Set(before.open);
  const kept: [string, GoldenField][] = [];
  for (const [name, field] of Object.entries(fields)) {
    const was = own(before, name);
    if (open.has(name)) continue;
    if (!("problem" in field)) kept.push([name, field]);
    else if (was && "problem" in was) kept.push([name, isSaid(was, field.problem) ? was : field]);
    else open.add(name);
  }
  return { standing, fields: Object.fromEntries(kept), ...(open.size > 0 && { open: [...open] }) };
}

/** Whether anything is written, so that the fields matter. */
export function isWriting(standing: GoldenStanding): boolean {
  return standing === "write" || standing === "mark";
}

/** What becomes of the record, where that is something else than expected; else its fields, in the order of the lines. */
export function goldenDifferences(
  compiled: CompiledMapping,
  expected: GoldenResult,
  got: GoldenResult,
): GoldenDifference[] {
  if (!sameStanding(expected.standing, got.standing))
    return [{ field: null, expected: expected.standing, got: got.standing }];
  if (!isWriting(got.standing)) return [];
  const fields = new Map(compiled.lines.map(({ target, field }) => [target, field]));
  const mark = compiled.sales?.markField;
  if (mark) fields.set(mark.name, mark);
  const names = [...new Set([...fields.keys(), ...Object.keys(got.fields), ...Object.keys(expected.fields)])];
  return names.flatMap((name) => {
    const [was, is] = [own(expected, name), own(got, name)];
    if (expected.open?.includes(name)) return [];
    if (sameField(was, is, fields.get(name))) return [];
    return [{ field: name, label: fields.get(name)?.label ?? name, expected: was, got: is }];
  });
}

function sameStanding(a: GoldenStanding, b: GoldenStanding): boolean {
  return a === b || (typeof a === "object" && typeof b === "object");
}

function own({ fields }: Pick<GoldenResult, "fields">, name: string): GoldenField | null {
  return Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}

/** A held record is held, whatever the sentence: sentences are words for people and may be improved. What somebody wrote counts. */
function sameField(
  a: GoldenField | null,
  b: GoldenField | null,
  field: Parameters<typeof sameValue>[2] | undefined,
): boolean {
  if (a === null || b === null) return a === b;
  if ("problem" in a || "problem" in b) return "problem" in a && "problem" in b && isSaid(a, b.problem);
  const same = field ? sameValue(a.value, b.value, field) : a.value === b.value;
  return same && (a.byHand === true || a.when === b.when);
}

function isSaid({ problem, byHand }: Extract<GoldenField, { problem: string }>, said: string): boolean {
  return !byHand || said.toLowerCase().includes(problem.toLowerCase());
}

/** "Odile: First Name should be Odile, and is ODILE." */
export function goldenSentence(sample: string, difference: GoldenDifference): string {
  if (difference.field === null) {
    const { expected, got } = difference;
    return `${sample}: the record should be ${standingWords(expected)}, and is ${standingWords(got)}.`;
  }
  const { label, expected, got } = difference;
  return `${sample}: ${label} should ${words(expected, "be")}, and ${words(got, "is")}.`;
}

const standings: Readonly<Record<(typeof goldenStandings)[number], string>> = {
  write: "written",
  mark: "only marked by the sales rules",
  ignore: "ignored by the sales rules",
  "left-out": "left out by the filter",
};

/** "left out by the filter". */
export function standingWords(standing: GoldenStanding): string {
  return typeof standing === "string" ? standings[standing] : `held (${standing.held.replace(/\.$/, "")})`;
}

function words(field: GoldenField | null, verb: "be" | "is"): string {
  if (field === null) return verb === "be" ? "be left as it is" : "is left as it is";
  if ("problem" in field) return `${verb} held${field.problem && ` (${field.problem.replace(/\.$/, "")})`}`;
  const when =
    field.when === "always" ? "" : field.when === "create" ? " for new records" : " where it is blank";
  return field.value === null ? `${verb} empty${when}` : `${verb} ${String(field.value)}${when}`;
}
