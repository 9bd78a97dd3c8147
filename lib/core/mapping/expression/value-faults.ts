/** Errors of jsonata that are about a value and not about the expression (jsonata.js, "errorCodes"). */
import { quoted } from "../signal";

type Sentence = (value: unknown) => string;

const sentences: Readonly<Record<string, Sentence>> = {
  D1001: (value) => `the number ${quoted(value)} is too large.`,
  D3001: () => "the result is not a number.",
  D3030: (value) => `${quoted(value)} is not a number.`,
  D3060: (value) => `${quoted(value)} is negative and has no square root.`,
  D3061: () => "the power is too large for a number.",
  D3110: (value) => `${quoted(value)} is not a date and time.`,
  D3136: () => "the text does not tell the whole date and time.",
  D3138: () => "more than one value fits, and one is needed.",
  D3139: () => "no value fits, and one is needed.",
  D3140: (value) => `${quoted(value)} is not a web address.`,
};

/** Begins where the name of the source value ends; undefined when it is the expression that is at fault. */
export function valueSentence(error: unknown): string | undefined {
  const { code, value } = error as { code?: unknown; value?: unknown };
  const known = typeof code === "string" && Object.hasOwn(sentences, code) ? sentences[code] : undefined;
  return known?.(value);
}
