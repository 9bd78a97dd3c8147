/** What the server said of rules it did not save, with the page's own words for where it is wrong. Pure. */
import { contactKinds } from "@/lib/core/words";
import { ApiError } from "../ui/api";
import { problemSentence } from "../ui/problem";
import { anonymisedSentence } from "./anonymised-words";
import { anonymousSentence, withoutContactSentence } from "./sales-words";
import { sentencesOf } from "./sentences";

const places: readonly (readonly [path: RegExp, words: string])[] = [
  [/^tell(\.|$)/, "Mail about reviews and notices"],
  [/^rules\.in\.anonymised$/, anonymisedSentence],
  [/^conflictOwner$/, "When both sides changed a field"],
  [/^sales\.withoutContact$/, withoutContactSentence],
  [/^sales\.(anonymous|placeholder)$/, anonymousSentence],
  [/^contactsOut\.enabled$/, "Edits in Salesforce go back to S-360"],
  [/^contactsOut\.pollSeconds$/, "Salesforce is asked what changed"],
  [/^contactsOut\.massLimit$/, "A person starts the sending when more records changed at once than"],
  [/^contactsOut\.markCriterion$/, "The criterion that marks deleted contacts in S-360"],
];

/** Where a path of the settings stands on the page, such as `tell.0`; null where it does not. */
export function placeOnPage(path: string): string | null {
  const known = places.find(([pattern]) => pattern.test(path));
  if (known) return known[1];
  for (const direction of ["in", "out"] as const) {
    for (const kind of contactKinds) {
      for (const { action, when } of sentencesOf(direction, kind)) {
        const rule = `rules.${direction}.${kind}.${action}`;
        if (path === rule) return when;
        if (path === `${rule}When`) return `${when} … only if`;
      }
    }
  }
  return null;
}

/** One sentence for the person, whatever was thrown. */
export function rulesProblem(error: unknown): string {
  const problems = error instanceof ApiError ? (error.problem.problems ?? []) : [];
  const told = problems.map(({ path, message }) => {
    const inSettings = path.replace(/^body\.(settings\.)?/, "");
    return `${placeOnPage(inSettings) ?? inSettings}: ${message}.`.replace(/\.\.$/, ".");
  });
  return told.length > 0 ? told.join(" ") : problemSentence(error);
}
