import { closest } from "../../closest";
import { quoted } from "../signal";

/** What is said of a value map that there is not, with the one that was likely meant. */
export function sentenceOfUnknownMap(name: string, known: readonly string[]): string {
  const likely = closest(name, known);
  return likely === null
    ? `There is no value map ${quoted(name)}. Create it, or choose another.`
    : `There is no value map ${quoted(name)}. Did you mean "${likely}"? Otherwise create it, or choose another.`;
}
