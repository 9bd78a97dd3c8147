/**
 * Texts that a value map was asked for and that are longer than a code can be: no map lists them. They are noted shortened,
 * yet longer than any code, so that a note is taken for nothing else. Pure.
 */
import { storableText } from "../../storable";
import { maxCodeLength } from "../document";

/** The note of a text; `mark` tells two that begin alike and are equally long from one another. */
export function noteOfLong(text: string, mark: string): string {
  return `${storableText(text.slice(0, maxCodeLength))}… (${text.length} characters, ${mark})`;
}

export function isNoteOfLong(noted: string): boolean {
  return noted.length > maxCodeLength;
}

const shown = 60;

/** As a page shows it: without the mark, which says nothing to people. */
export function shortNote(noted: string): string {
  return `${noted.slice(0, shown)}${noted.slice(maxCodeLength).replace(/, [^,]*\)$/, ")")}`;
}
