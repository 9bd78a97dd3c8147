/** Expectations of a golden sample that a person writes, field by field. Pure. */
import { sameValue } from "../../canonical";
import type { CanonicalValue, FieldDescribe } from "../../side";
import {
  isWriting,
  withoutFailing,
  type GoldenField,
  type GoldenResult,
  type goldenStandings,
} from "./golden";
import { withoutPersonalNumbers, makeUp } from "./made-up";
import { shape } from "../shape";
import { MappingSignal, quoted } from "../signal";

/** What a field must get. A refusal whose reason is left out may have any. */
export type GoldenEdit =
  | { readonly must: "be"; readonly value: string }
  /** `be-as-now`: what the lines give. `be-anything`: nothing is expected. */
  | { readonly must: "be-empty" | "stay" | "be-as-now" | "be-anything" }
  | { readonly must: "be-refused"; readonly saying: string };

export interface GoldenEdits {
  /** What must become of the record as a whole; absent: what is expected already. */
  readonly standing?: (typeof goldenStandings)[number] | "as-now";
  /** By API name of the target field; the others stay as they are expected. */
  readonly fields: Readonly<Record<string, GoldenEdit>>;
}

export interface EditInput {
  /** The fields of the org's object. */
  readonly fields: readonly FieldDescribe[];
  readonly timeZone: string;
  /** The made-up record, and what the mapping gives for it now. */
  readonly source: unknown;
  readonly got: GoldenResult;
  readonly expected: GoldenResult;
  readonly edits: GoldenEdits;
}

export type Edited =
  | { readonly ok: true; readonly expected: GoldenResult; readonly replaced: readonly string[] }
  /** A value that its field cannot hold. */
  | { readonly ok: false; readonly field: string; readonly sentence: string };

/**
 * The expectation with the edits in it. E-mail addresses and phone numbers that are in neither the made-up record nor its
 * result may be somebody's, and are replaced as on keeping; `replaced` names their fields.
 */
export function withEdits(input: EditInput): Edited {
  const { standing: was } = input.expected;
  const standing = input.edits.standing === "as-now" ? input.got.standing : (input.edits.standing ?? was);
  // Of a record that took no part nobody has looked at the fields yet.
  const anew = input.edits.standing === "as-now" && !isWriting(was);
  const from = anew ? withoutFailing(input.got, input.expected) : input.expected;
  const expected = new Map(Object.entries(from.fields));
  const open = new Set(from.open);
  const replaced: string[] = [];
  for (const [name, edit] of Object.entries(input.edits.fields)) {
    try {
      const as = describeOf(input.fields, name)?.name ?? name;
      if (edit.must === "be-anything") open.add(as);
      else open.delete(as);
      const field = fieldOf(input, as, edit);
      const nobodys = field && madeUp(input, as, field);
      if (nobodys !== field) replaced.push(as);
      if (nobodys === null) expected.delete(as);
      else expected.set(as, nobodys);
    } catch (error) {
      if (!(error instanceof MappingSignal)) throw error;
      const label = describeOf(input.fields, name)?.label ?? name;
      return { ok: false, field: name, sentence: `${label}: ${error.sentence}` };
    }
  }
  const edited = {
    standing,
    fields: Object.fromEntries(expected),
    ...(open.size > 0 && { open: [...open] }),
  };
  return { ok: true, expected: edited, replaced };
}

function fieldOf(input: EditInput, name: string, edit: GoldenEdit): GoldenField | null {
  const { fields, timeZone, got, expected } = input;
  if (edit.must === "stay" || edit.must === "be-anything") return null;
  if (edit.must === "be-as-now") return own(got, name) ?? null;
  const field = describeOf(fields, name);
  if (!field) throw MappingSignal.hold("invalid_value", "the org does not show this field.");
  if (edit.must === "be-refused") return { problem: edit.saying.trim(), byHand: true };
  const value = edit.must === "be" ? valueFor(field, edit.value, timeZone) : null;
  const known = [own(got, name), own(expected, name)].find((one) => one && "value" in one);
  if (known && "value" in known) return { value, when: known.when };
  return { value, when: "always", byHand: true };
}

/** What is typed as the field holds it. @throws MappingSignal for what it cannot hold */
function valueFor(field: FieldDescribe, typed: string, timeZone: string): CanonicalValue {
  const value = shape(typed, field, timeZone);
  const refuse = (sentence: string) => MappingSignal.hold("invalid_value", sentence);
  if (value === null) throw refuse("type a value, or choose that it must be empty.");
  if (typeof value !== "string" || field.type === "reference") return value;
  if (field.length > 0 && value.length > field.length)
    throw refuse(`the field holds ${field.length} characters, and this has ${value.length}.`);
  const parts = field.type === "multipicklist" ? value.split(";") : [value];
  const unknown = field.restrictedPicklist && parts.find((part) => !field.picklistValues.includes(part));
  if (unknown) throw refuse(`${quoted(unknown)} is none of the values of this picklist.`);
  return value;
}

function describeOf(fields: readonly FieldDescribe[], name: string): FieldDescribe | undefined {
  return fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
}

function own({ fields }: GoldenResult, name: string): GoldenField | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function madeUp({ fields, source, got }: EditInput, name: string, field: GoldenField): GoldenField {
  if ("problem" in field) {
    const { problem } = field;
    const said = own(got, name);
    if (said && "problem" in said && said.problem.includes(problem)) return field;
    const made = withoutPersonalNumbers(problem, 1);
    return made === problem ? field : { ...field, problem: made };
  }
  const { value } = field;
  const describe = describeOf(fields, name);
  if (typeof value !== "string" || !describe || isKnown(value, source, own(got, name), describe))
    return field;
  const isPersonal = describe.type === "email" || describe.type === "phone";
  const made = isPersonal ? madeUpAs(describe.type, value) : withoutPersonalNumbers(value, 1);
  return made === value ? field : { ...field, value: made };
}

/** In the made-up record, or what it gives: nobody's already. */
function isKnown(
  value: string,
  source: unknown,
  got: GoldenField | undefined,
  field: FieldDescribe,
): boolean {
  if (got && "value" in got && sameValue(got.value, value, field)) return true;
  return JSON.stringify(source).toLowerCase().includes(JSON.stringify(value).slice(1, -1).toLowerCase());
}

function madeUpAs(member: string, value: string): string {
  return String((makeUp({ [member]: value }, 1).source as Readonly<Record<string, unknown>>)[member]);
}
