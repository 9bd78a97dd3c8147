/** Personal numbers and addresses that are known by their form, wherever they stand in a text. */
import { stretchesOf } from "./made-up-mails";
import { perValue, replaced, type Pace, type Turns } from "./made-up-turns";

const day = String.raw`(?<!\d)(?:\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2}[./-]\d{1,2}[./-]\d{4})(?!\d)`;

/** The first that fits at a place counts. */
const forms = {
  scheme: String.raw`https?:\/\/`,
  /** IBAN (ISO 13616). */
  iban: String.raw`(?<![\p{L}\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]){10,30}(?![\p{L}\d])`,
  /** Codice fiscale: letters and digits in fixed places. */
  taxCode: String.raw`(?<![\p{L}\d])[A-Za-z]{6}\d{2}[A-Za-z]\d{2}[A-Za-z]\d{3}[A-Za-z](?![\p{L}\d])`,
  /** Nine to nineteen digits, however they are grouped: phones, AHV and other social security numbers, cards. */
  long: String.raw`(?<![\p{L}\d])[+(]?\d(?:[ ()./-]{0,3}\d){8,18}(?![\p{L}\d])`,
  word: String.raw`[\p{L}\p{M}]+`,
  digits: String.raw`\d+`,
} as const;

type Form = keyof typeof forms | "day" | "mail";

/** Makes another part in place of one of its form. */
export type Makers = Partial<Readonly<Record<Form, (part: string) => string>>>;

const anyDay = new RegExp(`(${day})`, "u");
const anything = new RegExp(
  Object.entries(forms)
    .map(([name, form]) => `(?<${name}>${form})`)
    .join("|"),
  "gu",
);

/** The text with other parts in place of those that a maker is given for. The digits of a day belong to nothing else. */
export function* withParts(text: string, makers: Makers, pace: Pace): Turns<string> {
  const parts: string[] = [];
  for (const [at, part] of text.split(anyDay).entries()) {
    yield* pace.after(perValue);
    parts.push(at % 2 === 1 ? (makers.day?.(part) ?? part) : yield* withoutDays(part, makers, pace));
  }
  return parts.join("");
}

function* withoutDays(text: string, makers: Makers, pace: Pace): Turns<string> {
  const parts: string[] = [];
  for (const { text: part, isMail } of stretchesOf(text)) {
    yield* pace.after(perValue);
    const made = isMail
      ? (makers.mail?.(part) ?? part)
      : yield* replaced(part, anything, (match) => makePart(match, makers), pace);
    parts.push(made);
  }
  return parts.join("");
}

function makePart({ 0: part, groups = {} }: RegExpExecArray, makers: Makers): string {
  const form = (Object.keys(groups) as Form[]).find((name) => groups[name] !== undefined);
  return (form && makers[form]?.(part)) ?? part;
}
