/** Expectations of a golden sample that a person writes, field by field. Pure. */
import { sameValue } from "../canonical";
import type { FieldDescribe } from "../side";
import type { GoldenField, GoldenResult } from "./golden";
import { makeUp } from "./made-up";
import { shape } from "./shape";
import { MappingSignal } from "./signal";

/** What a field must get. A refusal whose reason is left out may have any. */
export type GoldenEdit =
  | { readonly must: "be"; readonly value: string }
  | { readonly must: "be-empty" | "stay" }
  | { readonly must: "be-refused"; readonly saying: string };

/** By API name of the target field. */
export type GoldenEdits = Readonly<Record<string, GoldenEdit>>;

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
  const expected = new Map(Object.entries(input.expected));
  const replaced: string[] = [];
  for (const [name, edit] of Object.entries(input.edits)) {
    try {
      const field = fieldOf(input, name, edit);
      if (field === null) expected.delete(name);
      else {
        const nobodys = madeUp(input, name, field);
        if (nobodys !== field) replaced.push(name);
        expected.set(name, nobodys);
      }
    } catch (error) {
      if (!(error instanceof MappingSignal)) throw error;
      return { ok: false, field: name, sentence: `${name}: ${error.sentence}` };
    }
  }
  return { ok: true, expected: Object.fromEntries(expected), replaced };
}

function fieldOf(
  { fields, timeZone, got, expected }: EditInput,
  name: string,
  edit: GoldenEdit,
): GoldenField | null {
  if (edit.must === "stay") return null;
  if (edit.must === "be-refused") return { problem: edit.saying.trim(), byHand: true };
  const field = describeOf(fields, name);
  if (!field) throw MappingSignal.hold("invalid_value", "the org does not show this field.");
  const value = edit.must === "be-empty" ? null : shape(edit.value, field, timeZone);
  const known = [own(got, name), own(expected, name)].find((one) => one && "value" in one);
  return { value, when: known && "value" in known ? known.when : "always" };
}

function describeOf(fields: readonly FieldDescribe[], name: string): FieldDescribe | undefined {
  return fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
}

function own(result: GoldenResult, name: string): GoldenField | undefined {
  return Object.hasOwn(result, name) ? result[name] : undefined;
}

function madeUp({ fields, source, got }: EditInput, name: string, field: GoldenField): GoldenField {
  if ("problem" in field) {
    const { problem } = field;
    const said = own(got, name);
    if (said && "problem" in said && said.problem.includes(problem)) return field;
    const made = textOf(makeUp({ problem }, 1).source, "problem");
    return made === problem ? field : { ...field, problem: made };
  }
  const { value } = field;
  const describe = describeOf(fields, name);
  if (typeof value !== "string" || !describe || isKnown(value, source, own(got, name), describe))
    return field;
  const member = describe.type === "email" || describe.type === "phone" ? describe.type : "value";
  const made = textOf(makeUp({ [member]: value }, 1).source, member);
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

function textOf(made: unknown, member: string): string {
  return String((made as Readonly<Record<string, unknown>>)[member]);
}
