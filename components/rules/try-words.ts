/** What trying matching rules brought, as an admin reads it. Pure. */
import type { MatchingFound, MatchingOutcome, MatchingTry } from "@/lib/comparison/matching-contract";
import type { MatchingSettings } from "@/lib/core/matching/settings";
import type { ContactKind } from "@/lib/core/words";
import { count, counted } from "../ui/numbers";
import type { RulesToTry } from "./queries";

export const kindNouns: Readonly<Record<ContactKind, { readonly one: string; readonly many: string }>> = {
  individual: { one: "individual", many: "individuals" },
  relay: { one: "relay", many: "relays" },
  structure: { one: "structure", many: "structures" },
};

/** In the order in which they are told. */
export const toldOutcomes: readonly MatchingOutcome[] = [
  ...(["adopted", "unsure", "taken", "new"] as const),
  ...(["keyed", "unjudged", "duplicate", "alone"] as const),
];

/** Told also when there are none. */
export const usualOutcomes: readonly MatchingOutcome[] = ["adopted", "unsure", "taken", "new"];

interface Words {
  /** After the number. */
  readonly label: string;
  /** Over the list of them. */
  readonly title: string;
}

const words: Readonly<Record<MatchingOutcome, Words>> = {
  adopted: { label: "would be adopted", title: "Contacts that would be adopted" },
  unsure: { label: "wait for a person", title: "Contacts that wait for a person" },
  taken: {
    label: "would be created and listed as possible duplicates",
    title: "Contacts that fit only what belongs to another contact",
  },
  new: { label: "are new", title: "Contacts that are new in Salesforce" },
  keyed: { label: "are there by their Sync ID", title: "Contacts that Salesforce has by their Sync ID" },
  unjudged: { label: "could not be judged", title: "Contacts that could not be judged" },
  duplicate: {
    label: "are linked, and another record fits as well",
    title: "Linked contacts that another record fits as well",
  },
  alone: { label: "are linked, and nothing else fits", title: "Linked contacts that nothing else fits" },
};

const singular: Readonly<Partial<Record<MatchingOutcome, string>>> = {
  unsure: "waits for a person",
  taken: "would be created and listed as a possible duplicate",
  new: "is new",
  keyed: "is there by its Sync ID",
  duplicate: "is linked, and another record fits as well",
  alone: "is linked, and nothing else fits",
};

/** `several`: what was set to become of those that several records fit. */
export function outcomeWords(outcome: MatchingOutcome, several: "review" | "tell"): Words {
  if (outcome !== "unsure" || several === "review") return words[outcome];
  return { label: "would be ignored, and someone told", title: "Contacts that would be ignored" };
}

/**
 * "Of the latest 200 individuals 37 would be adopted: 35 by rule 1, 2 by rule 2; 2 wait for a person; 161 are new." What is
 * zero is left out.
 */
export function trySentence(
  { kind, matching }: RulesToTry,
  { records }: Pick<MatchingTry, "records">,
  found: Pick<MatchingFound, "counts" | "byRule">,
): string {
  const { one, many } = kindNouns[kind];
  const { several } = matching[kind];
  const parts = toldOutcomes.flatMap((outcome) => {
    const times = found.counts[outcome];
    if (times === 0 && outcome !== "adopted") return [];
    const number = times === 0 ? "none" : times === records ? (records === 1 ? "it" : "all") : count(times);
    const label = labelOf(outcome, times, several);
    return [`${number} ${label}${outcome === "adopted" ? byRuleText(found.byRule) : ""}`];
  });
  if (records === 1) return `Of the latest ${one}: ${parts.join("; ")}.`;
  return `Of the latest ${counted(records, one, many)} ${parts.join("; ")}.`;
}

/** After the number. */
export function labelOf(outcome: MatchingOutcome, times: number, several: "review" | "tell"): string {
  const plural = outcomeWords(outcome, several).label;
  if (times !== 1 || (outcome === "unsure" && several === "tell")) return plural;
  return singular[outcome] ?? plural;
}

function byRuleText(byRule: MatchingFound["byRule"]): string {
  const [only] = byRule;
  if (!only) return "";
  if (byRule.length === 1) return ` by rule ${only.rule}`;
  return `: ${byRule.map((one) => `${count(one.count)} by rule ${one.rule}`).join(", ")}`;
}

/** Whether other rules are in front of the person now than those that were tried. A relay stands or falls with its company. */
export function isOutdated({ kind, matching }: RulesToTry, now: MatchingSettings): boolean {
  const kinds: readonly ContactKind[] = kind === "relay" ? ["relay", "structure"] : [kind];
  return kinds.some((one) => JSON.stringify(matching[one]) !== JSON.stringify(now[one]));
}
