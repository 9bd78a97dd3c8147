/** An admin's rules made ready for one mapping: their fields as the org names them, and what the org is asked by them. */
import { canonical, sameValue } from "../canonical";
import { bareName } from "../mapping/field-name";
import type { CanonicalFields, CanonicalValue, FieldDescribe, FieldType, Likeness } from "../side";
import type { ContactKind } from "../words";
import { likePattern, normalText, phoneDigits, samePhone } from "./normal";
import type { MatchRule } from "./settings";

export interface ReadyRule {
  /** Its place among the rules of its kind as the admin ordered them, from 1. */
  readonly nth: number;
  readonly fields: readonly FieldDescribe[];
  readonly compare: MatchRule["compare"];
  /** Names decide as well: the rule is about people. */
  readonly names: boolean;
}

/** A rule that cannot be used, and the fields that are the reason. */
export interface SleepingRule {
  readonly rule: MatchRule;
  /** No line of the mapping fills them, the org lacks them, or nobody can search by them. */
  readonly fields: readonly string[];
}

export interface PreparedRules {
  readonly ready: readonly ReadyRule[];
  readonly sleeping: readonly SleepingRule[];
}

/** Types that a query can search by. */
const searchable: ReadonlySet<FieldType> = new Set([
  "text",
  "email",
  "phone",
  "url",
  "picklist",
  "integer",
  "number",
  "date",
]);

/**
 * The rules of a kind for the fields that its mapping fills. A field of a Contact is called `Person…` on a person account;
 * either name will do.
 */
export function prepareRules(
  rules: readonly MatchRule[],
  kind: ContactKind,
  filled: readonly FieldDescribe[],
): PreparedRules {
  const byName = new Map(filled.map((field) => [bareName(field.name), field]));
  const find = (name: string) => byName.get(bareName(name)) ?? byName.get(`person${bareName(name)}`);
  const ready: ReadyRule[] = [];
  const sleeping: SleepingRule[] = [];
  for (const [index, rule] of rules.entries()) {
    const fields = rule.fields.flatMap((name) => {
      const field = find(name);
      return field && searchable.has(field.type) && field.filterable !== false ? [field] : [];
    });
    const found = new Set(fields.map(({ name }) => name));
    const missing = rule.fields.filter((name) => !found.has(find(name)?.name ?? ""));
    if (missing.length > 0) sleeping.push({ rule, fields: missing });
    else
      ready.push({
        nth: index + 1,
        fields,
        compare: rule.compare,
        names: kind !== "structure" && rule.names === "must-fit",
      });
  }
  return { ready, sleeping };
}

/** What the org is asked by a rule for one record; null where the record has nothing to ask with. */
export function likenessOf(
  { fields, compare }: ReadyRule,
  values: CanonicalFields,
  person: boolean | null,
): Likeness | null {
  const asked = fields.flatMap((field): Likeness["fields"][number][] => {
    const value = values[field.name] ?? null;
    if (value === null || formOf(field, compare, value) === "") return [];
    const pattern = compare === "normalised" && typeof value === "string" ? likePattern(value, field) : null;
    return [{ name: field.name, is: pattern === null ? "equal" : "like", value: pattern ?? value }];
  });
  return asked.length === fields.length ? { fields: asked, person } : null;
}

/** Whether both values mean the same to the rule. */
export function isAlike(
  field: FieldDescribe,
  compare: ReadyRule["compare"],
  a: CanonicalValue,
  b: CanonicalValue,
) {
  if (a === null || b === null) return false;
  if (field.type === "phone")
    return compare === "exact" ? sameValue(a, b, field) : samePhone(String(a), String(b));
  return formOf(field, compare, a) === formOf(field, compare, b);
}

/** Equal for all values that are alike; "" for what is like nothing. Salesforce compares texts without case. */
export function formOf(field: FieldDescribe, compare: ReadyRule["compare"], value: CanonicalValue): string {
  if (value === null) return "";
  const text = String(canonical(value, field) ?? "");
  // Numbers that are the same are the same in their last digits, whether or not one says its country.
  if (field.type === "phone")
    return compare === "exact" ? text.replace(/\D/g, "").slice(-7) : phoneDigits(text).slice(-7);
  const isText = typeof value === "string" && field.type !== "email" && field.type !== "date";
  return compare === "normalised" && isText ? normalText(text, field) : text.toLowerCase();
}
