/** Personal numbers and addresses that are known by their form, wherever they stand in a text. */
import { madeDate, madeDigits } from "./made-up-values";

const run = String.raw`[^\s@<>;,]`;

/** Bounded: a text may be long and hold none. */
export const mailForm = `${run}{1,200}@${run}{1,200}\\.${run}{1,100}`;

const day = String.raw`(?<!\d)(?:\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2}[./-]\d{1,2}[./-]\d{4})(?!\d)`;

/** The first that fits at a place counts. */
const forms = {
  scheme: String.raw`https?:\/\/`,
  mail: mailForm,
  /** IBAN (ISO 13616). */
  iban: String.raw`(?<![\p{L}\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]){10,30}(?![\p{L}\d])`,
  /** Codice fiscale: letters and digits in fixed places. */
  taxCode: String.raw`(?<![\p{L}\d])[A-Za-z]{6}\d{2}[A-Za-z]\d{2}[A-Za-z]\d{3}[A-Za-z](?![\p{L}\d])`,
  /** Nine to nineteen digits, however they are grouped: phones, AHV and other social security numbers, cards. */
  long: String.raw`(?<![\p{L}\d])[+(]?\d(?:[ ()./-]{0,3}\d){8,18}(?![\p{L}\d])`,
  word: String.raw`[\p{L}\p{M}]+`,
  digits: String.raw`\d+`,
} as const;

type Form = keyof typeof forms | "day";

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
export function withParts(text: string, makers: Makers): string {
  return text
    .split(anyDay)
    .map((part, at) => (at % 2 === 1 ? (makers.day?.(part) ?? part) : withoutDays(part, makers)))
    .join("");
}

function withoutDays(text: string, makers: Makers): string {
  return text.replace(anything, (...found: unknown[]) => {
    const [part] = found as [string];
    const groups = found.at(-1) as Partial<Record<Form, string>>;
    const form = (Object.keys(groups) as Form[]).find((name) => groups[name] !== undefined);
    return (form && makers[form]?.(part)) ?? part;
  });
}

/** Of what tells itself by its form. Dates and the numbers of things are not among it. */
export function numberMakers(nth: number): Makers {
  return {
    // The country stays.
    iban: (found) => found.slice(0, 2) + madeDigits(found.slice(2), nth),
    taxCode: (found) => madeDigits(found, nth),
    // The first three digits too: the country of a phone, and of an AHV number.
    long: (found) => madeDigits(found, nth, found.replace(/\D/g, "").length - 3),
  };
}

/** Of dates and all other digits. */
export function digitMakers(nth: number): Makers {
  return { day: (found) => madeDate(found, nth), digits: (found) => madeDigits(found, nth) };
}
