/**
 * What to do with one link: compare what the mapping says with what both sides last agreed on (design §1 base,
 * unchanged). Pure: returns a decision, performs nothing.
 */
import { sameValue } from "./canonical";
import type { EvaluatedField } from "./mapping/evaluation";
import type { CanonicalFields, CanonicalValue, FieldDescribe } from "./side";

export interface DecideInput {
  readonly fields: readonly EvaluatedField[];
  readonly describe: ReadonlyMap<string, FieldDescribe>;
  readonly keyField: string;
  /** The base of the link, or what an adopted record holds; null for a record the org does not have. */
  readonly held: CanonicalFields | null;
  /** Fields that are sent whatever the org is thought to hold. */
  readonly always?: ReadonlySet<string>;
}

export interface Decision {
  readonly verb: "create" | "update" | "unchanged";
  /** What is sent: only what changes. */
  readonly fields: CanonicalFields;
  /** What was agreed before, for the same fields. */
  readonly before: CanonicalFields;
  /** The base once the write has succeeded. */
  readonly base: CanonicalFields;
}

export function decide(input: DecideInput): Decision {
  const { held, always } = input;
  const usable = input.fields.filter((field) => applies(field, input));
  const base = { ...held, ...Object.fromEntries(usable.map((field) => [field.target, field.value])) };
  if (held === null) {
    const set = usable.filter((field) => field.value !== null && field.target !== input.keyField);
    return { verb: "create", fields: pick(set), before: {}, base };
  }
  const changed = usable.filter(
    (field) => always?.has(field.target) || differs(held[field.target], field, input.describe),
  );
  return {
    verb: changed.length > 0 ? "update" : "unchanged",
    fields: pick(changed),
    before: Object.fromEntries(changed.map((field) => [field.target, held[field.target] ?? null])),
    base,
  };
}

function applies(field: EvaluatedField, { held, describe }: DecideInput): boolean {
  const target = describe.get(field.target);
  if (!target) return false;
  if (held === null) return target.createable;
  if (field.over && !field.over.includes(held[field.target] ?? null)) return false;
  if (!target.updateable || field.when === "create") return false;
  return field.when !== "blank" || held[field.target] === null;
}

function differs(
  held: CanonicalValue | undefined,
  field: EvaluatedField,
  describe: ReadonlyMap<string, FieldDescribe>,
): boolean {
  const target = describe.get(field.target);
  return held === undefined || target === undefined || !sameValue(held, field.value, target);
}

function pick(fields: readonly EvaluatedField[]): CanonicalFields {
  return Object.fromEntries(fields.map((field) => [field.target, field.value]));
}
