/** Characters of somebody's text that a sentence repeats: enough to find it again. */
const longest = 60;

/** A text as sentences quote it: cut where it would drown what is said of it. */
export function shortened(text: string): string {
  if (text.length <= longest) return text;
  // Not through the middle of a character.
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
