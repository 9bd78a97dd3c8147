/** Puts what people changed in Salesforce into an S-360 contact that was just read in full. */
import { sameValue } from "../../canonical";
import type { Contact } from "../../contact-side";
import type { CanonicalValue } from "../../side";
import { cut } from "../evaluate";
import type { CompiledLine, EvaluationContext, LineProblem } from "../evaluation";
import { inverseOf } from "./inverse";
import { locate, put } from "./inverse-contact";
import type { Place } from "./inverse-place";
import { linesBack, type LineMember } from "./inverse-lines";
import { turnBack } from "./inverse-values";
import { shape } from "../shape";
import { MappingSignal, quoted } from "../signal";

export interface FieldChange {
  readonly line: CompiledLine;
  /** Canonical: what the Salesforce field holds now. */
  readonly value: CanonicalValue;
}

export interface PutBack {
  /**
   * The contact as it is to be saved. It shares all that was not touched with the one given, and is that one when there is
   * nothing to save or there are problems.
   */
  readonly contact: Contact;
  /** Top-level keys that changed. */
  readonly sections: readonly string[];
  /** Fields for which S-360 keeps what it has, without fault. */
  readonly left: readonly { readonly target: string; readonly sentence: string }[];
  /** Any problem holds the record. */
  readonly problems: readonly LineProblem[];
}

/**
 * Never changes the contact given, and never throws because of it or of the values. Afterwards every line is run on the
 * changed contact and must give the value again: what S-360 cannot hold is a problem, never a different value.
 */
export async function putBack(
  contact: Contact,
  changes: readonly FieldChange[],
  context: EvaluationContext,
): Promise<PutBack> {
  const left: { target: string; sentence: string }[] = [];
  const problems: LineProblem[] = [];
  const toVerify: { line: CompiledLine; value: CanonicalValue; expected: CanonicalValue }[] = [];
  let changed = contact;
  for (const { line, value } of changes) {
    const before = await forward(line, contact, context);
    const step =
      before.ok && sameValue(before.value, value, line.field) ? null : turned(line, value, changed, context);
    if (step?.kind === "left") left.push({ target: line.target, sentence: sentenceFor(line, step.sentence) });
    else if (step?.kind === "refused") problems.push(problemOf(line, step.code, step.sentence));
    else {
      const expected = step ? step.expected : value;
      const isThere = before.ok && sameValue(before.value, expected, line.field);
      if (step && !isThere) changed = step.contact;
      toVerify.push({ line, value, expected });
    }
  }
  for (const { line, value, expected } of toVerify) {
    const after = await forward(line, changed, context);
    const isHeld = after.ok && sameValue(after.value, expected, line.field);
    if (!isHeld) problems.push(notHeld(line, value, after));
  }
  if (problems.length > 0) return { contact, sections: [], left, problems };
  return { contact: changed, sections: sectionsChanged(contact, changed), left, problems };
}

type Turned =
  | { readonly kind: "put"; readonly contact: Contact; readonly expected: CanonicalValue }
  | { readonly kind: "left"; readonly sentence: string }
  | { readonly kind: "refused"; readonly code: ProblemCode; readonly sentence: string };
type ProblemCode = "not_expressible" | "invalid_value" | "expression_failed";

const unreachable: Turned = {
  kind: "refused",
  code: "not_expressible",
  sentence:
    "What S-360 holds there has another structure than the line says. Change the line, or switch two-way off.",
};

function turned(
  line: CompiledLine,
  value: CanonicalValue,
  contact: Contact,
  context: EvaluationContext,
): Turned {
  const { inverse, field } = line;
  if (!inverse) {
    const answer = inverseOf(line.line.expression, field);
    const sentence = answer.ok ? "This line goes from S-360 to Salesforce only." : answer.sentence;
    return { kind: "refused", code: "not_expressible", sentence };
  }
  if (inverse.form === "lines") {
    const back = linesBack(
      value,
      inverse.places.map((place) => lineMember(contact, place)),
    );
    if (back.kind !== "put") return back;
    let changed = contact;
    for (const [index, place] of inverse.places.entries()) {
      const spot = locate(changed, place);
      if (!spot) return unreachable;
      changed = put(changed, spot, back.raws[index]);
    }
    return { kind: "put", contact: changed, expected: back.expected };
  }
  const spot = locate(contact, inverse.place);
  if (!spot) return unreachable;
  const back = turnBack(inverse.conversion, { value, field, present: spot.present }, context);
  if (back.kind !== "put") return back;
  return { kind: "put", contact: put(contact, spot, back.raw), expected: back.expected };
}

/** Members of one place that only a number tells apart are of one kind. */
function lineMember(contact: Contact, place: Place): LineMember {
  const { member: name, steps } = place;
  const kind = JSON.stringify([steps, name.replace(/\d+$/, "")]);
  return { name, kind, present: locate(contact, place)?.present };
}

type Forward =
  { readonly ok: true; readonly value: CanonicalValue } | { readonly ok: false; readonly error: unknown };

/** What the line gives, its policies for what is missing or cannot be used left aside. */
async function forward(line: CompiledLine, contact: Contact, context: EvaluationContext): Promise<Forward> {
  try {
    const value = shape(await line.run(contact, context), line.field, context.timeZone);
    const cuts = typeof value === "string" && line.line.tooLong === "cut" && line.field.length > 0;
    return {
      ok: true,
      value: cuts && value.length > line.field.length ? cut(value, line.field.length) : value,
    };
  } catch (error) {
    return { ok: false, error };
  }
}

const advice = "Correct it in Salesforce or in S-360.";

function notHeld(line: CompiledLine, value: CanonicalValue, after: Forward): LineProblem {
  const wanted = value === null ? "an empty field" : quoted(value);
  if (after.ok) {
    const comesBack = after.value === null ? "nothing" : quoted(after.value);
    const sentence = `S-360 cannot hold ${wanted} here: ${comesBack} would come back. ${advice}`;
    return problemOf(line, "not_expressible", sentence);
  }
  const { error } = after;
  if (error instanceof MappingSignal && error.kind === "hold") {
    const why = `${error.sentence.charAt(0).toUpperCase()}${error.sentence.slice(1)}`;
    const code = error.code === "invalid_value" ? "invalid_value" : "not_expressible";
    return problemOf(line, code, `S-360 cannot hold ${wanted} here. ${why} ${advice}`);
  }
  if (error instanceof MappingSignal)
    return problemOf(line, "not_expressible", `S-360 cannot hold ${wanted} here. ${advice}`);
  const message = (error as { message?: string }).message ?? "unknown error";
  return problemOf(
    line,
    "expression_failed",
    `The expression failed: ${message.replace(/\.$/, "")}. Correct the line.`,
  );
}

function problemOf(line: CompiledLine, code: ProblemCode, sentence: string): LineProblem {
  return {
    lineIndex: line.index,
    fault: { code, field: line.target, sentence: sentenceFor(line, sentence) },
  };
}

function sentenceFor({ field }: CompiledLine, said: string): string {
  return `${field.label} (${field.name}): ${said}`;
}

function sectionsChanged(before: Contact, after: Contact): readonly string[] {
  return Object.keys(after).filter((key) => !Object.hasOwn(before, key) || before[key] !== after[key]);
}
