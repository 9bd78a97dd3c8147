/** The policies in which one line differs from another, in words. Pure. */
import type { MappingLine } from "@/lib/core/mapping/document";
import { lineOf } from "@/lib/core/mapping/defaults/defaults-contacts";
import { shownName } from "../names";
import {
  invalidChoiceOf,
  invalidChoices,
  missingChoiceOf,
  missingChoices,
  tooLongChoices,
  valueText,
  whenChoices,
  type Choice,
} from "./policies";
import { wayBackWords } from "../way-back/way-back";

/** What `line` says otherwise than `other`; without another, what is not usual. */
export function policyWords(line: MappingLine, other: MappingLine | null): string[] {
  const compared = other ?? lineOf({ target: line.target, expression: line.expression });
  const own = wordsOf(line);
  const theirs = wordsOf(compared);
  return [...own.filter((words, index) => words !== theirs[index]), ...wayBackWords(line, other)];
}

/** Always as many, in the same order. */
function wordsOf(line: MappingLine): readonly string[] {
  const { tooLong, when, reference, note } = line;
  return [
    `Required: ${line.required === undefined ? "no" : "yes"}`,
    `When missing: ${missingWords(line)}`,
    `When it cannot be used: ${invalidWords(line)}`,
    `When too long: ${wordsFor(tooLongChoices, tooLong)}`,
    `Written: ${wordsFor(whenChoices, when)}`,
    reference
      ? `Points to ${shownName(reference.object)}${reference.family ? `, found by the ${reference.family}’s number` : ""}`
      : "Points to no other record",
    note === undefined || note === "" ? "Without a note" : `Note: ${note}`,
  ];
}

function missingWords(line: MappingLine): string {
  const choice = missingChoiceOf(line);
  const words = wordsFor(missingChoices, choice);
  const { onMissing, required } = line;
  if (required !== undefined) {
    const before =
      typeof onMissing === "object" ? `${words} (${valueText(onMissing.default)}), else hold` : "hold";
    return `${before} the record and say “${required}”`;
  }
  return typeof onMissing === "object" ? `${words} (${valueText(onMissing.default)})` : words;
}

function invalidWords(line: MappingLine): string {
  const words = wordsFor(invalidChoices, invalidChoiceOf(line));
  return typeof line.onInvalid === "object" ? `${words} (${valueText(line.onInvalid.default)})` : words;
}

/** As it stands within a sentence. */
function wordsFor<Value extends string>(choices: readonly Choice<Value>[], value: Value): string {
  const label = choices.find((choice) => choice.value === value)?.label ?? value;
  return label.charAt(0).toLowerCase() + label.slice(1);
}
