/** A list of lines as it was read, whatever it was written in: not yet compared with a mapping. */
import type { MappingLine } from "../document";
import type { SourceLanguage, SourceProblem } from "./source-text";

export interface ListEntry {
  /** 1-based line of the text. */
  readonly at: number;
  /** What stands there, for people. */
  readonly text: string;
  /** The field as it is named there. */
  readonly name: string;
  /** Where the value comes from; null when it is not said. */
  readonly source: string | null;
  /** 1-based character of the line where the source begins; null when it does not stand there as it is. */
  readonly sourceAt: number | null;
  readonly language: SourceLanguage | null;
  /** What it says besides; every other policy stays as it was. Undefined takes an optional one away. */
  readonly policies: Partial<MappingLine>;
  /** S-360's amounts are thousandths: named bare, the amount itself is meant. */
  readonly isBareAmountMeant: boolean;
  /** Why it cannot be used. */
  readonly problem?: SourceProblem;
}

export interface ReadList {
  readonly entries: readonly ListEntry[];
  /** What is wrong with the list as a whole. */
  readonly problems: readonly ListProblem[];
  /** What is worth knowing. */
  readonly notes: readonly string[];
}

export interface ListProblem {
  /** 1-based line of the text; null when no line is meant. */
  readonly at: number | null;
  readonly sentence: string;
}

/** Characters that are read at most. */
export const listLimit = 1_000_000;

/** Entries that are read at most: more than a mapping may have lines, with the words around them. */
const mostEntries = 2_000;

export function withinLimit(list: ReadList): ReadList {
  const { length } = list.entries;
  if (length <= mostEntries) return list;
  const sentence = `The text has ${length} lines. At most ${mostEntries} are read at once, and a mapping has at most 500.`;
  return { entries: [], problems: [{ at: null, sentence }], notes: [] };
}

export const tooLong: ReadList = {
  entries: [],
  problems: [
    { at: null, sentence: `The text has more than ${listLimit} characters: that is no list of lines.` },
  ],
  notes: [],
};
