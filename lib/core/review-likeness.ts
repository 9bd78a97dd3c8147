/** What a person reads where a record is like another that Salesforce has: found by our rules, or by the org's own. */
import { dismissOnly, type ReviewTableRow } from "./review-row";

const adoptSentence =
  "The Salesforce record gets the Sync ID and what S-360 says, as the mapping writes it. Its other fields stay. If somebody else got it meanwhile, it comes back here.";

export const likenessRows = {
  duplicate_rule: {
    title: "A duplicate rule in Salesforce stopped it",
    explanation:
      "The org has a duplicate rule that takes this record for one it has already. Look at both. If they are the same, say which one it is; if not, correct what makes them alike, or have the rule leave the connector’s user out.",
    choices: [
      {
        choice: "adopt",
        label: "It is this one",
        sentence: adoptSentence,
        look: "brand",
        confirm: true,
      },
      {
        choice: "send",
        label: "Try again",
        sentence:
          "It is written again, and goes to the record that carries its number now. If the rule still stops it, it comes back here.",
        look: "neutral",
      },
      {
        choice: "pass",
        label: "Write it all the same",
        sentence:
          "They are two: this one is written though the rule alerts. A later change that the rule stops is asked about again.",
        look: "neutral",
        confirm: true,
      },
      {
        choice: "dismiss",
        label: "Leave it",
        sentence: "Nothing is written. It is tried again with the next change of this record.",
        look: "neutral",
      },
    ],
  },
  several_matches: {
    title: "Several Salesforce records may be this contact",
    explanation:
      "S-360 sent a contact that Salesforce may have already, and the matching rules leave it open which record it is. Nothing is written before a person says so: the first one found is never taken.",
    choices: [
      {
        choice: "adopt",
        label: "It is this one",
        sentence: adoptSentence,
        look: "brand",
        confirm: true,
      },
      {
        choice: "create",
        label: "Create a new one",
        sentence: "It is none of them: a new Salesforce record is made.",
        look: "neutral",
        confirm: true,
      },
      {
        choice: "send",
        label: "Try again",
        sentence:
          "For when the records were merged or corrected in Salesforce. If it is still open which one it is, it comes back here.",
        look: "neutral",
      },
    ],
  },
  possible_duplicate: {
    title: "A possible duplicate",
    explanation:
      "A new Salesforce record was made, as each number of S-360 has one of its own. A matching rule finds another that belongs to another number: it may be the same person twice in S-360, or two people. If it is one, merge the two in S-360 or in Salesforce.",
    choices: dismissOnly("Takes it off this list. Nothing else is changed."),
  },
} as const satisfies Readonly<Record<string, ReviewTableRow>>;
