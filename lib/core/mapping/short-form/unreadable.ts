/** What a short form cannot be read for: its place, and the sentence that says what was expected there. */
import type { ShortProblem, ShortProblemCode } from "./form";
import type { Token } from "./tokens";

export class Unreadable extends Error {
  constructor(readonly problem: ShortProblem) {
    super(problem.sentence);
    this.name = "Unreadable";
  }
}

export function problemAt(
  code: ShortProblemCode,
  { position, length }: Token,
  sentence: string,
  suggestion?: string,
): Unreadable {
  return new Unreadable({
    code,
    sentence,
    position,
    length,
    ...(suggestion !== undefined && { suggestion }),
  });
}

export function expectedName({ kind, text }: Token): string {
  if (kind === "end") return "The line ends too early: a name is expected here.";
  if (kind === "text") return "A name is expected here, not a text in quotes.";
  if (text === "*") return "The name of a list is expected before (*): indicators(*)/code.";
  return `A name is expected here, not ${text}.`;
}

export function codeAfterValue({ kind }: Token): ShortProblemCode {
  return kind === "sign" ? "unexpected_sign" : "plus_expected";
}

export function expectedAfterValue({ kind, text }: Token): string {
  if (kind === "name" || kind === "text" || kind === "number")
    return "A + is missing between two values, or a name with spaces needs backticks: `my name`.";
  if (text === ")") return "This bracket was never opened.";
  if (text === "=") return "An = stands only in a filter: authorizations(authorizationCode=EMAIL).";
  if (text === "!") return "! stands before a path, or as != in a filter.";
  return `The line should end here, or go on with +, / or (. It has ${text}.`;
}
