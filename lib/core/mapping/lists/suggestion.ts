/** What was likely meant by a name in a text of lines, and the text with it in its place. */
import { readShortForm } from "../short-form/parse";
import { printShortForm } from "../short-form/print";
import { recogniseShortForm } from "../short-form/recognise";
import type { SourceMember } from "../source-model";

export interface Suggestion {
  /** As it stands in the text. */
  readonly wrong: string;
  readonly right: string;
  /** 1-based lines of the text in which it stands, the last one left out; null: to the end. */
  readonly lines: { readonly from: number; readonly to: number | null };
  /** 0-based character of the first of these lines; null when only the word itself is known. */
  readonly at: number | null;
}

const lineBreak = /\r\n|\r|\n/g;
const ofName = /[\p{L}\p{N}_-]/u;

/** The text with what was meant; null where it cannot be told which of several places is meant. */
export function withSuggestion(text: string, { wrong, right, lines, at }: Suggestion): string | null {
  const starts = [0, ...[...text.matchAll(lineBreak)].map((found) => found.index + found[0].length)];
  const from = starts[lines.from - 1];
  if (from === undefined || wrong === "") return null;
  const to = (lines.to === null ? undefined : starts[lines.to - 1]) ?? text.length;
  const places = at === null ? placesOf(text, wrong, from, to) : [from + at];
  const [place, ...more] = places;
  if (place === undefined || more.length > 0 || !text.startsWith(wrong, place)) return null;
  return text.slice(0, place) + right + text.slice(place + wrong.length);
}

/** Where a name stands as a whole. */
function placesOf(text: string, name: string, from: number, to: number): number[] {
  const places: number[] = [];
  for (let place = text.indexOf(name, from); place !== -1 && place < to;) {
    const around = [text[place - 1] ?? "", text[place + name.length] ?? ""];
    if (!around.some((sign) => ofName.test(sign))) places.push(place);
    place = text.indexOf(name, place + name.length);
  }
  return places;
}

export interface UnknownName {
  readonly sentence: string;
  readonly wrong: string;
  /** Null where nothing like it is known. */
  readonly right: string | null;
}

/** Names in a stored expression that S-360's documentation does not know; none where short form cannot say it. */
export function unknownNames(expression: string, model: readonly SourceMember[]): readonly UnknownName[] {
  const form = recogniseShortForm(expression);
  if (!form) return [];
  const text = printShortForm(form);
  const read = readShortForm(text, model);
  if (!read.ok) return [];
  return read.unknown.map(({ sentence, position, length, suggestion }) => ({
    sentence,
    wrong: text.slice(position - 1, position - 1 + length),
    right: suggestion ?? null,
  }));
}
