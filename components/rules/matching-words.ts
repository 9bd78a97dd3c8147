/** Matching rules as an admin reads and adds them. Pure. */
import type { RulesDetail } from "@/lib/connections/contract";
import { prepareRules } from "@/lib/core/matching/rules";
import type { MatchingSettings, MatchRule } from "@/lib/core/matching/settings";
import type { FieldDescribe } from "@/lib/core/side";
import type { ContactKind } from "@/lib/core/words";

/** By mapping of a kind: the fields that its lines fill; null while the org was never asked. */
export type Filled = RulesDetail["filled"][ContactKind];

export interface MatchingPreset {
  readonly name: string;
  readonly label: string;
  readonly rule: MatchRule;
}

const rule = (fields: string[], compare: MatchRule["compare"]): MatchRule => ({
  fields,
  compare,
  names: "must-fit",
});

/** What an admin picks from; each can be changed once it is there. */
export function presetsOf(kind: ContactKind, filled: Filled): readonly MatchingPreset[] {
  const phone = kind === "structure" ? "Phone" : "MobilePhone";
  const named =
    kind === "structure" ? ["Name", "BillingCountry"] : ["FirstName", "LastName", "MailingCountry"];
  const number = fieldsOf(filled).find(({ custom, type }) => custom && type === "text");
  return [
    { name: "email", label: "the e-mail address", rule: rule(["Email"], "exact") },
    { name: "phone", label: "the phone", rule: rule([phone], "normalised") },
    {
      name: "number",
      label: "a VAT or registration number",
      rule: rule([number?.name ?? "VatNumber__c"], "normalised"),
    },
    { name: "name", label: "name and country (prone to error)", rule: rule(named, "normalised") },
  ];
}

function fieldsOf(filled: Filled): readonly FieldDescribe[] {
  return [...new Map((filled ?? []).flat().map((field) => [field.name, field])).values()];
}

/** Fields that a rule can name: those it names already, and those that a line fills and that can be searched by. */
export function fieldOptions(kind: ContactKind, filled: Filled, named: readonly string[]) {
  const usable = fieldsOf(filled).filter((field) => !isAsleep(kind, [[field]], rule([field.name], "exact")));
  const known = new Map(usable.map(({ name, label }) => [name, `${label} (${name})`]));
  const others = named.filter((name) => !known.has(name)).map((name) => [name, name] as const);
  return [...others, ...[...known].sort(([, a], [, b]) => a.localeCompare(b, "en"))].map(
    ([value, label]) => ({
      value,
      label,
    }),
  );
}

/** No mapping of the kind fills all its fields: it is passed over. False while nobody knows. */
export function isAsleep(kind: ContactKind, filled: Filled, given: MatchRule): boolean {
  return filled !== null && filled.every((fields) => prepareRules([given], kind, fields).ready.length === 0);
}

export const compareOptions = [
  { value: "exact", label: "exactly" },
  { value: "normalised", label: "normalised" },
] as const;

export const nameOptions = [
  { value: "must-fit", label: "first and last name must be the same too" },
  { value: "may-differ", label: "names may differ" },
] as const;

export const severalOptions = [
  { value: "review", label: "open a review" },
  { value: "tell", label: "ignore the contact and tell someone" },
] as const;

/** "1. Email, exactly, names must be the same too · 2. …" */
export function matchingText(kind: ContactKind, { rules }: MatchingSettings[ContactKind]): string {
  if (rules.length === 0) return "nothing: a new record is created";
  return rules
    .map(({ fields, compare, names }, index) => {
      const how = compare === "exact" ? "exactly" : "normalised";
      const people =
        kind === "structure" ? "" : names === "must-fit" ? ", with the name" : ", whatever the name";
      return `${index + 1}. ${fields.join(" + ")}, ${how}${people}`;
    })
    .join("; ");
}

/** The rules with one of them moved, by one place or not at all. */
export function moved(rules: readonly MatchRule[], from: number, to: number): MatchRule[] {
  const [one] = rules.slice(from, from + 1);
  if (!one || to < 0 || to >= rules.length) return [...rules];
  const others = rules.toSpliced(from, 1);
  return others.toSpliced(to, 0, one);
}
