/** Kinds of values and fields in an admin's words. */
import type { FieldType } from "../../side";
import type { SourceKind, SourceValue } from "./source-value";

/** What a field takes, as the rest of "Birthdate takes …". */
export const fieldWords: Readonly<Record<FieldType, string>> = {
  text: "a text",
  textarea: "a text",
  email: "an e-mail address",
  phone: "a phone number",
  url: "a web address",
  boolean: "yes or no",
  integer: "a whole number",
  number: "a number",
  date: "a date",
  datetime: "a date and time",
  picklist: "one of its own values",
  multipicklist: "some of its own values",
  reference: "the external id of another record",
  id: "a Salesforce id",
  other: "a value of its own kind",
};

/** Kinds of fields in the order in which they are named to people; those that take the same are named once. */
export const fieldNouns: readonly (readonly [FieldType, string])[] = [
  ["text", "text"],
  ["picklist", "picklists"],
  ["number", "numbers"],
  ["boolean", "checkboxes"],
  ["date", "dates"],
  ["email", "e-mail addresses"],
  ["phone", "phone numbers"],
  ["url", "web addresses"],
];

const kindWords: Readonly<Record<SourceKind, string>> = {
  text: "a text",
  code: "a code",
  number: "a number",
  money: "an amount in thousandths",
  boolean: "yes or no",
  date: "a date",
  dateTime: "a date and time",
  phone: "a phone number",
};

/** "a text such as “Anna”" */
export function valueWords({ kind, joined, example }: SourceValue): string {
  if (joined) return "a text put together from several parts";
  return example === null ? kindWords[kind] : `${kindWords[kind]} such as ${quoteExample(example)}`;
}

const longestExample = 40;

export function quoteExample(example: string | null): string {
  const text = (example ?? "").replace(/\s+/g, " ");
  return `“${text.length > longestExample ? `${text.slice(0, longestExample - 1)}…` : text}”`;
}
