/** Work that can be left off between any two parts of it, so that others have their turn; and the same without. */
import type { Breathe } from "../expression/clock";

/** Each `yield` is a place to leave off. */
export type Turns<T> = Generator<void, T, void>;

/** Characters that are looked at between two turns, and what a value costs besides its characters. */
const charactersBetween = 2_000;
export const perValue = 20;

/** Counts what was done since the last turn. */
export class Pace {
  #done = 0;

  *after(characters: number): Turns<void> {
    this.#done += characters;
    if (this.#done < charactersBetween) return;
    this.#done = 0;
    yield;
  }
}

/** Does it all at once. */
export function atOnce<T>(work: Turns<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Does it with turns for others in between. */
export async function inTurns<T>(work: Turns<T>, breathe: Breathe): Promise<T> {
  for (;;) {
    await breathe();
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The text with others in place of what matches, which has no two places one within the other. */
export function* replaced(
  text: string,
  pattern: RegExp,
  make: (match: RegExpExecArray) => string,
  pace: Pace,
): Turns<string> {
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    yield* pace.after(match.index - end + match[0].length);
    parts.push(text.slice(end, match.index), make(match));
    end = match.index + match[0].length;
  }
  return end === 0 ? text : parts.join("") + text.slice(end);
}
