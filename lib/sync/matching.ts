/** The admin's matching rules, ready for the works of a batch: what the org is asked by them, and which row is which work's. */
import { likenessOf, prepareRules, type ReadyRule } from "@/lib/core/matching/rules";
import { matchChoiceOf } from "@/lib/core/matching/choice";
import type { Wanted } from "@/lib/core/matching/match";
import type { MatchingSettings } from "@/lib/core/matching/settings";
import type { CanonicalFields, Likeness } from "@/lib/core/side";
import { contactKinds } from "@/lib/core/words";
import type { LinkWork, ReadyMapping } from "./work";

/** The rules by which a mapping's unlinked works are matched; none where they are not. */
export type RulesOf = (mapping: ReadyMapping) => readonly ReadyRule[];

export function matchingRules(settings: MatchingSettings): RulesOf {
  const known = new Map<ReadyMapping, readonly ReadyRule[]>();
  return (mapping) => {
    const rules = known.get(mapping) ?? rulesFor(settings, mapping);
    known.set(mapping, rules);
    return rules;
  };
}

function rulesFor(settings: MatchingSettings, { published, compiled }: ReadyMapping): readonly ReadyRule[] {
  const kind = contactKinds.find((candidate) => candidate === published.kind);
  if (!kind) return [];
  const filled = compiled.lines.map(({ field }) => field);
  return prepareRules(settings[kind].rules, kind, filled).ready;
}

/** Person accounts are never taken for companies, nor for Contacts; null where the org has none. */
function personOf({ compiled, describe }: ReadyMapping): boolean | null {
  if (!describe.has("IsPersonAccount")) return null;
  return compiled.object === "Account" && compiled.lines.some(({ target }) => target === "LastName");
}

export function wantedOf({ mapping, fields, ifThere }: LinkWork, rules: readonly ReadyRule[]): Wanted {
  const values: CanonicalFields = Object.fromEntries(fields.map(({ target, value }) => [target, value]));
  return { rules: ifThere ? [] : rules, values, person: personOf(mapping) };
}

/** What the org is asked for one work beside its Sync ID, and the fields that have to come back for it. */
export function questionOf(
  work: LinkWork,
  rules: readonly ReadyRule[],
): { readonly alike: readonly Likeness[]; readonly fields: readonly string[] } {
  const choice = matchChoiceOf(work.record.waived, work.mapping.published.mappingId);
  // A person who wants a new record has seen what is alike.
  if (work.link || choice?.kind === "create") return { alike: [], fields: [] };
  if (choice?.kind === "named") return { alike: [itself(choice.id)], fields: [] };
  const { values, person, rules: counting } = wantedOf(work, rules);
  const alike = counting.flatMap((rule) => likenessOf(rule, values, person) ?? []);
  return { alike, fields: alike.length > 0 ? comparedFields(work.mapping, rules) : [] };
}

/** Whether it is a person account is judged later, so that it can be said. */
function itself(id: string): Likeness {
  return { fields: [{ name: "Id", is: "equal", value: id }], person: null };
}

const names = ["FirstName", "LastName"];

/** What a person is shown of a candidate as well: the fields of the rules, and what it is called. */
export function comparedFields(
  { compiled, describe }: ReadyMapping,
  rules: readonly ReadyRule[],
): readonly string[] {
  const ofRules = rules.flatMap(({ fields }) => fields.map(({ name }) => name));
  const ofCompany = compiled.lines.some(({ target }) => target === "Name") ? ["Name"] : [];
  return [...new Set([...ofRules, ...ofCompany, ...names.filter((name) => describe.has(name))])];
}
