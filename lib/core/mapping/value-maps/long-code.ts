/**
 * Texts that a value map was asked for and that are longer than a code can be: no map lists them. They are noted shortened,
 * yet longer than any code, so that a note is taken for nothing else. Pure.
 */
import { storableText } from "../../storable";
import { isTooLongForCode, maxCodeLength } from "../document";

/** The note of a text; `mark` tells two that begin alike and are equally long from one another. */
export function noteOfLong(text: string, mark: string): string {
  const begin = firstOf(storableText(text), maxCodeLength);
  return `${begin}… (${[...text].length} characters, ${mark})`;
}

export function isNoteOfLong(noted: string): boolean {
  return isTooLongForCode(noted);
}

const shown = 60;

/** As a page shows it: without the mark, which says nothing to people. */
export function shortNote(noted: string): string {
  const end = noted.slice(firstOf(noted, maxCodeLength).length);
  return firstOf(noted, shown) + end.replace(/, [^,]*\)$/, ")");
}

/** Whole characters: half an emoji is none. */
function firstOf(text: string, characters: number): string {
  return [...text.slice(0, 2 * characters)].slice(0, characters).join("");
}
