/** Personal numbers and addresses that are known by their form, wherever they stand. */
import { madeDigits } from "./made-up-values";

type Make = (found: string, nth: number) => string;

const day = String.raw`\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2}[./]\d{1,2}[./]\d{4}`;

/** IBAN (ISO 13616): the country stays. */
const iban: readonly [RegExp, Make] = [
  /(?<![\p{L}\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]){10,30}(?![\p{L}\d])/gu,
  (found, nth) => found.slice(0, 2) + madeDigits(found.slice(2), nth),
];

/** Codice fiscale: letters and digits in fixed places. */
const taxCode: readonly [RegExp, Make] = [
  /(?<![\p{L}\d])[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z](?![\p{L}\d])/giu,
  (found, nth) => madeDigits(found, nth),
];

/** Nine to nineteen digits, however they are grouped: phones, AHV and other social security numbers, cards. */
const long = /(?<![\p{L}\d])[+(]?\d(?:[ ()./-]{0,3}\d){8,18}(?![\p{L}\d])/gu;

/** `long`: also numbers that only their length tells. The digits of days are not counted. */
export function withoutNumbers(text: string, nth: number, including: "long" | "typed"): string {
  let made = text;
  for (const [pattern, make] of [iban, taxCode]) made = made.replace(pattern, (found) => make(found, nth));
  if (including === "typed") return made;
  const parts = made.split(new RegExp(`(${day})`));
  return parts
    .map((part, at) => (at % 2 === 1 ? part : part.replace(long, (found) => otherNumber(found, nth))))
    .join("");
}

/** The first three digits stay: the country of a phone, and of an AHV number. */
function otherNumber(found: string, nth: number): string {
  return madeDigits(found, nth, found.replace(/\D/g, "").length - 3);
}
