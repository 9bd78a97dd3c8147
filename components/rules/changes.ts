/** What differs between two sets of rules, in the page's own sentences. Pure. */
import type { RuleSettings } from "@/lib/core/connection-settings";
import { contactKinds } from "@/lib/core/words";
import { shortened } from "@/lib/core/shortened";
import { count } from "../ui/numbers";
import { anonymisedOptions, anonymisedSentence } from "./anonymised-words";
import { readDraft, type RulesDraft } from "./draft";
import { intervalText } from "./intervals";
import { matchingText, severalOptions } from "./matching-words";
import {
  anonymousOptions,
  anonymousSentence,
  withoutContactOptions,
  withoutContactSentence,
} from "./sales-words";
import { choiceOf, kindTitles, sentencesOf, type RuleSentence } from "./sentences";

export interface RuleChange {
  readonly sentence: string;
  readonly before: string;
  readonly after: string;
}

export function ruleChanges(before: RuleSettings, after: RuleSettings): RuleChange[] {
  const [old, now] = [tellings(before), tellings(after)];
  return [...now].flatMap(([sentence, is]) => {
    const was = old.get(sentence) ?? "";
    return was === is ? [] : [{ sentence, before: was, after: is }];
  });
}

/** Of what is typed, also what cannot be saved as it is: it would be lost all the same. */
export function typedChanges(before: RuleSettings, draft: RulesDraft): RuleChange[] {
  const { settings, problems } = readDraft(draft);
  const changes = ruleChanges(before, settings);
  if (!problems.massLimit) return changes;
  const after = `“${shortened(draft.massLimit)}”, which cannot be saved`;
  return [...changes, { sentence: massLimitSentence, before: count(before.contactsOut.massLimit), after }];
}

const massLimitSentence = "A person starts the sending when more records changed at once than";

/** Everything that is set, as sentence and answer. */
function tellings(settings: RuleSettings): ReadonlyMap<string, string> {
  const { contactsOut, conflictOwner, tell, matching, sales } = settings;
  const sentences = (["in", "out"] as const).flatMap((direction) =>
    contactKinds.flatMap((kind) => sentencesOf(direction, kind)),
  );
  return new Map([
    ...contactKinds.flatMap((kind): [string, string][] => [
      [`${kindTitles[kind]} are matched with what Salesforce has by`, matchingText(kind, matching[kind])],
      [
        `When several Salesforce records fit one of the ${kindTitles[kind].toLowerCase()}`,
        severalOptions.find(({ value }) => value === matching[kind].several)?.label ?? "",
      ],
    ]),
    [anonymisedSentence, labelOf(anonymisedOptions, settings.rules.in.anonymised)],
    [withoutContactSentence, labelOf(withoutContactOptions, sales.withoutContact)],
    [
      anonymousSentence,
      labelOf(anonymousOptions, sales.anonymous) +
        (sales.anonymous === "placeholder" ? `: ${sales.placeholder}` : ""),
    ],
    ["Edits in Salesforce go back to S-360", contactsOut.enabled ? "yes" : "no"],
    ...sentences.map((sentence): [string, string] => [sentence.when, answerOf(settings, sentence)]),
    ["When both sides changed a field, the value that stays is", ownerNames[conflictOwner]],
    ["Salesforce is asked what changed", intervalText(contactsOut.pollSeconds)],
    [massLimitSentence, count(contactsOut.massLimit)],
    ["The criterion that marks deleted contacts in S-360 is", contactsOut.markCriterion],
    ["Mail about reviews and notices goes to", tell.length > 0 ? tell.join(", ") : "nobody"],
  ]);
}

function labelOf(options: readonly { readonly value: string; readonly label: string }[], chosen: string) {
  return options.find(({ value }) => value === chosen)?.label ?? chosen;
}

export const ownerNames = { s360: "S-360’s", salesforce: "Salesforce’s" } as const;

function answerOf({ rules }: RuleSettings, sentence: RuleSentence): string {
  const choice = choiceOf(rules, sentence);
  const label = sentence.options.find(({ value }) => value === choice)?.label ?? choice;
  if (sentence.direction === "in" || sentence.action !== "create") return label;
  const condition = rules.out[sentence.kind].createWhen.trim();
  if (condition === "") return label;
  return choice === "ignore"
    ? `${label} (the condition ${condition} stays)`
    : `${label}, only if ${condition}`;
}
