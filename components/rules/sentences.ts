/** The rules as sentences with a choice in them, and what each choice leads to. Pure. */
import type { Rules } from "@/lib/core/connection-settings";
import type { ContactKind, Direction } from "@/lib/core/words";

export type RuleAction = "create" | "update" | "delete";
export type RuleChoice = Rules["in"]["relay"]["create"] | Rules["out"]["relay"]["delete"];

export interface RuleOption {
  readonly value: RuleChoice;
  /** Goes on after the sentence's colon. */
  readonly label: string;
  /** What it leads to. */
  readonly help: string;
}

export interface RuleSentence {
  readonly direction: Direction;
  readonly kind: ContactKind;
  readonly action: RuleAction;
  /** "When an individual is changed in Salesforce" */
  readonly when: string;
  readonly options: readonly RuleOption[];
}

export const directionTitles: Readonly<Record<Direction, string>> = {
  in: "From S-360 to Salesforce",
  out: "From Salesforce to S-360",
};

export const kindTitles: Readonly<Record<ContactKind, string>> = {
  individual: "Individuals",
  relay: "Relays",
  structure: "Structures",
};

export const kindHelp: Readonly<Record<ContactKind, string>> = {
  individual: "People: person accounts, or contacts of their own.",
  relay: "People who act for a structure: contacts of its account.",
  structure: "Companies, schools, groups: business accounts.",
};

const nouns: Readonly<Record<ContactKind, string>> = {
  individual: "an individual",
  relay: "a relay",
  structure: "a structure",
};

const when: Readonly<Record<`${Direction}.${RuleAction}`, (noun: string) => string>> = {
  "in.create": (noun) => `When S-360 has ${noun} that Salesforce does not have`,
  "in.update": (noun) => `When ${noun} is changed in S-360`,
  "in.delete": (noun) => `When ${noun} is deleted in S-360`,
  "out.create": (noun) => `When Salesforce has ${noun} that S-360 does not have, and it is made or edited`,
  "out.update": (noun) => `When ${noun} is changed in Salesforce`,
  "out.delete": (noun) => `When ${noun} is deleted in Salesforce`,
};

const decided = "It waits under Reviews until a person decides.";
const noticed = "A notice appears under Reviews, and goes by mail to the addresses below.";

const optionsIn: Readonly<Record<"create" | "update", readonly RuleOption[]>> = {
  create: [
    {
      value: "do",
      label: "create it in Salesforce",
      help: "It is linked with the record that Salesforce already has, if there is one; else a new one is made.",
    },
    { value: "review", label: "open a review", help: `Nothing is written. ${decided}` },
    { value: "tell", label: "tell someone", help: `Nothing is written. ${noticed}` },
    {
      value: "ignore",
      label: "do nothing",
      help: "What S-360 says of it is kept here and listed as ignored; Salesforce does not get it.",
    },
  ],
  update: [
    {
      value: "do",
      label: "write the change to Salesforce",
      help: "Only the fields that differ are written, through the published mapping.",
    },
    { value: "review", label: "open a review", help: `Nothing is written. ${decided}` },
    {
      value: "tell",
      label: "tell someone",
      help: `Nothing is written: the two differ from then on. ${noticed}`,
    },
    { value: "ignore", label: "do nothing", help: "Nothing is written: the two differ from then on." },
  ],
};

const optionsOut: Readonly<Record<RuleAction, readonly RuleOption[]>> = {
  create: [
    {
      value: "do",
      label: "create it in S-360",
      help: "S-360 is asked once; the number it gives becomes the Sync ID of the Salesforce record.",
    },
    { value: "review", label: "open a review", help: `Nothing is created. ${decided}` },
    { value: "tell", label: "tell someone", help: `Nothing is created. ${noticed}` },
    { value: "ignore", label: "do nothing", help: "It stays in Salesforce alone." },
  ],
  update: [
    {
      value: "do",
      label: "send the change to S-360",
      help: "Only fields whose line in the mapping goes both ways are sent; the rest of the contact is not touched.",
    },
    { value: "review", label: "open a review", help: `Nothing is sent. ${decided}` },
    {
      value: "tell",
      label: "tell someone",
      help: `Nothing is sent: the two differ from then on. ${noticed}`,
    },
    { value: "ignore", label: "do nothing", help: "Nothing is sent: the two differ from then on." },
  ],
  delete: [
    {
      value: "mark",
      label: "mark the contact in S-360",
      help: "S-360 offers no delete: the criterion named below is set, so that the box office sees it.",
    },
    {
      value: "review",
      label: "open a review",
      help: "Nothing is sent. Under Reviews a person says whether it stays deleted or is created again.",
    },
    { value: "tell", label: "tell someone", help: `The contact stays as it is in S-360. ${noticed}` },
    { value: "ignore", label: "do nothing", help: "The contact stays as it is in S-360." },
  ],
};

const relayCreated =
  "S-360 is asked once; its account must be a structure of S-360. The number it gives becomes the Sync ID.";

/** The sentences of a kind, in the order in which they are shown. */
export function sentencesOf(direction: Direction, kind: ContactKind): readonly RuleSentence[] {
  const actions: readonly RuleAction[] =
    direction === "in" ? ["create", "update"] : ["create", "update", "delete"];
  return actions.map((action) => ({
    direction,
    kind,
    action,
    when: when[`${direction}.${action}`](nouns[kind]),
    options: optionsOf(direction, kind, action),
  }));
}

function optionsOf(direction: Direction, kind: ContactKind, action: RuleAction): readonly RuleOption[] {
  if (direction === "in") return action === "delete" ? [] : optionsIn[action];
  if (action !== "create" || kind !== "relay") return optionsOut[action];
  return optionsOut.create.map((option) =>
    option.value === "do" ? { ...option, help: relayCreated } : option,
  );
}

export function choiceOf(rules: Rules, { direction, kind, action }: RuleSentence): RuleChoice {
  if (direction === "out") return rules.out[kind][action];
  return rules.in[kind][action === "create" ? "create" : "update"];
}

/** The same rules with another choice; one that the sentence does not offer changes nothing. */
export function withChoice(rules: Rules, sentence: RuleSentence, value: string): Rules {
  const { direction, kind, action, options } = sentence;
  const chosen = options.find((option) => option.value === value);
  if (!chosen) return rules;
  const ofKind = { ...rules[direction][kind], [action]: chosen.value };
  return { ...rules, [direction]: { ...rules[direction], [kind]: ofKind } };
}

export function withCondition(rules: Rules, kind: ContactKind, createWhen: string): Rules {
  return { ...rules, out: { ...rules.out, [kind]: { ...rules.out[kind], createWhen } } };
}

/** Where nothing is done with new records a condition says nothing, but one that is there is shown. */
export function takesCondition(rules: Rules, { direction, kind, action }: RuleSentence): boolean {
  const { create, createWhen } = rules.out[kind];
  return direction === "out" && action === "create" && (create !== "ignore" || createWhen.trim() !== "");
}
