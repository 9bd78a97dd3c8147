import { closest } from "../../closest";
import { foreignFunction, shortFunctions } from "./foreign";

export interface UnknownFunction {
  readonly sentence: string;
  /** A function of short form to be written in its place. */
  readonly suggestion?: string;
  /** It is like a function that is known, here or elsewhere. */
  readonly isSure: boolean;
}

/** Whether a function has this name in any case, here or elsewhere: then it is rather not that of a list. */
export function isNameOfFunction(name: string): boolean {
  return foreignFunction(name) !== undefined || sameName(name) !== undefined;
}

function sameName(name: string): string | undefined {
  return shortFunctions.find((known) => known.toLowerCase() === name.toLowerCase());
}

/** What is said of a word with brackets that is no function of short form, and no list either. */
export function unknownFunction(name: string): UnknownFunction {
  const same = sameName(name);
  const foreign = foreignFunction(name);
  if (same === undefined && foreign) {
    const sentence = `Short form has no function ${name}. ${foreign.instead}.`;
    return { sentence, isSure: true, ...(foreign.short && { suggestion: foreign.short }) };
  }
  const suggestion = same ?? closest(name, shortFunctions);
  if (suggestion !== null) {
    const sentence = `There is no function ${name}; did you mean ${suggestion}(…)?`;
    return { sentence, suggestion, isSure: true };
  }
  const sentence =
    `Short form has no function ${name}, only ${shortFunctions.join(", ")}. ` +
    `If ${name} is a list, name what is inside: ${name}(…)/name.`;
  return { sentence, isSure: false };
}
