/** Golden samples: what a mapping is to give for a record, and where it gives something else. Pure. */
import type { CanonicalValue } from "../side";
import { sameValue } from "../canonical";
import type { CompiledMapping, Evaluation, When } from "./evaluation";

/** What one field gets. A field that is left alone is not listed. */
export type GoldenField =
  | { readonly value: CanonicalValue; readonly when: When }
  /** The record is held for it. Written by hand, the reason has to be among what is said; an empty one is any. */
  | { readonly problem: string; readonly byHand?: true };

/** By API name of the target field. */
export type GoldenResult = Readonly<Record<string, GoldenField>>;

export interface GoldenDifference {
  readonly field: string;
  readonly label: string;
  /** Null: the field is left alone. */
  readonly expected: GoldenField | null;
  readonly got: GoldenField | null;
}

/** What a mapping gives for a sample, in the form it is kept. */
export function goldenResult(compiled: CompiledMapping, evaluation: Evaluation): GoldenResult {
  const targets = new Map(compiled.lines.map((line) => [line.index, line.target]));
  const problems = [...compiled.problems, ...evaluation.problems].map(({ lineIndex, fault }) => {
    const name = targets.get(lineIndex) ?? fault.field ?? compiled.document.lines[lineIndex]?.target ?? "";
    return [name, { problem: fault.sentence }] as const;
  });
  // The record type is an id of this org, and a mark is only taken back from what has one: neither says what the mapping gives.
  const values = evaluation.fields.flatMap(({ lineIndex, target, value, when, over }) =>
    lineIndex === -1 || over ? [] : [[target, { value, when }] as const],
  );
  return Object.fromEntries([...values, ...problems]);
}

/** Fields that get something else than expected, in the order of the mapping's lines. */
export function goldenDifferences(
  compiled: CompiledMapping,
  expected: GoldenResult,
  got: GoldenResult,
): GoldenDifference[] {
  const fields = new Map(compiled.lines.map(({ target, field }) => [target, field]));
  const names = [...new Set([...fields.keys(), ...Object.keys(got), ...Object.keys(expected)])];
  return names.flatMap((name) => {
    const [was, is] = [own(expected, name), own(got, name)];
    if (sameField(was, is, fields.get(name))) return [];
    return [{ field: name, label: fields.get(name)?.label ?? name, expected: was, got: is }];
  });
}

function own(result: GoldenResult, name: string): GoldenField | null {
  return Object.hasOwn(result, name) ? (result[name] ?? null) : null;
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
  return same && a.when === b.when;
}

function isSaid({ problem, byHand }: Extract<GoldenField, { problem: string }>, said: string): boolean {
  return !byHand || said.toLowerCase().includes(problem.toLowerCase());
}

/** "Odile: First Name should be Odile, and is ODILE." */
export function goldenSentence(sample: string, { label, expected, got }: GoldenDifference): string {
  return `${sample}: ${label} should ${words(expected, "be")}, and ${words(got, "is")}.`;
}

function words(field: GoldenField | null, verb: "be" | "is"): string {
  if (field === null) return verb === "be" ? "be left as it is" : "is left as it is";
  if ("problem" in field) return `${verb} held${field.problem && ` (${field.problem.replace(/\.$/, "")})`}`;
  const when =
    field.when === "always" ? "" : field.when === "create" ? " for new records" : " where it is blank";
  return field.value === null ? `${verb} empty${when}` : `${verb} ${String(field.value)}${when}`;
}
